#include "tendik/io/open_raster.h"

#include "support/raster_file.h"
#include "support/temporary_folder.h"
#include "tendik/base/error.h"
#include "tendik/base/parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numeric>

namespace tendik::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsNan;

constexpr Grid small_grid{60.0, 50.0, 0.5, 0.25, 3, 2};
const std::vector<double> one_to_six{1, 2, 3, 4, 5, 6};

class OpenRaster : public testing::Test {
protected:
    std::unique_ptr<RasterSource> open(const std::string& name, const std::string& band = {}) {
        return open_raster({(m_folder / name).string(), band}, m_findings);
    }
    std::string write(const std::string& name, const test::RasterFile& file) {
        write_raster(m_folder / name, file);
        return name;
    }
    static std::vector<double> cells(const RasterSource& raster, std::size_t band = 0) {
        const auto& grid = raster.info().grid;
        std::vector<double> values(grid.columns * grid.rows);
        raster.read(band, {0, 0, grid.columns, grid.rows}, values);
        return values;
    }
    /// The whole text of the error that opening gives.
    std::string refusal(const std::string& name, const std::string& band = {}) {
        try {
            open(name, band);
        } catch (const InputError& error) {
            return describe(error);
        }
        return "none";
    }

    test::TemporaryFolder m_folder;
    Findings m_findings;
};

TEST_F(OpenRaster, TellsGridSystemBandsAndBlocks) {
    const auto raster =
        open(write("a.tif", {.grid = {60.0, 50.0, 0.5, 0.25, 40, 20},
                             .bands = {std::vector<double>(800, 1.0), std::vector<double>(800, 2.0)},
                             .names = {"pm25", ""},
                             .options = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"}}));
    EXPECT_EQ(raster->info().grid, (Grid{60.0, 50.0, 0.5, 0.25, 40, 20}));
    EXPECT_EQ(raster->info().crs.definition, "EPSG:4326");
    EXPECT_THAT(raster->info().bands, ElementsAre("pm25", "band 2"));
    EXPECT_EQ(raster->info().block_columns, 16U);
    EXPECT_EQ(raster->info().block_rows, 16U);
    EXPECT_EQ(cells(*raster, 1), std::vector<double>(800, 2.0));
}

TEST_F(OpenRaster, ReadsAnyWindowOfTiles) {
    std::vector<double> values(37 * 29);
    std::iota(values.begin(), values.end(), 0.0);
    const auto raster =
        open(write("a.tif", {.grid = {0.0, 29.0, 1.0, 1.0, 37, 29},
                             .bands = {values},
                             .type = "Int32",
                             .options = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=LZW"}}));
    // A block, a block at the edge, several blocks, and windows that cut blocks.
    for (const auto& window :
         {Window{16, 0, 16, 16}, Window{32, 16, 5, 13}, Window{0, 16, 37, 13}, Window{3, 5, 20, 20},
          Window{0, 0, 37, 29}, Window{36, 28, 1, 1}, Window{0, 0, 32, 29}}) {
        std::vector<double> read(window.cell_count());
        raster->read(0, window, read);
        for (std::size_t row = 0; row < window.rows; ++row)
            for (std::size_t column = 0; column < window.columns; ++column)
                ASSERT_EQ(read[row * window.columns + column],
                          static_cast<double>((window.row + row) * 37 + window.column + column));
    }
}

TEST_F(OpenRaster, TakesNodataAsNoDataInEveryType) {
    for (const std::string type :
         {"Byte", "UInt16", "Int16", "UInt32", "Int32", "Int64", "UInt64", "Float32", "Float64"}) {
        const auto raster = open(
            write(type + ".tif", {.grid = small_grid, .bands = {one_to_six}, .type = type, .nodata = 3.0}));
        EXPECT_THAT(cells(*raster), ElementsAre(1, 2, IsNan(), 4, 5, 6)) << type;
    }
    const auto inexact = open(write(
        "f.tif",
        {.grid = small_grid, .bands = {{0.1, 2, -3.4e38, 4, NAN, 6}}, .type = "Float32", .nodata = -3.4e38}));
    EXPECT_THAT(cells(*inexact), ElementsAre(static_cast<double>(0.1F), 2, IsNan(), 4, IsNan(), 6));
    // -9999 cannot stand in a byte: no cell is without data.
    const auto impossible = open(write(
        "impossible.tif", {.grid = small_grid, .bands = {one_to_six}, .type = "Byte", .nodata = -9999.0}));
    EXPECT_EQ(cells(*impossible), one_to_six);
}

TEST_F(OpenRaster, AppliesScaleAndOffsetButNotToNodata) {
    const auto raster = open(write("a.tif", {.grid = small_grid,
                                             .bands = {one_to_six},
                                             .type = "Int16",
                                             .nodata = 4.0,
                                             .scale = 0.5,
                                             .offset = 10.0}));
    EXPECT_THAT(cells(*raster), ElementsAre(10.5, 11, 11.5, IsNan(), 12.5, 13));  // 10 + n / 2
}

TEST_F(OpenRaster, TakesAlphaAndMasksForWhereThereIsData) {
    const auto alpha = open(write("alpha.tif", {.grid = small_grid,
                                                .bands = {one_to_six, {255, 0, 255, 1, 255, 0}},
                                                .type = "Byte",
                                                .last_is_alpha = true}));
    EXPECT_THAT(alpha->info().bands, ElementsAre("band 1"));
    EXPECT_THAT(cells(*alpha), ElementsAre(1, IsNan(), 3, 4, 5, IsNan()));
    const auto mask = open(
        write("mask.tif", {.grid = small_grid, .bands = {one_to_six}, .mask = {0, 255, 255, 255, 255, 0}}));
    EXPECT_THAT(cells(*mask), ElementsAre(IsNan(), 2, 3, 4, 5, IsNan()));
}

TEST_F(OpenRaster, TurnsASouthUpGridRound) {
    const auto raster = open(write("a.tif", {.grid = small_grid, .bands = {one_to_six}, .south_up = true}));
    EXPECT_EQ(raster->info().grid, small_grid);
    EXPECT_EQ(cells(*raster), one_to_six);
    std::vector<double> lower(2);
    raster->read(0, {1, 1, 2, 1}, lower);
    EXPECT_THAT(lower, ElementsAre(5, 6));
    EXPECT_EQ(m_findings.count_of("south-up"), 1U);
}

TEST_F(OpenRaster, ChoosesBandsByNumberAndName) {
    write("a.tif",
          {.grid = small_grid, .bands = {one_to_six, {6, 5, 4, 3, 2, 1}}, .names = {"rain", "dust"}});
    EXPECT_THAT(open("a.tif", "2")->info().bands, ElementsAre("dust"));
    EXPECT_EQ(cells(*open("a.tif", "dust")).front(), 6.0);
    EXPECT_THAT(refusal("a.tif", "dusk"), HasSubstr("no band 'dusk', did you mean 'dust'?"));
    EXPECT_THAT(refusal("a.tif", "3"), HasSubstr("the bands are: rain, dust"));
}

TEST_F(OpenRaster, RefusesWhatHasNoPlace) {
    write("crs.tif", {.grid = small_grid, .bands = {one_to_six}, .crs = ""});
    EXPECT_THAT(refusal("crs.tif"), HasSubstr("has no coordinate reference system"));
    EXPECT_THAT(refusal("crs.tif"), HasSubstr("gdal_edit.py -a_srs"));
    write("place.tif", {.grid = small_grid, .bands = {one_to_six}, .has_geotransform = false});
    EXPECT_THAT(refusal("place.tif"), HasSubstr("has no geotransform"));
    write("turned.tif", {.grid = small_grid, .bands = {one_to_six}, .shear = 0.1});
    EXPECT_THAT(refusal("turned.tif"), HasSubstr("its grid is rotated"));
    EXPECT_THAT(refusal("turned.tif"), HasSubstr("gdalwarp"));
}

TEST_F(OpenRaster, RefusesComplexNumbersAndWhatIsNoRaster) {
    write("complex.tif", {.grid = small_grid, .bands = {one_to_six}, .type = "CFloat32"});
    EXPECT_THAT(refusal("complex.tif"), HasSubstr("band 1 holds complex numbers"));
    std::ofstream(m_folder / "text.tif") << "no raster";
    EXPECT_THAT(refusal("text.tif"), HasSubstr("cannot be read as a raster"));
    std::ofstream(m_folder / "none.vrt") << "<VRTDataset rasterXSize=\"0\" rasterYSize=\"0\"></VRTDataset>";
    EXPECT_THAT(refusal("none.vrt"), HasSubstr("none.vrt: cannot be read as a raster"));
    EXPECT_THAT(refusal("complex.tiff"), HasSubstr("no such file"));
    EXPECT_THAT(refusal("complex.tiff"), HasSubstr("complex.tif"));
}

TEST_F(OpenRaster, NamesFileAndBlockOfATruncatedFile) {
    std::vector<double> values(64 * 64);
    std::iota(values.begin(), values.end(), 0.0);
    write("a.tif", {.grid = {0.0, 64.0, 1.0, 1.0, 64, 64},
                    .bands = {values},
                    .options = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"}});
    std::filesystem::resize_file(m_folder / "a.tif", std::filesystem::file_size(m_folder / "a.tif") - 3000);
    const auto raster = open("a.tif");
    std::vector<double> all(values.size());
    try {
        raster->read(0, {0, 0, 64, 64}, all);
        FAIL() << "read";
    } catch (const InputError& error) {
        // Blocks of 2048 bytes each: 3000 bytes less break the last two.
        EXPECT_THAT(describe(error),
                    HasSubstr("a.tif: block 2 of block row 3 (columns 32 to 47, rows 48 to 63"));
        EXPECT_THAT(describe(error), HasSubstr("cut short or damaged"));
    }
}

TEST_F(OpenRaster, IsReadByManyThreadsAtOnce) {
    std::vector<double> values(256 * 256);
    std::iota(values.begin(), values.end(), 0.0);
    write("a.tif", {.grid = {0.0, 256.0, 1.0, 1.0, 256, 256},
                    .bands = {values},
                    .options = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"}});
    const auto raster = open("a.tif");
    std::vector<std::vector<double>> rows(256, std::vector<double>(256));
    parallel_for(256, 8, [&](std::size_t row) { raster->read(0, {0, row, 256, 1}, rows[row]); });
    for (std::size_t row = 0; row < 256; ++row)
        EXPECT_EQ(rows[row].back(), static_cast<double>(row * 256 + 255));
}

TEST_F(OpenRaster, ReadsZippedAndVirtualFiles) {
    write("a.tif", {.grid = small_grid, .bands = {one_to_six}});
    std::ofstream(m_folder / "a.vrt")
        << "<VRTDataset rasterXSize=\"2\" rasterYSize=\"2\"><SRS>EPSG:4326</SRS>"
           "<GeoTransform>60.5, 0.5, 0, 50, 0, -0.25</GeoTransform><VRTRasterBand dataType=\"Float64\" "
           "band=\"1\">"
           "<SimpleSource><SourceFilename "
           "relativeToVRT=\"1\">a.tif</SourceFilename><SourceBand>1</SourceBand>"
           "<SrcRect xOff=\"1\" yOff=\"0\" xSize=\"2\" ySize=\"2\"/><DstRect xOff=\"0\" yOff=\"0\" "
           "xSize=\"2\" "
           "ySize=\"2\"/></SimpleSource></VRTRasterBand></VRTDataset>";
    EXPECT_THAT(cells(*open("a.vrt")), ElementsAre(2, 3, 5, 6));
    test::zip_file(m_folder / "a.tif", m_folder / "a.zip", "in/b.tif");
    const auto zipped =
        open_raster({"/vsizip/" + (m_folder / "a.zip").string() + "/in/b.tif", {}}, m_findings);
    EXPECT_EQ(cells(*zipped), one_to_six);
}

TEST_F(OpenRaster, FindsVariablesAndStepsOfTime) {
    // GDAL's netCDF driver makes a dimension of this metadata; 6 is the netCDF library's type "double".
    write("a.nc", {.grid = small_grid,
                   .bands = {one_to_six, {6, 5, 4, 3, 2, 1}},
                   .driver = "netCDF",
                   .metadata = {{"NETCDF_DIM_EXTRA", "{time}"},
                                {"NETCDF_DIM_time_DEF", "{2,6}"},
                                {"NETCDF_DIM_time_VALUES", "{0,365}"},
                                {"time#units", "days since 2019-01-01"}},
                   .steps = {"0", "365"}});
    const auto raster = open("a.nc");
    EXPECT_THAT(raster->info().bands, ElementsAre("time=2019-01-01", "time=2020-01-01"));
    EXPECT_EQ(cells(*open("a.nc", "time=2020-01-01")).front(), 6.0);
    EXPECT_EQ(cells(*open("a.nc", "2020")).front(), 6.0);
    EXPECT_EQ(cells(*open("a.nc", "2019-01-01")).front(), 1.0);
    EXPECT_THAT(refusal("a.nc", "2021"), HasSubstr("the bands are: time=2019-01-01, time=2020-01-01"));
}

TEST(SplitBand, KeepsFilesAndConnectionsWhole) {
    const test::TemporaryFolder folder;
    const auto file = (folder / "a.nc").string();
    std::ofstream(file) << "x";
    EXPECT_EQ(split_band(file), (RasterChoice{file, ""}));
    EXPECT_EQ(split_band(file + ":pm25:time=2019"), (RasterChoice{file, "pm25:time=2019"}));
    EXPECT_EQ(split_band("gone.tif:2"), (RasterChoice{"gone.tif", "2"}));
    EXPECT_EQ(split_band("http://127.0.0.1:8000/a.tif"), (RasterChoice{"http://127.0.0.1:8000/a.tif", ""}));
    EXPECT_EQ(split_band("http://127.0.0.1:8000/a.tif:2"),
              (RasterChoice{"http://127.0.0.1:8000/a.tif", "2"}));
    EXPECT_EQ(split_band("/vsizip/a.zip/b.tif"), (RasterChoice{"/vsizip/a.zip/b.tif", ""}));
    EXPECT_EQ(split_band("NETCDF:a.nc:pm25"), (RasterChoice{"NETCDF:a.nc:pm25", ""}));
}

}  // namespace
}  // namespace tendik::io
