#include "class_labels.h"

#include "tendik/style/text_book.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

namespace tendik::style {
namespace {

constexpr int most_decimals = 15;

std::vector<double> rounded_breaks(const std::vector<double>& breaks, int decimals) {
    const double scale = std::pow(10.0, decimals);
    std::vector<double> rounded;
    for (const double value : breaks)
        rounded.push_back(std::round(value * scale) / scale);
    // Outward: a label must not leave out a value that the class holds.
    if (rounded.front() > breaks.front())
        rounded.front() = (std::round(breaks.front() * scale) - 1.0) / scale;
    if (rounded.back() < breaks.back()) rounded.back() = (std::round(breaks.back() * scale) + 1.0) / scale;
    return rounded;
}

/// Whether a reader of the rounded breaks finds every value in the class it has.
bool reads_true(const Classes& classes, const std::vector<double>& rounded, const Column& column) {
    if (std::ranges::adjacent_find(rounded, std::greater_equal<>{}) != rounded.end()) return false;
    Classes read = classes;
    read.breaks = rounded;
    return std::ranges::all_of(column, [&](const Value& value) {
        return !value.present() || classes.class_of(value.number) == read.class_of(value.number);
    });
}

/// Decimals of the labels. Breaks that end within three decimals more than asked for are written whole, so
/// that all layers that share them say the same; others get as few as these values need.
int needed_decimals(const Classes& classes, const Column& column, int decimals) {
    for (int more = 0; more <= 3; ++more) {
        if (rounded_breaks(classes.breaks, decimals + more) == classes.breaks) return decimals + more;
    }
    while (decimals < most_decimals &&
           !reads_true(classes, rounded_breaks(classes.breaks, decimals), column)) {
        ++decimals;
    }
    return decimals;
}

Texts in_all_languages(const std::function<std::string(Language)>& write) {
    return {write(Language::en), write(Language::ru), write(Language::kk)};
}

}  // namespace

std::vector<Texts> class_labels(const Classes& classes, const Column& column, int decimals) {
    const auto& breaks = classes.breaks;
    if (classes.class_count() == 0) return {};
    if (classes.class_count() == 1 && breaks.front() == breaks.back()) {
        return {in_all_languages([&](Language l) { return format_number(breaks.front(), decimals, l); })};
    }
    decimals = needed_decimals(classes, column, decimals);
    const auto rounded = rounded_breaks(breaks, decimals);
    std::vector<Texts> labels;
    for (std::size_t k = 0; k + 1 < rounded.size(); ++k) {
        labels.push_back(in_all_languages([&](Language l) {
            return (k == 0 ? "" : "> ") + format_number(rounded[k], decimals, l) + " – " +
                   format_number(rounded[k + 1], decimals, l);
        }));
    }
    return labels;
}

}  // namespace tendik::style
