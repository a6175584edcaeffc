#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/indicator.h"
#include "tendik/model/precision.h"
#include "tendik/model/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// What weighs the regions of one layer.
struct Weights {
    Column column;          ///< parallel to the regions; strictly positive where present
    std::string indicator;  ///< code of the denominator; empty: all regions weigh the same
    int year = 0;           ///< year the denominator was published for
    bool stand_in = false;
    Texts text;
};

/// A figure published for the whole country, beside the mean of the regions.
struct PublishedValue {
    double value = 0.0;
    std::string source;
};

/// The unit that the figure of a region was published for, where that is not the region itself.
struct Origin {
    std::string unit_id;  ///< empty: the figure is the region's own
    Texts name;
};

/// Figures of one vintage on the regions of another. What changed hands whole keeps its value; a part of a
/// divided unit inherits the unit's value, flagged so, as is what is estimated from several units; a region
/// with figures of its own keeps those.
struct Carried {
    std::string from;             ///< vintage that the figures were published for
    std::string to;               ///< vintage of the boundaries
    std::string split_by;         ///< denominator by which totals are shared out among the parts; empty: none
    std::vector<Origin> origins;  ///< parallel to the regions; an origin where the value is inherited
    std::vector<RegionIndex> restated;  ///< regions with figures of their own, published later for `to`
    bool by_shares = false;  ///< estimated from what older units and regions share, a region perhaps from
                             ///< several
};

/// How a layer is shown. Classes colour regions and go with rates and means; symbols are circles whose area
/// is the value and go with totals and counts, which are not measured.
enum class Display : std::uint8_t { classes, symbols };

std::string_view to_text(Display display);
std::optional<Display> display_from_text(std::string_view text);

/// What is known of modelled values besides themselves.
struct Modelled {
    std::string raster;                ///< what they were computed from, without folder; may be empty
    std::string places = {};           ///< from which distances or times were reckoned; empty: from none
    Column error = {};                 ///< standard error of each region, in the unit; empty: not known
    std::vector<double> levels = {};   ///< ascending
    std::vector<Column> chances = {};  ///< 0 to 1: of each band between levels, one more than these; or none
    std::vector<std::size_t> stations = {};  ///< inside each region; empty: not made from stations
    double mean_error = 0.0;                 ///< of the regions; 0: not known
    double spread = 0.0;                     ///< highest less lowest value
    bool can_rank = true;                    ///< false: the error is no smaller than the spread
};

/// What measures take beside values and weights; each may be absent.
struct MeasureColumns {
    std::optional<Column> errors = std::nullopt;  ///< standard errors
    std::optional<Column> ranks = std::nullopt;   ///< order of the regions, the most disadvantaged lowest
    std::vector<std::string> groups = {};  ///< set of each region, parallel, "" of none; empty: no sets
    std::optional<RegionIndex> reference = std::nullopt;
    std::string reference_fault = {};            ///< why what was asked for as reference is none
    std::optional<double> scale = std::nullopt;  ///< values lie in 0 .. scale
};

/// One indicator in one year on one Boundaries: what becomes a map layer.
struct Layer {
    Indicator indicator;
    Display display = Display::classes;
    std::optional<int> year;
    std::string year_label;      ///< "2010-11"; the year as text by default; empty when there is no year
    std::size_t boundaries = 0;  ///< index into Atlas::boundaries
    Column values;               ///< parallel to the regions
    std::optional<Weights> weights;
    MeasureColumns measuring;
    std::optional<Precision> precision;  ///< absent: no sampling errors or cases are given
    std::optional<PublishedValue> published;
    std::optional<Modelled> modelled;  ///< absent: counted, surveyed or measured in the regions
    std::optional<Carried> carried;    ///< figures of another vintage than that of the boundaries
    /// Vintages on which the same indicator and year stands in another layer; each is a series of its own.
    std::vector<std::string> other_vintages;
    std::vector<std::string> sources;  ///< ids of the sources that the values come from
    std::vector<Texts> notes;  ///< what must reach the reader: breaks, outliers, stand-ins, inherited values
    std::string source_file;

    /// "stunting_moderate_severe_2015": name of the layer in files; letters, digits, underscore. Carried
    /// figures say where to: "stunting_moderate_severe_2015_on_2018".
    std::string name() const;
};

/// Boundaries joined with indicators.
struct Atlas {
    std::vector<Boundaries> boundaries;  ///< one for each vintage in use
    std::vector<Layer> layers;           ///< in the order of the plan, years ascending

    const Boundaries& boundaries_of(const Layer& layer) const { return boundaries.at(layer.boundaries); }
};

}  // namespace tendik
