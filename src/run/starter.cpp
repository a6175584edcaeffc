// The start of an atlas of one's own. The land is made up and says so in every file and title.
#include "tendik/run/starter.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

struct District {
    std::string_view code;
    std::string_view parent;
    std::string_view en;
    std::string_view ru;
    std::string_view kk;
};
/// Three columns from west to east, the southern row first; oblast X1 is the west, X2 the rest.
constexpr std::array<District, 6> districts{{
    {"X101", "X1", "Lowfield", "Нижнее Поле", "Төменгі Дала"},
    {"X201", "X2", "Reedlake", "Камышовое", "Қамысты Көл"},
    {"X202", "X2", "Saltmarsh", "Солончак", "Сортаң"},
    {"X102", "X1", "Highfield", "Верхнее Поле", "Жоғарғы Дала"},
    {"X203", "X2", "Stonehill", "Каменка", "Тасты Төбе"},
    {"X204", "X2", "Windpass", "Ветреный", "Желді Асу"},
}};
constexpr int column_count = 3;

constexpr std::string_view plan_text = R"plan(# An atlas of your own. This plan runs as it is:
#     tendik check plan.toml        reads everything, writes nothing, reports every finding
#     tendik run plan.toml -o atlas
# The land beside it is made up, and so are its figures: put your own files in their place. Paths are relative to this
# file; an unknown word is an error that names the nearest known one.
schema = "tendik.plan/1"

[title]
en = "Example: a made-up land"
ru = "Пример: вымышленная страна"
kk = "Мысал: ойдан шығарылған ел"

# Names and codes by which your tables may call the regions: unit_id and name_en are a must; name_ru, name_kk, variants
# (several with | between), kato, pcode and others are read where they exist. Without a register keys must be equal.
[data]
register = "register.csv"

# Polygons: GeoJSON, GeoPackage, Shapefile, or any OGR connection such as "PG:dbname=atlas". The key column names every
# region once. layer = "..." where a file holds several.
[[boundaries]]
file = "districts.geojson"
key = "code"
# Where these lie in larger units whose file you have, they are checked against them and put together:
# parents = { file = "oblasts.gpkg", key = "code", column = "parent" }

# One block for each indicator. The table may be CSV, XLSX (sheet = "..."), ODS, or a PG: connection; long, or with years
# in columns. `key` is its column of regions, by code or by name; `weight` its column with the population that the figure
# speaks of. kind: rate, mean, total, count. direction: adverse (a high value is bad), favourable, neutral.
[[indicators]]
code = "without_water"
table = "figures.csv"
key = "district"
value = "without_water"
year_column = "year"
weight = "people"
kind = "rate"
direction = "adverse"
unit = "% of people (made up)"   # or { en = "...", ru = "...", kk = "..." }, as the name below
name = { en = "People without piped water", ru = "Население без водопровода", kk = "Су құбыры жоқ халық" }
# missing = ["n/a"]             marks that mean: no figure
# suppressed = ["c"]            marks that mean: withheld
# years = [2023]                instead of every year of the table

[maps]
# quantile, equal, fisher, head-tail, std, box, percentile, pretty, geometric, max-breaks;
# fixed goes with breaks = [5, 10, 20]
scheme = "fisher"
classes = 3

[tiles]
zoom = [0, 6]

[join]
allow_unmatched = 0             # how many regions and rows may stay without a partner
)plan";

/// Borders wave, so that they look like borders; corners of the grid stay. Hundredths of a degree.
constexpr std::array<int, 5> waves_hundredths{7, -5, 11, -9, 4};

std::string vertex(int lon_hundredths, int lat_hundredths) {
    return fmt::format("[{:.2f},{:.2f}]", lon_hundredths / 100.0, lat_hundredths / 100.0);
}

/// A border from a corner of the grid eastward or northward, without its last point; both neighbours get the
/// same points. Columns are 1.2 degrees wide, rows 1 degree high.
std::vector<std::string> border(int column, int row, bool eastward) {
    constexpr int width = 120;
    constexpr int height = 100;
    constexpr int parts = 4;
    std::vector<std::string> points;
    for (int k = 0; k < parts; ++k) {
        const auto wave =
            k == 0
                ? 0
                : waves_hundredths[static_cast<std::size_t>(column * 3 + row * 7 + k + (eastward ? 0 : 2)) %
                                   5];
        const int lon = column * width + (eastward ? k * width / parts : wave);
        const int lat = row * height + (eastward ? wave : k * height / parts);
        points.push_back(vertex(lon, lat));
    }
    return points;
}

/// Anticlockwise from the south-western corner.
std::string ring_of(int column, int row) {
    auto points = border(column, row, true);
    const auto east = border(column + 1, row, false);
    const auto north = border(column, row + 1, true);
    const auto west = border(column, row, false);
    points.insert(points.end(), east.begin(), east.end());
    points.push_back(border(column + 1, row + 1, true).front());  // the north-eastern corner
    points.insert(points.end(), north.rbegin(), north.rend());
    points.insert(points.end(), west.rbegin(), west.rend());
    return fmt::format("[{}]", fmt::join(points, ","));
}

std::string boundaries_text() {
    std::string features;
    for (std::size_t i = 0; i < districts.size(); ++i) {
        const auto& one = districts[i];
        const auto column = static_cast<int>(i) % column_count;
        const auto row = static_cast<int>(i) / column_count;
        features += fmt::format(
            "{}\n{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\",\"oblast\":\"{}\",\"name_en\":\"{}"
            "\","
            "\"name_ru\":\"{}\",\"name_kk\":\"{}\",\"kind\":\"district\"}},\"geometry\":{{\"type\":"
            "\"Polygon\","
            "\"coordinates\":[{}]}}}}",
            i == 0 ? "" : ",", one.code, one.parent, one.en, one.ru, one.kk, ring_of(column, row));
    }
    return "{\"type\":\"FeatureCollection\",\n\"note\":{\"en\":\"A made-up land: an example, no place on "
           "Earth.\","
           "\"ru\":\"Вымышленная страна: пример, такого места нет.\","
           "\"kk\":\"Ойдан шығарылған ел: мысал, мұндай жер жоқ.\"},\n\"features\":[" +
           features + "\n]}\n";
}

std::string register_text() {
    std::string text = "unit_id,kind,name_en,name_ru,name_kk,variants\n";
    for (const auto& one : districts)
        text += fmt::format("{},district,{},{},{},{} district|{} район\n", one.code, one.en, one.ru, one.kk,
                            one.en, one.ru);
    return text;
}

/// Made up: shares without piped water in two years, people of the second; one is missing, to show how that
/// looks.
std::string figures_text() {
    struct Row {
        int people;
        std::string_view before;
        std::string_view after;
    };
    constexpr std::array<Row, 6> rows{{{120'000, "18.5", "14.0"},
                                       {80'000, "31.0", "27.5"},
                                       {45'000, "44.0", ""},
                                       {210'000, "9.0", "6.5"},
                                       {60'000, "25.5", "21.0"},
                                       {95'000, "38.0", "30.5"}}};
    std::string text = "district,year,without_water,people\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        text += fmt::format("{},2013,{},{}\n", districts[i].en, rows[i].before, rows[i].people);
        text += fmt::format("{},2023,{},{}\n", districts[i].en, rows[i].after, rows[i].people);
    }
    return text;
}

}  // namespace

void write_starter(const fs::path& folder) {
    std::error_code ignored;
    const bool is_there = fs::exists(folder, ignored);
    if (is_there && !fs::is_directory(folder, ignored))
        throw InputError(fmt::format("'{}' is a file, not a folder", folder.string()), "name a new folder");
    if (is_there && !fs::is_empty(folder, ignored))
        throw InputError(fmt::format("the folder '{}' is not empty", folder.string()),
                         "nothing is overwritten: name a new folder");
    AtomicFolder target(folder, "plan.toml");
    const auto& place = target.temporary_path();
    write_plain_file(place / "plan.toml", plan_text);
    write_plain_file(place / "districts.geojson", boundaries_text());
    write_plain_file(place / "register.csv", register_text());
    write_plain_file(place / "figures.csv", figures_text());
    target.commit();
}

}  // namespace tendik::run
