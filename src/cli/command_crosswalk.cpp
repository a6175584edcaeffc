#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/plan/raster_steps.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/crosswalk_report.h"
#include "tendik/run/write_answer.h"
#include "tendik/study/crosswalk.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class CrosswalkCommand final : public Command {
public:
    CrosswalkCommand()
        : Command("crosswalk", "Shares between two sets of boundaries, and values carried over by them",
                  "tendik crosswalk --from old.gpkg --to new.gpkg --apply figures.csv --key code \\\n"
                  "      --extensive births --intensive stunting --weight children -o new_units.csv") {}

    int execute(Console& console) override {
        const auto planned = planned_of_words();
        Findings findings;
        const auto result = study::crosswalk(planned, console, findings);
        if (!m_output.empty()) write(result, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::crosswalk_json(result, findings));
        else if (m_format == "csv")
            console.result(report::crosswalk_csv(result));
        else
            console.result(report::crosswalk_text(result, plan::find_data_folder(m_data_folder),
                                                  language_of(m_language)));
        return console.exit_code(findings);
    }

private:
    void write(const CrosswalkResult& result, Findings& findings) const {
        run::Answer answer{[&] { return report::crosswalk_json(result, findings); },
                           [&] { return report::crosswalk_csv(result); },
                           {}};
        // Shares are of pairs of regions: only values stand on the map of the second.
        if (!result.columns.empty())
            answer.layer = [&](const std::string& name) { return report::crosswalk_layer(result, name); };
        run::write_answer(answer, m_output, {m_crs}, findings);
    }

    static bool is_vintage(const std::string& text) { return text == "pre-2018" || text == "2018"; }

    /// A file, or the word for built-in units.
    static BoundarySource boundaries_of(const std::string& text, const std::string& key,
                                        const std::filesystem::path& data_folder) {
        InputOptions words;
        if (is_vintage(text))
            words.vintage = text;
        else
            words.boundaries = text;
        words.key = key;
        return boundaries_of_inputs(words, data_folder);
    }

    void refuse_idle_words() const {
        const bool columns = !m_extensive.empty() || !m_intensive.empty();
        if (!m_table.empty() && !columns)
            throw UsageError("a table is to be carried over, and none of its columns is named",
                             "totals: --extensive COLUMN; rates and means: --intensive COLUMN");
        if (!m_denominator.empty() && m_intensive.empty())
            throw UsageError("--weight weighs rates, and none is named", "add --intensive COLUMN");
    }

    PlannedCrosswalk planned_of_words() const {
        refuse_idle_words();
        const auto data_folder = plan::find_data_folder(m_data_folder);
        PlannedCrosswalk planned;
        planned.from = boundaries_of(m_from, m_from_key, data_folder);
        planned.to = boundaries_of(m_to, m_to_key, data_folder);
        if (!m_weights.empty()) planned.weights = split_band(m_weights);
        planned.options = m_options;
        const auto table = split_layer(m_table);
        planned.table.file = table.file;
        planned.table.sheet = table.layer;
        planned.table.key = m_key;
        planned.table.missing = m_missing;
        planned.indicators_in_rows = !m_value.empty();
        if (planned.indicators_in_rows) planned.table.value = m_value;
        planned.extensive = m_extensive;
        planned.intensive = m_intensive;
        planned.denominator = m_denominator;
        planned.year = m_year;
        if (!m_year_column.empty()) planned.table.year_column = m_year_column;
        planned.register_file = register_file(data_folder);
        planned.allow_unmatched = m_allow_unmatched;
        planned.max_memory_bytes = plan::parse_memory(m_max_memory);
        planned.jobs = m_jobs;
        return planned;
    }

    void declare_table(CLI::App& app) {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Values");
        };
        const auto add_list = [&add](const std::string& name, std::vector<std::string>& target,
                                     const std::string& type, const std::string& description) {
            add(name, target, type, description)
                ->expected(1)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                ->delimiter(',');
        };
        add("--apply", m_table, "FILE[:SHEET]", "Table with values of the first boundaries");
        add("--key", m_key, "COLUMN", "Key column of the table");
        add_list("--extensive", m_extensive, "COLUMN,...", "Totals: what the sources have arrives");
        add_list("--intensive", m_intensive, "COLUMN,...",
                 "Rates and means: weighed by --weight, else by the shares");
        add("--weight", m_denominator, "COLUMN", "Population that the rates speak of");
        add("--value", m_value, "COLUMN",
            "Column with the figures of all indicators; the words above are then codes of indicators");
        add("--year", m_year, "YEAR", "Which year of the table; all without it")
            ->check(whole_number(1800, 2200));
        add("--year-column", m_year_column, "COLUMN",
            "Column of the table with the years; without it one of a usual heading: year, Год");
        add_list("--missing", m_missing, "MARK", "Text that means a missing value");
        add("--allow-unmatched", m_allow_unmatched, "N",
            "How many keys and regions may stay without a partner")
            ->check(whole_number(0, 1'000'000))
            ->capture_default_str();
    }

    void declare_own(CLI::App& app) override {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Inputs");
        };
        add("--from", m_from, "FILE[:LAYER]|VINTAGE", "Boundaries that the values are of")->required();
        add("--to", m_to, "FILE[:LAYER]|VINTAGE", "Boundaries that they are carried to")->required();
        add("--from-key", m_from_key, "COLUMN", "Key column of the first");
        add("--to-key", m_to_key, "COLUMN", "Key column of the second");
        add("--weight-raster", m_weights, "FILE[:BAND]",
            "What shares are of, say people; the ground without it");
        declare_table(app);
        app.add_option("--same-share", m_options.same_share,
                       "Share of area from which a region lies in another, above 0.5 to 1")
            ->type_name("SHARE")
            ->capture_default_str();
        app.add_option("--sliver-share", m_options.sliver_share,
                       "Pieces below this share of both their regions are rounding and left out")
            ->type_name("SHARE")
            ->capture_default_str();
        app.add_option("--max-memory", m_max_memory, "Most memory for a raster")
            ->type_name("SIZE")
            ->capture_default_str();
        declare_jobs(app, m_jobs);
        app.add_option(
               "-o,--output", m_output,
               "Shares or values as .csv or .json; values as .gpkg, .geojson, .fgb or .shp of the second "
               "boundaries")
            ->type_name("FILE");
        declare_crs(app, m_crs, m_idle, m_output);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        declare_idle(app);
    }

    void declare_idle(const CLI::App& app) {
        m_idle.add(app,
                   {"--key", "--extensive", "--intensive", "--weight", "--value", "--year", "--year-column",
                    "--missing", "--allow-unmatched"},
                   "it speaks of a table, and none is given: add --apply FILE",
                   [this] { return !m_table.empty(); });
        m_idle.add(app, {"--from-key"}, "built-in units have their own key: it belongs to --from FILE",
                   [this] { return !is_vintage(m_from); });
        m_idle.add(app, {"--to-key"}, "built-in units have their own key: it belongs to --to FILE",
                   [this] { return !is_vintage(m_to); });
        m_idle.add(app, {"--max-memory"}, "it belongs to --weight-raster",
                   [this] { return !m_weights.empty(); });
    }

    std::string m_from;
    std::string m_to;
    std::string m_from_key;
    std::string m_to_key;
    std::string m_weights;
    std::string m_table;
    std::string m_key;
    std::vector<std::string> m_extensive;
    std::vector<std::string> m_intensive;
    std::string m_denominator;
    std::string m_value;
    std::optional<int> m_year;
    std::string m_year_column;
    std::vector<std::string> m_missing;
    std::size_t m_allow_unmatched = 0;
    CrosswalkOptions m_options;
    std::string m_max_memory = "512MB";
    std::size_t m_jobs = 0;
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_crosswalk_command() { return std::make_unique<CrosswalkCommand>(); }

}  // namespace tendik::cli
