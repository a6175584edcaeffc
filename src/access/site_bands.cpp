#include "tendik/access/site_bands.h"

#include "ascending.h"
#include "tendik/geom/geodesic.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

namespace tendik::access {
namespace {

// The corner of a part is the farthest point from its centre, but for the bend of parallels.
constexpr double corner_slack = 1.001;

/// A point on the ellipsoid in metres from the centre of the Earth.
struct Space {
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;
};

Space in_space(const Point& place) {
    constexpr double radius_m = 6378137.0;
    constexpr double flattening = 1.0 / 298.257223563;
    constexpr double eccentricity_squared = flattening * (2.0 - flattening);
    const double lat = place.y * std::numbers::pi / 180.0;
    const double lon = place.x * std::numbers::pi / 180.0;
    const double normal = radius_m / std::sqrt(1.0 - eccentricity_squared * std::sin(lat) * std::sin(lat));
    return {normal * std::cos(lat) * std::cos(lon), normal * std::cos(lat) * std::sin(lon),
            normal * (1.0 - eccentricity_squared) * std::sin(lat)};
}

/// Through the Earth: never longer than the geodesic, and far quicker to reckon.
double chord_m(const Space& a, const Space& b) {
    return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z));
}

Grid parts_of(const Grid& cells, std::size_t split) {
    auto grid = cells;
    const auto parts = static_cast<double>(split);
    grid.cell_width /= parts;
    grid.cell_height /= parts;
    grid.columns *= split;
    grid.rows *= split;
    return grid;
}

}  // namespace

/// Places of a grid in longitude and latitude.
struct SiteBands::Ground {
    explicit Ground(const SiteBands& bands) : grid(bands.m_cells.grid) {
        if (!bands.m_geographic) transform.emplace(bands.m_cells.crs, wgs84);
    }

    Point place(double column, double row) const {
        const Point point{grid.x_of(column), grid.y_of(row)};
        return transform ? (*transform)(point) : point;
    }
    /// How far the corners of a square of the grid are from its middle; the same in all columns of a grid in
    /// degrees. `column` and `row` are those of the north-west corner, in cells.
    double reach_m(double column, double row, double size) const {
        const auto middle = place(column + size / 2.0, row + size / 2.0);
        double farthest_m = 0.0;
        for (const double right : {0.0, size})
            for (const double down : {0.0, size}) {
                if (!transform && right > 0.0) continue;  // as far as the western corners
                auto corner = place(column + right, row + down);
                // A cell may end a rounding error beyond the pole.
                corner.y = std::clamp(corner.y, -90.0, 90.0);
                farthest_m = std::max(farthest_m, geom::geodesic_distance_m(middle, corner));
            }
        return farthest_m * corner_slack;
    }

    const Grid& grid;
    std::optional<geom::Transform> transform;
};

namespace {

/// The nearest of some sites.
class Nearest {
public:
    Nearest(std::span<const DistanceSite> sites, const std::vector<double>& edges_km)
        : m_sites(sites),
          m_edges_km(edges_km) {
        for (const auto& site : sites)
            m_spaces.push_back(in_space(site.place));
    }

    /// The number of the distance band, plus 0.5 when an edge is nearer than the corners are.
    double band(const Point& middle, double reach_m) const {
        const double far_m = m_edges_km.back() * 1000.0 + reach_m;
        const auto space = in_space(middle);
        double nearest_m = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < m_sites.size(); ++i) {
            if (chord_m(space, m_spaces[i]) > std::min(far_m, nearest_m)) continue;
            nearest_m = std::min(nearest_m, geom::geodesic_distance_m(middle, m_sites[i].place));
        }
        const auto edge = std::ranges::lower_bound(m_edges_km, nearest_m / 1000.0);
        const auto number = static_cast<double>(edge - m_edges_km.begin());
        const bool cut_outside = edge != m_edges_km.end() && *edge * 1000.0 - nearest_m < reach_m;
        const bool cut_inside = edge != m_edges_km.begin() && nearest_m - *std::prev(edge) * 1000.0 < reach_m;
        return number + (cut_outside || cut_inside ? 0.5 : 0.0);
    }

private:
    std::span<const DistanceSite> m_sites;
    const std::vector<double>& m_edges_km;
    std::vector<Space> m_spaces;
};

/// Squares of one size, the parts or the whole cells of a grid.
template <typename Ground>
class Squares {
public:
    /// `size` in cells.
    Squares(const Ground& ground, const Nearest& nearest, double size)
        : m_ground(ground),
          m_nearest(nearest),
          m_size(size) {}

    /// Of all squares in a row of a grid in degrees; of other grids each has its own.
    double reach_of_row_m(std::size_t row) const {
        return m_ground.transform ? 0.0 : m_ground.reach_m(0.0, position(row), m_size);
    }
    double band(std::size_t column, std::size_t row, double reach_of_row_m) const {
        const double x = position(column);
        const double y = position(row);
        return m_nearest.band(m_ground.place(x + m_size / 2.0, y + m_size / 2.0),
                              m_ground.transform ? m_ground.reach_m(x, y, m_size) : reach_of_row_m);
    }

private:
    double position(std::size_t index) const { return static_cast<double>(index) * m_size; }

    const Ground& m_ground;
    const Nearest& m_nearest;
    double m_size;
};

bool is_whole(double value) { return value == std::floor(value); }

void check_site(const DistanceSite& site) {
    if (!(std::abs(site.place.x) <= 360.0 && std::abs(site.place.y) <= 90.0))
        throw InputError(
            fmt::format("site '{}' lies at longitude {}, latitude {}", site.id, site.place.x, site.place.y),
            "longitude comes first; both are in degrees");
}

}  // namespace

SiteBands::SiteBands(const RasterInfo& cells, std::vector<DistanceSite> sites, const DistanceOptions& options)
    : m_cells(cells),
      m_sites(std::move(sites)),
      m_edges_km(options.edges_km),
      m_split(options.split) {
    require_ascending(m_edges_km, "band", "km");
    if (m_split > 64)
        throw UsageError(fmt::format("cells are to be cut into {} parts a side, expected 1 to 64", m_split));
    if (m_sites.empty()) throw InputError("there is no site to measure from", "give at least one point");
    std::ranges::for_each(m_sites, check_site);
    if (!cells.crs.known())
        throw InputError(fmt::format("'{}' has no coordinate reference system", cells.source),
                         "assign one, for example with gdal_edit.py -a_srs EPSG:4326");
    m_geographic = geom::is_geographic(cells.crs);
    const auto box = cells.grid.box();
    const double slack = 1e-6 * cells.grid.cell_height;
    if (m_geographic && (box.max_y > 90.0 + slack || box.min_y < -90.0 - slack))
        throw InputError(fmt::format("'{}' reaches from latitude {} to {}, beyond a pole", cells.source,
                                     box.min_y, box.max_y),
                         "check the geotransform of the raster");
    if (m_split == 0) {
        const auto row = cells.grid.rows / 2;
        const auto column = cells.grid.columns / 2;
        const auto reach_m =
            Ground(*this).reach_m(static_cast<double>(column), static_cast<double>(row), 1.0);
        const double parts = std::ceil(reach_m / (m_edges_km.front() * 1000.0 / 200.0));
        m_split = static_cast<std::size_t>(std::clamp(parts, 1.0, 16.0));
    }
    m_info = cells;
    m_info.grid = parts_of(cells.grid, m_split);
    m_info.bands = {"nearest"};
    for (const auto& site : m_sites)
        m_info.bands.push_back(site.id);
    m_info.units.assign(m_info.bands.size(), "");
    m_info.block_columns = std::min(m_info.grid.columns, 64 * m_split);
    m_info.block_rows = std::min(m_info.grid.rows, 64 * m_split);
}

void SiteBands::read(std::size_t band, const Window& window, std::span<double> values) const {
    assert(band < m_info.bands.size() && values.size() == window.cell_count());
    const Ground ground(*this);
    const std::span<const DistanceSite> sites(m_sites);
    const Nearest nearest(band == 0 ? sites : sites.subspan(band - 1, 1), m_edges_km);
    const auto end_row = window.row + window.rows;
    const auto end_column = window.column + window.columns;
    const Squares wholes(ground, nearest, 1.0);
    const Squares parts(ground, nearest, 1.0 / static_cast<double>(m_split));
    for (auto row = window.row / m_split; row * m_split < end_row; ++row) {
        const double whole_reach_m = wholes.reach_of_row_m(row);
        std::vector<double> part_reaches_m;  // reckoned when a cell is divided
        for (auto column = window.column / m_split; column * m_split < end_column; ++column) {
            const double whole = wholes.band(column, row, whole_reach_m);
            const bool divide = m_split > 1 && !is_whole(whole);
            if (divide && part_reaches_m.empty())
                for (std::size_t i = 0; i < m_split; ++i)
                    part_reaches_m.push_back(parts.reach_of_row_m(row * m_split + i));
            const auto last_row = std::min(end_row, (row + 1) * m_split);
            const auto last_column = std::min(end_column, (column + 1) * m_split);
            for (auto r = std::max(window.row, row * m_split); r < last_row; ++r)
                for (auto c = std::max(window.column, column * m_split); c < last_column; ++c)
                    values[(r - window.row) * window.columns + (c - window.column)] =
                        divide ? parts.band(c, r, part_reaches_m[r - row * m_split]) : whole;
        }
    }
}

}  // namespace tendik::access
