#include "commands.h"
#include "shared_options.h"
#include "spatial_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"
#include "tendik/report/spatial_report.h"
#include "tendik/run/write_answer.h"
#include "tendik/study/smooth.h"

#include <algorithm>
#include <string>
#include <vector>

namespace tendik::cli {
namespace {

class SmoothCommand final : public Command {
public:
    SmoothCommand()
        : Command("smooth", "Rates of few events drawn to a mean: empirical Bayes and others",
                  "tendik smooth --boundaries districts.gpkg --key code --table deaths.csv --table-key code "
                  "\\\n      --events deaths --population births --method eb --per 1000") {}

    int execute(Console& console) override {
        if (m_inputs.table.empty())
            throw UsageError("no table is given", "add --table FILE --events COLUMN --population COLUMN");
        m_inputs.value = m_events;
        m_inputs.weight = m_population;
        m_inputs.kind = "count";
        m_choice.spread = m_spread == "around-each" ? LocalSpread::around_each : LocalSpread::around_region;
        Findings findings;
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::yes);
        const auto prepared = prepare::load(plan, findings);
        const auto layer = report::only_layer(prepared);
        const auto smoothed = study::smooth(prepared, layer, m_choice, findings);
        const auto& boundaries = prepared.atlas.boundaries_of(prepared.atlas.layers[layer]);
        if (!m_output.empty())
            run::write_answer(
                {[&] { return report::smooth_json(smoothed, boundaries, findings); },
                 [&] { return report::smooth_csv(smoothed, boundaries); },
                 [&](const std::string& name) { return report::smooth_fields(smoothed, boundaries, name); }},
                m_output, {m_crs}, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::smooth_json(smoothed, boundaries, findings));
        else if (m_format == "csv")
            console.result(report::smooth_csv(smoothed, boundaries));
        else
            console.result(report::smooth_text(smoothed, boundaries, data_folder, language_of(m_language)));
        return console.exit_code(findings);
    }

private:
    void declare_idle(const CLI::App& app) {
        const auto method_is = [this](const std::vector<std::string>& methods) {
            return [this, methods] { return std::ranges::find(methods, m_choice.method) != methods.end(); };
        };
        m_idle.add(app, {"--weights", "--higher-order", "--lower-orders", "--snap"},
                   "neighbours act in --method local-eb, spatial-rate and median",
                   method_is({"local-eb", "spatial-rate", "median"}));
        m_idle.add(app, {"--spread"}, "it belongs to --method local-eb", method_is({"local-eb"}));
        add_idle_key(m_idle, app, m_inputs);
    }

    void declare_own(CLI::App& app) override {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Inputs");
        };
        add("--table", m_inputs.table, "FILE[:SHEET]", "Events and people: CSV, XLSX, ODS or OGR connection");
        add("--events", m_events, "COLUMN", "Column with the events")->required();
        add("--population", m_population, "COLUMN", "Column with the people they happen to")->required();
        add("--table-key", m_inputs.table_key, "COLUMN", "Key column of the table");
        add("--year", m_inputs.year, "YEAR", "Which year of the table")->check(whole_number(1800, 2200));
        declare_year_column(app, m_inputs);
        add("--boundaries", m_inputs.boundaries, "FILE[:LAYER]",
            "Polygons of the regions: a file or OGR connection");
        add("--key", m_inputs.key, "COLUMN", "Key column of the boundaries");
        add("--vintage", m_inputs.vintage, "VINTAGE",
            "Built-in units of Kazakhstan, where no boundaries are given: pre-2018 or 2018");
        add("--missing", m_inputs.missing, "MARK",
            "Text that means a missing value; may be given several times")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        declare_where(app, m_inputs);
        add("--allow-unmatched", m_inputs.allow_unmatched, "N",
            "How many keys and regions may stay without a partner")
            ->check(whole_number(0, 1'000'000))
            ->capture_default_str();
        declare_choice(
            app, "--method", m_choice.method, study::smoothing_methods(),
            "eb draws to the mean of all, local-eb to that of the neighbours; spatial-rate and median "
            "are those of region and neighbours; excess-risk is observed over expected; choynowski "
            "the chance of so many events");
        app.add_option("--per", m_choice.times, "Rates per so many people")
            ->type_name("N")
            ->capture_default_str();
        declare_choice(
            app, "--spread", m_spread, {"around-each", "around-region"},
            "local-eb: spread of every rate about the mean around itself (spdep), or about that of the "
            "one region (Marshall, GeoDa)");
        declare_weights(app, m_choice.weights);
        app.add_option("-o,--output", m_output, "The rows as .csv or .json, or a layer: .gpkg, .geojson, ...")
            ->type_name("FILE");
        declare_crs(app, m_crs, m_idle, m_output);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        declare_idle(app);
    }

    InputOptions m_inputs;
    SmoothChoice m_choice;
    std::string m_events;
    std::string m_population;
    std::string m_spread = "around-each";
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_smooth_command() { return std::make_unique<SmoothCommand>(); }

}  // namespace tendik::cli
