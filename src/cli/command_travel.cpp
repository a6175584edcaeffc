#include "commands.h"
#include "places_options.h"
#include "raster_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/access_steps.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/prepare/travel.h"
#include "tendik/report/access_report.h"
#include "tendik/report/raster_report.h"
#include "tendik/run/write_access.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class TravelCommand final : public Command {
public:
    TravelCommand()
        : Command("travel", "Travel time from sources over a friction raster, and people within it",
                  "tendik travel --friction friction.tif --sources wells.csv --thresholds 15,30,60 \\\n      "
                  "--population-raster people.tif -o minutes.tif --curve curve.csv") {}

    int execute(Console& console) override {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto planned = planned_travel();
        run::TravelTargets targets;
        targets.tables = {m_options.output == "-" ? "" : m_options.output, m_curve, {m_options.crs}};
        targets.minutes = m_minutes;
        targets.catchments = m_catchments;
        targets.palette = m_palette;
        run::refuse_bad_targets(targets);
        Findings findings;
        const auto boundaries = prepare::load_boundaries(boundaries_of(m_options, data_folder), findings);
        const auto travel = prepare::make_travel(planned, boundaries, {}, m_options.jobs, console, findings);
        run::write_travel(travel, boundaries, targets, data_folder, findings);
        console.end_progress();
        console.show(findings);
        if (m_options.format == "json")
            console.result(report::travel_json(travel, findings));
        else if (m_options.format == "csv")
            console.result(report::raster_csv(travel.table));
        else if (targets.tables.table.empty())
            console.result(report::travel_text(travel));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_friction(app);
        declare_places(app, "sources", m_places,
                       "Where travel starts: a table or layer of points, or the points")
            ->required();
        declare_region_options(app, m_options, m_idle, "--regions");
        declare_populations(app, m_populations,
                            "People in each cell; may be given several times; without it the ground in km2");
        add(app, "--max", m_max, "MIN", "Longest time; cells farther away are unreached: 240, 240min or 4h");
        m_thresholds_option =
            add(app, "--thresholds", m_thresholds, "MIN,...", "Times that are counted up to")
                ->expected(1)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                ->delimiter(',')
                ->default_str("30,60,120");
        app.add_option("--preset", m_preset,
                       "jmp: half of the 30 minutes round trip of a basic service (WHO/UNICEF)")
            ->type_name("jmp")
            ->check(CLI::IsMember({"jmp"}).description(""))
            ->excludes(m_thresholds_option);
        add(app, "-o,--output", m_minutes, "FILE.tif",
            "GeoTIFF of minutes and states to write; its QGIS style comes beside");
        add(app, "--catchments", m_catchments, "FILE.tif",
            "GeoTIFF with the number of the nearest source; their names (.csv) and its QGIS style come "
            "beside");
        add(app, "--curve", m_curve, "FILE.csv", "People by minutes, for each region and all together");
        add(app, "--palette", m_palette, "NAME", "Colours of the style: viridis, cividis, heat or water")
            ->capture_default_str();
        m_idle.add(app, {"--palette"},
                   "it is of a raster that is written: add -o FILE.tif or --catchments FILE.tif",
                   [this] { return !m_minutes.empty() || !m_catchments.empty(); });
    }

    void declare_friction(CLI::App& app) {
        const auto in_group = [&](CLI::Option* option) { return option->group("Friction"); };
        in_group(
            add(app, "--friction", m_friction, "FILE[:BAND]", "What crossing a metre of each cell takes"))
            ->required();
        in_group(add(app, "--friction-unit", m_unit, "UNIT",
                     "min/m, min/km, s/m, s/km, or speed in km/h or m/s; without it as the file says, else "
                     "min/m"));
        in_group(declare_choice(app, "--neighbours", m_neighbours, {"8", "16"},
                                "Cells one step away: those around, or also those a knight's move away"));
        in_group(add(app, "--barrier", m_barrier, "VALUE",
                     "Friction that stands for a barrier, beside cells without data"));
        in_group(app.add_flag("--pass-corners", m_pass_corners,
                              "Let a step pass between two barriers that touch at a corner"));
        in_group(add(app, "--move-sources", m_move, "KM",
                     "How far a source on a barrier may be moved to a cell beside: 5km, 500m"))
            ->default_str("5km");
    }

    template <class Target>
    static CLI::Option* add(CLI::App& app, const std::string& name, Target& target, const std::string& type,
                            const std::string& description) {
        return app.add_option(name, target, description)->type_name(type);
    }

    PlannedTravel planned_travel() const {
        PlannedTravel planned;
        planned.friction = split_band(m_friction);
        if (!m_unit.empty()) {
            planned.unit = friction_unit_from_text(m_unit);
            if (!planned.unit)
                throw UsageError(fmt::format("--friction-unit '{}' is not known", m_unit),
                                 "one of: min/m, min/km, s/m, s/km, km/h, m/s");
        }
        planned.sources = places_of(m_places, "sources");
        auto& options = planned.options;
        options.moves = m_neighbours == "16" ? TravelMoves::sixteen : TravelMoves::eight;
        options.barrier = m_barrier;
        options.pass_corners = m_pass_corners;
        if (!m_max.empty()) options.max_min = plan::parse_minutes(m_max);
        if (!m_move.empty()) options.move_source_m = 1000.0 * plan::parse_km(m_move);
        if (!m_thresholds.empty()) planned.thresholds_min.clear();
        for (const auto& threshold : m_thresholds)
            planned.thresholds_min.push_back(plan::parse_minutes(threshold));
        planned.jmp = m_preset == "jmp";
        if (planned.jmp) planned.thresholds_min = plan::jmp_thresholds_min();
        planned.count = count_of(m_options, m_populations);
        return planned;
    }

    RasterOptions m_options;
    PlacesOptions m_places;
    std::string m_friction;
    std::string m_unit;
    std::string m_neighbours = "8";
    std::optional<double> m_barrier;
    bool m_pass_corners = false;
    std::string m_move;
    std::vector<std::string> m_populations;
    std::string m_max;
    std::vector<std::string> m_thresholds;
    CLI::Option* m_thresholds_option = nullptr;
    std::string m_preset;
    std::string m_minutes;
    std::string m_catchments;
    std::string m_curve;
    std::string m_palette = PlannedTravel{}.palette;
};

}  // namespace

std::unique_ptr<Command> make_travel_command() { return std::make_unique<TravelCommand>(); }

}  // namespace tendik::cli
