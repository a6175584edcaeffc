#include "tendik/io/read_boundaries.h"

#include "support/drawn_map.h"
#include "support/message.h"
#include "support/temporary_folder.h"
#include "tendik/base/atomic_file.h"
#include "tendik/io/write_layers.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <limits>

namespace tendik {
namespace {

using test::message_of;
using testing::AllOf;
using testing::HasSubstr;

std::string feature(const std::string& properties, const std::string& ring = "[0,0],[1,0],[1,1],[0,0]") {
    return fmt::format(
        R"({{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}})",
        properties, ring);
}

std::string collection(const std::string& features, const std::string& members = "") {
    return fmt::format(R"({{"type":"FeatureCollection",{}"features":[{}]}})", members, features);
}

std::string bytes_of(double number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

class ReadBoundaries : public testing::Test {
protected:
    std::string write(const std::string& content, const std::string& name = "regions.geojson") {
        write_file(folder / name, content);
        return (folder / name).string();
    }
    Boundaries read(const std::string& content) {
        return io::read_boundaries({.file = write(content)}, findings);
    }
    std::string refusal(const std::string& content) {
        return message_of([&] { read(content); });
    }
    std::string refusal_of(const BoundarySource& source) {
        return message_of([&] { io::read_boundaries(source, findings); });
    }
    /// A drawn map in a file of any format.
    std::string write_map(const Boundaries& map, const std::string& name,
                          const std::string& layer = "regions") {
        io::write_layers(folder / name, {{layer, "", &map, {}}}, {}, {});
        return (folder / name).string();
    }
    void execute(const std::string& file, const char* statement) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        // The triggers of a GeoPackage call functions that plain SQLite lacks.
        sqlite3_exec(database, "PRAGMA writable_schema=1", nullptr, nullptr, nullptr);
        ASSERT_EQ(sqlite3_exec(database, statement, nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }

    test::TemporaryFolder folder;
    Findings findings;
};

TEST_F(ReadBoundaries, KeepsKeysNamesLabelsAndEveryColumnAsText) {
    const auto boundaries = read(collection(feature(
        R"("unit_id":"KZ-ALA","name_en":"Almaty city","name_ru":"г. Алматы","name_kk":"Алматы қ.","kind":"city",)"
        R"("outline":"generalised-circle","label_lon":76.9,"label_lat":43.25,"area":682.9,"rank":3,"empty":null)")));
    ASSERT_EQ(boundaries.regions.size(), 1U);
    const auto& region = boundaries.regions.front();
    EXPECT_EQ(boundaries.key_column, "unit_id");
    EXPECT_EQ(region.key, "KZ-ALA");
    EXPECT_EQ(region.name, (Texts{"Almaty city", "г. Алматы", "Алматы қ."}));
    EXPECT_EQ(region.kind, "city");
    EXPECT_TRUE(region.generalised());
    ASSERT_TRUE(region.label.has_value());
    EXPECT_EQ(*region.label, (Point{76.9, 43.25}));
    using Pair = std::pair<std::string, std::string>;
    EXPECT_THAT(region.attributes,
                testing::IsSupersetOf({Pair{"area", "682.9"}, Pair{"rank", "3"}, Pair{"empty", ""}}));
    EXPECT_TRUE(findings.empty());
}

TEST_F(ReadBoundaries, TakesGeoJsonAsLongitudeBeforeLatitude) {
    const auto boundaries = read(collection(feature(R"("key":"A")", "[76,43],[77,43],[77,44],[76,43]")));
    EXPECT_TRUE(geom::same_crs(boundaries.crs, wgs84));
    EXPECT_EQ(boundaries.regions[0].shape.parts[0].outer[1], (Point{77, 43}));
}

TEST_F(ReadBoundaries, LearnsVintageNoteAndAttributionFromTheCollection) {
    const auto members =
        R"("vintage":"2018","note":{"en":"Rough","ru":"Грубо"},"attribution":"Natural Earth",)";
    const auto boundaries = read(collection(feature(R"("key":"A")"), members));
    EXPECT_EQ(boundaries.vintage, "2018");
    EXPECT_EQ(boundaries.note, (Texts{"Rough", "Грубо", ""}));
    EXPECT_EQ(boundaries.attribution.en, "Natural Earth");
}

TEST_F(ReadBoundaries, LearnsTheVintageFromTheFeaturesAndObeysTheUser) {
    const auto content = collection(feature(R"("key":"A","vintage":"pre-2018")"));
    EXPECT_EQ(read(content).vintage, "pre-2018");
    EXPECT_EQ(io::read_boundaries({.file = write(content), .vintage = "2018"}, findings).vintage, "2018");
}

TEST_F(ReadBoundaries, ReadsItsOwnLayersBackFromEveryFormat) {
    auto map = test::drawn_map({"AAAB", "ACAB", "AAAB"});
    map.regions[0].shape = oriented(map.regions[0].shape);
    for (const std::string name : {"m.gpkg", "m.shp", "m.fgb", "m.geojson"}) {
        const auto back = io::read_boundaries({.file = write_map(map, name)}, findings);
        ASSERT_EQ(back.regions.size(), 3U) << name;
        EXPECT_TRUE(geom::same_crs(back.crs, wgs84)) << name;
        const auto a = find_region(back, "A");
        ASSERT_TRUE(a.has_value()) << name;
        const auto& shape = back.regions[static_cast<std::size_t>(*a)].shape;
        ASSERT_EQ(shape.parts.size(), 1U) << name;
        EXPECT_EQ(shape.parts[0].holes.size(), 1U) << name;
        EXPECT_EQ(vertex_count(shape), vertex_count(map.regions[0].shape)) << name;
    }
}

TEST_F(ReadBoundaries, WritesNumericKeysInTheirShortestFormWithAFinding) {
    const auto boundaries = read(collection(feature(R"("code":1.0)") + "," + feature(R"("code":2.5)")));
    EXPECT_EQ(boundaries.regions[0].key, "1");
    EXPECT_EQ(boundaries.regions[1].key, "2.5");
    EXPECT_EQ(findings.count_of("numeric-key"), 1U);
}

TEST_F(ReadBoundaries, ReadsAPolygonThatCrossesItself) {
    const auto boundaries = read(collection(feature(R"("key":"bow")", "[0,0],[1,1],[1,0],[0,1],[0,0]")));
    EXPECT_EQ(boundaries.regions[0].shape.parts[0].outer.size(), 5U);
}

TEST_F(ReadBoundaries, RefusesAFileThatIsNotThere) {
    write(collection(feature(R"("key":"A")")));
    EXPECT_THAT(refusal_of({.file = "absent.geojson"}), HasSubstr("absent.geojson: no such file"));
    EXPECT_THAT(refusal_of({.file = (folder / "region.geojson").string()}),
                AllOf(HasSubstr("region.geojson: no such file"), HasSubstr("did you mean"),
                      HasSubstr("regions.geojson")));
}

TEST_F(ReadBoundaries, RefusesAFileThatIsNoMap) {
    EXPECT_THAT(refusal(R"({"type":"FeatureCollection","features":[)"),
                AllOf(HasSubstr("regions.geojson: cannot be read as boundaries"), HasSubstr("hint:")));
    EXPECT_THAT(refusal_of({.file = write("key,value\nA,1\n", "t.txt")}),
                HasSubstr("t.txt: cannot be read as boundaries"));
}

TEST_F(ReadBoundaries, NamesLayersAndColumnsWhenOneIsAbsent) {
    const auto map = test::drawn_map({"AB"});
    const auto file = write_map(map, "m.gpkg");
    EXPECT_THAT(refusal_of({.file = file, .layer = "region"}),
                AllOf(HasSubstr("m.gpkg: no layer 'region', did you mean 'regions'?"),
                      HasSubstr("the layers are: 'regions'")));
    EXPECT_THAT(
        refusal_of({.file = file, .key = "kay"}),
        AllOf(HasSubstr("has no column 'kay', did you mean 'key'?"), HasSubstr("the columns are: 'key'")));
    EXPECT_THAT(refusal(collection(feature(R"("region":"A")"))),
                AllOf(HasSubstr("none of 'unit_id', 'key', 'code' exists"), HasSubstr("'region'")));
}

TEST_F(ReadBoundaries, AsksWhichLayerIsMeant) {
    const auto map = test::drawn_map({"AB"});
    io::write_layers(folder / "two.gpkg", {{"one", "", &map, {}}, {"two", "", &map, {}}}, {}, {});
    EXPECT_THAT(refusal_of({.file = (folder / "two.gpkg").string()}),
                AllOf(HasSubstr("2 layers, which one?"), HasSubstr("FILE:LAYER"), HasSubstr("'one', 'two'")));
    EXPECT_EQ(io::read_boundaries({.file = (folder / "two.gpkg").string(), .layer = "two"}, findings)
                  .regions.size(),
              2U);
}

TEST_F(ReadBoundaries, RefusesALayerWithoutFeatures) {
    EXPECT_THAT(refusal_of({.file = write(collection("")), .key = "key"}), HasSubstr("regions.geojson"));
    const auto map = test::drawn_map({"A"});
    auto empty = map;
    empty.regions.clear();
    EXPECT_THAT(refusal_of({.file = write_map(empty, "e.gpkg")}),
                HasSubstr("layer 'regions' has no feature"));
}

TEST_F(ReadBoundaries, RefusesAKeyThatStandsTwiceOrNowhere) {
    EXPECT_THAT(refusal(collection(feature(R"("key":"A")") + "," + feature(R"("key":"B")") + "," +
                                   feature(R"("key":"A")"))),
                AllOf(HasSubstr("regions.geojson: features 1 and 3 have the same key 'A' in column 'key'"),
                      HasSubstr("hint:")));
    EXPECT_THAT(refusal(collection(feature(R"("key":"A")") + "," + feature(R"("key":" ")"))),
                HasSubstr("regions.geojson, feature 2: the key column 'key' is empty"));
}

TEST_F(ReadBoundaries, RefusesCoordinatesThatAreNotFinite) {
    for (const std::string word : {"NaN", "Infinity", "1e999"}) {
        EXPECT_THAT(refusal(collection(feature(R"("key":"A")", "[0,0],[1,0],[" + word + ",1],[0,0]"))),
                    AllOf(HasSubstr("regions.geojson, feature 1, region 'A', part 1, ring 1, vertex 3"),
                          HasSubstr("is not finite"), HasSubstr("hint:")))
            << word;
    }
    EXPECT_THAT(refusal(collection(feature(R"("key":"A")", "[0,0],[1,0],[null,1],[0,0]"))),
                HasSubstr("feature 1, region 'A': no polygon, the geometry is absent or not readable"));
}

TEST_F(ReadBoundaries, FindsNaNInBinaryFormats) {
    const double mark = 7.0625;  // stands nowhere else in the files
    auto map = test::drawn_map({"AB"});
    map.regions[1].shape.parts[0].outer[1].y = mark;
    for (const std::string name : {"nan.gpkg", "nan.shp"}) {
        const auto file = write_map(map, name);
        auto bytes = read_file(file);
        const auto marked = bytes_of(mark);
        for (auto at = bytes.find(marked); at != std::string::npos; at = bytes.find(marked, at))
            bytes.replace(at, marked.size(), bytes_of(std::numeric_limits<double>::quiet_NaN()));
        write_file(file, bytes);
        EXPECT_THAT(refusal_of({.file = file}),
                    AllOf(HasSubstr(name), HasSubstr("region 'B', part 1, ring 1, vertex"), HasSubstr("nan")))
            << name;
    }
}

TEST_F(ReadBoundaries, RefusesWhatIsNoPolygon) {
    const auto point =
        R"({"type":"Feature","properties":{"key":"A"},"geometry":{"type":"Point","coordinates":[1,2]}})";
    EXPECT_THAT(refusal(collection(point)), HasSubstr("region 'A': no polygon but a POINT"));
    const auto none = R"({"type":"Feature","properties":{"key":"A"},"geometry":null})";
    EXPECT_THAT(refusal(collection(none)), HasSubstr("region 'A': no polygon"));
    EXPECT_THAT(refusal(collection(feature(R"("key":"A")", "[0,0],[1,0],[0,0]"))),
                HasSubstr("region 'A', part 1, ring 1: 3 points make no ring"));
}

TEST_F(ReadBoundaries, RefusesFilesWithoutACrsAndSaysHowToGiveOne) {
    const auto map = test::drawn_map({"AB"});
    const auto shapefile = write_map(map, "bare.shp");
    std::filesystem::remove(folder / "bare.prj");
    const auto both =
        AllOf(HasSubstr("has no coordinate reference system"), HasSubstr("ogr2ogr -a_srs EPSG:4326"));
    EXPECT_THAT(refusal_of({.file = shapefile}), AllOf(both, HasSubstr("bare.shp")));
    write_file(folder / "bare.prj", R"(LOCAL_CS["site grid",UNIT["metre",1]])");
    EXPECT_THAT(refusal_of({.file = shapefile}), both);
    for (const int undefined : {-1, 0}) {
        const auto file = write_map(map, fmt::format("bare{}.gpkg", undefined));
        execute(file,
                fmt::format(
                    "UPDATE gpkg_geometry_columns SET srs_id = {0}; UPDATE gpkg_contents SET srs_id = {0}",
                    undefined)
                    .c_str());
        EXPECT_THAT(refusal_of({.file = file}), both) << undefined;
    }
}

TEST_F(ReadBoundaries, RefusesTextThatIsNotUtf8) {
    EXPECT_THAT(
        refusal(collection(feature("\"key\":\"A\",\"name_ru\":\"\xC0\xEB\""))),
        AllOf(
            HasSubstr("regions.geojson, feature 1, region 'A', column 'name_ru': byte 1 (0xC0) is not UTF-8"),
            HasSubstr("hint: save the file as UTF-8")));
}

/// A Shapefile whose names were written by a program that knows Windows-1251 only: `placeholder` of ASCII
/// letters becomes `bytes` in the DBF.
class NamesOfShapefile : public ReadBoundaries {
protected:
    std::string shapefile(const std::string& bytes, char language_driver) {
        auto map = test::drawn_map({"AB"});
        const std::string placeholder(bytes.size(), '#');
        Field name;
        name.name = "name";
        name.cells = {placeholder, placeholder};
        io::write_layers(folder / "r.shp", {{"r", "", &map, {name}}}, {}, {});
        std::filesystem::remove(folder / "r.cpg");
        auto dbf = read_file(folder / "r.dbf");
        for (auto at = dbf.find(placeholder); at != std::string::npos; at = dbf.find(placeholder, at))
            dbf.replace(at, bytes.size(), bytes);
        dbf[29] = language_driver;  // byte 29 of the header of dBASE III: 0 none, 0x57 "ANSI", 0xC9
                                    // Windows-1251
        write_file(folder / "r.dbf", dbf);
        return io::read_boundaries({.file = (folder / "r.shp").string()}, findings).regions[1].name.en;
    }
};

TEST_F(NamesOfShapefile, WithoutEncodingAreReadAsTheirBytesSayAndItIsSaid) {
    const std::string almaty = "\xC0\xEB\xEC\xE0\xF2\xFB";  // Алматы, unicode.org CP1251.TXT
    EXPECT_EQ(shapefile(almaty, '\0'), "Алматы");
    ASSERT_EQ(findings.count_of("encoding"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("read as Windows-1251"));
    EXPECT_EQ(shapefile(almaty, '\x57'), "Алматы");  // "ANSI" is no statement
    EXPECT_EQ(findings.count_of("encoding"), 2U);
    EXPECT_EQ(shapefile("\xC0\x9D\xF2\xA5\xE1\xE5", '\0'), "АқтӨбе");  // KZ1048.TXT
    EXPECT_THAT(findings.all()[2].text, HasSubstr("read as KZ-1048"));
}

TEST_F(NamesOfShapefile, ThatStateTheirEncodingAreReadByIt) {
    EXPECT_EQ(shapefile("\xC0\xEB\xEC\xE0\xF2\xFB", '\xC9'), "Алматы");
    EXPECT_EQ(shapefile("Qu\xE9"
                        "bec",
                        '\x57'),
              "Québec");  // 0xE9 in ISO 8859-1, and no Cyrillic word
    EXPECT_EQ(findings.count_of("encoding"), 0U);
}

TEST_F(ReadBoundaries, ReadsTheBuiltInBoundaries) {
    const std::string kazakhstan = TENDIK_SOURCE_DIR "/geodata/kazakhstan/";
    const auto now = io::read_boundaries({.file = kazakhstan + "regions_2018.geojson"}, findings);
    const auto before = io::read_boundaries({.file = kazakhstan + "regions_pre2018.geojson"}, findings);
    EXPECT_EQ(now.regions.size(), 17U);     // 14 oblasts and 3 cities, law of 19 June 2018
    EXPECT_EQ(before.regions.size(), 16U);  // 14 oblasts and 2 cities before
    EXPECT_EQ(now.vintage, "2018");
    EXPECT_EQ(before.vintage, "pre-2018");
    EXPECT_FALSE(now.note.empty());
    EXPECT_FALSE(now.attribution.empty());
    EXPECT_TRUE(find_region(now, "KZ-YUZ@2018").has_value());
    EXPECT_TRUE(find_region(before, "KZ-YUZ@1997").has_value());
    EXPECT_TRUE(findings.empty());
}

}  // namespace
}  // namespace tendik
