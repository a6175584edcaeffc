#include "tendik/tables/read_points.h"

#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using test::message_of;
using testing::HasSubstr;

class ReadPoints : public testing::Test {
protected:
    PointTable read(const std::string& content, PointSource source = {.values = {"pm"}},
                    const std::string& name = "points.csv") {
        write_file(folder / name, content);
        source.file = (folder / name).string();
        return tables::read_points(source, findings);
    }
    std::string refusal(const std::string& content, const PointSource& source = {.values = {"pm"}},
                        const std::string& name = "points.csv") {
        return message_of([&] { read(content, source, name); });
    }

    test::TemporaryFolder folder;
    Findings findings;
};

TEST_F(ReadPoints, AreRowsWithLongitudeAndLatitude) {
    const auto table = read("name,lon,lat,pm,year\nAktau,51.2,43.65,0.01,2019\nOral,51.37,51.23,,2019\n");
    EXPECT_EQ(table.crs.definition, "EPSG:4326");
    ASSERT_EQ(table.points.size(), 2U);
    EXPECT_EQ(table.points[0].name, "Aktau");
    EXPECT_EQ(table.points[0].place, (Point{51.2, 43.65}));
    EXPECT_EQ(table.points[0].values[0].number, 0.01);
    EXPECT_THAT(table.points[0].where, HasSubstr("points.csv, line 2"));
    EXPECT_EQ(table.points[1].values[0].state, State::missing);
}

TEST_F(ReadPoints, HaveColumnsThatNeedNotExist) {
    const auto table =
        read("site_id,name,lon,lat,pm,accuracy\na,Alpha,70,50,1,0.5\n",
             {.usual_names = {"site_id", "name"}, .values = {"pm"}, .more_values = {"accuracy", "extent"}});
    EXPECT_EQ(table.points[0].name, "a");
    ASSERT_EQ(table.points[0].values.size(), 3U);
    EXPECT_EQ(table.points[0].values[1].number, 0.5);
    EXPECT_EQ(table.points[0].values[2].state, State::missing);
}

TEST_F(ReadPoints, SpeakDecimalCommasAndMissingMarks) {
    const auto table =
        read("x;y;pm\n500000,5;4800000;12,5\n500001,5;4800001;n/a\n",
             {.x = "x", .y = "y", .values = {"pm"}, .missing = {"n/a"}, .crs = {"EPSG:32642"}});
    EXPECT_EQ(table.points[0].place.x, 500000.5);
    EXPECT_EQ(table.points[0].values[0].number, 12.5);
    EXPECT_EQ(table.points[1].values[0].state, State::missing);
    EXPECT_EQ(table.points[1].name, "point 2");
    EXPECT_EQ(table.crs.definition, "EPSG:32642");
    EXPECT_GT(findings.count_of("number-repaired"), 0U);
}

const std::string layer =
    R"({"type":"FeatureCollection","features":[)"
    R"({"type":"Feature","properties":{"name":"a","pm":3.5},"geometry":{"type":"Point","coordinates":[70,50]}},)"
    R"({"type":"Feature","properties":{"name":"b","pm":null},"geometry":{"type":"Point","coordinates":[71,51]}}]})";

TEST_F(ReadPoints, OfALayerAreItsPoints) {
    const auto table = read(layer, {.values = {"pm"}}, "points.geojson");
    ASSERT_EQ(table.points.size(), 2U);
    EXPECT_EQ(table.points[1].place, (Point{71.0, 51.0}));
    EXPECT_EQ(table.points[0].values[0].number, 3.5);
    EXPECT_EQ(table.points[1].values[0].state, State::missing);
    EXPECT_EQ(table.crs.definition, "EPSG:4326");
}

TEST_F(ReadPoints, WithoutBothCoordinatesAreLeftOutByName) {
    const auto table = read("name,lon,lat,pm\nSarybulak,,,3\nAktau,51.2,43.65,4\n");
    ASSERT_EQ(table.points.size(), 1U);
    EXPECT_EQ(table.points[0].name, "Aktau");
    ASSERT_EQ(findings.count_of("no-place"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("'Sarybulak' has no coordinates"));
}

TEST_F(ReadPoints, WithoutAPlaceOrAColumnAreRefused) {
    EXPECT_THAT(refusal("lon,lat,pm\n,50,1\n"),
                HasSubstr("line 2, column 1 (lon): the point has no coordinate"));
    EXPECT_THAT(refusal("lon,lat,pm\nnorth,50,1\n"), HasSubstr("line 2"));
    EXPECT_THAT(refusal("lon,lat,pm25\n70,50,1\n"), HasSubstr("pm25"));
    EXPECT_THAT(refusal("lon,lat,pm\n70,50\n"), HasSubstr("line 2"));
    EXPECT_THAT(refusal("easting,lat,pm\n70,50,1\n"), HasSubstr("lon"));
    EXPECT_THAT(refusal("lon,lat,pm\n70,50,1\n", {.x = "lon", .values = {"pm"}}),
                HasSubstr("only one of the two"));
    EXPECT_THAT(refusal(layer, {.values = {"pm"}, .crs = {"EPSG:32642"}}, "points.geojson"),
                HasSubstr("the layer states its own"));
}

}  // namespace
}  // namespace tendik
