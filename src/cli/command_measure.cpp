#include "commands.h"
#include "precision_options.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/disaggregation_report.h"
#include "tendik/report/report.h"
#include "tendik/run/write_answer.h"
#include "tendik/study/disaggregate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace tendik::cli {
namespace {

class MeasureCommand final : public Command {
public:
    MeasureCommand()
        : Command("measure", "Disparity measures of one indicator",
                  "tendik measure --indicator stunting_moderate_severe --year 2015") {}

    int execute(Console& console) override {
        const auto measuring = measuring_of(m_precision, m_inputs.table);
        refuse_idle_pairs(measuring);
        auto plan = plan_of_inputs(m_inputs, plan::find_data_folder(m_data_folder), NeedsBoundaries::no);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
        for (auto& planned : plan.indicators)
            planned.measuring = measuring;
        plan.measures = m_options;
        plan.measures.compat = compat_from_text(m_compat).value_or(Compat::none);
        plan.pairs = correction_from_text(m_pairs).value_or(Correction::none);
        plan.jobs = m_jobs;
        if (!m_by.empty()) return disaggregate(plan, console);
        if (!m_orders.empty())
            throw UsageError("--order speaks of regions parted by --by, and it is not given",
                             "add --by COLUMN: sex, residence, wealth");
        Findings findings;
        auto prepared = prepare::prepare(plan, findings);
        if (!m_measures.empty()) report::keep_measures(prepared, m_measures);
        if (!m_output.empty()) run::write_measured(prepared, m_output, {m_crs}, findings);
        if (!m_pairs_output.empty()) run::write_pairs(prepared, m_pairs_output);
        console.show(findings);
        if (m_format == "json")
            console.result(report::measures_json(prepared, report::only_layer(prepared), findings));
        else if (m_format == "csv")
            console.result(report::measures_csv(prepared));
        else
            for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i)
                console.result((i > 0 ? "\n" : "") +
                               report::measures_text(prepared, i, plan::find_data_folder(m_data_folder),
                                                     language_of(m_language)));
        return console.exit_code(findings);
    }

private:
    static bool has_errors(const PlannedMeasuring& measuring) {
        return !(measuring.error_column + measuring.lower_column + measuring.deff_column +
                 measuring.events_column)
                    .empty();
    }

    void refuse_idle_pairs(const PlannedMeasuring& measuring) const {
        if (!m_pairs.empty() && !has_errors(measuring))
            throw UsageError("--pairs tells regions apart by their errors, and none are given",
                             "add --se, --lower and --upper, --n and --deff, or --n and --events");
        if (!m_pairs.empty() && !m_by.empty())
            throw UsageError("--pairs compares regions by one figure each, and --by parts them",
                             "leave --by out, or choose a part with --where COLUMN=VALUE");
    }

    /// Inside each region and across the regions, by parts of the people.
    int disaggregate(const Plan& plan, Console& console) const {
        Findings findings;
        auto study = study::disaggregate(plan, {m_by, orders(), m_measures}, findings);
        if (!m_measures.empty()) report::keep_measures(study.prepared, m_measures);
        const run::Answer answer{
            [&] { return report::disaggregation_json(study, findings); },
            [&] { return report::disaggregation_csv(study); },
            [&](const std::string& name) { return report::disaggregation_layer(study, name); }};
        if (!m_output.empty()) run::write_answer(answer, m_output, {m_crs}, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(answer.json());
        else if (m_format == "csv")
            console.result(answer.csv());
        else
            console.result(report::disaggregation_text(study, plan::find_data_folder(m_data_folder),
                                                       language_of(m_language)));
        return console.exit_code(findings);
    }

    std::map<std::string, std::vector<std::string>> orders() const {
        std::map<std::string, std::vector<std::string>> all;
        for (const auto& text : m_orders) {
            const auto equals = text.find('=');
            if (equals == std::string::npos || equals == 0)
                throw UsageError(fmt::format("--order is '{}'", text),
                                 "write --order COLUMN=VALUE,VALUE,..., the most disadvantaged first");
            auto& order = all[text.substr(0, equals)];
            for (const auto& value : split(std::string_view(text).substr(equals + 1), ','))
                order.emplace_back(trim(value));
        }
        return all;
    }

    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs, m_idle, NeedsBoundaries::no);
        declare_direction(app, m_inputs);
        declare_columns(app);
        declare_parts(app);
        declare_options(app);
        app.add_option(
               "-o,--output", m_output,
               "A row a region: value, rank, gap, p, contribution to and influence on every measure (of "
               "--by: figures and measures of the parts). The ending names the form: .csv, .json or, of "
               "one year, a layer: .gpkg, .geojson, ...")
            ->type_name("FILE");
        declare_crs(app, m_crs, m_idle, m_output);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        declare_idle(app);
    }

    void declare_idle(const CLI::App& app) {
        m_idle.add(app, {"--rank-column", "--group", "--reference"},
                   "it belongs to regions as a whole: leave --by out", [this] { return m_by.empty(); });
        m_idle.add(
            app, {"--draws", "--seed"},
            "values are drawn within their errors, and none are given: add --se, --lower and --upper, --n "
            "and --deff, or --n and --events",
            [this] { return has_errors(m_precision.measuring); });
        for (const auto& [option, code] : {std::pair{"--atkinson", "ATKINSON"}, std::pair{"--kolm", "KOLM"},
                                           std::pair{"--sgini", "SGINI"}})
            m_idle.add(app, {option},
                       fmt::format("it belongs to a measure that is not shown: add --measures {}", code),
                       [this, code = std::string(code)] {
                           return m_measures.empty()
                                      ? m_by.empty()
                                      : std::ranges::find(m_measures, code) != m_measures.end();
                       });
    }

    void declare_columns(CLI::App& app) {
        declare_precision(app, m_precision, "intervals, draws, SII, RII, WAGSTAFF, ERREYGERS");
        auto& measuring = m_precision.measuring;
        const auto column = [&app](const char* name, std::string& target, const char* description) {
            return app.add_option(name, target, description)->type_name("COLUMN")->group("Measuring");
        };
        column("--rank-column", measuring.rank_column,
               "Column with the order of the regions, the most disadvantaged lowest");
        column("--group", measuring.group_column,
               "Column with sets of regions: inequality between and within them");
        app.add_option("--reference", measuring.reference,
                       "Region that others are compared with: D, R, MDRU, MDRW")
            ->type_name("KEY")
            ->group("Measuring");
        auto* pairs =
            app.add_option("--pairs", m_pairs, "Compare all pairs of regions by their errors, p adjusted so")
                ->type_name("holm|bh")
                ->check(CLI::IsMember({"holm", "bh"}).description(""))
                ->group("Measuring");
        app.add_option("--pairs-output", m_pairs_output,
                       "The pairs as .csv, a row each; --format json holds them, too")
            ->type_name("FILE")
            ->needs(pairs)
            ->group("Measuring");
    }

    void declare_parts(CLI::App& app) {
        const auto list = [&app](const char* name, std::vector<std::string>& target, const char* type,
                                 const char* description) {
            app.add_option(name, target, description)
                ->type_name(type)
                ->expected(1)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                ->group("Parts of the people");
        };
        list(
            "--by", m_by, "COLUMN",
            "Compare parts of the people (sex, residence, wealth) inside each region and across the regions; "
            "twice: by both");
        list("--order", m_orders, "COLUMN=VALUE,...",
             "Values of a column of --by in order, the most disadvantaged first");
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
    PrecisionOptions m_precision;
    std::string m_pairs;
    std::string m_pairs_output;
    MeasureOptions m_options;
    std::string m_compat = "none";
    std::size_t m_jobs = 0;
    std::vector<std::string> m_measures;
    std::vector<std::string> m_by;
    std::vector<std::string> m_orders;  ///< COLUMN=VALUE,...
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_measure_command() { return std::make_unique<MeasureCommand>(); }

}  // namespace tendik::cli
