#include "tendik/style/choropleth.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik {
namespace {

// None of them may be taken for a class. In every palette, and as people with protanopia or deuteranopia see
// them, they lie at least 11 units of CIE 1976 Lab from every class colour and from each other. Pink is on no
// ramp at all: a region without a row is a fault of the data, not a fact.
constexpr Colour missing_colour{0xd2, 0xd2, 0xd2};
constexpr Colour suppressed_colour{0xb0, 0xb0, 0xb0};
constexpr Colour not_applicable_colour{0xff, 0xff, 0xff};
// Always below a hatch.
constexpr Colour inherited_colour{0xff, 0xff, 0xff};
constexpr Colour unmatched_colour{0xf0, 0x70, 0xc0};
constexpr Colour border_colour{0x1f, 0x1f, 0x1f};

}  // namespace

Colour Choropleth::colour_of(const Value& value) const {
    switch (value.state) {
    case State::present:
        break;
    case State::missing:
        return missing;
    case State::suppressed:
        return suppressed;
    case State::not_applicable:
        return not_applicable;
    case State::unmatched:
        return unmatched;
    }
    if (symbols) return symbols->ground;
    const auto index = classes.class_of(value.number);
    if (index) return class_colours.at(*index);
    if (value.inherited) return inherited_colour;
    throw InputError(fmt::format("the value {} lies outside of the classes, {} to {}", shortest(value.number),
                                 classes.breaks.empty() ? "none" : shortest(classes.breaks.front()),
                                 classes.breaks.empty() ? "none" : shortest(classes.breaks.back())),
                     "classes must be made from all values that they colour");
}

namespace style {
namespace {

Choropleth without_classes() {
    Choropleth look;
    look.missing = missing_colour;
    look.suppressed = suppressed_colour;
    look.not_applicable = not_applicable_colour;
    look.unmatched = unmatched_colour;
    look.border = border_colour;
    return look;
}

}  // namespace

Choropleth make_choropleth(const Classes& classes, const Palette& palette, Direction direction) {
    const std::size_t count = classes.class_count();
    // No value anywhere in the series: a map without data, whose legend says so.
    if (count == 0) return without_classes();
    if (count > palette.by_count.size()) {
        throw InputError(fmt::format("palette '{}' has colours for up to {} classes, not for {}",
                                     palette.name, palette.by_count.size(), count),
                         "ask for fewer classes or choose another palette");
    }
    auto colours = palette.by_count[count - 1];
    const bool darkens = lightness_of(colours.front()) >= lightness_of(colours.back());
    if (darkens == (direction == Direction::favourable)) std::ranges::reverse(colours);
    auto look = without_classes();
    look.classes = classes;
    look.class_colours = std::move(colours);
    return look;
}

Choropleth make_symbol_look(Symbols symbols) {
    auto look = without_classes();
    look.symbols = std::move(symbols);
    return look;
}

}  // namespace style
}  // namespace tendik
