#include "commands.h"
#include "shared_options.h"
#include "spatial_options.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/autocorrelation.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/report/spatial_report.h"

#include <filesystem>

namespace tendik::cli {
namespace {

class NeighboursCommand final : public Command {
public:
    NeighboursCommand()
        : Command("neighbours", "Who borders on whom, and other weights between regions",
                  "tendik neighbours --boundaries districts.gpkg --key code \\\n      --weights queen -o "
                  "districts.gal") {}

    int execute(Console& console) override {
        Findings findings;
        const auto boundaries = prepare::load_boundaries(
            boundaries_of_inputs(m_inputs, plan::find_data_folder(m_data_folder)), findings);
        const auto weights = prepare::make_weights(boundaries, m_weights, findings);
        if (!m_output.empty()) write_file(m_output, report::weights_file_text(weights, m_output));
        console.show(findings);
        if (m_output.empty()) console.result(report::neighbours_text(weights));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        const auto add = [&app](const std::string& name, std::string& target, const std::string& type,
                                const std::string& description) {
            app.add_option(name, target, description)->type_name(type)->group("Inputs");
        };
        add("--boundaries", m_inputs.boundaries, "FILE[:LAYER]",
            "Polygons of the regions: a file or OGR connection");
        add("--key", m_inputs.key, "COLUMN", "Key column of the boundaries");
        add("--vintage", m_inputs.vintage, "VINTAGE",
            "Built-in units of Kazakhstan, where no boundaries are given: pre-2018 or 2018");
        declare_weights(app, m_weights);
        app.add_option("-o,--output", m_output, "Weights as .gal, .gwt or .json")->type_name("FILE");
    }

    InputOptions m_inputs;
    WeightsChoice m_weights;
    std::string m_output;
};

}  // namespace

std::unique_ptr<Command> make_neighbours_command() { return std::make_unique<NeighboursCommand>(); }

}  // namespace tendik::cli
