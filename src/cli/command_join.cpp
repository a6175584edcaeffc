#include "commands.h"
#include "precision_options.h"
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
        const auto measuring = measuring_of(m_precision, m_inputs.table);
        const auto data_folder = plan::find_data_folder(m_data_folder);
        auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::yes);
        for (auto& planned : plan.indicators)
            planned.measuring = measuring;
        add_parents(plan);
        Findings findings;
        const auto prepared = prepare::load(plan, findings);
        if (!m_output.empty()) run::write_joined(prepared, m_output, {m_crs}, findings);
        if (!m_rolled_up.empty()) run::write_rolled_up(prepared, m_rolled_up, {m_crs}, findings);
        console.show(findings);
        show(prepared, findings, console);
        return console.exit_code(findings);
    }

private:
    /// As the user wrote it; names of layers in files know Latin letters only.
    static std::string title_of(const Layer& layer) {
        return layer.year ? fmt::format("{}, {}", layer.indicator.code, *layer.year) : layer.indicator.code;
    }

    void show(const Prepared& prepared, const Findings& findings, Console& console) const {
        if (m_format == "json") return console.result(report::joins_json(prepared, findings));
        if (m_format == "csv") return console.result(report::joins_csv(prepared));
        for (std::size_t i = 0; i < prepared.joins.size(); ++i)
            console.result(fmt::format("{}: {} of {} regions matched{}\n", title_of(prepared.atlas.layers[i]),
                                       prepared.joins[i].matched_count, prepared.joins[i].region_count,
                                       inherited_text(prepared.joins[i].inherited_count)));
        console.result(report::rolled_up_text(prepared));
    }

    void add_parents(Plan& plan) const {
        if (m_parents.empty()) return;
        PlannedParents parents = m_planned_parents;
        parents.source = split_layer(m_parents);
        parents.source.key = m_parents_key;
        for (std::size_t i = 0; i < plan.boundaries.size(); ++i)
            plan.parents.emplace(i, parents);
        for (auto& planned : plan.indicators)
            planned.parents_table = m_parents_table;
    }

    void declare_parents(CLI::App& app) {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Parents");
        };
        add("--parents", m_parents, "FILE[:LAYER]",
            "Larger units that the regions lie in: oblasts of districts");
        add("--parents-key", m_parents_key, "COLUMN", "Key column of the larger units");
        add("--parent", m_planned_parents.column, "COLUMN",
            "Column of the boundaries with the parent of each region")
            ->capture_default_str();
        add("--parents-table", m_parents_table, "FILE",
            "Published figures of the parents; without it their rows in --table, if any");
        add("--outside-tolerance", m_planned_parents.outside_tolerance, "SHARE",
            "Part of a region outside of its parent, or of a parent not filled, that is no finding")
            ->check(CLI::Range(0.0, 1.0).description(""))
            ->capture_default_str();
        add("--sum-tolerance", m_planned_parents.sum_tolerance, "SHARE",
            "Part by which what the regions make may differ from what is published")
            ->check(CLI::Range(0.0, 1.0).description(""))
            ->capture_default_str();
        add("--rolled-up", m_rolled_up, "FILE",
            "Layer of the parents to write: totals summed, rates by --weight");
    }

    static std::string inherited_text(std::size_t count) {
        if (count == 0) return {};
        return fmt::format(", {} of them with the value of a larger unit", count);
    }

    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs, m_idle, NeedsBoundaries::yes);
        declare_precision(app, m_precision, "intervals");
        declare_parents(app);
        app.add_option("-o,--output", m_output,
                       "Layer to write; the ending names the format (.gpkg .geojson .fgb .shp .csv)")
            ->type_name("FILE");
        app.add_option("--crs", m_crs, "CRS of the layer written; without it that of the boundaries")
            ->type_name("EPSG:CODE");
        declare_format(app, m_format, {"text", "json", "csv"});
        add_idle_scale(m_idle, app, m_precision);
        add_idle_crs(m_idle, app, "-o",
                     [this] { return is_layer_file(m_output) || is_layer_file(m_rolled_up); });
        m_idle.add(
            app,
            {"--parents-key", "--parent", "--parents-table", "--outside-tolerance", "--sum-tolerance",
             "--rolled-up"},
            "it speaks of larger units, and none are given: add --parents FILE, the boundaries that the "
            "regions lie in",
            [this] { return !m_parents.empty(); });
    }

    InputOptions m_inputs;
    PrecisionOptions m_precision;
    PlannedParents m_planned_parents;
    std::string m_parents;
    std::string m_parents_key;
    std::string m_parents_table;
    std::string m_rolled_up;
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_join_command() { return std::make_unique<JoinCommand>(); }

}  // namespace tendik::cli
