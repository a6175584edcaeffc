#include "tendik/io/read_context.h"

#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::HasSubstr;

class ReadContext : public testing::Test {
protected:
    ContextLayer read(const std::string& properties, const std::string& geometry, ContextKind kind,
                      const std::string& members = "") {
        const auto file = folder / "context.geojson";
        write_file(
            file,
            fmt::format(
                R"({{"type":"FeatureCollection",{}"features":[{{"type":"Feature","properties":{{{}}},"geometry":{}}}]}})",
                members, properties, geometry));
        return io::read_context({.file = file.string(), .kind = kind});
    }

    test::TemporaryFolder folder;
    const std::string point = R"({"type":"Point","coordinates":[70,50]})";
    const std::string line =
        R"({"type":"MultiLineString","coordinates":[[[1,1],[2,2]],[[3,3],[4,4],[5,4]]]})";
    const std::string polygon = R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]]]})";
};

TEST_F(ReadContext, TakesNamesAsTheFileHasThemAndWhatItSaysOfItself) {
    const auto layer = read(
        R"("name_en":"Town","name_ru":null,"name_kk":"Қала","kind":"capital","rank":2)", point,
        ContextKind::settlements,
        R"("attribution":"Somebody","absent":{"en":["Chu"],"ru":["Чу"],"kk":["Шу"]},"window":[1,2,3,4],)");
    const auto& town = layer.features.front();
    EXPECT_EQ(town.name, (Texts{"Town", "", "Қала"}));
    EXPECT_EQ(town.rank, 2);
    EXPECT_EQ(town.place, (Point{70, 50}));
    EXPECT_EQ(layer.attribution.en, "Somebody");
    ASSERT_EQ(layer.absent.size(), 1U);
    EXPECT_EQ(layer.absent.front(), (Texts{"Chu", "Чу", "Шу"}));
    EXPECT_EQ(layer.window->max_y, 4);  // west, south, east, north
}

TEST_F(ReadContext, NamesARiverOnItsLongestLineAndALakeInItsMiddle) {
    const auto river = read("", line, ContextKind::rivers).features.front();
    EXPECT_EQ(river.lines.size(), 2U);
    EXPECT_EQ(river.place, (Point{4, 4}));  // the middle one of the three points
    const auto lake = read(R"("outline_years":"1990-2005")", polygon, ContextKind::lakes).features.front();
    EXPECT_EQ(lake.outline_years, "1990-2005");
    EXPECT_NEAR(lake.place->x, 2, 0.04);  // the middle of a square of 4, to one per cent
}

TEST_F(ReadContext, RefusesAnotherGeometryAndARankThatIsNone) {
    const auto refused = [this](const std::string& properties, const std::string& geometry,
                                ContextKind kind) {
        return message_of([&] { read(properties, geometry, kind); });
    };
    EXPECT_THAT(refused("", point, ContextKind::rivers), AllOf(HasSubstr("feature 1"), HasSubstr("POINT")));
    EXPECT_THAT(refused("", line, ContextKind::settlements), HasSubstr("MULTILINESTRING"));
    EXPECT_THAT(refused("", line, ContextKind::lakes), HasSubstr("MULTILINESTRING"));
    EXPECT_THAT(refused(R"("rank":0)", point, ContextKind::settlements), HasSubstr("'0' is no rank"));
    EXPECT_THAT(refused(R"("rank":"high")", point, ContextKind::settlements), HasSubstr("'high' is no rank"));
}

}  // namespace
}  // namespace tendik
