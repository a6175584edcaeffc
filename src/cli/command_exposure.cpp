#include "commands.h"
#include "raster_options.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/prepare/raster_tables.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class ExposureCommand final : public Command {
public:
    ExposureCommand()
        : Command("exposure", "People above thresholds of a raster, their mean exposure and its inequality",
                  "tendik exposure --raster pm25.tif --population-raster all=people.tif \\\n      "
                  "--thresholds who-pm25 "
                  "-o exposure.csv") {}

    int execute(Console& console) override {
        PlannedExposure planned;
        planned.raster = split_band(m_options.raster);
        if (!m_error.empty()) planned.error = split_band(m_error);
        for (const auto& population : m_populations)
            planned.populations.push_back(population_of(population));
        auto& options = planned.options;
        options.thresholds = thresholds_of(m_thresholds);
        options.distribution = !m_no_distribution;
        fill_step(m_options, options);
        return show_table_of(m_options, m_data_folder, "tendik.exposure/1", console,
                             [&](const Boundaries& boundaries, Findings& findings) {
                                 return prepare::exposure_table(planned, boundaries, {}, m_options.jobs,
                                                                console, findings);
                             });
    }

private:
    static std::vector<double> thresholds_of(const std::string& text) {
        if (auto preset = raster::threshold_preset(text)) return *preset;
        std::vector<double> thresholds;
        for (const auto& part : split(text, ',')) {
            const auto number = parse_number(trim(part));
            if (!number)
                throw UsageError(fmt::format("--thresholds: '{}' is no number", part),
                                 "write numbers from low to high, 5,10,15, or who-pm25");
            thresholds.push_back(*number);
        }
        return thresholds;
    }

    void declare_own(CLI::App& app) override {
        declare_raster_options(app, m_options, m_idle);
        declare_populations(app, m_populations,
                            "People in each cell, on any grid of the same CRS; may be given several times")
            ->required();
        app.add_option("--error-raster", m_error,
                       "Standard error of each cell, on the same grid: adds the error of each mean and the "
                       "chance of each band")
            ->type_name("FILE[:BAND]")
            ->group("Inputs");
        app.add_option(
               "--thresholds", m_thresholds,
               "Levels from low to high; who-pm25 are the WHO guideline of 2021 and its interim targets")
            ->type_name("T,...|who-pm25")
            ->capture_default_str();
        app.add_flag("--no-distribution", m_no_distribution,
                     "Leave out quantiles and Gini coefficients, which keep every different value in memory");
        m_idle.add(app, {"--quantiles"}, "--no-distribution leaves quantiles out",
                   [this] { return !m_no_distribution; });
    }

    RasterOptions m_options;
    std::string m_error;
    std::vector<std::string> m_populations;
    std::string m_thresholds = "who-pm25";
    bool m_no_distribution = false;
};

}  // namespace

std::unique_ptr<Command> make_exposure_command() { return std::make_unique<ExposureCommand>(); }

}  // namespace tendik::cli
