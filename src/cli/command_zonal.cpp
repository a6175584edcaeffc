#include "commands.h"
#include "raster_options.h"
#include "tendik/base/error.h"
#include "tendik/prepare/raster_tables.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class ZonalCommand final : public Command {
public:
    ZonalCommand()
        : Command("zonal", "Statistics of a raster in each region, cells counted by their exact share",
                  "tendik zonal --raster lights.tif --boundaries regions.gpkg --key code \\\n      --stats "
                  "mean,max -o "
                  "lights.csv") {}

    int execute(Console& console) override {
        PlannedZonal planned;
        planned.raster = split_band(m_options.raster);
        if (!m_weights.empty()) planned.weights = split_band(m_weights);
        auto& options = planned.options;
        options.statistics = m_statistics;
        options.nodata = *nodata_policy_from_text(m_nodata);
        options.weight_nodata = *nodata_policy_from_text(m_weight_nodata);
        if (!m_range.empty()) options.nodata_range = {m_range[0], m_range[1]};
        fill_step(m_options, options);
        return show_table_of(m_options, m_data_folder, "tendik.zonal/1", console,
                             [&](const Boundaries& boundaries, Findings& findings) {
                                 return prepare::zonal_table(planned, boundaries, {}, m_options.jobs, console,
                                                             findings);
                             });
    }

private:
    void declare_own(CLI::App& app) override {
        declare_raster_options(app, m_options, m_idle);
        app.add_option("--weight-raster", m_weights, "What cells weigh, on any grid of the same CRS")
            ->type_name("FILE[:BAND]")
            ->group("Inputs");
        app.add_option(
               "--stats", m_statistics,
               "count sum mean min max range min_x min_y max_x max_y variance stdev cv median mode minority "
               "variety unique frac area_km2, and with weights weighted_count weighted_sum weighted_mean ...")
            ->type_name("NAME,...")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->delimiter(',')
            ->default_str("count,sum,mean,min,max");
        const std::vector<std::string> policies{"skip", "propagate", "bound"};
        declare_choice(app, "--nodata-policy", m_nodata, policies,
                       "Cells without data: leave them out, give no figure, or give its bounds beside it");
        declare_choice(app, "--weight-nodata-policy", m_weight_nodata, policies,
                       "The same for cells without a weight");
        app.add_option("--nodata-range", m_range,
                       "What cells without data may hold, for bounds; without it what the others hold")
            ->type_name("LOW,HIGH")
            ->expected(2)
            ->delimiter(',');
        m_idle.add(app, {"--weight-nodata-policy"}, "it belongs to --weight-raster",
                   [this] { return !m_weights.empty(); });
        m_idle.add(app, {"--nodata-range"}, "it belongs to --nodata-policy bound",
                   [this] { return m_nodata == "bound" || m_weight_nodata == "bound"; });
    }

    RasterOptions m_options;
    std::string m_weights;
    std::vector<std::string> m_statistics = ZonalOptions{}.statistics;
    std::string m_nodata = std::string(to_text(ZonalOptions{}.nodata));
    std::string m_weight_nodata = std::string(to_text(ZonalOptions{}.weight_nodata));
    std::vector<double> m_range;
};

}  // namespace

std::unique_ptr<Command> make_zonal_command() { return std::make_unique<ZonalCommand>(); }

}  // namespace tendik::cli
