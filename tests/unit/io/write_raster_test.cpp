#include "tendik/io/write_raster.h"

#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/io/open_raster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace tendik::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

MemoryRaster surface(std::size_t columns, std::size_t rows) {
    std::vector<double> values;
    std::vector<double> errors;
    for (std::size_t i = 0; i < columns * rows; ++i) {
        values.push_back(i == 1 ? std::nan("") : std::sin(static_cast<double>(i)) / 3.0);
        errors.push_back(0.1 * static_cast<double>(i % 7));
    }
    return {
        "points.csv",
        {46.0, 56.0, 0.1, 0.2, columns, rows},
        wgs84,
        {{"pm25_modelled", "ug/m3", std::move(values)}, {"pm25_standard_error", "ug/m3", std::move(errors)}}};
}

const RasterNotes notes{"PM2.5, modelled", {{"METHOD", "kriging"}, {"MODELLED", "YES"}}};

TEST(WriteRaster, StoresThirtyTwoBitsWhereAsked) {
    const test::TemporaryFolder folder;
    RasterNotes categories;
    categories.cells = RasterCells::float_categories;
    const MemoryRaster raster("third", {0.0, 1.0, 1.0, 1.0, 1, 1}, wgs84, {{"b", "", {1.0 / 3.0}}});
    write_raster(folder / "third.tif", raster, categories);
    Findings findings;
    const auto third = open_raster({(folder / "third.tif").string(), {}}, findings);
    std::vector<double> cells(1);
    third->read(0, {0, 0, 1, 1}, cells);
    EXPECT_EQ(cells[0], static_cast<double>(static_cast<float>(1.0 / 3.0)));
}

TEST(WriteRaster, ComesBackAsItWas) {
    const test::TemporaryFolder folder;
    const auto raster = surface(700, 600);  // more than a tile
    write_raster(folder / "pm.tif", raster, notes);
    Findings findings;
    const auto back = open_raster({(folder / "pm.tif").string(), {}}, findings);
    EXPECT_EQ(back->info().grid, raster.info().grid);
    EXPECT_EQ(back->info().crs.definition, "EPSG:4326");
    EXPECT_THAT(back->info().bands, ElementsAre("pm25_modelled", "pm25_standard_error"));
    EXPECT_THAT(back->info().units, ElementsAre("ug/m3", "ug/m3"));
    std::vector<double> cells(700UL * 600UL);
    for (std::size_t band = 0; band < 2; ++band) {
        back->read(band, {0, 0, 700, 600}, cells);
        const auto& written = raster.bands()[band].values;
        for (std::size_t i = 0; i < cells.size(); ++i)
            ASSERT_TRUE(cells[i] == written[i] || (std::isnan(cells[i]) && std::isnan(written[i]))) << i;
    }
    EXPECT_TRUE(std::isnan(surface(3, 2).bands()[0].values[1]));
}

TEST(WriteRaster, IsCloudOptimisedAndTellsThatItIsModelled) {
    const test::TemporaryFolder folder;
    write_raster(folder / "pm.tif", surface(700, 600), notes);
    const auto bytes = read_file(folder / "pm.tif");
    EXPECT_THAT(bytes.substr(0, 1000), HasSubstr("LAYOUT=IFDS_BEFORE_DATA"));  // the mark of a COG
    EXPECT_THAT(bytes, HasSubstr("PM2.5, modelled"));
    EXPECT_THAT(bytes, HasSubstr("<Item name=\"METHOD\">kriging</Item>"));
    EXPECT_THAT(bytes, Not(HasSubstr("STATISTICS_")));
}

TEST(WriteRaster, EqualInputGivesEqualBytesAndNoFileBeside) {
    const test::TemporaryFolder folder;
    write_raster(folder / "a.tif", surface(700, 600), notes);
    write_raster(folder / "b.tif", surface(700, 600), notes);
    EXPECT_EQ(read_file(folder / "a.tif"), read_file(folder / "b.tif"));
    EXPECT_FALSE(std::filesystem::exists(folder / "a.tif.aux.xml"));
}

/// Cannot be read from row 512 on; says how many cells were asked for at once.
class TornRaster final : public RasterSource {
public:
    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t, const Window& window, std::span<double> values) const override {
        most_cells = std::max(most_cells, values.size());
        if (window.row >= 512) throw InputError("row 512 is torn");
        std::ranges::fill(values, 1.0);
    }
    mutable std::size_t most_cells = 0;

private:
    RasterInfo m_info{"torn", {0.0, 2000.0, 1.0, 1.0, 3000, 2000}, wgs84, {"a"}, 3000, 1, {}};
};

TEST(WriteRaster, ReadsPartByPartAndKeepsTheWordsOfAFault) {
    const test::TemporaryFolder folder;
    const TornRaster torn;
    try {
        write_raster(folder / "torn.tif", torn, notes);
        FAIL() << "written";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("row 512 is torn"));
    }
    EXPECT_LE(torn.most_cells, 3000UL * 1000UL);  // half of the raster
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(WriteRaster, AnotherEndingAndAnUnknownSystemAreRefused) {
    const test::TemporaryFolder folder;
    EXPECT_THROW(write_raster(folder / "a.png", surface(3, 2), notes), InputError);
    const MemoryRaster lost("x", {0, 1, 1, 1, 1, 1}, {"EPSG:999999"}, {{"a", "", {1.0}}});
    EXPECT_THROW(write_raster(folder / "a.tif", lost, notes), InputError);
    EXPECT_FALSE(std::filesystem::exists(folder / "a.tif"));
}

}  // namespace
}  // namespace tendik::io
