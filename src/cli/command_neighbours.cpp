#include "commands.h"
#include "shared_options.h"
#include "spatial_options.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/report/report.h"
#include "tendik/report/spatial_report.h"
#include "tendik/study/autocorrelation.h"

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
        const auto weights =
            study::wants_people(m_weights) ? weights_of_people(findings) : weights_of_places(findings);
        if (!m_output.empty()) write_file(m_output, report::weights_file_text(weights, m_output));
        console.show(findings);
        if (m_output.empty()) console.result(report::neighbours_text(weights));
        return console.exit_code(findings);
    }

private:
    SpatialWeights weights_of_places(Findings& findings) const {
        if (!m_inputs.table.empty() || !m_inputs.indicator.empty())
            throw UsageError("weights '" + m_weights.spec + "' take no people",
                             "--table and --indicator belong to gravity:POWER");
        const auto boundaries = prepare::load_boundaries(
            boundaries_of_inputs(m_inputs, plan::find_data_folder(m_data_folder)), findings);
        return study::make_weights(boundaries, m_weights, nullptr, findings);
    }
    /// Those of a column, or the ones a built-in indicator speaks of.
    SpatialWeights weights_of_people(Findings& findings) const {
        auto inputs = m_inputs;
        if (inputs.table.empty() == inputs.indicator.empty())
            throw UsageError(
                "weights '" + m_weights.spec + "' are made of people, and no people are given",
                "add --table FILE --weight COLUMN, or --indicator CODE --year YEAR for those that "
                "a built-in indicator speaks of");
        if (!inputs.table.empty() && inputs.weight.empty())
            throw UsageError("no column of people is named", "add --weight COLUMN");
        if (!inputs.table.empty()) {
            inputs.value = inputs.weight;
            inputs.kind = "total";
        }
        const auto prepared = prepare::load(
            plan_of_inputs(inputs, plan::find_data_folder(m_data_folder), NeedsBoundaries::yes), findings);
        const auto& layer = prepared.atlas.layers[report::only_layer(prepared)];
        return study::make_weights(prepared.atlas.boundaries_of(layer), m_weights,
                                   layer.weights ? &layer.weights->column : nullptr, findings);
    }

    void declare_own(CLI::App& app) override {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Inputs");
        };
        add("--boundaries", m_inputs.boundaries, "FILE[:LAYER]",
            "Polygons of the regions: a file or OGR connection");
        add("--key", m_inputs.key, "COLUMN", "Key column of the boundaries");
        add("--vintage", m_inputs.vintage, "VINTAGE",
            "Built-in units of Kazakhstan, where no boundaries are given: pre-2018 or 2018");
        add("--table", m_inputs.table, "FILE[:SHEET]",
            "gravity: people, as CSV, XLSX, ODS or OGR connection");
        add("--table-key", m_inputs.table_key, "COLUMN", "Key column of the table");
        add("--weight", m_inputs.weight, "COLUMN", "Column of the table with the population of each region");
        add("--indicator", m_inputs.indicator, "CODE",
            "gravity without --table: the people that this built-in indicator speaks of");
        add("--year", m_inputs.year, "YEAR", "Which year of the table or indicator")
            ->check(whole_number(1800, 2200));
        declare_year_column(app, m_inputs);
        declare_weights(app, m_weights);
        app.add_option("-o,--output", m_output, "Weights as .gal, .gwt or .json")->type_name("FILE");
        add_idle_key(m_idle, app, m_inputs);
        m_idle.add(app, {"--table-key", "--weight", "--year-column"},
                   "it speaks of a table, and none is given: add --table FILE",
                   [this] { return !m_inputs.table.empty(); });
        m_idle.add(app, {"--year"},
                   "it is of the people that gravity:POWER takes from --table or --indicator",
                   [this] { return !m_inputs.table.empty() || !m_inputs.indicator.empty(); });
        m_idle.add(app, {"--lower-orders"}, "there is none below the first: --higher-order 2 or more",
                   [this] { return m_weights.order > 1; });
    }

    InputOptions m_inputs;
    WeightsChoice m_weights;
    std::string m_output;
};

}  // namespace

std::unique_ptr<Command> make_neighbours_command() { return std::make_unique<NeighboursCommand>(); }

}  // namespace tendik::cli
