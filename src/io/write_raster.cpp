#include "tendik/io/write_raster.h"

#include "gdal_file.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace tendik::io {
namespace {

constexpr const char* file_name = "raster.tif";
constexpr std::size_t rows_at_once = 256;

void place(GDALDataset& dataset, const RasterInfo& info) {
    const auto& grid = info.grid;
    std::array<double, 6> transform{grid.west, grid.cell_width, 0.0, grid.north, 0.0, -grid.cell_height};
    OGRSpatialReference reference;
    if (reference.SetFromUserInput(info.crs.definition.c_str()) != OGRERR_NONE)
        throw_gdal_error(Fault::input, fmt::format("the CRS '{}' cannot be written", info.crs.definition));
    if (dataset.SetGeoTransform(transform.data()) != CE_None || dataset.SetSpatialRef(&reference) != CE_None)
        throw_gdal_error(Fault::system, "grid and CRS cannot be stored");
}

void describe_bands(GDALDataset& dataset, const RasterInfo& info) {
    for (std::size_t i = 0; i < info.bands.size(); ++i) {
        auto* band = dataset.GetRasterBand(static_cast<int>(i) + 1);
        band->SetDescription(info.bands[i].c_str());
        if (i < info.units.size() && !info.units[i].empty()) band->SetUnitType(info.units[i].c_str());
        band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
    }
}

void copy_cells(GDALDataset& dataset, const RasterSource& raster, std::size_t band) {
    const auto& grid = raster.info().grid;
    std::vector<double> cells;
    for (std::size_t row = 0; row < grid.rows; row += rows_at_once) {
        const Window window{0, row, grid.columns, std::min(rows_at_once, grid.rows - row)};
        cells.resize(window.cell_count());
        raster.read(band, window, cells);
        const auto columns = static_cast<int>(window.columns);
        const auto rows = static_cast<int>(window.rows);
        if (dataset.GetRasterBand(static_cast<int>(band) + 1)
                ->RasterIO(GF_Write, 0, static_cast<int>(row), columns, rows, cells.data(), columns, rows,
                           GDT_Float64, 0, 0, nullptr) != CE_None)
            throw_gdal_error(Fault::system, "the cells cannot be stored");
    }
}

/// In GDAL's memory: COG is made from a finished raster only.
DatasetPointer make_raster(const RasterSource& raster, const RasterNotes& notes) {
    const auto& info = raster.info();
    auto* driver = GetGDALDriverManager()->GetDriverByName("MEM");
    if (driver == nullptr) throw_gdal_error(Fault::system, "GDAL has no rasters in memory");
    DatasetPointer dataset(
        driver->Create("", static_cast<int>(info.grid.columns), static_cast<int>(info.grid.rows),
                       static_cast<int>(info.bands.size()),
                       notes.cells == RasterCells::doubles ? GDT_Float64 : GDT_Float32, nullptr));
    if (!dataset)
        throw_gdal_error(Fault::system, fmt::format("{} x {} cells do not fit into memory", info.grid.columns,
                                                    info.grid.rows));
    place(*dataset, info);
    describe_bands(*dataset, info);
    if (!notes.title.empty()) dataset->SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", notes.title.c_str());
    for (const auto& [name, value] : notes.entries)
        dataset->SetMetadataItem(name.c_str(), value.c_str());
    for (std::size_t band = 0; band < info.bands.size(); ++band)
        copy_cells(*dataset, raster, band);
    return dataset;
}

std::string encode(GDALDataset& raster, RasterCells cells) {
    auto* driver = GetGDALDriverManager()->GetDriverByName("COG");
    if (driver == nullptr) throw_gdal_error(Fault::system, "GDAL cannot write cloud-optimised GeoTIFF");
    const MemoryFolder folder;
    const std::array<const char*, 6> options{
        "COMPRESS=DEFLATE",
        "PREDICTOR=3",
        "OVERVIEW_PREDICTOR=3",
        cells == RasterCells::float_categories ? "RESAMPLING=NEAREST" : "RESAMPLING=AVERAGE",
        "BIGTIFF=IF_SAFER",
        nullptr};
    DatasetPointer copy(driver->CreateCopy(folder.path_of(file_name).c_str(), &raster, TRUE, options.data(),
                                           nullptr, nullptr));
    if (!copy) throw_gdal_error(Fault::system, "the GeoTIFF cannot be made");
    close_dataset(std::move(copy));
    return folder.content_of(file_name);
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
    while_doing(fmt::format("writing '{}'", target.string()),
                [&] { write_file(target, encode(*make_raster(raster, notes), notes.cells)); });
}

}  // namespace tendik::io
