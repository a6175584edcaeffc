#include "tendik/io/open_raster.h"

#include "gdal_session.h"
#include "raster_bands.h"
#include "raster_cells.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <gdal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace tendik::io {
namespace {

constexpr const char* formats_hint =
    "rasters are GeoTIFF, VRT, NetCDF, Zarr or another format that GDAL reads";

/// How GDAL is asked for a file: web addresses are read in parts.
std::string gdal_name(const std::string& file) {
    if (file.starts_with("http://") || file.starts_with("https://")) return "/vsicurl/" + file;
    return file;
}

DatasetPointer open_or_throw(const std::string& name, const std::string& source) {
    auto dataset = open_dataset(name);
    if (!dataset)
        throw_gdal_error(Fault::input, fmt::format("{}: cannot be read as a raster", source), formats_hint);
    return dataset;
}

/// A dataset with bands, and what is left of the choice for them.
struct Opened {
    DatasetPointer dataset;
    std::string name;
    std::string band;
};

/// Goes into a file of several variables.
Opened open_variable(const std::vector<Variable>& variables, const RasterChoice& choice) {
    std::vector<std::string> names;
    for (const auto& variable : variables)
        names.push_back(variable.name);
    const auto hint = fmt::format("the variables are: {}; name one as FILE:VARIABLE", join_text(names, ", "));
    const auto open = [&](const Variable& variable, const std::string& band) {
        return Opened{open_or_throw(variable.dataset, choice.file), variable.dataset, band};
    };
    for (const auto& variable : variables)
        if (variable.name == choice.band) return open(variable, {});
    for (const auto& variable : variables)
        if (choice.band.starts_with(variable.name + ":"))
            return open(variable, choice.band.substr(variable.name.size() + 1));
    if (variables.size() == 1) return open(variables.front(), choice.band);
    if (choice.band.empty())
        throw InputError(fmt::format("{}: {} variables, which one?", choice.file, variables.size()), hint);
    const auto near = nearest(choice.band, names);
    throw InputError(fmt::format("{}: no variable '{}'{}", choice.file, choice.band,
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     hint);
}

Opened open_file(const RasterChoice& choice) {
    start_gdal();
    const auto name = gdal_name(choice.file);
    if (!is_connection(name)) require_existing(name, formats_hint);
    Opened opened{open_or_throw(name, choice.file), name, choice.band};
    if (opened.dataset->GetRasterCount() == 0) {
        const auto variables = variables_of(*opened.dataset);
        if (variables.empty())
            throw InputError(fmt::format("{}: holds no raster band", choice.file), formats_hint);
        opened = open_variable(variables, choice);
    } else if (const char* variable = opened.dataset->GetRasterBand(1)->GetMetadataItem("NETCDF_VARNAME")) {
        // The only variable may be named all the same.
        const auto prefix = std::string(variable) + ":";
        if (opened.band == variable) opened.band.clear();
        if (opened.band.starts_with(prefix)) opened.band.erase(0, prefix.size());
    }
    return opened;
}

struct Placement {
    Grid grid;
    bool south_up = false;
};

Placement placement_of(GDALDataset& dataset, const std::string& source) {
    std::array<double, 6> transform{};
    if (dataset.GetGeoTransform(transform.data()) != CE_None)
        throw InputError(fmt::format("{}: has no geotransform, so the place of its cells is unknown", source),
                         "state its edges: gdal_translate -a_ullr WEST NORTH EAST SOUTH in.tif out.tif");
    const auto& [west, width, row_shear, north, column_shear, height] = transform;
    if (row_shear != 0.0 || column_shear != 0.0)
        throw InputError(fmt::format("{}: its grid is rotated (geotransform terms {} and {})", source,
                                     row_shear, column_shear),
                         "turn it north up: gdalwarp in.tif out.tif");
    const bool usable = std::ranges::all_of(transform, [](double term) { return std::isfinite(term); });
    if (!usable || width <= 0.0 || height == 0.0)
        throw InputError(
            fmt::format("{}: cells of width {} and height {} make no grid", source, width, height),
            "turn it north up: gdalwarp in.tif out.tif");
    Placement placement;
    placement.south_up = height > 0.0;
    placement.grid = {west,
                      north,
                      width,
                      std::abs(height),
                      static_cast<std::size_t>(dataset.GetRasterXSize()),
                      static_cast<std::size_t>(dataset.GetRasterYSize())};
    if (placement.south_up) placement.grid.north = north + static_cast<double>(placement.grid.rows) * height;
    return placement;
}

Crs crs_of(GDALDataset& dataset, const std::string& source) {
    const auto* reference = dataset.GetSpatialRef();
    if (reference == nullptr || !is_known(*reference))
        throw InputError(fmt::format("{}: has no coordinate reference system", source),
                         "if its cells are longitude and latitude: gdal_edit.py -a_srs EPSG:4326 FILE");
    return to_crs(*reference);
}

BandReading reading_of(GDALRasterBand& band, const std::string& source) {
    BandReading reading;
    reading.number = band.GetBand();
    reading.type = band.GetRasterDataType();
    if (GDALDataTypeIsComplex(reading.type) != 0)
        throw InputError(fmt::format("{}: band {} holds complex numbers", source, reading.number),
                         "make one real band of them, say with gdal_calc.py");
    int has_nodata = 0;
    if (reading.type == GDT_Int64) {
        const auto nodata = band.GetNoDataValueAsInt64(&has_nodata);
        if (has_nodata != 0) reading.signed_nodata = nodata;
    } else if (reading.type == GDT_UInt64) {
        const auto nodata = band.GetNoDataValueAsUInt64(&has_nodata);
        if (has_nodata != 0) reading.unsigned_nodata = nodata;
    } else {
        const double nodata = band.GetNoDataValue(&has_nodata);
        if (has_nodata != 0) reading.nodata = nodata;
    }
    const int flags = band.GetMaskFlags();
    reading.has_mask = flags != GMF_ALL_VALID && flags != GMF_NODATA;
    reading.scale = band.GetScale();
    reading.offset = band.GetOffset();
    return reading;
}

std::string unit_of(GDALRasterBand& band) {
    if (const char* unit = band.GetUnitType(); unit != nullptr && *unit != '\0') return unit;
    const char* unit = band.GetMetadataItem("units");
    return unit == nullptr ? std::string() : std::string(unit);
}

}  // namespace

std::unique_ptr<RasterSource> open_raster(const RasterChoice& choice, Findings& findings) {
    auto opened = open_file(choice);
    auto& dataset = *opened.dataset;
    const auto bands = bands_of(dataset);
    if (bands.empty())
        throw InputError(fmt::format("{}: holds no band but alpha", choice.file), formats_hint);
    const auto chosen = choose_bands(bands, opened.band, choice.file);
    const auto placement = placement_of(dataset, choice.file);
    RasterInfo info;
    info.source = choice.file;
    info.grid = placement.grid;
    info.crs = crs_of(dataset, choice.file);
    std::vector<BandReading> readings;
    for (const auto position : chosen) {
        auto& band = *dataset.GetRasterBand(bands[position].number);
        info.bands.push_back(bands[position].name);
        info.units.push_back(unit_of(band));
        readings.push_back(reading_of(band, choice.file));
    }
    int columns = 0;
    int rows = 0;
    dataset.GetRasterBand(readings.front().number)->GetBlockSize(&columns, &rows);
    info.block_columns = static_cast<std::size_t>(columns);
    info.block_rows = static_cast<std::size_t>(rows);
    if (placement.south_up)
        findings.add(Severity::note, "south-up", choice.file,
                     "rows are stored from south to north; they are turned round");
    return std::make_unique<GdalRaster>(std::move(info), opened.name, std::move(readings), placement.south_up,
                                        std::move(opened.dataset));
}

void limit_raster_cache(std::size_t bytes) { GDALSetCacheMax64(static_cast<GIntBig>(bytes)); }

}  // namespace tendik::io

namespace tendik {

RasterChoice split_band(const std::string& text) {
    std::error_code ignored;
    if (std::filesystem::exists(text, ignored)) return {text, {}};
    // The band may hold colons itself: the file is the longest beginning that exists.
    for (auto colon = text.rfind(':'); colon != std::string::npos && colon > 0;
         colon = text.rfind(':', colon - 1))
        if (std::filesystem::exists(text.substr(0, colon), ignored))
            return {text.substr(0, colon), text.substr(colon + 1)};
    if (text.starts_with("/vsi") || text.starts_with("http://") || text.starts_with("https://")) {
        // "/vsicurl/http://host/file.tif:2": what follows a colon after the last slash.
        const auto colon = text.find(':', text.rfind('/'));
        if (colon == std::string::npos) return {text, {}};
        return {text.substr(0, colon), text.substr(colon + 1)};
    }
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0) return {text, {}};
    // "NETCDF:a.nc:pm25" begins with the name of a driver.
    const bool has_driver = std::ranges::all_of(text.substr(0, colon), [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_';
    });
    if (has_driver || text.find('/', colon) != std::string::npos) return {text, {}};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace tendik
