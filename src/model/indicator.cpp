#include "tendik/model/indicator.h"

#include "tendik/base/error.h"

#include <algorithm>
#include <array>

namespace tendik {
namespace {

constexpr std::array<std::string_view, 4> kind_words{"rate", "mean", "total", "count"};
constexpr std::array<std::string_view, 3> direction_words{"adverse", "favourable", "neutral"};

}  // namespace

std::string_view to_text(IndicatorKind kind) { return kind_words.at(static_cast<std::size_t>(kind)); }

std::string_view to_text(Direction direction) {
    return direction_words.at(static_cast<std::size_t>(direction));
}

std::optional<IndicatorKind> kind_from_text(std::string_view text) {
    const auto* const word = std::ranges::find(kind_words, text);
    if (word == kind_words.end()) return std::nullopt;
    return static_cast<IndicatorKind>(word - kind_words.begin());
}

std::optional<Direction> direction_from_text(std::string_view text) {
    const auto* const word = std::ranges::find(direction_words, text);
    if (word == direction_words.end()) return std::nullopt;
    return static_cast<Direction>(word - direction_words.begin());
}

const Indicator* find_indicator(const Catalogue& catalogue, std::string_view code) {
    const auto found = std::ranges::find(catalogue.indicators, code, &Indicator::code);
    return found == catalogue.indicators.end() ? nullptr : &*found;
}

void refuse_fault(const Figure& figure) {
    if (!figure.fault.empty()) throw InputError(figure.fault, figure.hint);
}

bool names_indicators(const Indicators& table) {
    return std::ranges::any_of(table.figures, [](const Figure& figure) { return !figure.indicator.empty(); });
}

bool names_vintages(const Indicators& table) {
    return std::ranges::any_of(table.figures, [](const Figure& figure) { return !figure.vintage.empty(); });
}

}  // namespace tendik
