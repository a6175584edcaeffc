#include "raster_cells.h"

#include <cpl_error.h>
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace tendik::io {
namespace {

template <class T>
bool holds(double value) {
    return value >= static_cast<double>(std::numeric_limits<T>::lowest()) &&
           value <= static_cast<double>(std::numeric_limits<T>::max()) && std::trunc(value) == value;
}

/// The NoData value as cells hold it; none when no cell can.
template <class T>
std::optional<T> nodata_of(const BandReading& reading) {
    if constexpr (std::is_same_v<T, std::int64_t>) {
        if (reading.signed_nodata) return reading.signed_nodata;
    } else if constexpr (std::is_same_v<T, std::uint64_t>) {
        if (reading.unsigned_nodata) return reading.unsigned_nodata;
    }
    if (!reading.nodata) return std::nullopt;
    if constexpr (std::is_floating_point_v<T>) {
        // A file may state -3.4e38 in more digits than a float keeps, or the smallest double for floats.
        constexpr double largest = std::numeric_limits<T>::max();
        if (!std::isfinite(*reading.nodata)) return static_cast<T>(*reading.nodata);
        return static_cast<T>(std::clamp(*reading.nodata, -largest, largest));
    } else {
        if (!holds<T>(*reading.nodata)) return std::nullopt;
        return static_cast<T>(*reading.nodata);
    }
}

template <class T>
void convert(const std::byte* cells, const BandReading& reading, std::span<double> values) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const auto nodata = nodata_of<T>(reading);
    const auto* stored = reinterpret_cast<const T*>(cells);
    const bool plain = reading.scale == 1.0 && reading.offset == 0.0;
    if (!nodata && plain) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<double>(stored[i]);
        return;
    }
    const bool has_nodata = nodata.has_value();
    const T mark = nodata.value_or(T{});
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = static_cast<double>(stored[i]) * reading.scale + reading.offset;
        values[i] = has_nodata && stored[i] == mark ? none : value;
    }
}

void convert(const std::byte* cells, const BandReading& reading, std::span<double> values) {
    switch (reading.type) {
    case GDT_Byte:
        return convert<std::uint8_t>(cells, reading, values);
    case GDT_UInt16:
        return convert<std::uint16_t>(cells, reading, values);
    case GDT_Int16:
        return convert<std::int16_t>(cells, reading, values);
    case GDT_UInt32:
        return convert<std::uint32_t>(cells, reading, values);
    case GDT_Int32:
        return convert<std::int32_t>(cells, reading, values);
    case GDT_UInt64:
        return convert<std::uint64_t>(cells, reading, values);
    case GDT_Int64:
        return convert<std::int64_t>(cells, reading, values);
    case GDT_Float32:
        return convert<float>(cells, reading, values);
    default:
        assert(reading.type == GDT_Float64);
        return convert<double>(cells, reading, values);
    }
}

std::pair<std::size_t, std::size_t> block_size(GDALRasterBand& band) {
    int columns = 0;
    int rows = 0;
    band.GetBlockSize(&columns, &rows);
    return {static_cast<std::size_t>(columns), static_cast<std::size_t>(rows)};
}

/// Rows from north to south instead of from south to north.
void turn_round(std::span<double> values, std::size_t columns) {
    const auto rows = values.size() / columns;
    for (std::size_t row = 0; row < rows / 2; ++row)
        std::swap_ranges(values.begin() + static_cast<std::ptrdiff_t>(row * columns),
                         values.begin() + static_cast<std::ptrdiff_t>((row + 1) * columns),
                         values.begin() + static_cast<std::ptrdiff_t>((rows - 1 - row) * columns));
}

}  // namespace

DatasetPointer open_dataset(const std::string& name) {
    // Sources that virtual rasters share between handles must not be read by two threads.
    const ScopedOption own_sources("VRT_SHARED_SOURCE", "0");
    CPLErrorReset();
    return DatasetPointer(GDALDataset::Open(
        name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr, nullptr, nullptr));
}

/// One handle for the time of a reading.
class GdalRaster::Lease {
public:
    explicit Lease(const GdalRaster& raster) : m_raster(raster) {
        {
            const std::lock_guard lock(raster.m_mutex);
            if (!raster.m_idle.empty()) {
                m_handle = std::move(raster.m_idle.back());
                raster.m_idle.pop_back();
                return;
            }
        }
        m_handle = std::make_unique<Handle>();
        m_handle->dataset = open_dataset(raster.m_name);
        if (!m_handle->dataset)
            throw_gdal_error(Fault::input, fmt::format("{}: cannot be opened again", raster.m_info.source));
    }
    ~Lease() {
        const std::lock_guard lock(m_raster.m_mutex);
        m_raster.m_idle.push_back(std::move(m_handle));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Handle& operator*() const { return *m_handle; }

private:
    const GdalRaster& m_raster;
    std::unique_ptr<Handle> m_handle;
};

GdalRaster::GdalRaster(RasterInfo info, std::string name, std::vector<BandReading> bands, bool south_up,
                       DatasetPointer first)
    : m_info(std::move(info)),
      m_name(std::move(name)),
      m_bands(std::move(bands)),
      m_south_up(south_up) {
    m_idle.push_back(std::make_unique<Handle>());
    m_idle.back()->dataset = std::move(first);
}

void GdalRaster::read(std::size_t band, const Window& window, std::span<double> values) const {
    assert(window.column + window.columns <= m_info.grid.columns);
    assert(window.row + window.rows <= m_info.grid.rows && values.size() == window.cell_count());
    if (window.empty()) return;
    auto stored = window;
    if (m_south_up) stored.row = m_info.grid.rows - window.row - window.rows;
    const auto& reading = m_bands.at(band);
    const Lease lease(*this);
    read_cells(*lease, reading, stored);
    convert((*lease).cells.data(), reading, values);
    if (reading.has_mask) {
        read_mask(*lease, reading, stored);
        for (std::size_t i = 0; i < values.size(); ++i)
            if ((*lease).flags[i] == 0) values[i] = std::numeric_limits<double>::quiet_NaN();
    }
    if (m_south_up) turn_round(values, window.columns);
}

/// Whole blocks are decoded without passing through GDAL's cache of blocks. False when the window cuts one.
bool GdalRaster::read_whole_blocks(GDALRasterBand& band, const Window& stored, Handle& handle) const {
    const auto [block_columns, block_rows] = block_size(band);
    const auto whole = [](std::size_t first, std::size_t count, std::size_t block, std::size_t all) {
        return first % block == 0 && ((first + count) % block == 0 || first + count == all);
    };
    if (!whole(stored.column, stored.columns, block_columns, m_info.grid.columns) ||
        !whole(stored.row, stored.rows, block_rows, m_info.grid.rows))
        return false;
    const auto cell_size = static_cast<std::size_t>(GDALGetDataTypeSizeBytes(band.GetRasterDataType()));
    handle.cells.resize(stored.cell_count() * cell_size);
    const bool fits = stored.columns == block_columns && stored.rows % block_rows == 0;
    if (!fits) handle.block.resize(block_columns * block_rows * cell_size);
    for (std::size_t row = 0; row < stored.rows; row += block_rows)
        for (std::size_t column = 0; column < stored.columns; column += block_columns) {
            // Blocks under each other lie in the window as they lie in the file.
            auto* target =
                fits ? handle.cells.data() + row * stored.columns * cell_size : handle.block.data();
            if (band.ReadBlock(static_cast<int>((stored.column + column) / block_columns),
                               static_cast<int>((stored.row + row) / block_rows), target) != CE_None)
                blame_block(band, stored);
            if (fits) continue;
            const auto columns = std::min(block_columns, stored.columns - column);
            for (std::size_t line = 0; line < std::min(block_rows, stored.rows - row); ++line)
                std::memcpy(handle.cells.data() + ((row + line) * stored.columns + column) * cell_size,
                            handle.block.data() + line * block_columns * cell_size, columns * cell_size);
        }
    return true;
}

void GdalRaster::read_cells(Handle& handle, const BandReading& reading, const Window& stored) const {
    CPLErrorReset();
    auto& band = *handle.dataset->GetRasterBand(reading.number);
    if (read_whole_blocks(band, stored, handle)) return;
    const auto cell_size = static_cast<std::size_t>(GDALGetDataTypeSizeBytes(reading.type));
    handle.cells.resize(stored.cell_count() * cell_size);
    if (band.RasterIO(GF_Read, static_cast<int>(stored.column), static_cast<int>(stored.row),
                      static_cast<int>(stored.columns), static_cast<int>(stored.rows), handle.cells.data(),
                      static_cast<int>(stored.columns), static_cast<int>(stored.rows), reading.type, 0, 0,
                      nullptr) != CE_None)
        blame_block(band, stored);
}

void GdalRaster::read_mask(Handle& handle, const BandReading& reading, const Window& stored) const {
    auto& mask = *handle.dataset->GetRasterBand(reading.number)->GetMaskBand();
    handle.flags.resize(stored.cell_count());
    if (mask.RasterIO(GF_Read, static_cast<int>(stored.column), static_cast<int>(stored.row),
                      static_cast<int>(stored.columns), static_cast<int>(stored.rows), handle.flags.data(),
                      static_cast<int>(stored.columns), static_cast<int>(stored.rows), GDT_Byte, 0, 0,
                      nullptr) != CE_None)
        blame_block(mask, stored);
}

/// Looks for the block of the window that cannot be decoded, to name it.
void GdalRaster::blame_block(GDALRasterBand& band, const Window& stored) const {
    const auto [block_columns, block_rows] = block_size(band);
    const auto cell_size = static_cast<std::size_t>(GDALGetDataTypeSizeBytes(band.GetRasterDataType()));
    std::vector<std::byte> cells(block_columns * block_rows * cell_size);
    auto blamed_column = stored.column / block_columns;
    auto blamed_row = stored.row / block_rows;
    bool found = false;
    for (auto row = blamed_row; !found && row * block_rows < stored.row + stored.rows; ++row)
        for (auto column = stored.column / block_columns;
             !found && column * block_columns < stored.column + stored.columns; ++column) {
            CPLErrorReset();
            if (band.ReadBlock(static_cast<int>(column), static_cast<int>(row), cells.data()) == CE_None)
                continue;
            found = true;
            blamed_column = column;
            blamed_row = row;
        }
    throw_gdal_error(
        Fault::input,
        fmt::format("{}: block {} of block row {} (columns {} to {}, rows {} to {} of the file, from "
                    "0) cannot be read",
                    m_info.source, blamed_column, blamed_row, blamed_column * block_columns,
                    std::min((blamed_column + 1) * block_columns, m_info.grid.columns) - 1,
                    blamed_row * block_rows, std::min((blamed_row + 1) * block_rows, m_info.grid.rows) - 1),
        "the file is cut short or damaged: fetch it again and compare its size and digest");
}

}  // namespace tendik::io
