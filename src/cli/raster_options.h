#pragma once

#include "console.h"
#include "shared_options.h"
#include "tendik/plan/access_steps.h"
#include "tendik/plan/raster_steps.h"

#include <functional>
#include <string>
#include <vector>

namespace tendik::cli {

/// The words that commands share which sum up rasters over regions.
struct RasterOptions {
    std::string raster;
    std::string boundaries;
    std::string key;
    std::string vintage;
    std::vector<double> quantiles;
    std::string method = std::string(to_text(ZonalOptions{}.method));
    std::string max_memory = "512MB";
    std::size_t jobs = 0;
    std::string output;
    std::string crs;
    std::string format = "text";
};

/// Regions, method, memory, threads, output and format. `output_word`: where the table goes, -o where no
/// raster does.
void declare_region_options(CLI::App& app, RasterOptions& options, IdleOptions& idle,
                            const std::string& output_word = "-o,--output");
/// Besides these, the raster that is summed up and quantiles.
void declare_raster_options(CLI::App& app, RasterOptions& options, IdleOptions& idle);
/// --population-raster, any number of times.
CLI::Option* declare_populations(CLI::App& app, std::vector<std::string>& populations,
                                 const std::string& description);
/// "NAME=FILE[:BAND]"; without a name the people are called people.
PlannedPopulation population_of(const std::string& text);
CoverMethod method_of(const std::string& word);
/// Fills what the options of all raster steps have.
template <class Step>
void fill_step(const RasterOptions& words, Step& options) {
    if (!words.quantiles.empty()) options.quantiles = words.quantiles;
    options.method = method_of(words.method);
    options.max_memory_bytes = plan::parse_memory(words.max_memory);
    options.jobs = words.jobs;
}
CountChoice count_of(const RasterOptions& options, const std::vector<std::string>& populations);
/// The boundaries named, else the built-in ones of the vintage.
BoundarySource boundaries_of(const RasterOptions& options, const std::filesystem::path& data_folder);
using MakeTable = std::function<ZonalTable(const Boundaries&, Findings&)>;
/// Reads the boundaries named, else the built-in ones of the vintage, makes the table and shows it.
int show_table_of(const RasterOptions& options, const std::string& data_folder, const std::string& schema,
                  Console& console, const MakeTable& make);
/// Writes the file that was asked for and prints the table, unless it went to a file. "-" is the terminal.
int show_table(const ZonalTable& table, const Boundaries& boundaries, const RasterOptions& options,
               const std::string& schema, Findings& findings, Console& console);

}  // namespace tendik::cli
