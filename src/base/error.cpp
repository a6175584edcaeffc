#include "tendik/base/error.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

namespace tendik {

Error::Error(const std::string& what, const std::string& hint)
    : std::runtime_error(mask_passwords(what)),
      m_hint(mask_passwords(hint)) {}

void Error::add_context(const std::string& frame) { m_context.push_back(mask_passwords(frame)); }

std::string describe(const Error& error) {
    auto text = fmt::format("{}: {}", error.kind(), error.what());
    for (const auto& frame : error.context())
        text += "\n  " + frame;
    if (!error.hint().empty()) text += "\nhint: " + error.hint();
    return text;
}

}  // namespace tendik
