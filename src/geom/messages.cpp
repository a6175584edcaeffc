#include "messages.h"

#include "tendik/base/text.h"
#include "tendik/geom/crs.h"

#include <iterator>
#include <mutex>
#include <utility>

namespace tendik::geom {
namespace {

std::mutex mutex;
std::vector<std::string> kept;

}  // namespace

void keep_messages(std::vector<std::string> messages) {
    if (messages.empty()) return;
    const std::scoped_lock lock(mutex);
    kept.insert(kept.end(), std::make_move_iterator(messages.begin()),
                std::make_move_iterator(messages.end()));
}

std::string take_reason(std::vector<std::string>& messages, const std::string& otherwise) {
    const auto said = std::exchange(messages, {});
    return said.empty() ? otherwise : join_text(said, "; ");
}

std::vector<std::string> collect_messages() {
    const std::scoped_lock lock(mutex);
    return std::exchange(kept, {});
}

}  // namespace tendik::geom
