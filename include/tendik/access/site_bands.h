#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/shape.h"
#include "tendik/model/raster.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tendik {

/// A point round which distances are measured.
struct DistanceSite {
    std::string id;
    Point place;  ///< longitude and latitude
};

struct DistanceOptions {
    std::vector<double> edges_km;  ///< ascending, above 0
    /// Into how many parts the sides of a cell are cut where an edge runs through it, 1 to 64. 0: as many as
    /// make half the diagonal of a part no longer than a 200th of the smallest edge, at most 16.
    std::size_t split = 0;
};

namespace access {

/// Distance bands round sites as a raster of parts of the cells of a grid. Its bands are "nearest" (distance
/// to the nearest site), then each site. A value is the number of the distance band: 0 up to and with the
/// first edge, ..., k beyond the last of k; plus 0.5 where an edge runs through the part, so that what may
/// lie in the next band is known.
///
/// The distance is the geodesic on WGS 84 (Karney 2013) to the centre of a part. A part is called cut when
/// its centre is nearer to an edge than its farthest corner is to the centre: distances within a part differ
/// no more than that from the distance of its centre, so whatever is counted in whole parts is wrong by no
/// more than what the cut parts hold. Cells that no edge reaches are not divided.
class SiteBands final : public RasterSource {
public:
    /// Parts of the cells of `cells`. Throws UsageError: no edge, edges that do not ascend, split out of
    /// range; InputError: no site, a site that is no longitude and latitude, no CRS, a grid beyond a pole.
    SiteBands(const RasterInfo& cells, std::vector<DistanceSite> sites, const DistanceOptions& options);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override;

    std::size_t split() const noexcept { return m_split; }
    const std::vector<double>& edges_km() const noexcept { return m_edges_km; }
    const std::vector<DistanceSite>& sites() const noexcept { return m_sites; }

private:
    struct Ground;

    RasterInfo m_cells;
    std::vector<DistanceSite> m_sites;
    std::vector<double> m_edges_km;
    std::size_t m_split = 1;
    bool m_geographic = true;
    RasterInfo m_info;
};

}  // namespace access
}  // namespace tendik
