#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/geom/crs.h"
#include "tendik/model/raster.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// A place that is travelled to: a well, a clinic, a town.
struct TravelSource {
    std::string id;
    Point place;  ///< in the CRS of the friction raster
};

/// Which cells are one step away: the eight around a cell, or also those a knight's move away.
enum class TravelMoves : std::uint8_t { eight, sixteen };

struct TravelOptions {
    TravelMoves moves = TravelMoves::eight;
    double max_min = std::numeric_limits<double>::infinity();  ///< > 0; cells farther away stay unreached
    double move_source_m = 5000.0;       ///< >= 0; how far a source on a barrier may be moved
    std::optional<double> barrier = {};  ///< friction that stands for a barrier, beside no data and infinity
    /// A step from corner to corner may pass between two barriers, as in gdistance and terra; without it a
    /// barrier drawn along a diagonal is closed.
    bool pass_corners = false;
    std::size_t max_memory_bytes = 0;  ///< 0: no limit; 12 bytes a cell are needed
    std::size_t jobs = 0;
};

/// Of a cell. Unreached: passable, but no way within the maximum leads there. No data: friction unknown.
enum class TravelState : std::uint8_t { reached, unreached, barrier, no_data };

/// "reached", "unreached", "barrier", "no_data".
std::string_view to_text(TravelState state);

namespace access {

/// Minutes from every cell to its nearest source, which source that is, and the state of the cell. As a
/// raster it has the bands "minutes" (NaN where not reached), "source" (1 for the first source; NaN where not
/// reached) and "state" (0 reached, 1 unreached, 2 barrier, 3 no data), on the grid of the friction.
class TravelTimes final : public RasterSource {
public:
    /// `labels`: (steps of time << source_bits) | number of the source, of a grid with a rim of two cells.
    TravelTimes(RasterInfo info, std::vector<std::uint64_t> labels, unsigned source_bits,
                double minutes_per_step, std::vector<std::string> sources);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override;

    TravelState state(std::size_t column, std::size_t row) const;
    float minutes(std::size_t column, std::size_t row) const;  ///< NaN where not reached
    /// Position in sources(); its size where not reached.
    std::size_t source(std::size_t column, std::size_t row) const;
    const std::vector<std::string>& sources() const noexcept { return m_sources; }  ///< their ids

private:
    std::uint64_t label(std::size_t column, std::size_t row) const;

    RasterInfo m_info;
    std::vector<std::uint64_t> m_labels;
    unsigned m_source_bits;
    double m_minutes_per_step;
    std::vector<std::string> m_sources;
};

/// Least cost from the sources over `band` of a friction raster in minutes per metre (as the friction
/// surfaces of the Malaria Atlas Project, Weiss et al. 2018, doi:10.1038/nature25181). A step of d metres
/// between the centres of two cells takes d (f_a + f_b) / 2 minutes, the convention of gdistance (van Etten
/// 2017, doi:10.18637/jss.v076.i13) and malariaAtlas, for knight's moves too. d is the geodesic on WGS 84 of
/// each row where the grid is in degrees, else the distance on the map in metres; distortions of the map
/// stay. A knight's move may not cross a barrier. A grid round the whole Earth is joined at its seam; no way
/// leads over a pole.
///
/// Time is counted in steps of 2^-(42 - b) minutes, b the bits of the number of sources (1,000 sources: 10),
/// so that sums are exact and the same at any number of threads; each edge is rounded to the nearest step. Of
/// several sources at the same distance the first counts.
///
/// A source on a barrier moves to the nearest passable cell centre within `move_source_m` (finding
/// "source-moved"). Sources that share a cell are the finding "sources-share-cell"; friction of more than one
/// minute a metre in most cells is the finding "friction-unit".
///
/// Throws InputError: no source, a source outside the raster or on a barrier with no passable cell near (all
/// are named), negative friction (column and row), no CRS, a grid beyond a pole, a time beyond 2^21 minutes,
/// too little memory (says what is needed). Throws UsageError for a maximum or a distance out of range.
TravelTimes travel_times(const RasterSource& friction, std::size_t band,
                         const std::vector<TravelSource>& sources, const TravelOptions& options,
                         Progress& progress, Findings& findings);

/// Points in longitude and latitude brought to the CRS of a raster. Throws InputError naming the source.
std::vector<TravelSource> to_crs(std::vector<TravelSource> sources, const Crs& from, const Crs& to);

}  // namespace access
}  // namespace tendik
