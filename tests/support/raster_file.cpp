#include "support/raster_file.h"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace tendik::test {
namespace {

void require(CPLErr code, const std::string& what) {
    if (code != CE_None) throw std::runtime_error(what + ": " + CPLGetLastErrorMsg());
}

void place(GDALDataset& dataset, const RasterFile& file) {
    const auto& grid = file.grid;
    std::array<double, 6> transform{grid.west, grid.cell_width,  file.shear, grid.north,
                                    0.0,       -grid.cell_height};
    if (file.south_up) {
        transform[3] = grid.north - static_cast<double>(grid.rows) * grid.cell_height;
        transform[5] = grid.cell_height;
    }
    if (file.has_geotransform) require(dataset.SetGeoTransform(transform.data()), "geotransform");
    if (file.crs.empty()) return;
    OGRSpatialReference reference;
    reference.SetFromUserInput(file.crs.c_str());
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    require(dataset.SetSpatialRef(&reference), "CRS");
}

void fill(GDALRasterBand& band, std::vector<double> values, const RasterFile& file) {
    const auto columns = file.grid.columns;
    if (file.south_up)
        for (std::size_t row = 0; row < file.grid.rows / 2; ++row)
            std::swap_ranges(values.begin() + static_cast<long>(row * columns),
                             values.begin() + static_cast<long>((row + 1) * columns),
                             values.begin() + static_cast<long>((file.grid.rows - 1 - row) * columns));
    const auto x_size = static_cast<int>(columns);
    const auto y_size = static_cast<int>(file.grid.rows);
    require(band.RasterIO(GF_Write, 0, 0, x_size, y_size, values.data(), x_size, y_size, GDT_Float64, 0, 0,
                          nullptr),
            "cells");
}

void describe(GDALDataset& dataset, const RasterFile& file) {
    place(dataset, file);
    for (const auto& [key, value] : file.metadata)
        dataset.SetMetadataItem(key.c_str(), value.c_str());
    for (std::size_t i = 0; i < file.bands.size(); ++i) {
        auto& band = *dataset.GetRasterBand(static_cast<int>(i) + 1);
        if (i < file.names.size()) band.SetDescription(file.names[i].c_str());
        if (i < file.steps.size()) band.SetMetadataItem("NETCDF_DIM_time", file.steps[i].c_str());
        if (file.last_is_alpha && i + 1 == file.bands.size()) band.SetColorInterpretation(GCI_AlphaBand);
        if (file.nodata) require(band.SetNoDataValue(*file.nodata), "NoData");
        if (file.scale != 1.0) require(band.SetScale(file.scale), "scale");
        if (file.offset != 0.0) require(band.SetOffset(file.offset), "offset");
        fill(band, file.bands[i], file);
    }
    if (file.mask.empty()) return;
    require(dataset.CreateMaskBand(GMF_PER_DATASET), "mask");
    fill(*dataset.GetRasterBand(1)->GetMaskBand(), file.mask, file);
}

}  // namespace

void write_raster(const std::filesystem::path& path, const RasterFile& file) {
    GDALAllRegister();
    CPLStringList options;
    for (const auto& option : file.options)
        options.AddString(option.c_str());
    auto& drivers = *GetGDALDriverManager();
    auto* driver = drivers.GetDriverByName(file.driver.c_str());
    if (driver == nullptr) throw std::runtime_error("no driver " + file.driver);
    // Other formats are copied: few can be written cell by cell.
    const bool copied = file.driver != "GTiff";
    auto* maker = copied ? drivers.GetDriverByName("MEM") : driver;
    const std::unique_ptr<GDALDataset> dataset(
        maker->Create(copied ? "" : path.c_str(), static_cast<int>(file.grid.columns),
                      static_cast<int>(file.grid.rows), static_cast<int>(file.bands.size()),
                      GDALGetDataTypeByName(file.type.c_str()), copied ? nullptr : options.List()));
    if (!dataset) throw std::runtime_error("cannot create " + path.string() + ": " + CPLGetLastErrorMsg());
    describe(*dataset, file);
    if (!copied) return;
    const std::unique_ptr<GDALDataset> copy(
        driver->CreateCopy(path.c_str(), dataset.get(), FALSE, options.List(), nullptr, nullptr));
    if (!copy) throw std::runtime_error("cannot copy " + path.string() + ": " + CPLGetLastErrorMsg());
}

void zip_file(const std::filesystem::path& file, const std::filesystem::path& archive,
              const std::string& name) {
    const auto target = "/vsizip/" + archive.string() + "/" + name;
    std::ifstream source(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(source)), std::istreambuf_iterator<char>());
    auto* entry = VSIFOpenL(target.c_str(), "wb");
    if (entry == nullptr) throw std::runtime_error("cannot write " + target);
    VSIFWriteL(bytes.data(), 1, bytes.size(), entry);
    VSIFCloseL(entry);
}

}  // namespace tendik::test
