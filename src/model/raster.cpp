#include "tendik/model/raster.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tendik {

MemoryRaster::MemoryRaster(std::string source, const Grid& grid, Crs crs, std::vector<RasterBand> bands)
    : m_info{std::move(source), grid, std::move(crs), {}, grid.columns, 64, {}},
      m_bands(std::move(bands)) {
    for (const auto& band : m_bands) {
        assert(band.values.size() == grid.columns * grid.rows);
        m_info.bands.push_back(band.name);
        m_info.units.push_back(band.unit);
    }
}

void MemoryRaster::read(std::size_t band, const Window& window, std::span<double> values) const {
    assert(window.column + window.columns <= m_info.grid.columns);
    assert(window.row + window.rows <= m_info.grid.rows && values.size() == window.cell_count());
    const auto& all = m_bands.at(band).values;
    for (std::size_t row = 0; row < window.rows; ++row) {
        const auto begin = (window.row + row) * m_info.grid.columns + window.column;
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(begin), window.columns,
                    values.begin() + static_cast<std::ptrdiff_t>(row * window.columns));
    }
}

ChosenBands::ChosenBands(const RasterSource& whole, std::vector<std::size_t> bands)
    : m_whole(whole),
      m_bands(std::move(bands)),
      m_info(whole.info()) {
    m_info.bands.clear();
    m_info.units.clear();
    for (const auto band : m_bands) {
        m_info.bands.push_back(whole.info().bands[band]);
        m_info.units.push_back(band < whole.info().units.size() ? whole.info().units[band] : std::string());
    }
}

}  // namespace tendik
