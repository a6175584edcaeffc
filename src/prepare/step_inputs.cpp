// What steps read besides tables: rasters and places.
#include "open_choice.h"
#include "places.h"
#include "tendik/base/error.h"
#include "tendik/io/open_raster.h"
#include "tendik/plan/surface_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

namespace tendik::prepare {
namespace {

/// One band of a surface of the plan, under the name of its file: the values, or their standard errors.
class SurfaceBand final : public RasterSource {
public:
    SurfaceBand(const MadeSurface& surface, std::size_t band)
        : m_raster(surface.raster),
          m_band(band),
          m_info(m_raster.info()) {
        m_info.source = fmt::format("rasters/{}{}.tif", surface.code, band == 0 ? "" : "_error");
        m_info.bands = {m_info.bands.at(band)};
        m_info.units = {m_info.units.at(band)};
    }
    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override {
        m_raster.read(m_band + band, window, values);
    }

private:
    const MemoryRaster& m_raster;
    std::size_t m_band;
    RasterInfo m_info;
};

void refuse_same_names(const PointTable& places) {
    std::map<std::string, std::string> known;
    for (const auto& point : places.points)
        if (const auto [first, is_new] = known.emplace(point.name, point.where); !is_new)
            throw InputError(
                fmt::format("two places are called '{}': {} and {}", point.name, first->second, point.where),
                "name them apart; which column names them can be chosen");
}

}  // namespace

std::unique_ptr<RasterSource> open_choice(const RasterChoice& choice, Findings& findings) {
    return while_doing(fmt::format("opening raster '{}'", choice.file),
                       [&] { return io::open_raster(choice, findings); });
}

std::unique_ptr<RasterSource> open_choice(const RasterChoice& choice, std::span<const MadeSurface> surfaces,
                                          Findings& findings) {
    if (const auto* surface = find_surface(choice, surfaces))
        return std::make_unique<SurfaceBand>(*surface, 0);
    return open_choice(choice, findings);
}

const MadeSurface* find_surface(const RasterChoice& choice, std::span<const MadeSurface> surfaces) {
    const auto code = plan::surface_named(choice);
    if (!code) return nullptr;
    const auto found = std::ranges::find(surfaces, *code, &MadeSurface::code);
    if (found == surfaces.end())
        throw InputError(fmt::format("no surface '{}' was made", *code), "name a file");
    return &*found;
}

std::unique_ptr<RasterSource> open_errors(const MadeSurface& surface) {
    return std::make_unique<SurfaceBand>(surface, 1);
}

void limit_cache(std::size_t max_memory_bytes) {
    constexpr std::size_t least = std::size_t{8} << 20U;
    constexpr std::size_t most = std::size_t{256} << 20U;
    io::limit_raster_cache(std::clamp(max_memory_bytes / 8, least, most));
}

PointTable read_places(const PlacesChoice& choice, Findings& findings) {
    PointTable places{"points", wgs84, {}};
    for (const auto& point : choice.points) {
        const auto name = fmt::format("point {}", places.points.size() + 1);
        places.points.push_back({name, point, {}, name});
        places.points.back().values.resize(choice.table.values.size() + choice.table.more_values.size());
    }
    if (choice.points.empty())
        places = while_doing(fmt::format("reading places '{}'", choice.table.file),
                             [&] { return tables::read_points(choice.table, findings); });
    if (places.points.empty())
        throw InputError(fmt::format("{}: has no place", places.source), "a row is a place: id,lon,lat");
    refuse_same_names(places);
    return places;
}

void bring_to(const Crs& crs, PointTable& places) {
    if (geom::same_crs(places.crs, crs)) return;
    const geom::Transform transform(places.crs, crs);
    for (auto& point : places.points)
        while_doing(fmt::format("placing '{}' ({})", point.name, point.where),
                    [&] { point.place = transform(point.place); });
    places.crs = crs;
}

}  // namespace tendik::prepare
