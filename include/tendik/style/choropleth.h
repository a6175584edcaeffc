#pragma once

#include "tendik/model/atlas.h"
#include "tendik/model/classes.h"
#include "tendik/model/point_layer.h"
#include "tendik/style/colour.h"
#include "tendik/style/palette.h"
#include "tendik/style/symbols.h"
#include "tendik/style/text_book.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// The look of one layer: a colour for each class and for each state without a number; circles instead of
/// classes for a total or count.
struct Choropleth {
    Classes classes;
    std::vector<Colour> class_colours;  ///< parallel to the classes, low to high
    Colour missing;
    Colour suppressed;
    Colour not_applicable;
    Colour unmatched;
    Colour border;                   ///< thin line between regions
    std::optional<Symbols> symbols;  ///< when given, there are no classes and values have the ground's colour

    /// An inherited value has the colour of its class, below a hatch; white where it lies outside of them.
    Colour colour_of(const Value& value) const;
};

enum class LegendKind : std::uint8_t {
    value_class,
    symbol,     ///< a circle of a stated value
    present,    ///< regions with a circle
    inherited,  ///< the value of a larger unit of another time, hatched
    missing,
    suppressed,
    not_applicable,
    unmatched,
    unreliable,  ///< hatched over its class, for a sampling error large beside the figure
    generalised
};
std::string_view to_text(LegendKind kind);

struct LegendEntry {
    LegendKind kind = LegendKind::value_class;
    std::optional<std::size_t> class_index;  ///< of value_class
    Colour colour;                           ///< border colour for `generalised`, white for `unreliable`
    Texts label;                             ///< "5,4 - 8,1"
    std::size_t count = 0;                   ///< regions; 0 for `symbol`
    std::optional<double> value;             ///< of `symbol`
};

/// Complete: every class (also an empty one) or sample circle, inherited values, every state that occurs, "no
/// data" always, unreliable figures and generalised outlines when there are some. Counts of all entries but
/// `unreliable` and `generalised`, which lie over the others, add up to the number of regions.
struct Legend {
    Texts title;
    Texts unit;
    std::vector<LegendEntry> entries;
    std::vector<Texts> notes;
};

namespace style {

/// Colours run so that the darker end is the worse one: the higher for adverse indicators, the lower for
/// favourable ones. For neutral ones the darker end is the higher. Without classes, where no region has a
/// value, every region has the colour of its state. Throws InputError for more classes than the palette has.
Choropleth make_choropleth(const Classes& classes, const Palette& palette, Direction direction);

/// Circles over plain ground for a total or count.
Choropleth make_symbol_look(Symbols symbols);

/// The legend of a modelled raster: a class is labelled with its ends, unit and the word "modelled"; counts
/// are 0. `sample`: values of cells that classes must hold as their labels read.
Legend make_raster_legend(const Texts& title, const std::string& unit, const Choropleth& choropleth,
                          const Column& sample, const TextBook& texts);

/// Classes and states of figures at places; counts are of places.
Legend make_point_legend(const PointLayer& layer, const Choropleth& choropleth, const TextBook& texts);

Legend make_legend(const Layer& layer, const Boundaries& boundaries, const Choropleth& choropleth,
                   const TextBook& texts);

}  // namespace style
}  // namespace tendik
