#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tendik::cli {
namespace {

class MeasureCommand final : public Command {
public:
    MeasureCommand()
        : Command("measure", "Disparity measures of one indicator",
                  "tendik measure --indicator stunting_moderate_severe --year 2015") {}

    int execute(Console& console) override {
        if (m_measuring.takes_columns() && m_inputs.table.empty())
            throw UsageError(
                "--se, --lower, --upper, --rank-column and --group name columns of a table, and "
                "none is given",
                "add --table FILE; no sampling errors of the built-in figures are published");
        auto plan = plan_of_inputs(m_inputs, plan::find_data_folder(m_data_folder), NeedsBoundaries::no);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
        for (auto& planned : plan.indicators)
            planned.measuring = m_measuring;
        plan.measures = m_options;
        plan.measures.compat = compat_from_text(m_compat).value_or(Compat::none);
        plan.jobs = m_jobs;
        Findings findings;
        auto prepared = prepare::prepare(plan, findings);
        if (!m_measures.empty()) report::keep_measures(prepared, m_measures);
        console.show(findings);
        if (m_format == "json")
            console.result(report::measures_json(prepared, report::only_layer(prepared), findings));
        else if (m_format == "csv")
            console.result(report::measures_csv(prepared));
        else
            for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i)
                console.result((i > 0 ? "\n" : "") +
                               report::measures_text(prepared, i, language_of(m_language)));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs);
        declare_direction(app, m_inputs);
        declare_columns(app);
        declare_options(app);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
    }

    void declare_columns(CLI::App& app) {
        const auto column = [&app](const char* name, std::string& target, const char* description) {
            return app.add_option(name, target, description)->type_name("COLUMN")->group("Measuring");
        };
        auto* error = column("--se", m_measuring.error_column, "Column with the standard errors");
        auto* lower = column("--lower", m_measuring.lower_column,
                             "Column with the lower ends of 95 % intervals, instead of --se");
        auto* upper = column("--upper", m_measuring.upper_column, "Column with their upper ends");
        lower->needs(upper)->excludes(error);
        upper->needs(lower)->excludes(error);
        column("--rank-column", m_measuring.rank_column,
               "Column with the order of the regions, the most disadvantaged lowest");
        column("--group", m_measuring.group_column,
               "Column with sets of regions: inequality between and within them");
        app.add_option("--reference", m_measuring.reference,
                       "Region that others are compared with: D, R, MDRU, MDRW")
            ->type_name("KEY")
            ->group("Measuring");
        app.add_option(
               "--scale", m_measuring.scale,
               "Values lie in 0 to this: 100 for per cent; for SII, RII, WAGSTAFF, ERREYGERS and draws")
            ->type_name("NUMBER")
            ->check(CLI::PositiveNumber.description(""))
            ->group("Measuring");
    }

    void declare_options(CLI::App& app) {
        const auto codes = stats::measure_codes();
        app.add_option("--measures", m_measures, fmt::format("Only these of {}", fmt::join(codes, ", ")))
            ->type_name("CODE,...")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->delimiter(',')
            ->check(CLI::IsMember(codes).description(""));
        declare_choice(
            app, "--compat", m_compat, {"none", "heat", "pysal"},
            "Numbers as WHO's healthequal prints them, its faults included, or as PySAL's inequality: "
            "half of WOLFSON");
        const auto aversion = [&app](const char* name, double& target, double least,
                                     const char* description) {
            app.add_option(name, target, description)
                ->type_name("NUMBER")
                ->check(number_above(least))
                ->capture_default_str();
        };
        aversion("--atkinson", m_options.atkinson_aversion, 0.0,
                 "Aversion of ATKINSON (epsilon), above 0: how much more the lowest values count");
        aversion("--kolm", m_options.kolm_aversion, 0.0,
                 "Aversion of KOLM (alpha), above 0, per unit of the values");
        aversion("--sgini", m_options.concentration_aversion, 1.0,
                 "Aversion of SGINI (nu), above 1; 2 makes it the concentration index");
        app.add_option("--draws", m_options.draws, "How often values are drawn within their errors")
            ->type_name("N")
            ->check(whole_number(1000, 1'000'000))
            ->capture_default_str();
        app.add_option("--seed", m_options.seed, "Of the draws")
            ->type_name("N")
            ->check(whole_number(0, 2'147'483'647))
            ->capture_default_str();
        declare_jobs(app, m_jobs);
    }

    InputOptions m_inputs;
    PlannedMeasuring m_measuring;
    MeasureOptions m_options;
    std::string m_compat = "none";
    std::size_t m_jobs = 0;
    std::vector<std::string> m_measures;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_measure_command() { return std::make_unique<MeasureCommand>(); }

}  // namespace tendik::cli
