#pragma once

#include "tendik/io/read_boundaries.h"
#include "tendik/io/read_context.h"
#include "tendik/join/join.h"
#include "tendik/model/atlas.h"
#include "tendik/model/indicator.h"
#include "tendik/model/precision.h"
#include "tendik/model/texts.h"
#include "tendik/plan/access_steps.h"
#include "tendik/plan/points_step.h"
#include "tendik/plan/raster_steps.h"
#include "tendik/plan/study_steps.h"
#include "tendik/plan/surface_step.h"
#include "tendik/spatial/multiple_testing.h"
#include "tendik/stats/classify.h"
#include "tendik/stats/disparity.h"
#include "tendik/tables/read_table.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// What measures of an indicator need beside values and weights: columns of the same table, and words.
struct PlannedMeasuring {
    std::string error_column;  ///< standard errors
    std::string lower_column;  ///< ends of 95 % intervals, from which the errors are taken instead
    std::string upper_column;
    std::string rank_column;      ///< order of the regions, the most disadvantaged lowest
    std::string group_column;     ///< sets of regions, between and within which inequality is told apart
    std::string reference;        ///< key of a region
    std::optional<double> scale;  ///< 100: per cent; absent: that of the catalogue's bounds, if it has an end
    std::string n_column;         ///< unweighted cases behind each figure; of a rate, who may have an event
    std::string deff_column;      ///< design effects
    std::string events_column;    ///< number of events, of a rate
    IntervalKind interval = IntervalKind::none;  ///< none: the ends as they stand, or 1.96 given errors
    bool mics_rule = false;                      ///< fewer than 25 cases are not shown, 25 to 49 bracketed
    std::vector<double> cv_classes;  ///< two coefficients of variation in per cent, ascending; or none

    bool takes_columns() const { return takes_precision() || !(rank_column + group_column).empty(); }
    bool takes_precision() const {
        return !(error_column + lower_column + upper_column + n_column + deff_column + events_column).empty();
    }
};

/// The figure of one part of the people less that of another, in the same region.
struct PlannedGap {
    std::string dimension;  ///< column of the table: residence
    std::string more;       ///< value of it whose figure the other is taken from: rural
    std::string less;       ///< urban
};

/// One indicator of the plan: a catalogue entry or, with a table of one's own, an entry made from these
/// words.
struct PlannedIndicator {
    std::string code;  ///< empty: the name of the value column
    TableSource table;
    std::string vintage;             ///< which boundaries; empty: the only ones
    std::vector<int> years;          ///< empty: every year of the table, or none when it has no year
    std::string weight_column;       ///< population in the same table; empty: what the catalogue says
    std::string indicator_in_table;  ///< value of the indicator column; empty: the code, when the table has
                                     ///< the column
    std::optional<Texts> name;       ///< these override the catalogue
    std::optional<Texts> unit;
    std::optional<IndicatorKind> kind;
    std::optional<Direction> direction;
    std::optional<int> decimals;
    std::optional<bool> partial;         ///< the table speaks of some regions only
    Display display = Display::classes;  ///< symbols: circles, for a total or count
    std::optional<Scheme> scheme;        ///< of class breaks; absent: that of the maps
    std::vector<double> breaks;          ///< of the scheme fixed, strictly ascending
    /// A table with the figures of the parents, its columns called as in `table`; empty: their rows, if any,
    /// stand in the same table.
    std::string parents_table;
    bool merge_units = false;  ///< rows of a finer vintage are put together to the units of the boundaries
    /// Older vintage whose figures the regions inherit; empty: figures are of the boundaries' own vintage.
    std::string inherit_from;
    /// What the older units, which have boundaries in the plan, share with the regions: the ground (no file),
    /// or people on a raster. Absent: the register says which unit became which.
    std::optional<RasterChoice> inherit_by;
    /// Denominator that shares an inherited total out among the parts of its unit; empty: they have nothing.
    std::string split_totals;
    PlannedMeasuring measuring;
    std::optional<PlannedGap> gap;  ///< absent: the figures themselves
};

/// The larger units that a set of boundaries is nested in, as districts in oblasts.
struct PlannedParents {
    BoundarySource source;
    std::string column = "parent";     ///< of the regions' file: the parent of each
    double outside_tolerance = 0.001;  ///< share of a region outside of its parent, or of a parent not filled
    double sum_tolerance = 0.005;  ///< share by which a parent's figure may differ from what its regions make
};

struct MapOptions {
    Scheme scheme = Scheme::fisher;
    std::vector<double> breaks;  ///< of the scheme fixed, strictly ascending
    std::size_t class_count = 5;
    bool round_breaks = true;      ///< breaks that can be read aloud; every value keeps its class
    Compat compat = Compat::none;  ///< breaks as a peer has them; of the command classify only
    std::string adverse_palette = "heat";
    std::string favourable_palette = "water";
    std::string neutral_palette = "viridis";  ///< where neither end is good or bad
};

/// Of which years raster tiles are made.
enum class RasterYears : std::uint8_t { all, latest };

struct TileOptions {
    std::uint32_t min_zoom = 0;
    std::uint32_t max_zoom = 6;
    std::uint32_t tile_size_px = 256;
    double tolerance_units = 0.5;                 ///< simplification of borders, in tile units
    RasterYears raster_years = RasterYears::all;  ///< latest: the last year of every indicator
    bool raster_context = true;  ///< context of the plan in raster tiles, too; false: transparent round the
                                 ///< regions
};

/// What `run` writes; a step that is off leaves its files out.
struct Steps {
    bool layers = true;
    bool tables = true;
    bool rasters = true;
    bool vector_tiles = true;
    bool raster_tiles = true;
    bool site = true;
    bool report = true;
};

/// Everything a run needs; nothing is opened yet.
struct Plan {
    std::string name;  ///< the plan as the user named it
    Texts title;
    std::string catalogue;  ///< paths, resolved; empty: none
    std::string register_file;
    std::string sources;
    std::vector<std::string> denominators;   ///< tables with what the catalogue weighs and divides by
    bool weigh = true;                       ///< false: regions are not weighed, and no weights looked for
    std::vector<BoundarySource> boundaries;  ///< none: regions are the keys of the table, without geometry
    /// Where `boundaries` are none: a table whose keys are units of the register stands on one of these,
    /// the first where several fit. Each states its vintage. None: never.
    std::vector<BoundarySource> known_boundaries;
    std::map<std::size_t, PlannedParents> parents;  ///< by index into the boundaries
    std::vector<ContextSource> context;  ///< drawn round the regions; none: the regions stand alone
    std::vector<PlannedIndicator> indicators;
    std::vector<PlannedPoints> points;     ///< figures at places, shown where they were measured
    std::vector<PlannedSurface> surfaces;  ///< made first: the other steps may name them
    std::vector<PlannedZonal> zonal;
    std::vector<PlannedExposure> exposures;
    std::vector<PlannedTravel> travels;
    std::vector<PlannedProximity> proximities;
    std::vector<PlannedAutocorrelation> autocorrelations;
    std::vector<PlannedIndexStep> indexes;
    JoinOptions join;
    MeasureOptions measures;
    Correction pairs = Correction::none;  ///< of the comparison of all pairs of regions; none: not compared
    MapOptions maps;
    TileOptions tiles;
    Steps steps;
    std::size_t jobs = 0;
};

namespace plan {

inline constexpr std::string_view plan_schema = "tendik.plan/1";

/// What of a user's words on sampling errors contradicts the rest or has no use, and what to do; nothing
/// where all is well.
struct Contradiction {
    std::string what;
    std::string advice;
};
std::optional<Contradiction> find_contradiction(const PlannedMeasuring& measuring);

}  // namespace plan
}  // namespace tendik
