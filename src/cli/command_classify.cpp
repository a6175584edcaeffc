#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"

namespace tendik::cli {
namespace {

class ClassifyCommand final : public Command {
public:
    ClassifyCommand()
        : Command("classify", "Class breaks, counts and fit of one indicator",
                  "tendik classify --table figures.csv --key code --value stunting \\\n      --scheme fisher "
                  "--classes 5") {}

    int execute(Console& console) override {
        auto plan = plan_of_inputs(m_inputs, plan::find_data_folder(m_data_folder), NeedsBoundaries::no);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
        plan.maps.scheme = *scheme_from_text(m_scheme);
        plan.maps.class_count = m_classes;
        plan.maps.round_breaks = m_round;
        Findings findings;
        const auto prepared = prepare::prepare(plan, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::classes_json(prepared, report::only_layer(prepared), findings));
        else
            for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i)
                console.result(report::classes_text(prepared, i));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs);
        declare_choice(app, "--scheme", m_scheme, {"quantile", "equal", "fisher"},
                       "How breaks are found; the years of a series share theirs");
        app.add_option("--classes", m_classes, "Number of classes, 1 to 12")
            ->type_name("N")
            ->check(whole_number(1, 12))
            ->capture_default_str();
        app.add_flag("--round", m_round,
                     "Round breaks to the fewest decimals that keep every value in its class");
        declare_format(app, m_format, {"text", "json"});
    }

    InputOptions m_inputs;
    std::string m_scheme = "fisher";
    std::size_t m_classes = 5;
    bool m_round = false;
    std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_classify_command() { return std::make_unique<ClassifyCommand>(); }

}  // namespace tendik::cli
