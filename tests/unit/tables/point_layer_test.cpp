#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/tables/read_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::HasSubstr;

class PointLayers : public testing::Test {
protected:
    PointLayer read(const std::string& content, PointSource source = {.values = {"pm"}}) {
        write_file(folder / "points.csv", content);
        source.file = (folder / "points.csv").string();
        return tables::read_point_layer(source, dust, 2019, findings);
    }

    PointLayers() {
        dust.code = "dust";
        dust.kind = IndicatorKind::mean;
        dust.lower_bound = 0.0;
        dust.upper_bound = 1000.0;
    }
    test::TemporaryFolder folder;
    Findings findings;
    Indicator dust;
};

TEST_F(PointLayers, KeepPlacesWithoutAFigureAndNameWhatHasNoPlace) {
    const auto layer = read("name,lon,lat,pm\nAktau,51.2,43.65,55\nOral,51.37,51.23,\nNowhere,,,7\n");
    EXPECT_EQ(layer.name(), "dust_2019");
    ASSERT_EQ(layer.points.size(), 2U);
    EXPECT_EQ(layer.points[0].name, "Aktau");
    EXPECT_EQ(layer.points[0].value.number, 55.0);
    EXPECT_EQ(layer.points[1].value.state, State::missing);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all().front().code, "no-place");
}

TEST_F(PointLayers, StandInLongitudeAndLatitude) {
    // UTM zone 42 north: on its central meridian, 69 degrees east, easting is 500 km; the equator is northing
    // 0.
    const auto layer =
        read("name,x,y,pm\nA,500000,0,1\n", {.x = "x", .y = "y", .values = {"pm"}, .crs = {"EPSG:32642"}});
    EXPECT_NEAR(layer.points[0].place.x, 69.0, 1e-9);
    EXPECT_NEAR(layer.points[0].place.y, 0.0, 1e-9);
}

TEST_F(PointLayers, RefuseAFigureBeyondItsBoundsATotalAndAnEmptyTable) {
    EXPECT_THAT(message_of([&] { read("name,lon,lat,pm\nAktau,51.2,43.65,1500\n"); }),
                AllOf(HasSubstr("points.csv, line 2"), HasSubstr("'Aktau'"), HasSubstr("1500"),
                      HasSubstr("0 to 1000")));
    EXPECT_THAT(message_of([&] { read("name,lon,lat,pm\nNowhere,,,7\n"); }), HasSubstr("has no place"));
    dust.kind = IndicatorKind::total;
    EXPECT_THAT(message_of([&] { read("name,lon,lat,pm\nAktau,51.2,43.65,15\n"); }),
                HasSubstr("points show rates and means"));
}

}  // namespace
}  // namespace tendik
