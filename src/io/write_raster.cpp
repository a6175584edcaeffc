#include "tendik/io/write_raster.h"

#include "gdal_file.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <limits>

namespace tendik::io {
namespace {

constexpr int block_side = 512;  // that of a COG's tiles

/// Cells of one band as GDAL asks for them.
class SourceBand final : public GDALRasterBand {
public:
    SourceBand(const RasterSource& raster, std::size_t band, RasterCells cells, std::exception_ptr& fault)
        : m_raster(raster),
          m_band(band),
          m_fault(fault) {
        const auto& info = raster.info();
        nBand = static_cast<int>(band) + 1;
        nRasterXSize = static_cast<int>(info.grid.columns);
        nRasterYSize = static_cast<int>(info.grid.rows);
        nBlockXSize = block_side;
        nBlockYSize = block_side;
        eDataType = cells == RasterCells::doubles ? GDT_Float64 : GDT_Float32;
        SetDescription(info.bands[band].c_str());
    }

    const char* GetUnitType() override {
        const auto& units = m_raster.info().units;
        return m_band < units.size() ? units[m_band].c_str() : "";
    }
    double GetNoDataValue(int* known) override {
        if (known != nullptr) *known = TRUE;
        return std::numeric_limits<double>::quiet_NaN();
    }

protected:
    CPLErr IReadBlock(int block_column, int block_row, void* cells) override {
        const int column = block_column * block_side;
        const int row = block_row * block_side;
        const auto line = static_cast<GSpacing>(block_side) * GDALGetDataTypeSizeBytes(eDataType);
        // The last blocks of a row or column hang over the grid; nobody looks there.
        return read({column, row, std::min(block_side, nRasterXSize - column),
                     std::min(block_side, nRasterYSize - row)},
                    static_cast<std::byte*>(cells), eDataType, GDALGetDataTypeSizeBytes(eDataType), line);
    }
    /// Past GDAL's cache of blocks, which would end up holding the raster.
    CPLErr IRasterIO(GDALRWFlag flag, int column, int row, int columns, int rows, void* cells,
                     int buffer_columns, int buffer_rows, GDALDataType type, GSpacing step, GSpacing line,
                     GDALRasterIOExtraArg* extra) override {
        if (flag != GF_Read || columns != buffer_columns || rows != buffer_rows)
            return GDALRasterBand::IRasterIO(flag, column, row, columns, rows, cells, buffer_columns,
                                             buffer_rows, type, step, line, extra);
        return read({column, row, columns, rows}, static_cast<std::byte*>(cells), type, step, line);
    }

private:
    struct Part {
        int column, row, columns, rows;
    };

    /// What the source throws waits until GDAL has returned.
    CPLErr read(const Part& part, std::byte* cells, GDALDataType type, GSpacing step, GSpacing line) {
        const auto size = [](int number) { return static_cast<std::size_t>(number); };
        m_values.resize(size(part.columns) * size(part.rows));
        try {
            m_raster.read(m_band, {size(part.column), size(part.row), size(part.columns), size(part.rows)},
                          m_values);
        } catch (...) {
            m_fault = std::current_exception();
            return CE_Failure;
        }
        for (int row = 0; row < part.rows; ++row)
            GDALCopyWords(m_values.data() + size(row) * size(part.columns), GDT_Float64, sizeof(double),
                          cells + row * line, type, static_cast<int>(step), part.columns);
        return CE_None;
    }

    const RasterSource& m_raster;
    std::size_t m_band;
    std::exception_ptr& m_fault;
    std::vector<double> m_values;
};

/// A raster of ours that GDAL reads block by block, so that it is nowhere held as a whole for the writing.
class SourceDataset final : public GDALDataset {
public:
    SourceDataset(const RasterSource& raster, const RasterNotes& notes) : m_grid(raster.info().grid) {
        const auto& info = raster.info();
        nRasterXSize = static_cast<int>(info.grid.columns);
        nRasterYSize = static_cast<int>(info.grid.rows);
        if (m_reference.SetFromUserInput(info.crs.definition.c_str()) != OGRERR_NONE)
            throw_gdal_error(Fault::input,
                             fmt::format("the CRS '{}' cannot be written", info.crs.definition));
        if (!notes.title.empty()) SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", notes.title.c_str());
        for (const auto& [name, value] : notes.entries)
            SetMetadataItem(name.c_str(), value.c_str());
        for (std::size_t band = 0; band < info.bands.size(); ++band)
            SetBand(static_cast<int>(band) + 1, new SourceBand(raster, band, notes.cells, m_fault));  // owned
    }

    CPLErr GetGeoTransform(double* transform) override {
        const std::array<double, 6> terms{m_grid.west, m_grid.cell_width,  0.0, m_grid.north,
                                          0.0,         -m_grid.cell_height};
        std::ranges::copy(terms, transform);
        return CE_None;
    }
    const OGRSpatialReference* GetSpatialRef() const override { return &m_reference; }
    void rethrow_fault() const {
        if (m_fault) std::rethrow_exception(m_fault);
    }

private:
    const Grid& m_grid;
    OGRSpatialReference m_reference;
    std::exception_ptr m_fault;
};

void encode(SourceDataset& raster, RasterCells cells, const std::filesystem::path& path) {
    auto* driver = GetGDALDriverManager()->GetDriverByName("COG");
    if (driver == nullptr) throw_gdal_error(Fault::system, "GDAL cannot write cloud-optimised GeoTIFF");
    const std::array<const char*, 6> options{
        "COMPRESS=DEFLATE",
        "PREDICTOR=3",
        "OVERVIEW_PREDICTOR=3",
        cells == RasterCells::float_categories ? "RESAMPLING=NEAREST" : "RESAMPLING=AVERAGE",
        "BIGTIFF=IF_SAFER",
        nullptr};
    DatasetPointer copy(driver->CreateCopy(path.c_str(), &raster, TRUE, options.data(), nullptr, nullptr));
    raster.rethrow_fault();
    if (!copy) throw_gdal_error(Fault::system, "the GeoTIFF cannot be made");
    close_dataset(std::move(copy));
}

}  // namespace

void refuse_raster_ending(const std::filesystem::path& target) {
    const auto ending = fold(target.extension().string());
    if (ending == ".tif" || ending == ".tiff") return;
    throw InputError(fmt::format("{}: unknown ending '{}'", target.string(), target.extension().string()),
                     "rasters are written as .tif");
}

void write_raster(const std::filesystem::path& target, const RasterSource& raster, const RasterNotes& notes) {
    refuse_raster_ending(target);
    start_gdal();
    while_doing(fmt::format("writing '{}'", target.string()), [&] {
        SourceDataset source(raster, notes);
        AtomicFile file(target);
        encode(source, notes.cells, file.temporary_path());
        file.commit();
    });
}

}  // namespace tendik::io
