#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/raster.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// A town or village.
struct Settlement {
    std::string name = {};
    Point place;
    double people = 0.0;     ///< 0 or above, in any year: only proportions within a region count
    std::string where = {};  ///< "towns.csv, line 7"; may be empty
};

struct Settlements {
    std::string source;
    Crs crs;
    std::vector<Settlement> settlements;
};

/// Where the people of a region live that its settlements do not count.
enum class Remainder : std::uint8_t {
    settlements,  ///< in the settlements, in proportion
    even,         ///< all over the region, as many on every cell
};

std::string_view to_text(Remainder remainder);

struct DasymetricOptions {
    Remainder remainder = Remainder::settlements;
    /// Of each region: how many people of its total live all over it, say its rural population; all others
    /// live in the settlements, in proportion. Not applicable: none. Empty: as `remainder` says.
    Column evenly = {};
    bool spread_where_none = false;  ///< a region without a settlement is filled evenly, with a finding
    std::string unit = "people";     ///< of the totals, and of the band
    std::size_t max_cells = 200'000'000;
    std::size_t jobs = 0;
};

/// How one region was filled.
struct FilledRegion {
    std::string key;
    Value total;                   ///< as given
    std::size_t settlements = 0;   ///< inside
    double settlement_people = 0;  ///< of these, as given
    double even_people = 0;        ///< laid out evenly before the factor
    double factor = 0;             ///< that makes the sum the total; 1 where settlements count everybody
};

struct PeopleSurface {
    MemoryRaster raster;  ///< band NAME_modelled: people in each whole cell; NaN off all regions with a total
    std::vector<FilledRegion> regions;
};

namespace raster {

/// Totals of regions laid out over a grid by where settlements are (dasymetric mapping, Wright 1936), keeping
/// volume (Tobler 1979): with a the exact share of each cell in each region, the sum over cells of a P is the
/// region's total to 1e-9 of it. A cell is P = W f_1^a_1 f_2^a_2 ..., W the people placed on it and f the
/// factors of the regions that share it: of all surfaces with these totals the nearest to W (by Kullback and
/// Leibler), never below 0. A region with a total of 0 empties all cells that it has a part of.
///
/// There is one total for each region; those without a number leave their region empty: finding "no-total".
/// Findings besides: those of place_regions(); "spread-evenly"; "settlement-off-regions";
/// "settlements-exceed-total" (only with Remainder::even, where the settlements are scaled down).
/// Throws InputError: a grid without cells or with too many (says its size), a total or settlement below 0 or
/// not finite, people spread evenly that are not known or no part of the total, a settlement without place, a
/// region that reaches beyond the grid, regions without any settlement (all are named), cells so coarse that
/// no surface has these totals.
PeopleSurface spread_people(const Boundaries& boundaries, const Column& totals, const std::string& name,
                            const Settlements& settlements, const Grid& grid, const Crs& crs,
                            const DasymetricOptions& options, Findings& findings);

}  // namespace raster
}  // namespace tendik
