#include "tendik/base/error.h"

#include <fmt/format.h>

namespace tendik {

Error::Error(const std::string& what, std::string hint) : std::runtime_error(what), m_hint(std::move(hint)) {}

std::string describe(const Error& error) {
    auto text = fmt::format("{}: {}", error.kind(), error.what());
    for (const auto& frame : error.context())
        text += "\n  " + frame;
    if (!error.hint().empty()) text += "\nhint: " + error.hint();
    return text;
}

}  // namespace tendik
