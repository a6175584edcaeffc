#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/grid.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tendik {

/// What is known of a raster before a cell is read.
struct RasterInfo {
    std::string source;  ///< as the user named it
    Grid grid;
    Crs crs;
    std::vector<std::string> bands;  ///< names, in order; at least one
    std::size_t block_columns = 0;   ///< cells that are stored, and cheap to read, together
    std::size_t block_rows = 0;
    std::vector<std::string> units;  ///< of the bands, as the file states them; empty where it does not
};

/// A raster whose cells are fetched when they are wanted: a file in `io`, or values in memory. Reading is
/// safe from several threads at once. 64-bit integers beyond 2^53 lose their last digits in doubles.
class RasterSource {
public:
    virtual ~RasterSource() = default;
    virtual const RasterInfo& info() const = 0;
    /// Fills `values` (window.cell_count() numbers, row by row) with the cells of a window inside the grid;
    /// NaN where there is no data. Scale and offset are applied. Throws InputError naming file and block
    /// when the cells cannot be read.
    virtual void read(std::size_t band, const Window& window, std::span<double> values) const = 0;

protected:
    RasterSource() = default;
    RasterSource(const RasterSource&) = default;
    RasterSource& operator=(const RasterSource&) = default;
};

/// One band in memory; row by row, NaN where there is no data.
struct RasterBand {
    std::string name;
    std::string unit;  ///< may be empty
    std::vector<double> values;
};

/// A raster in memory: what is computed before it is written, and what tests draw.
class MemoryRaster final : public RasterSource {
public:
    MemoryRaster(std::string source, const Grid& grid, Crs crs, std::vector<RasterBand> bands);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override;
    const std::vector<RasterBand>& bands() const noexcept { return m_bands; }

private:
    RasterInfo m_info;
    std::vector<RasterBand> m_bands;
};

/// Some bands of another raster, which must live longer.
class ChosenBands final : public RasterSource {
public:
    ChosenBands(const RasterSource& whole, std::vector<std::size_t> bands);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override {
        m_whole.read(m_bands[band], window, values);
    }

private:
    const RasterSource& m_whole;
    std::vector<std::size_t> m_bands;
    RasterInfo m_info;
};

}  // namespace tendik
