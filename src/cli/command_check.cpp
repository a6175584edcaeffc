#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/plan/read_plan.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"
#include "tendik/study/steps.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class CheckCommand final : public Command {
public:
    CheckCommand()
        : Command("check", "Read everything a plan names, write nothing, report every finding",
                  "tendik check my_plan.toml --fail-on warning") {}

    int execute(Console& console) override {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto file = m_plan.empty() ? plan::builtin_plan(data_folder) : std::filesystem::path(m_plan);
        Findings findings;
        const auto prepared = while_doing(fmt::format("checking plan '{}'", file.string()), [&] {
            const auto plan = plan::read_plan(file, m_settings);
            auto all = prepare::prepare(plan, findings);
            (void)study::carry_out(plan, all, plan::builtin_plan(data_folder), findings);
            return all;
        });
        console.show(findings);
        if (m_format == "json")
            console.result(report::joins_json(prepared, findings));
        else
            console.result(
                fmt::format("{} layers on {} sets of boundaries; {} errors, {} warnings, {} notes\n",
                            prepared.atlas.layers.size(), prepared.atlas.boundaries.size(),
                            findings.count(Severity::error),
                            findings.count(Severity::warning) - findings.count(Severity::error),
                            findings.all().size() - findings.count(Severity::warning)));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        app.add_option("PLAN", m_plan, "The plan; without one the built-in atlas of Kazakhstan")
            ->type_name("PLAN.toml");
        app.add_option("--set", m_settings,
                       "Override a value of the plan, for example maps.classes=4; may be given several times")
            ->type_name("KEY=VALUE")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        declare_format(app, m_format, {"text", "json"});
    }

    std::string m_plan;
    std::vector<std::string> m_settings;
    std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_check_command() { return std::make_unique<CheckCommand>(); }

}  // namespace tendik::cli
