#pragma once

#include "idle_options.h"
#include "tendik/plan/plan.h"
#include "tendik/report/regions.h"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tendik::cli {

/// The inputs that several commands share; same thing, same word.
struct InputOptions {
    std::string boundaries;  ///< FILE[:LAYER]
    std::string table;
    std::string key;
    std::string table_key;
    std::string value;
    std::string indicator;
    std::string vintage;
    std::optional<int> year;
    std::string year_column;  ///< empty: one of a usual heading
    std::string weight;
    std::string kind;  ///< empty: what the catalogue says, or a rate
    bool merge_units = false;
    std::string inherit_from;  ///< vintage of the figures; empty: that of the boundaries
    std::string split_totals;  ///< code of a built-in denominator
    std::vector<std::string> missing;
    std::vector<std::string> where;  ///< DIMENSION=VALUE
    std::size_t allow_unmatched = 0;
    bool adverse = false;
    bool favourable = false;
    bool neutral = false;
};

enum class NeedsBoundaries { yes, no };

/// An option with a few words to choose from; the help shows them as "a|b|c" with the default.
CLI::Option* declare_choice(CLI::App& app, const std::string& name, std::string& target,
                            const std::vector<std::string>& known, const std::string& description);
void declare_inputs(CLI::App& app, InputOptions& options, IdleOptions& idle, NeedsBoundaries needs);
/// --key without boundaries and without a table whose key is not named otherwise.
void add_idle_key(IdleOptions& idle, const CLI::App& app, const InputOptions& options);
/// --year-column, part of the inputs above.
void declare_year_column(CLI::App& app, InputOptions& options);
/// --where, part of the inputs above.
void declare_where(CLI::App& app, InputOptions& options);
void declare_direction(CLI::App& app, InputOptions& options);
void declare_format(CLI::App& app, std::string& format, const std::vector<std::string>& known);
/// Checks a whole number between the two ends, both included.
CLI::Validator whole_number(std::int64_t lowest, std::int64_t highest);
/// Checks a number above `least`.
CLI::Validator number_above(double least);
/// --crs, which acts where `output`, of -o, is a layer.
void declare_crs(CLI::App& app, std::string& crs, IdleOptions& idle, const std::string& output);
void declare_jobs(CLI::App& app, std::size_t& jobs);

/// A plan with one step. Without --table: the built-in indicator that --indicator names. With a table and no
/// boundaries: the built-in ones of --vintage where a command `needs` some or the words speak of units, else
/// those that the keys fit, else rows as regions. Throws UsageError for contradictions.
Plan plan_of_inputs(const InputOptions& options, const std::filesystem::path& data_folder,
                    NeedsBoundaries needs);

/// The built-in register of regions.
std::string register_file(const std::filesystem::path& data_folder);

/// The boundaries that are named, else the built-in ones of the vintage.
BoundarySource boundaries_of_inputs(const InputOptions& options, const std::filesystem::path& data_folder);

report::Format format_of(const std::string& word);
Language language_of(const std::string& word);
void declare_language(CLI::App& app, std::string& language);

/// "DIR/file.gpkg:layer" -> file and layer, "PG:dbname=atlas:table" -> connection and table; an existing file
/// and other connections ("/vsizip/...") stay whole.
BoundarySource split_layer(const std::string& text);

}  // namespace tendik::cli
