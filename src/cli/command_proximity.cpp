#include "commands.h"
#include "places_options.h"
#include "raster_options.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/access_steps.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/proximity.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/report/access_report.h"
#include "tendik/report/raster_report.h"
#include "tendik/run/write_access.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class ProximityCommand final : public Command {
public:
    ProximityCommand()
        : Command("proximity", "People within geodesic distances of sites: by region, by site and for all",
                  "tendik proximity --sites clinics.csv --bands 5km,10km,25km \\\n      "
                  "--population-raster people.tif -o proximity.csv") {}

    int execute(Console& console) override {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto planned = planned_proximity(data_folder);
        const run::AccessTargets targets{
            m_options.output == "-" ? "" : m_options.output, m_per_site, {m_options.crs}};
        run::refuse_bad_targets(targets);
        Findings findings;
        const auto boundaries = prepare::load_boundaries(boundaries_of(m_options, data_folder), findings);
        const auto proximity =
            prepare::make_proximity(planned, boundaries, {}, m_options.jobs, console, findings);
        run::write_proximity(proximity, boundaries, targets, findings);
        console.end_progress();
        console.show(findings);
        if (m_options.format == "json")
            console.result(report::proximity_json(proximity, findings));
        else if (m_options.format == "csv")
            console.result(report::raster_csv(proximity.table));
        else if (targets.table.empty())
            console.result(report::proximity_text(proximity));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_places(app, "sites", m_places,
                       "What distances are measured from: a table or layer of points, or the points; without "
                       "it the test sites and the cosmodrome of Kazakhstan");
        declare_region_options(app, m_options, m_idle);
        declare_populations(app, m_populations,
                            "People in each cell; may be given several times; without it the ground in km2");
        app.add_option("--bands", m_bands, "Distances that are counted up to")
            ->type_name("KM,...")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->delimiter(',')
            ->default_str("10km,25km,50km,100km");
        app.add_option("--per-site", m_per_site, "Every site, region and distance as rows of a table")
            ->type_name("FILE.csv");
    }

    PlannedProximity planned_proximity(const std::filesystem::path& data_folder) const {
        PlannedProximity planned;
        if (m_places.text.empty()) {
            refuse_idle_columns(m_places, "sites");
            planned.sites.table.file = (data_folder / "geodata" / "kazakhstan" / "sites.csv").string();
        } else {
            planned.sites = places_of(m_places, "sites");
        }
        if (!m_bands.empty()) planned.bands_km.clear();
        for (const auto& band : m_bands)
            planned.bands_km.push_back(plan::parse_km(band));
        planned.count = count_of(m_options, m_populations);
        return planned;
    }

    RasterOptions m_options;
    PlacesOptions m_places;
    std::vector<std::string> m_populations;
    std::vector<std::string> m_bands;
    std::string m_per_site;
};

}  // namespace

std::unique_ptr<Command> make_proximity_command() { return std::make_unique<ProximityCommand>(); }

}  // namespace tendik::cli
