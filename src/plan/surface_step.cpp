// [[surfaces]]: which surface is made of which points.
#include "surface_step.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace tendik {

std::string_view to_text(SurfaceKind kind) {
    return kind == SurfaceKind::idw ? "idw" : kind == SurfaceKind::kriging ? "kriging" : "dasymetric";
}

std::optional<SurfaceKind> surface_kind_from_text(std::string_view text) {
    for (const auto kind : {SurfaceKind::idw, SurfaceKind::kriging, SurfaceKind::dasymetric})
        if (to_text(kind) == text) return kind;
    return std::nullopt;
}

namespace plan {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 15> shared_keys{
    "name", "method",  "points",   "sheet",       "x",     "y",    "points_crs", "value",
    "grid", "missing", "grid_crs", "points_name", "title", "unit", "palette"};
constexpr std::array<std::string_view, 1> idw_keys{"power"};
constexpr std::array<std::string_view, 8> kriging_keys{"variogram",    "smoothness",        "bins",
                                                       "cutoff_km",    "measurement_error", "rounding_step",
                                                       "error_column", "step_column"};
constexpr std::array<std::string_view, 10> dasymetric_keys{
    "totals",      "totals_key",         "totals_value", "totals_indicator", "totals_even",
    "totals_year", "totals_year_column", "vintage",      "remainder",        "spread_where_none"};

/// Every key accepted does something: those of another method are refused.
void refuse_idle_keys(const Node& node, SurfaceKind kind) {
    std::vector<std::string_view> known(shared_keys.begin(), shared_keys.end());
    const auto add = [&](std::span<const std::string_view> keys, SurfaceKind own) {
        known.insert(known.end(), keys.begin(), keys.end());
        if (own == kind) return;
        for (const auto key : keys)
            if (const auto* idle = node.find(key))
                throw InputError(
                    fmt::format("{}: '{}' says nothing to method '{}'", idle->where(), key, to_text(kind)),
                    fmt::format("leave it out, or take method = \"{}\"", to_text(own)));
    };
    add(idw_keys, SurfaceKind::idw);
    add(kriging_keys, SurfaceKind::kriging);
    add(dasymetric_keys, SurfaceKind::dasymetric);
    node.refuse_unknown_keys(known);
}

std::string file_safe_name(const Node& node) {
    const auto& name = node.as_text();
    const bool safe = !name.empty() && std::ranges::all_of(name, [](const char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
    });
    if (!safe)
        throw InputError(fmt::format("{}: a surface is named '{}'", node.where(), name),
                         "files are named after it: take letters of the Latin alphabet, digits and _");
    return name;
}

GridChoice read_grid(const Node& node, const Node* crs, const fs::path& folder) {
    GridChoice grid;
    if (node.is_text()) {
        grid = while_doing(fmt::format("at {}", node.where()), [&] { return parse_grid(node.as_text()); });
        if (!grid.like.empty()) grid.like = resolved(node, folder);
    } else {
        const auto& sides = node.as_array();
        if (sides.size() != 5)
            throw InputError(
                fmt::format("{}: the grid has {} numbers, expected 5", node.where(), sides.size()),
                "[west, south, east, north, cell]; or the name of a raster");
        grid.west = sides[0].as_number();
        grid.south = sides[1].as_number();
        grid.east = sides[2].as_number();
        grid.north = sides[3].as_number();
        grid.cell = sides[4].as_number();
    }
    if (crs == nullptr) return grid;
    if (!grid.like.empty())
        throw InputError(fmt::format("{}: the grid is that of a raster with a CRS of its own", crs->where()),
                         "leave grid_crs out");
    grid.crs = {crs->as_text()};
    return grid;
}

void read_points_of(const Node& node, const fs::path& folder, PointSource& points) {
    points.file = resolved(node.at("points"), folder);
    take_text(node, "sheet", points.sheet);
    take_text(node, "x", points.x);
    take_text(node, "y", points.y);
    take_text(node, "points_name", points.name);
    points.values = {node.at("value").as_text()};
    if (const auto* missing = node.find("missing")) points.missing = text_list(*missing);
    if (const auto* crs = node.find("points_crs")) points.crs = {crs->as_text()};
}

void read_kriging(const Node& node, PlannedSurface& planned) {
    auto& variogram = planned.interpolation.variogram;
    if (const auto* shape = node.find("variogram"))
        variogram.shape = choice_of<VariogramShape>(*shape, &variogram_shape_from_text,
                                                    "spherical, exponential, gaussian, matern");
    if (const auto* smoothness = node.find("smoothness")) variogram.smoothness = smoothness->as_number();
    if (const auto* bins = node.find("bins")) variogram.bins = count_of(*bins, 3, 1000);
    if (const auto* cutoff = node.find("cutoff_km")) variogram.cutoff_m = cutoff->as_number() * 1000.0;
    if (const auto* error = node.find("measurement_error")) planned.measurement_error = error->as_number();
    if (const auto* step = node.find("rounding_step")) planned.rounding_step = step->as_number();
    take_text(node, "error_column", planned.error_column);
    take_text(node, "step_column", planned.step_column);
}

std::optional<Remainder> remainder_from_text(std::string_view text) {
    for (const auto remainder : {Remainder::settlements, Remainder::even})
        if (to_text(remainder) == text) return remainder;
    return std::nullopt;
}

void read_totals(const Node& node, const fs::path& folder, PlannedSurface& planned) {
    auto& totals = planned.totals;
    totals.table.file = resolved(node.at("totals"), folder);
    take_text(node, "totals_key", totals.table.key);
    take_text(node, "totals_value", totals.table.value);
    take_text(node, "totals_indicator", totals.indicator);
    take_text(node, "totals_even", totals.evenly);
    take_text(node, "totals_year_column", totals.table.year_column);
    take_text(node, "vintage", totals.vintage);
    if (const auto* year = node.find("totals_year")) totals.year = year_of(*year);
    if (const auto* remainder = node.find("remainder")) {
        if (!totals.evenly.empty())
            throw InputError(
                fmt::format("{}: both 'remainder' and 'totals_even' are given", remainder->where()),
                "totals_even says how many live spread evenly: leave remainder out");
        planned.dasymetric.remainder =
            choice_of<Remainder>(*remainder, &remainder_from_text, "settlements, even");
    }
    if (const auto* spread = node.find("spread_where_none"))
        planned.dasymetric.spread_where_none = spread->as_bool();
}

std::string number_line(std::string_view key, double number) {
    return fmt::format("{} = {}\n", key, shortest(number));
}

std::string kriging_lines(const PlannedSurface& planned) {
    const auto& variogram = planned.interpolation.variogram;
    std::string text;
    if (variogram.shape) text += line("variogram", std::string(to_text(*variogram.shape)));
    text += number_line("smoothness", variogram.smoothness) + fmt::format("bins = {}\n", variogram.bins);
    if (variogram.cutoff_m) text += number_line("cutoff_km", *variogram.cutoff_m / 1000.0);
    return text + number_line("measurement_error", planned.measurement_error) +
           number_line("rounding_step", planned.rounding_step) + line("error_column", planned.error_column) +
           line("step_column", planned.step_column);
}

std::string totals_lines(const PlannedSurface& planned) {
    const auto& totals = planned.totals;
    auto text = line("totals", mask_passwords(totals.table.file)) + line("totals_key", totals.table.key) +
                line("totals_value", totals.table.value) + line("totals_indicator", totals.indicator) +
                line("totals_even", totals.evenly) + line("vintage", totals.vintage);
    if (totals.year) text += fmt::format("totals_year = {}\n", *totals.year);
    if (totals.table.year_column != TableSource{}.year_column)
        text += line("totals_year_column", totals.table.year_column);
    if (totals.evenly.empty()) text += line("remainder", std::string(to_text(planned.dasymetric.remainder)));
    return text + fmt::format("spread_where_none = {}\n", planned.dasymetric.spread_where_none);
}

std::string grid_lines(const GridChoice& grid) {
    if (!grid.like.empty()) return line("grid", mask_passwords(grid.like));
    return fmt::format("grid = [{}, {}, {}, {}, {}]\n", shortest(grid.west), shortest(grid.south),
                       shortest(grid.east), shortest(grid.north), shortest(grid.cell)) +
           line("grid_crs", grid.crs.definition);
}

}  // namespace

GridChoice parse_grid(const std::string& text) {
    GridChoice choice;
    const auto parts = split(text, ',');
    std::array<double*, 5> sides{&choice.west, &choice.south, &choice.east, &choice.north, &choice.cell};
    std::size_t numbers = 0;
    for (const auto& part : parts)
        if (parse_number(trim(part))) ++numbers;
    if (numbers == parts.size() && numbers == sides.size()) {
        for (std::size_t i = 0; i < sides.size(); ++i)
            *sides[i] = *parse_number(trim(parts[i]));
        return choice;
    }
    if (numbers > 0 && numbers == parts.size())
        throw InputError(fmt::format("the grid '{}' has {} numbers, expected 5", text, numbers),
                         "west,south,east,north,cell: 46,40,88,56,0.05; or the name of a raster");
    choice.like = text;
    return choice;
}

std::optional<std::string> surface_named(const RasterChoice& choice) {
    if (!choice.file.starts_with(surface_prefix)) return std::nullopt;
    return choice.file.substr(surface_prefix.size());
}

PlannedSurface read_surface(const Node& node, const fs::path& folder) {
    PlannedSurface planned;
    if (const auto* method = node.find("method"))
        planned.kind = choice_of<SurfaceKind>(*method, &surface_kind_from_text, "idw, kriging, dasymetric");
    refuse_idle_keys(node, planned.kind);
    planned.code = file_safe_name(node.at("name"));
    read_points_of(node, folder, planned.points);
    planned.grid = read_grid(node.at("grid"), node.find("grid_crs"), folder);
    if (const auto* title = node.find("title")) planned.title = texts_of(*title);
    take_text(node, "unit", planned.unit);
    take_text(node, "palette", planned.palette);
    if (const auto* power = node.find("power")) planned.interpolation.power = power->as_number();
    if (planned.kind == SurfaceKind::kriging) read_kriging(node, planned);
    if (planned.kind == SurfaceKind::dasymetric) read_totals(node, folder, planned);
    return planned;
}

std::string to_toml(const PlannedSurface& planned) {
    const auto& points = planned.points;
    auto text =
        "\n[[surfaces]]\n" + line("name", planned.code) + line("method", std::string(to_text(planned.kind))) +
        line("points", mask_passwords(points.file)) + line("sheet", points.sheet) + line("x", points.x) +
        line("y", points.y) + line("points_crs", points.crs.definition) + line("points_name", points.name) +
        line("value", points.values.front()) + line("missing", points.missing) + grid_lines(planned.grid);
    if (!planned.title.empty()) text += fmt::format("title = {}\n", toml_text(planned.title));
    text += line("unit", planned.unit) + line("palette", planned.palette);
    switch (planned.kind) {
    case SurfaceKind::idw:
        return text + number_line("power", planned.interpolation.power);
    case SurfaceKind::kriging:
        return text + kriging_lines(planned);
    case SurfaceKind::dasymetric:
        break;
    }
    return text + totals_lines(planned);
}

}  // namespace plan
}  // namespace tendik
