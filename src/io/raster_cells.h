#pragma once

#include "gdal_session.h"
#include "tendik/model/raster.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tendik::io {

/// How the cells of one band become numbers.
struct BandReading {
    int number = 1;  ///< of GDAL
    GDALDataType type = GDT_Float64;
    std::optional<double> nodata;
    std::optional<std::int64_t> signed_nodata;  ///< of 64-bit integers, which a double cannot tell apart
    std::optional<std::uint64_t> unsigned_nodata;
    bool has_mask = false;  ///< an alpha or mask band says where there is data
    double scale = 1.0;
    double offset = 0.0;
};

/// Opens the same dataset again, for one more thread.
DatasetPointer open_dataset(const std::string& name);

/// A raster file of GDAL. Handles are made as threads ask for them.
class GdalRaster final : public RasterSource {
public:
    GdalRaster(RasterInfo info, std::string name, std::vector<BandReading> bands, bool south_up,
               DatasetPointer first);

    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t band, const Window& window, std::span<double> values) const override;

private:
    struct Handle {
        DatasetPointer dataset;
        std::vector<std::byte> cells;      ///< as they are stored
        std::vector<std::byte> block;      ///< one of several that make up the cells
        std::vector<unsigned char> flags;  ///< of the mask
    };
    class Lease;

    void read_cells(Handle& handle, const BandReading& reading, const Window& stored) const;
    void read_mask(Handle& handle, const BandReading& reading, const Window& stored) const;
    bool read_whole_blocks(GDALRasterBand& band, const Window& stored, Handle& handle) const;
    [[noreturn]] void blame_block(GDALRasterBand& band, const Window& stored) const;

    RasterInfo m_info;
    std::string m_name;
    std::vector<BandReading> m_bands;
    bool m_south_up;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Handle>> m_idle;
};

}  // namespace tendik::io
