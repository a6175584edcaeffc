#include "tendik/model/precision.h"

#include <algorithm>
#include <array>

namespace tendik {
namespace {

constexpr std::array<std::string_view, 6> interval_words{"none",   "given", "normal",
                                                         "wilson", "logit", "fay-feuer"};
constexpr std::array<std::string_view, 3> reliability_words{"reliable", "caution", "unreliable"};

}  // namespace

std::string_view to_text(IntervalKind kind) { return interval_words.at(static_cast<std::size_t>(kind)); }

std::optional<IntervalKind> interval_from_text(std::string_view text) {
    const auto* const word = std::ranges::find(interval_words, text);
    if (word == interval_words.end()) return std::nullopt;
    const auto kind = static_cast<IntervalKind>(word - interval_words.begin());
    return kind < IntervalKind::normal ? std::nullopt : std::optional(kind);
}

std::string_view to_text(Reliability reliability) {
    return reliability_words.at(static_cast<std::size_t>(reliability));
}

bool Precision::is_unreliable(std::size_t region) const {
    return !reliability.empty() && reliability[region] == Reliability::unreliable;
}

}  // namespace tendik
