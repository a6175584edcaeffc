#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"
#include "tendik/run/run.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class JoinCommand final : public Command {
public:
    JoinCommand()
        : Command("join", "Join a table to boundaries and write a layer",
                  "tendik join --boundaries regions.gpkg --key code --table figures.csv --table-key region "
                  "\\\n      --value stunting -o joined.gpkg") {}

    int execute(Console& console) override {
        if (m_inputs.table.empty() && m_inputs.indicator.empty())
            throw UsageError("no table is given", "add --table FILE --table-key COLUMN --value COLUMN");
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::yes);
        Findings findings;
        const auto prepared = prepare::load(plan, findings);
        if (!m_output.empty()) run::write_joined(prepared, m_output, {m_crs}, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::joins_json(prepared, findings));
        else if (m_format == "csv")
            console.result(report::joins_csv(prepared));
        else
            for (std::size_t i = 0; i < prepared.joins.size(); ++i)
                console.result(fmt::format("{}: {} of {} regions matched\n",
                                           title_of(prepared.atlas.layers[i]),
                                           prepared.joins[i].matched_count, prepared.joins[i].region_count));
        return console.exit_code(findings);
    }

private:
    /// As the user wrote it; names of layers in files know Latin letters only.
    static std::string title_of(const Layer& layer) {
        return layer.year ? fmt::format("{}, {}", layer.indicator.code, *layer.year) : layer.indicator.code;
    }

    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs);
        app.add_option("-o,--output", m_output,
                       "Layer to write; the ending names the format (.gpkg .geojson .fgb .shp .csv)")
            ->type_name("FILE");
        app.add_option("--crs", m_crs, "CRS of the layer written; without it that of the boundaries")
            ->type_name("EPSG:CODE");
        declare_format(app, m_format, {"text", "json", "csv"});
    }

    InputOptions m_inputs;
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_join_command() { return std::make_unique<JoinCommand>(); }

}  // namespace tendik::cli
