#include "commands.h"
#include "shared_options.h"
#include "tendik/run/inspect.h"

namespace tendik::cli {
namespace {

class InspectCommand final : public Command {
public:
    InspectCommand()
        : Command("inspect", "What is inside a PMTiles archive, and whether it keeps to the specification",
                  "tendik inspect atlas/tiles/regions_2018.pmtiles --verify") {}

    int execute(Console& console) override {
        const auto inspection = run::inspect_archive(m_file, m_verify);
        console.result(m_format == "json" ? inspection.json : inspection.text);
        return inspection.faults.empty() ? 0 : 1;
    }

private:
    void declare_own(CLI::App& app) override {
        app.add_option("FILE", m_file, "The archive")->type_name("FILE.pmtiles")->required();
        app.add_flag("--verify", m_verify,
                     "Check every rule of PMTiles v3 and decode every tile; exit 1 when one is broken");
        declare_format(app, m_format, {"text", "json"});
    }

    std::string m_file;
    bool m_verify = false;
    std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_inspect_command() { return std::make_unique<InspectCommand>(); }

}  // namespace tendik::cli
