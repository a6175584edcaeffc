#include "commands.h"
#include "precision_options.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/trend_report.h"
#include "tendik/run/write_answer.h"
#include "tendik/study/trend.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class TrendCommand final : public Command {
public:
    TrendCommand()
        : Command("trend", "Disparity over the years: change, convergence, pace and distance to a target",
                  "tendik trend --indicator neonatal_mortality --target 3 --target-year 2030") {}

    int execute(Console& console) override {
        if (m_inputs.year)
            throw UsageError("--year names one year, and a trend is of several", "leave --year out");
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto measuring = measuring_of(m_precision, m_inputs.table);
        auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::no);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
        for (auto& planned : plan.indicators)
            planned.measuring = measuring;
        plan.jobs = m_jobs;
        Findings findings;
        const auto prepared = prepare::prepare(plan, findings);
        const auto studies = study::follow(prepared, m_choice, findings);
        if (!m_output.empty()) write(prepared, studies, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::trend_json(prepared, studies, findings));
        else if (m_format == "csv")
            console.result(report::trend_csv(prepared, studies));
        else
            console.result(report::trend_text(prepared, studies, data_folder, language_of(m_language)));
        return console.exit_code(findings);
    }

private:
    void write(const Prepared& prepared, const std::vector<TrendStudy>& studies, Findings& findings) const {
        run::Answer answer{[&] { return report::trend_json(prepared, studies, findings); },
                           [&] { return report::trend_csv(prepared, studies); },
                           {}};
        // Regions of two vintages are no one layer.
        if (studies.size() == 1)
            answer.layer = [&](const std::string& name) {
                return report::trend_layer(prepared, studies.front(), name);
            };
        run::write_answer(answer, m_output, {m_crs}, findings);
    }

    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs, m_idle, NeedsBoundaries::no);
        declare_direction(app, m_inputs);
        declare_precision(app, m_precision, "intervals, draws");
        app.add_option("--target", m_choice.target, "Value that is aimed at, say of an SDG")
            ->type_name("NUMBER");
        app.add_option("--target-year", m_choice.target_year, "Year by which it is aimed at")
            ->type_name("YEAR")
            ->check(whole_number(1800, 2200));
        app.add_option("--benchmark", m_choice.benchmark,
                       "What the last year is compared with: national, best (region), or a number")
            ->type_name("WORD|NUMBER");
        app.add_flag("--over-breaks", m_choice.over_breaks,
                     "Years on both sides of a series break are one series; the text says so");
        app.add_option("-o,--output", m_output,
                       "The rows as .csv or .json; of one series also a layer: .gpkg, .geojson, ...")
            ->type_name("FILE");
        declare_crs(app, m_crs, m_idle, m_output);
        declare_jobs(app, m_jobs);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
    }

    InputOptions m_inputs;
    PrecisionOptions m_precision;
    TrendChoice m_choice;
    std::size_t m_jobs = 0;
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_trend_command() { return std::make_unique<TrendCommand>(); }

}  // namespace tendik::cli
