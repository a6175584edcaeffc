#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class MeasureCommand final : public Command {
public:
    MeasureCommand()
        : Command("measure", "Disparity measures of one indicator",
                  "tendik measure --indicator stunting_moderate_severe --year 2015") {}

    int execute(Console& console) override {
        const auto plan =
            plan_of_inputs(m_inputs, plan::find_data_folder(m_data_folder), NeedsBoundaries::no);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
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
        app.add_option("--measures", m_measures, "Only these of D, R, BGV, BGSD, COV, TI, MLD, GINI")
            ->type_name("CODE,...")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->delimiter(',')
            ->check(CLI::IsMember({"D", "R", "BGV", "BGSD", "COV", "TI", "MLD", "GINI"}).description(""));
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
    }

    InputOptions m_inputs;
    std::vector<std::string> m_measures;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_measure_command() { return std::make_unique<MeasureCommand>(); }

}  // namespace tendik::cli
