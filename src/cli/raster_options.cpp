#include "raster_options.h"

#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/report/raster_report.h"
#include "tendik/run/run.h"

#include <fmt/format.h>

#include <filesystem>

namespace tendik::cli {

void declare_raster_options(CLI::App& app, RasterOptions& options, IdleOptions& idle) {
    app.add_option("--raster", options.raster, "What is summed up: a file, web address or GDAL connection")
        ->type_name("FILE[:BAND]")
        ->required()
        ->group("Inputs");
    declare_region_options(app, options, idle);
    app.add_option("--quantiles", options.quantiles, "Quantiles from 0 to 1")
        ->type_name("Q,...")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->delimiter(',');
}

void declare_region_options(CLI::App& app, RasterOptions& options, IdleOptions& idle,
                            const std::string& output_word) {
    app.add_option("--boundaries", options.boundaries,
                   "Polygons of the regions; without it the built-in ones of --vintage")
        ->type_name("FILE[:LAYER]")
        ->group("Inputs");
    app.add_option("--key", options.key, "Key column of the boundaries")
        ->type_name("COLUMN")
        ->group("Inputs");
    app.add_option("--vintage", options.vintage, "Built-in units of Kazakhstan: pre-2018 or 2018")
        ->type_name("VINTAGE")
        ->group("Inputs");
    declare_choice(
        app, "--method", options.method, {"exact", "centre", "touched"},
        "Share of a cell that counts: the exact one, all where the centre is inside, all where touched");
    app.add_option("--max-memory", options.max_memory, "Memory that the program may take")
        ->type_name("SIZE")
        ->capture_default_str();
    declare_jobs(app, options.jobs);
    app.add_option(
           output_word, options.output,
           "Table or layer to write; the ending names the format (.csv .json .gpkg .geojson .fgb .shp)")
        ->type_name("FILE");
    app.add_option("--crs", options.crs, "CRS of the layer written; without it that of the boundaries")
        ->type_name("EPSG:CODE");
    declare_format(app, options.format, {"text", "json", "csv"});
    idle.add(app, {"--key"}, "built-in units have their own key: it belongs to --boundaries FILE",
             [&options] { return !options.boundaries.empty(); });
    add_idle_crs(idle, app, output_word.substr(0, output_word.find(',')),
                 [&options] { return is_layer_file(options.output); });
}

CoverMethod method_of(const std::string& word) {
    return word == "centre"    ? CoverMethod::centre
           : word == "touched" ? CoverMethod::touched
                               : CoverMethod::exact;
}

CLI::Option* declare_populations(CLI::App& app, std::vector<std::string>& populations,
                                 const std::string& description) {
    return app.add_option("--population-raster", populations, description)
        ->type_name("[NAME=]FILE[:BAND]")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group("Inputs");
}

PlannedPopulation population_of(const std::string& text) {
    const auto equals = text.find('=');
    std::error_code ignored;
    if (equals == std::string::npos || std::filesystem::exists(text, ignored))
        return {"people", split_band(text), {}};
    if (equals == 0)
        throw UsageError(fmt::format("--population-raster '{}' has no name", text), "write NAME=FILE");
    return {text.substr(0, equals), split_band(text.substr(equals + 1)), {}};
}

CountChoice count_of(const RasterOptions& options, const std::vector<std::string>& populations) {
    CountChoice count;
    for (const auto& population : populations)
        count.populations.push_back(population_of(population));
    count.method = method_of(options.method);
    count.max_memory_bytes = plan::parse_memory(options.max_memory);
    count.jobs = options.jobs;
    return count;
}

BoundarySource boundaries_of(const RasterOptions& options, const std::filesystem::path& data_folder) {
    InputOptions inputs;
    inputs.boundaries = options.boundaries;
    inputs.key = options.key;
    inputs.vintage = options.vintage;
    return boundaries_of_inputs(inputs, data_folder);
}

int show_table_of(const RasterOptions& options, const std::string& data_folder, const std::string& schema,
                  Console& console, const MakeTable& make) {
    Findings findings;
    const auto source = boundaries_of(options, plan::find_data_folder(data_folder));
    const auto boundaries = prepare::load_boundaries(source, findings);
    const auto table = make(boundaries, findings);
    return show_table(table, boundaries, options, schema, findings, console);
}

int show_table(const ZonalTable& table, const Boundaries& boundaries, const RasterOptions& options,
               const std::string& schema, Findings& findings, Console& console) {
    const bool to_file = !options.output.empty() && options.output != "-";
    if (to_file) run::write_raster_table(table, boundaries, options.output, {options.crs}, schema, findings);
    console.end_progress();
    console.show(findings);
    if (options.format == "json")
        console.result(report::raster_json(table, schema, findings));
    else if (options.format == "csv")
        console.result(report::raster_csv(table));
    else if (!to_file)
        console.result(report::raster_text(table));
    return console.exit_code(findings);
}

}  // namespace tendik::cli
