#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"
#include "tendik/run/run.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class TilesCommand final : public Command {
public:
    TilesCommand()
        : Command("tiles", "Map tiles of boundaries and one indicator: vector or raster",
                  "tendik tiles --indicator stunting_moderate_severe --year 2015 --zoom 0-6 -o "
                  "stunting.pmtiles") {}

    int execute(Console& console) override {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::yes);
        set_zoom(plan);
        plan.tiles.tile_size_px = m_tile_size;
        plan.jobs = m_jobs;
        const auto kind = m_kind == "vector" ? run::TileKind::vector : run::TileKind::raster;
        Findings findings;
        const auto prepared = prepare::prepare(plan, findings);
        const auto report = while_doing(fmt::format("writing '{}'", m_output), [&] {
            return run::write_tiles(plan, prepared, kind, m_output, data_folder, console);
        });
        console.show(findings);
        if (m_report) console.result(report::pyramid_text(report));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs, m_idle, NeedsBoundaries::yes);
        declare_direction(app, m_inputs);
        app.add_option("-o,--output", m_output, "Archive (.pmtiles, .mbtiles) or folder of tiles")
            ->type_name("FILE|DIR/")
            ->required();
        declare_choice(app, "--kind", m_kind, {"vector", "raster"},
                       "Vector tiles hold shapes and values, raster tiles are coloured pictures");
        app.add_option("--zoom", m_zoom, "First and last zoom level")
            ->type_name("MIN-MAX")
            ->capture_default_str();
        app.add_option("--tile-size", m_tile_size, "Pixels a side of a raster tile")
            ->type_name("256|512")
            ->check(CLI::IsMember({256, 512}).description(""))
            ->capture_default_str();
        app.add_flag("--report", m_report, "Print tiles, vertices and sizes of each zoom (vector)");
        declare_jobs(app, m_jobs);
        m_idle.add(app, {"--tile-size"}, "it belongs to --kind raster",
                   [this] { return m_kind == "raster"; });
        m_idle.add(app, {"--report"}, "it belongs to --kind vector", [this] { return m_kind == "vector"; });
        m_idle.add(app, {"--adverse", "--favourable", "--neutral"},
                   "it speaks of figures, and only boundaries are given: add --table FILE",
                   [this] { return !m_inputs.table.empty() || m_inputs.boundaries.empty(); });
    }

    void set_zoom(Plan& plan) const {
        const auto parts = split(m_zoom, '-');
        const auto first = parse_integer(parts.front());
        const auto last = parse_integer(parts.back());
        if (!first || !last || parts.size() > 2 || *first < 0 || *last < *first || *last > 14)
            throw UsageError(fmt::format("--zoom '{}' is no range of zoom levels", m_zoom),
                             "for example --zoom 0-6; at most 14");
        plan.tiles.min_zoom = static_cast<std::uint32_t>(*first);
        plan.tiles.max_zoom = static_cast<std::uint32_t>(*last);
    }

    InputOptions m_inputs;
    std::string m_output;
    std::string m_kind = "vector";
    std::string m_zoom = "0-6";
    std::uint32_t m_tile_size = 256;
    bool m_report = false;
    std::size_t m_jobs = 0;
};

}  // namespace

std::unique_ptr<Command> make_tiles_command() { return std::make_unique<TilesCommand>(); }

}  // namespace tendik::cli
