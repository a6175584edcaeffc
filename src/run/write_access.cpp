#include "tendik/run/write_access.h"

#include "raster_style_file.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/io/write_raster.h"
#include "tendik/qgis/raster_style.h"
#include "tendik/report/access_report.h"
#include "tendik/report/raster_report.h"
#include "tendik/style/colour.h"
#include "tendik/style/text_book.h"

#include <fmt/format.h>

namespace tendik::run {
namespace {

/// The table as a layer of the regions, or as it is printed.
void write_table(const ZonalTable& table, const Boundaries& boundaries, const AccessTargets& targets,
                 const std::string& title, const std::string& json, Findings& findings) {
    const auto ending = fold(targets.table.extension().string());
    if (ending == ".json") return write_file(targets.table, json);
    if (ending == ".csv") return write_file(targets.table, report::raster_csv(table));
    const FeatureLayer layer{targets.table.stem().string(), title, &boundaries, report::raster_fields(table)};
    findings.append(io::write_layers(targets.table, {layer}, {}, targets.crs));
}

const Texts minutes_title{"Minutes to the nearest place", "Минут до ближайшего места",
                          "Ең жақын орынға дейінгі минуттар"};

RasterNotes notes_of(const Travel& travel, const std::string& title) {
    const bool sixteen = travel.options.moves == TravelMoves::sixteen;
    RasterNotes notes{title,
                      {{"MODELLED", "YES"},
                       {"METHOD", "least cost over friction, geodesic steps"},
                       {"NEIGHBOURS", sixteen ? "16" : "8"},
                       {"SOURCES", std::to_string(travel.times.sources().size())}}};
    notes.cells = RasterCells::float_categories;
    return notes;
}

/// A colour for every source, its name as label.
std::string catchment_style(const Travel& travel, const std::filesystem::path& styles) {
    const auto texts = style::read_text_book(styles);
    const auto& modelled = texts.at("legend.modelled").in(Language::en);
    std::vector<qgis::RasterCategory> categories;
    for (const auto& name : travel.times.sources())
        categories.push_back({static_cast<double>(categories.size() + 1),
                              fmt::format("{} ({})", name, modelled), distinct_colour(categories.size())});
    return qgis::to_category_qml(categories, 1);
}

void write_rasters(const Travel& travel, const TravelTargets& targets, const std::filesystem::path& styles) {
    if (!targets.minutes.empty()) {
        auto notes = notes_of(travel, "Minutes to the nearest source, modelled");
        notes.entries.emplace_back("STATES", "0 reached, 1 unreached, 2 barrier, 3 no data");
        const ChosenBands bands(travel.times, {0, 2});
        io::write_raster(targets.minutes, bands, notes);
        write_raster_style(bands, 0, minutes_title, targets.minutes, targets.palette, styles);
    }
    if (targets.catchments.empty()) return;
    const auto notes = notes_of(travel, "Number of the nearest source, modelled");
    io::write_raster(targets.catchments, ChosenBands(travel.times, {1}), notes);
    auto beside = targets.catchments;
    write_file(beside.replace_extension(".csv"), report::sources_csv(travel));
    write_file(beside.replace_extension(".qml"), catchment_style(travel, styles));
}

/// "travel_1", "travel_2"
std::string numbered(const char* step, std::size_t index) { return fmt::format("{}_{}", step, index + 1); }

}  // namespace

void refuse_bad_targets(const AccessTargets& targets) {
    if (targets.rows.empty()) return;
    if (fold(targets.rows.extension().string()) != ".csv")
        throw InputError(
            fmt::format("{}: unknown ending '{}'", targets.rows.string(), targets.rows.extension().string()),
            "rows are written as .csv");
    if (targets.rows == targets.table)
        throw InputError(fmt::format("the table and its rows both go to '{}'", targets.rows.string()),
                         "name two files");
}

void refuse_bad_targets(const TravelTargets& targets) {
    refuse_bad_targets(targets.tables);
    for (const auto& raster : {targets.minutes, targets.catchments})
        if (!raster.empty()) io::refuse_raster_ending(raster);
    if (!targets.minutes.empty() && targets.minutes == targets.catchments)
        throw InputError(fmt::format("minutes and catchments both go to '{}'", targets.minutes.string()),
                         "name two files");
}

void write_travel(const Travel& travel, const Boundaries& boundaries, const TravelTargets& targets,
                  const std::filesystem::path& data_folder, Findings& findings) {
    const auto& tables = targets.tables;
    write_rasters(travel, targets, data_folder / "styles");
    if (!tables.table.empty())
        write_table(travel.table, boundaries, tables, "Within travel times",
                    report::travel_json(travel, findings), findings);
    if (!tables.rows.empty()) write_file(tables.rows, report::travel_csv(travel));
}

void write_proximity(const Proximity& proximity, const Boundaries& boundaries, const AccessTargets& targets,
                     Findings& findings) {
    if (!targets.table.empty())
        write_table(proximity.table, boundaries, targets, "Within distances of sites",
                    report::proximity_json(proximity, findings), findings);
    if (!targets.rows.empty()) write_file(targets.rows, report::proximity_csv(proximity));
}

void write_access_tables(const Prepared& prepared, const std::filesystem::path& folder) {
    const auto write = [&](const std::string& name, const std::string& text) {
        write_plain_file(folder / (name + ".csv"), text);
    };
    for (std::size_t i = 0; i < prepared.travels.size(); ++i) {
        write(numbered("travel", i), report::raster_csv(prepared.travels[i].table));
        write(numbered("travel", i) + "_curve", report::travel_csv(prepared.travels[i]));
    }
    for (std::size_t i = 0; i < prepared.proximities.size(); ++i) {
        write(numbered("proximity", i), report::raster_csv(prepared.proximities[i].table));
        write(numbered("proximity", i) + "_sites", report::proximity_csv(prepared.proximities[i]));
    }
}

void write_access_rasters(const Plan& plan, const Prepared& prepared, const std::filesystem::path& folder,
                          const std::filesystem::path& data_folder) {
    for (std::size_t i = 0; i < prepared.travels.size(); ++i) {
        const auto& planned = plan.travels[i];
        TravelTargets targets;
        if (planned.write_minutes) targets.minutes = folder / (numbered("travel", i) + ".tif");
        if (planned.write_catchments)
            targets.catchments = folder / (numbered("travel", i) + "_catchments.tif");
        targets.palette = planned.palette;
        if (planned.write_minutes || planned.write_catchments) std::filesystem::create_directories(folder);
        write_rasters(prepared.travels[i], targets, data_folder / "styles");
    }
}

}  // namespace tendik::run
