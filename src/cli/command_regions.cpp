#include "commands.h"
#include "help.h"
#include "shared_options.h"
#include "tendik/plan/installation.h"
#include "tendik/report/regions.h"

namespace tendik::cli {
namespace {

class RegionsCommand final : public Command {
public:
    RegionsCommand()
        : Command("regions", "The register of regions: codes, names, dates; which unit a name means",
                  "tendik regions match \"Алматинская обл.\" Шымкент --vintage 2018") {}

    int execute(Console& console) override {
        const auto reg = report::read_builtin_register(plan::find_data_folder(m_data_folder));
        if (m_names.empty()) {
            console.result(report::list_regions(reg, m_vintage, format_of(m_format)));
            return 0;
        }
        bool all_clear = true;
        console.result(report::match_regions(reg, m_names, m_vintage, format_of(m_format), all_clear));
        return all_clear ? 0 : 1;
    }

private:
    void declare_own(CLI::App& app) override {
        app.add_option("--vintage", m_vintage, "Only the units of pre-2018, 2018 or 2022")
            ->type_name("VINTAGE");
        declare_format(app, m_format, {"text", "json", "csv"});
        auto* match = app.add_subcommand(
            "match", "Say which unit each name means, and why; exit 1 when one is not clear");
        match->add_option("NAME", m_names, "Names in Kazakh, Russian or English, or codes of any system")
            ->type_name("NAME")
            ->required();
        match->set_help_flag("-h,--help", "Show this help")->group(everywhere_group);
        match->fallthrough();
    }

    std::string m_vintage;
    std::string m_format = "text";
    std::vector<std::string> m_names;
};

}  // namespace

std::unique_ptr<Command> make_regions_command() { return std::make_unique<RegionsCommand>(); }

}  // namespace tendik::cli
