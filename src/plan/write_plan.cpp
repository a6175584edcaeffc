// The plan as a file: what read_plan() reads back as the same plan.
#include "access_steps.h"
#include "measuring.h"
#include "points_step.h"
#include "raster_steps.h"
#include "surface_step.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"
#include "tendik/plan/read_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

namespace tendik::plan {
namespace {

/// Columns whose names differ from the usual ones, and marks.
std::string column_lines(const TableSource& table) {
    const TableSource usual;
    std::string text;
    const auto add = [&text](std::string_view key, const std::string& name, const std::string& usual_name) {
        if (name != usual_name) text += fmt::format("{} = {}\n", key, toml_text(name));
    };
    add("indicator_column", table.indicator_column, usual.indicator_column);
    add("year_column", table.year_column, usual.year_column);
    add("vintage_column", table.vintage_column, usual.vintage_column);
    add("state_column", table.state_column, usual.state_column);
    add("source_column", table.source_column, usual.source_column);
    add("note_column", table.note_column, usual.note_column);
    text +=
        line("sheet", table.sheet) + line("missing", table.missing) + line("suppressed", table.suppressed);
    text += line("not_applicable", table.not_applicable) + line("dimensions", table.dimensions);
    std::vector<std::string> cell;
    for (const auto& [dimension, value] : table.where)
        cell.push_back(fmt::format("{} = {}", toml_text(dimension), toml_text(value)));
    if (!cell.empty()) text += fmt::format("where = {{ {} }}\n", join_text(cell, ", "));
    if (table.years_in_columns) text += fmt::format("years_in_columns = {}\n", *table.years_in_columns);
    return table.repair ? text : text + "repair = false\n";
}

std::string shares_text(const RasterChoice& choice) {
    if (choice.file.empty()) return "area";
    return mask_passwords(choice.file) + (choice.band.empty() ? "" : ":" + choice.band);
}

std::string parents_block(const PlannedParents& parents) {
    return "[boundaries.parents]\n" + line("file", mask_passwords(parents.source.file)) +
           line("layer", parents.source.layer) + line("key", parents.source.key) +
           line("column", parents.column) +
           fmt::format("outside_tolerance = {}\nsum_tolerance = {}\n", shortest(parents.outside_tolerance),
                       shortest(parents.sum_tolerance));
}

std::string indicator_block(const PlannedIndicator& planned) {
    std::string text = "\n[[indicators]]\n";
    text += line("code", planned.code) + line("table", mask_passwords(planned.table.file)) +
            line("key", planned.table.key);
    text += line("value", planned.table.value) + column_lines(planned.table);
    text += line("of", planned.indicator_in_table) + line("vintage", planned.vintage);
    if (!planned.years.empty()) text += fmt::format("years = [{}]\n", fmt::join(planned.years, ", "));
    text += line("weight", planned.weight_column) + line("parents_table", planned.parents_table);
    if (planned.name) text += fmt::format("name = {}\n", toml_text(*planned.name));
    if (planned.unit) text += fmt::format("unit = {}\n", toml_text(*planned.unit));
    if (planned.kind) text += fmt::format("kind = {}\n", toml_text(to_text(*planned.kind)));
    if (planned.direction) text += fmt::format("direction = {}\n", toml_text(to_text(*planned.direction)));
    if (planned.decimals) text += fmt::format("decimals = {}\n", *planned.decimals);
    if (planned.partial) text += fmt::format("partial = {}\n", *planned.partial);
    if (planned.display != Display::classes)
        text += fmt::format("display = {}\n", toml_text(to_text(planned.display)));
    if (planned.merge_units) text += "merge_units = true\n";
    text += line("inherit_from", planned.inherit_from) + line("split_totals", planned.split_totals);
    if (planned.inherit_by) text += line("inherit_by", shares_text(*planned.inherit_by));
    text += to_toml(planned.measuring);
    if (planned.gap)
        text += fmt::format("gap = {{ {} = [{}, {}] }}\n", toml_text(planned.gap->dimension),
                            toml_text(planned.gap->more), toml_text(planned.gap->less));
    if (planned.scheme) text += fmt::format("scheme = {}\n", toml_text(to_text(*planned.scheme)));
    text += breaks_line(planned.breaks);
    return text;
}

}  // namespace

std::string to_toml(const Plan& plan) {
    auto text =
        fmt::format("schema = {}\ntitle = {}\n\n[data]\n", toml_text(plan_schema), toml_text(plan.title));
    text += line("catalogue", plan.catalogue) + line("register", plan.register_file);
    text += line("sources", plan.sources) + line("denominators", plan.denominators);
    for (std::size_t i = 0; i < plan.boundaries.size(); ++i) {
        const auto& source = plan.boundaries[i];
        text += "\n[[boundaries]]\n" + line("file", mask_passwords(source.file)) +
                line("layer", source.layer) + line("key", source.key) + line("vintage", source.vintage);
        if (const auto found = plan.parents.find(i); found != plan.parents.end())
            text += parents_block(found->second);
    }
    for (const auto& source : plan.context)
        text += "\n[[context]]\n" + line("file", mask_passwords(source.file)) + line("layer", source.layer) +
                fmt::format("kind = {}\nmin_zoom = {}\n", toml_text(to_text(source.kind)), source.min_zoom);
    for (const auto& planned : plan.indicators)
        text += indicator_block(planned);
    for (const auto& planned : plan.points)
        text += to_toml(planned);
    for (const auto& planned : plan.surfaces)
        text += to_toml(planned);
    for (const auto& planned : plan.zonal)
        text += to_toml(planned);
    for (const auto& planned : plan.exposures)
        text += to_toml(planned);
    for (const auto& planned : plan.travels)
        text += to_toml(planned);
    for (const auto& planned : plan.proximities)
        text += to_toml(planned);
    for (const auto& planned : plan.autocorrelations)
        text += to_toml(planned);
    for (const auto& planned : plan.indexes)
        text += to_toml(planned);
    text += fmt::format("\n[join]\nallow_unmatched = {}\n", plan.join.allow_unmatched);
    text += measures_block(plan);
    text += fmt::format("\n[maps]\nscheme = {}\nclasses = {}\n", toml_text(to_text(plan.maps.scheme)),
                        plan.maps.class_count);
    text += breaks_line(plan.maps.breaks);
    text += line("adverse_palette", plan.maps.adverse_palette) +
            line("favourable_palette", plan.maps.favourable_palette) +
            line("neutral_palette", plan.maps.neutral_palette);
    text += fmt::format(
        "\n[tiles]\nzoom = [{}, {}]\ntile_size_px = {}\ntolerance_units = {}\nraster_years = {}\n"
        "raster_context = {}\n",
        plan.tiles.min_zoom, plan.tiles.max_zoom, plan.tiles.tile_size_px,
        shortest(plan.tiles.tolerance_units),
        plan.tiles.raster_years == RasterYears::all ? "\"all\"" : "\"latest\"", plan.tiles.raster_context);
    text += fmt::format(
        "\n[outputs]\nlayers = {}\ntables = {}\nrasters = {}\nvector_tiles = {}\nraster_tiles = {}\nsite = "
        "{}\nreport = {}\n",
        plan.steps.layers, plan.steps.tables, plan.steps.rasters, plan.steps.vector_tiles,
        plan.steps.raster_tiles, plan.steps.site, plan.steps.report);
    return text;
}

}  // namespace tendik::plan
