#include "shared_options.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/installation.h"
#include "tendik/plan/read_plan.h"
#include "tendik/prepare/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace tendik::cli {
namespace {

namespace fs = std::filesystem;

/// Of the built-in boundaries.
constexpr std::string_view default_vintage = "2018";
/// Where every row is a region of its own.
constexpr std::string_view no_vintage = "none";

void refuse_split_of_nothing(const InputOptions& options) {
    if (!options.split_totals.empty() && options.inherit_from.empty())
        throw UsageError("--split-totals speaks of inherited totals, and nothing is inherited",
                         "add --inherit-from VINTAGE, the vintage of the figures");
}

/// Stated by an option, which overrules the catalogue.
std::optional<Direction> direction_of(const InputOptions& options) {
    if (options.adverse) return Direction::adverse;
    if (options.favourable) return Direction::favourable;
    if (options.neutral) return Direction::neutral;
    return std::nullopt;
}

/// The figures of an older vintage on the units asked for.
void let_inherit(Plan& plan, const InputOptions& options) {
    for (auto& planned : plan.indicators) {
        planned.vintage = options.vintage.empty() ? std::string(default_vintage) : options.vintage;
        planned.inherit_from = options.inherit_from;
        planned.split_totals = options.split_totals;
    }
}

/// The built-in plan narrowed to what was asked for.
Plan plan_of_builtin(const InputOptions& options, const fs::path& data_folder) {
    auto plan = plan::read_plan(plan::builtin_plan(data_folder), {});
    plan::keep_published_figures(plan);
    std::vector<std::string> codes;
    for (const auto& planned : plan.indicators)
        if (std::ranges::find(codes, planned.code) == codes.end()) codes.push_back(planned.code);
    if (options.indicator.empty())
        throw UsageError(
            "neither --table nor --indicator is given",
            fmt::format("name a table, or one of the built-in indicators: {}", join_text(codes, ", ")));
    if (std::ranges::find(codes, options.indicator) == codes.end()) {
        const auto near = nearest(options.indicator, codes);
        throw UsageError(fmt::format("there is no built-in indicator '{}'", options.indicator),
                         near ? fmt::format("did you mean '{}'?", *near)
                              : fmt::format("built in: {}", join_text(codes, ", ")));
    }
    std::vector<int> years;
    // What is carried over is asked for by name.
    const auto& wanted = options.inherit_from.empty() ? options.vintage : options.inherit_from;
    std::erase_if(plan.indicators, [&](PlannedIndicator& planned) {
        if (planned.code != options.indicator || !planned.inherit_from.empty()) return true;
        if (!wanted.empty() && planned.vintage != wanted) return true;
        years.insert(years.end(), planned.years.begin(), planned.years.end());
        if (!options.year) return false;
        std::erase_if(planned.years, [&](int year) { return year != *options.year; });
        return planned.years.empty();
    });
    if (plan.indicators.empty())
        throw UsageError(fmt::format("'{}' has no figures for that year and vintage", options.indicator),
                         fmt::format("years: {}", fmt::join(years, ", ")));
    if (!options.inherit_from.empty()) let_inherit(plan, options);
    for (auto& planned : plan.indicators)
        if (const auto direction = direction_of(options)) planned.direction = direction;
    // Only the boundaries in use are read.
    std::erase_if(plan.boundaries, [&](const BoundarySource& source) {
        return std::ranges::none_of(plan.indicators,
                                    [&](const auto& planned) { return planned.vintage == source.vintage; });
    });
    return plan;
}

/// The default vintage first.
std::vector<BoundarySource> all_builtin_boundaries(const fs::path& data_folder) {
    auto all = plan::read_plan(plan::builtin_plan(data_folder), {}).boundaries;
    std::ranges::stable_partition(all, [](const auto& source) { return source.vintage == default_vintage; });
    return all;
}

/// The words that make regions out of rows, and those that speak of units, or of boundaries.
bool speaks_of_units(const InputOptions& options) {
    const bool rows_are_regions = options.vintage == no_vintage;
    const bool of_units = options.merge_units || !options.inherit_from.empty();
    if (rows_are_regions && of_units)
        throw UsageError(
            "--vintage none says that rows are no units, --merge-units and --inherit-from that "
            "they are",
            "leave one of them out");
    return of_units || (!options.vintage.empty() && !rows_are_regions);
}

BoundarySource builtin_boundaries(const std::string& vintage, const fs::path& data_folder) {
    const auto plan = plan::read_plan(plan::builtin_plan(data_folder), {});
    const auto wanted = vintage.empty() ? std::string(default_vintage) : vintage;
    std::vector<std::string> known;
    for (const auto& source : plan.boundaries) {
        if (source.vintage == wanted) return source;
        known.push_back(source.vintage);
    }
    throw UsageError(fmt::format("there are no built-in boundaries of vintage '{}'", wanted),
                     fmt::format("built in: {}", join_text(known, ", ")));
}

std::map<std::string, std::string> where_of(const std::vector<std::string>& wishes) {
    std::map<std::string, std::string> where;
    for (const auto& wish : wishes) {
        const auto equals = wish.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError(fmt::format("--where is '{}'", wish), "write --where COLUMN=VALUE: sex=girls");
        if (!where.emplace(wish.substr(0, equals), wish.substr(equals + 1)).second)
            throw UsageError(fmt::format("--where names '{}' twice", wish.substr(0, equals)),
                             "one value for each column; measure --by compares several");
    }
    return where;
}

PlannedIndicator planned_of(const InputOptions& options) {
    PlannedIndicator planned;
    // A table and its sheet are told apart as boundaries and their layer are.
    const auto table = split_layer(options.table);
    planned.table.file = table.file;
    planned.table.sheet = table.layer;
    const bool key_is_of_table = options.boundaries.empty() && options.table_key.empty();
    planned.table.key = key_is_of_table ? options.key : options.table_key;
    if (!options.value.empty()) planned.table.value = options.value;
    planned.table.missing = options.missing;
    planned.table.where = where_of(options.where);
    planned.code = options.indicator;
    planned.weight_column = options.weight;
    if (!options.year_column.empty()) planned.table.year_column = options.year_column;
    if (options.year) planned.years = {*options.year};
    planned.merge_units = options.merge_units;
    planned.inherit_from = options.inherit_from;
    planned.split_totals = options.split_totals;
    planned.kind = kind_from_text(options.kind);
    planned.direction = direction_of(options);
    return planned;
}

/// The last colon of "PG:dbname=atlas:figures" parts the table from the connection. A colon may also stand in
/// a password, an address or a port, and then parts nothing.
std::optional<std::size_t> colon_before_table(const std::string& connection) {
    const auto colon = connection.rfind(':');
    const bool is_server = connection.starts_with("PG:") || connection.starts_with("postgresql://");
    if (!is_server || colon < 3 || colon + 1 == connection.size()) return std::nullopt;
    const auto table = connection.substr(colon + 1);
    if (table.find_first_of(" =/@?&'") != std::string::npos || (table.front() >= '0' && table.front() <= '9'))
        return std::nullopt;
    const auto before = connection.substr(0, colon);
    if (before.find("://") != std::string::npos) {
        // "postgresql://user@host:5432/atlas:figures": behind the name of the database only.
        const auto path = before.find('/', before.find("://") + 3);
        return path == std::string::npos ? std::nullopt : std::optional(colon);
    }
    const auto last_word = before.substr(std::max<std::size_t>(before.rfind(' ') + 1, 3));
    const auto equals = last_word.find('=');
    if (equals == std::string::npos) return std::nullopt;
    const auto name = last_word.substr(0, equals);
    const bool may_hold_colon = name == "password" || name == "host" || name == "hostaddr" ||
                                name == "options" || last_word.substr(equals).starts_with("='");
    return may_hold_colon ? std::nullopt : std::optional(colon);
}

void add_idle_inputs(IdleOptions& idle, const CLI::App& app, const InputOptions& options) {
    add_idle_key(idle, app, options);
    idle.add(app,
             {"--table-key", "--value", "--year-column", "--weight", "--value-kind", "--merge-units",
              "--missing", "--where"},
             "it speaks of a table, and none is given: add --table FILE, or leave it out to use the built-in "
             "figures",
             [&options] { return !options.table.empty(); });
    idle.add(
        app, {"--indicator", "--year", "--inherit-from", "--split-totals", "--allow-unmatched"},
        "it speaks of figures, and only boundaries are given: add --table FILE, or leave --boundaries out "
        "for the built-in ones",
        [&options] { return !options.table.empty() || options.boundaries.empty(); });
}

}  // namespace

std::string register_file(const fs::path& data_folder) {
    return (data_folder / "geodata" / "kazakhstan" / "regions.csv").string();
}

CLI::Option* declare_choice(CLI::App& app, const std::string& name, std::string& target,
                            const std::vector<std::string>& known, const std::string& description) {
    return app.add_option(name, target, description)
        ->type_name(join_text(known, "|"))
        ->check(CLI::IsMember(known).description(""))
        ->capture_default_str();
}

CLI::Validator whole_number(std::int64_t lowest, std::int64_t highest) {
    return {[lowest, highest](std::string& text) {
                const auto number = parse_integer(text);
                if (number && *number >= lowest && *number <= highest) return std::string{};
                return fmt::format("'{}' is no whole number from {} to {}", text, lowest, highest);
            },
            ""};
}

CLI::Validator number_above(double least) {
    return {[least](std::string& text) {
                const auto number = parse_number(text);
                if (number && *number > least) return std::string{};
                return fmt::format("'{}' is no number above {}", text, shortest(least));
            },
            ""};
}

void add_idle_key(IdleOptions& idle, const CLI::App& app, const InputOptions& options) {
    idle.add(app, {"--key"},
             "it is the key column of --boundaries FILE or, without --table-key, of --table FILE",
             [&options] {
                 return !options.boundaries.empty() || (!options.table.empty() && options.table_key.empty());
             });
}

void declare_inputs(CLI::App& app, InputOptions& options, IdleOptions& idle, NeedsBoundaries needs) {
    const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                            const std::string& description) {
        return app.add_option(name, target, description)->type_name(type)->group("Inputs");
    };
    add("--boundaries", options.boundaries, "FILE[:LAYER]",
        "Polygons of the regions: a file or OGR connection");
    add("--table", options.table, "FILE[:SHEET]", "Figures: CSV, XLSX, ODS or OGR connection");
    add("--key", options.key, "COLUMN",
        "Key column of the boundaries, or of the table when there are no boundaries");
    add("--table-key", options.table_key, "COLUMN", "Key column of the table");
    add("--value", options.value, "COLUMN", "Column with the figures");
    add("--indicator", options.indicator, "CODE",
        "Which indicator of the table or, without --table, which of the built-in ones");
    add("--year", options.year, "YEAR", "Which year of the table")->check(whole_number(1800, 2200));
    declare_year_column(app, options);
    add("--vintage", options.vintage, "VINTAGE",
        needs == NeedsBoundaries::yes ? "Built-in units of Kazakhstan: pre-2018 or 2018"
                                      : "Built-in units of Kazakhstan, pre-2018 or 2018, else those that the "
                                        "keys fit; none: every row is "
                                        "a region of its own");
    add("--weight", options.weight, "COLUMN", "Column of the table with the population of each region");
    add("--value-kind", options.kind, "rate|mean|total|count", "What the figures of the table are")
        ->check(CLI::IsMember({"rate", "mean", "total", "count"}).description(""));
    app.add_flag("--merge-units", options.merge_units,
                 "Put units of a finer vintage together: totals summed, rates by --weight")
        ->group("Inputs");
    add("--inherit-from", options.inherit_from, "VINTAGE",
        "Figures are of this older vintage: parts of a divided unit show its rate, uncounted");
    add("--split-totals", options.split_totals, "CODE",
        "Share inherited totals out by this built-in denominator, for example population_total");
    add("--missing", options.missing, "MARK", "Text that means a missing value; may be given several times")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    declare_where(app, options);
    add("--allow-unmatched", options.allow_unmatched, "N",
        "How many keys and regions may stay without a partner")
        ->check(whole_number(0, 1'000'000))
        ->capture_default_str();
    add_idle_inputs(idle, app, options);
}

void declare_year_column(CLI::App& app, InputOptions& options) {
    app.add_option("--year-column", options.year_column,
                   "Column of the table with the years; without it one of a usual heading: year, Год")
        ->type_name("COLUMN")
        ->group("Inputs");
}

void declare_where(CLI::App& app, InputOptions& options) {
    app.add_option("--where", options.where,
                   "Rows of this part of the people only: sex=girls; total for all together; may be given "
                   "several times")
        ->type_name("COLUMN=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group("Inputs");
}

void declare_direction(CLI::App& app, InputOptions& options) {
    auto* adverse = app.add_flag("--adverse", options.adverse,
                                 "A high value is bad; so it is without this where no catalogue speaks");
    auto* favourable =
        app.add_flag("--favourable", options.favourable, "A high value is good")->excludes(adverse);
    app.add_flag("--neutral", options.neutral, "Neither end is good or bad: no region is worst or best")
        ->excludes(adverse)
        ->excludes(favourable);
}

void declare_format(CLI::App& app, std::string& format, const std::vector<std::string>& known) {
    declare_choice(app, "--format", format, known, "How the result is printed");
}

void declare_crs(CLI::App& app, std::string& crs, IdleOptions& idle, const std::string& output) {
    app.add_option("--crs", crs, "CRS of a layer that is written")->type_name("CRS");
    add_idle_crs(idle, app, "-o", [&output] { return is_layer_file(output); });
}

void declare_jobs(CLI::App& app, std::size_t& jobs) {
    app.add_option("--jobs", jobs, "Threads; 0 means all cores")
        ->type_name("N")
        ->check(whole_number(0, 4096))
        ->capture_default_str();
}

void declare_language(CLI::App& app, std::string& language) {
    declare_choice(app, "--language", language, {"kk", "ru", "en"}, "Language of region names and notes");
}

report::Format format_of(const std::string& word) {
    return word == "json" ? report::Format::json : word == "csv" ? report::Format::csv : report::Format::text;
}

Language language_of(const std::string& word) {
    return word == "kk" ? Language::kk : word == "ru" ? Language::ru : Language::en;
}

BoundarySource split_layer(const std::string& text) {
    BoundarySource source;
    source.file = text;
    if (const auto colon = colon_before_table(text)) {
        source.file = text.substr(0, *colon);
        source.layer = text.substr(*colon + 1);
        return source;
    }
    std::error_code ignored;
    const auto colon = text.rfind(':');
    if (fs::exists(text, ignored) || colon == std::string::npos || colon == 0) return source;
    if (!fs::exists(text.substr(0, colon), ignored)) return source;
    source.file = text.substr(0, colon);
    source.layer = text.substr(colon + 1);
    return source;
}

BoundarySource boundaries_of_inputs(const InputOptions& options, const fs::path& data_folder) {
    if (options.boundaries.empty()) return builtin_boundaries(options.vintage, data_folder);
    auto source = split_layer(options.boundaries);
    source.key = options.key;
    source.vintage = options.vintage;
    prepare::refuse_unknown_vintage(source, register_file(data_folder));
    return source;
}

Plan plan_of_inputs(const InputOptions& options, const fs::path& data_folder, NeedsBoundaries needs) {
    refuse_split_of_nothing(options);
    if (options.table.empty() && options.boundaries.empty()) {
        auto plan = plan_of_builtin(options, data_folder);
        plan.join.allow_unmatched = options.allow_unmatched;
        // A command of one step measures, classes or colours; a bare total must not slip through as symbols.
        for (auto& planned : plan.indicators)
            planned.display = Display::classes;
        return plan;
    }
    Plan plan;
    plan.name = "command line";
    plan.register_file = register_file(data_folder);
    plan.join.allow_unmatched = options.allow_unmatched;
    if (!options.boundaries.empty() || needs == NeedsBoundaries::yes || speaks_of_units(options))
        plan.boundaries.push_back(boundaries_of_inputs(options, data_folder));
    else if (options.vintage.empty())
        plan.known_boundaries = all_builtin_boundaries(data_folder);
    if (!options.table.empty()) plan.indicators.push_back(planned_of(options));
    // A stated vintage is that of the boundaries and of the keys.
    for (auto& planned : plan.indicators)
        if (!plan.boundaries.empty()) planned.vintage = options.vintage;
    if (!options.split_totals.empty())
        plan.denominators = plan::read_plan(plan::builtin_plan(data_folder), {}).denominators;
    return plan;
}

}  // namespace tendik::cli
