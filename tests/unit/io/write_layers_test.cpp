#include "tendik/io/write_layers.h"

#include "support/drawn_map.h"
#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/io/read_boundaries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <limits>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

class WriteLayers : public testing::Test {
protected:
    WriteLayers() {
        layer.name = "stunting_2015";
        layer.title = "Stunting, 2015";
        layer.boundaries = &map;
        layer.fields = {{"value", FieldType::real, {11.8, not_a_number}, "Value"},
                        {"value_state", FieldType::text, {"present", "missing"}, ""},
                        {"class", FieldType::integer, {std::int64_t{3}, std::monostate{}}, ""}};
        style = {"stunting_2015", "stunting_2015", "<qgis a='it''s'/>", "", "five classes"};
    }

    std::vector<std::string> query(const std::string& file, const std::string& statement) {
        sqlite3* database = nullptr;
        EXPECT_EQ(sqlite3_open_v2((folder / file).c_str(), &database, SQLITE_OPEN_READONLY, nullptr),
                  SQLITE_OK);
        std::vector<std::string> rows;
        const auto add = [](void* target, int count, char** values, char**) {
            std::string row;
            for (int i = 0; i < count; ++i)
                row += std::string(i == 0 ? "" : "|") + (values[i] == nullptr ? "NULL" : values[i]);
            static_cast<std::vector<std::string>*>(target)->push_back(row);
            return 0;
        };
        EXPECT_EQ(sqlite3_exec(database, statement.c_str(), add, &rows, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
        return rows;
    }
    std::size_t file_count() {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder.path()), {}));
    }

    test::TemporaryFolder folder;
    Boundaries map = test::drawn_map({"AB"});
    FeatureLayer layer;
    StoredStyle style;
    Findings findings;
};

TEST_F(WriteLayers, WritesContextBesideTheRegionsAsPolygonsLinesOrPoints) {
    const auto file = folder / "context.gpkg";
    std::vector<ContextLayer> around(3);
    around[0].kind = ContextKind::lakes;
    around[0].features.resize(1);
    around[0].features[0].shape = map.regions[0].shape;
    around[1].kind = ContextKind::rivers;
    around[1].features.resize(1);
    around[1].features[0].lines = {{{1, 1}, {2, 2}}, {{3, 3}, {4, 4}}};
    around[2].kind = ContextKind::settlements;
    around[2].features.resize(1);
    around[2].features[0].place = Point{70.5, 50.25};
    std::vector<FeatureLayer> layers{layer};
    for (const auto& context : around) {
        FeatureLayer one;
        one.name = std::string(to_text(context.kind));
        one.fields = {{"name_kk", FieldType::text, {"Қапшағай"}, ""}};
        one.context = &context;
        layers.push_back(std::move(one));
    }
    io::write_layers(file, layers, {}, {});
    EXPECT_THAT(
        query("context.gpkg",
              "SELECT table_name, geometry_type_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name"),
        ElementsAre("lakes|MULTIPOLYGON|4326", "rivers|MULTILINESTRING|4326", "settlements|POINT|4326",
                    "stunting_2015|MULTIPOLYGON|4326"));
    EXPECT_THAT(query("context.gpkg", "SELECT name_kk FROM rivers"), ElementsAre("Қапшағай"));
    EXPECT_THAT(query("context.gpkg",
                      "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'rivers'"),
                ElementsAre("1.0|1.0|4.0|4.0"));
    EXPECT_THAT(message_of([&] { io::write_layers(folder / "lakes.geojson", {layers[1]}, {}, {}); }),
                HasSubstr("holds regions only"));
}

TEST_F(WriteLayers, WritesAGeoPackageWithKeyFieldsAndStates) {
    io::write_layers(folder / "atlas.gpkg", {layer}, {style}, {});
    EXPECT_THAT(query("atlas.gpkg", "SELECT key, value, value_state, class FROM stunting_2015 ORDER BY fid"),
                ElementsAre("A|11.8|present|3", "B|NULL|missing|NULL"));
    EXPECT_THAT(
        query("atlas.gpkg",
              "SELECT table_name, data_type, identifier, description, srs_id, last_change "
              "FROM gpkg_contents ORDER BY table_name"),
        ElementsAre("layer_styles|attributes|layer_styles||0|1970-01-01T00:00:00.000Z",
                    "stunting_2015|features|stunting_2015|Stunting, 2015|4326|1970-01-01T00:00:00.000Z"));
    EXPECT_THAT(
        query("atlas.gpkg", "SELECT table_name, column_name, geometry_type_name FROM gpkg_geometry_columns"),
        ElementsAre("stunting_2015|geom|MULTIPOLYGON"));
    EXPECT_THAT(query("atlas.gpkg", "SELECT extension_name FROM gpkg_extensions"),
                testing::Contains("gpkg_rtree_index"));
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(WriteLayers, StoresStylesWhereQgisLooksForThem) {
    io::write_layers(folder / "atlas.gpkg", {layer}, {style}, {});
    // The condition of QGIS 3.22: an empty schema, not NULL, and the name of the geometry column.
    EXPECT_THAT(query("atlas.gpkg",
                      "SELECT styleName, styleQML, styleSLD, useAsDefault, description, update_time "
                      "FROM layer_styles WHERE f_table_schema='' AND f_table_name='stunting_2015' AND "
                      "f_geometry_column='geom'"),
                ElementsAre("stunting_2015|<qgis a='it''s'/>|NULL|1|five classes|1970-01-01T00:00:00.000Z"));
}

TEST_F(WriteLayers, GivesTheSameBytesTwice) {
    for (const std::string ending : {".gpkg", ".geojson", ".fgb", ".shp", ".csv"}) {
        const std::vector<StoredStyle> styles =
            ending == ".gpkg" ? std::vector{style} : std::vector<StoredStyle>{};
        io::write_layers(folder / ("one" + ending), {layer}, styles, {});
        io::write_layers(folder / ("two" + ending), {layer}, styles, {});
        EXPECT_EQ(read_file(folder / ("one" + ending)), read_file(folder / ("two" + ending))) << ending;
    }
    EXPECT_EQ(read_file(folder / "one.dbf"), read_file(folder / "two.dbf"));
    EXPECT_EQ(read_file(folder / "one.dbf").substr(1, 3), std::string("\x46\x01\x01", 3));  // 1970-01-01,
                                                                                            // years from 1900
}

TEST_F(WriteLayers, HonoursTheSourceDate) {
    setenv("SOURCE_DATE_EPOCH", "1433116800", 1);  // date -u -d @1433116800 gives 2015-06-01 00:00:00
    io::write_layers(folder / "atlas.gpkg", {layer}, {style}, {});
    unsetenv("SOURCE_DATE_EPOCH");
    EXPECT_THAT(query("atlas.gpkg", "SELECT DISTINCT last_change FROM gpkg_contents"),
                ElementsAre("2015-06-01T00:00:00.000Z"));
    EXPECT_THAT(query("atlas.gpkg", "SELECT update_time FROM layer_styles"),
                ElementsAre("2015-06-01T00:00:00.000Z"));
}

TEST_F(WriteLayers, KeepsEveryBitOfACoordinateInGeoJson) {
    map.regions[0].shape.parts[0].outer[1] = {1.0 / 3.0, 0.1 + 0.2};
    io::write_layers(folder / "m.geojson", {layer}, {}, {});
    const auto back = io::read_boundaries({.file = (folder / "m.geojson").string()}, findings);
    EXPECT_EQ(back.regions[0].shape, oriented(map.regions[0].shape));
    const auto json = nlohmann::json::parse(read_file(folder / "m.geojson"));
    EXPECT_EQ(json["features"][0]["properties"]["value"], 11.8);
    EXPECT_TRUE(json["features"][1]["properties"]["value"].is_null());
}

TEST_F(WriteLayers, TurnsRingsOfGeoJsonTheRightHandedWay) {
    auto& outer = map.regions[0].shape.parts[0].outer;
    std::ranges::reverse(outer);
    ASSERT_LT(twice_signed_area(outer), 0.0);
    io::write_layers(folder / "m.geojson", {layer}, {}, {});
    const auto json = nlohmann::json::parse(read_file(folder / "m.geojson"));
    Ring written;
    for (const auto& point : json["features"][0]["geometry"]["coordinates"][0][0])
        written.push_back({point[0], point[1]});
    EXPECT_GT(twice_signed_area(written), 0.0);  // RFC 7946, section 3.1.6: exterior rings are
                                                 // counter-clockwise
}

TEST_F(WriteLayers, ReprojectsOnDemand) {
    io::write_layers(folder / "m.gpkg", {layer}, {}, web_mercator);
    const auto back = io::read_boundaries({.file = (folder / "m.gpkg").string()}, findings);
    EXPECT_TRUE(geom::same_crs(back.crs, web_mercator));
    const auto before = box_of(map).max_x;
    EXPECT_NEAR(box_of(back).max_x, before * 111319.49079327358, 1e-6);  // pi * 6378137 / 180 metres a degree
    EXPECT_THAT(message_of([&] { io::write_layers(folder / "m.geojson", {layer}, {}, web_mercator); }),
                HasSubstr("GeoJSON is always in WGS 84, not in"));
}

TEST_F(WriteLayers, RefusesWhatAFormatCannotHold) {
    const auto refusal = [this](const std::string& name, const std::vector<FeatureLayer>& layers) {
        return message_of([&] { io::write_layers(folder / name, layers, {}, {}); });
    };
    EXPECT_THAT(refusal("m.gpk", {layer}),
                AllOf(HasSubstr("m.gpk: unknown ending '.gpk', did you mean '.gpkg'?"),
                      HasSubstr(".gpkg, .geojson, .fgb, .shp, .csv")));
    EXPECT_THAT(refusal("m.fgb", {layer, layer}), HasSubstr("'.fgb' holds one layer, not 2"));
    EXPECT_THAT(refusal("m.gpkg", {layer, layer}), HasSubstr("two layers are named 'stunting_2015'"));
    auto long_names = layer;
    long_names.fields[0].name = "population_urban";
    long_names.fields[1].name = "population_rural";
    EXPECT_THAT(refusal("m.shp", {long_names}),
                AllOf(HasSubstr("'population_urban' and 'population_rural' would both be 'population'")));
    EXPECT_EQ(file_count(), 0U);
}

TEST_F(WriteLayers, LeavesTheOldFileWhenTheTargetCannotBeWritten) {
    write_file(folder / "file", "old");
    for (const std::string name :
         {"file/atlas.gpkg", "file/atlas.shp", "file/atlas.geojson", "file/atlas.csv"}) {
        try {
            io::write_layers(folder / name, {layer}, {}, {});
            ADD_FAILURE() << name << " was written";
        } catch (const SystemError& error) {
            EXPECT_THAT(describe(error), HasSubstr((folder / name).string())) << name;
        }
    }
    EXPECT_EQ(read_file(folder / "file"), "old");
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(WriteLayers, LeavesTheOldFileWhenTheDiskIsFull) {
    write_file(folder / "atlas.gpkg", "old");
    // Writing beyond the size that a file may have fails as a full disk does, in the middle of the file.
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{10000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    std::string message;
    try {
        io::write_layers(folder / "atlas.gpkg", {layer}, {style}, {});
    } catch (const SystemError& error) {
        message = describe(error);
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_THAT(message, HasSubstr((folder / "atlas.gpkg").string()));
    EXPECT_EQ(read_file(folder / "atlas.gpkg"), "old");
    EXPECT_EQ(file_count(), 1U);
}

TEST(ToCsv, WritesRfc4180WithEmptyFieldsForNull) {
    const std::vector<Field> fields{
        {"key", FieldType::text, {"A", "a \"b\", c", std::monostate{}}, ""},
        {"n", FieldType::integer, {std::int64_t{1}, std::int64_t{-2}, std::monostate{}}, ""},
        {"x", FieldType::real, {0.1, 1e21, not_a_number}, ""}};
    EXPECT_EQ(io::to_csv(fields), "key,n,x\nA,1,0.1\n\"a \"\"b\"\", c\",-2,1e+21\n,,\n");
}

TEST(CollectMessages, KeepsWhatGdalSaidUntilAsked) {
    Findings findings;
    const test::TemporaryFolder folder;
    write_file(folder / "bad.geojson",
               R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"key":"A"},)"
               R"("geometry":{"type":"Polygon","coordinates":[[[0,0],["x",0],[1,1],[0,0]]]}}]})");
    io::collect_messages();
    EXPECT_THROW(io::read_boundaries({.file = (folder / "bad.geojson").string()}, findings), InputError);
    EXPECT_THAT(io::collect_messages(), testing::Contains(HasSubstr("Invalid 'x' coordinate")));
    EXPECT_TRUE(io::collect_messages().empty());
}

}  // namespace
}  // namespace tendik
