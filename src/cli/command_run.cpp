#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/plan/read_plan.h"
#include "tendik/report/report.h"
#include "tendik/run/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace tendik::cli {
namespace {

namespace fs = std::filesystem;

class RunCommand final : public Command {
public:
    RunCommand()
        : Command("run", "Make the whole atlas: layers, tables, tiles, a page and a report",
                  "tendik run -o atlas --language ru") {}

    int execute(Console& console) override {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        const auto file = m_plan.empty() ? plan::builtin_plan(data_folder) : fs::path(m_plan);
        auto plan = while_doing(fmt::format("reading plan '{}'", file.string()),
                                [&] { return plan::read_plan(file, m_settings); });
        keep_only(plan);
        plan.jobs = m_jobs;
        if (m_dry_run) {
            console.result(plan::to_toml(plan));
            return 0;
        }
        Findings findings;
        const auto prepared = while_doing(fmt::format("running plan '{}'", file.string()), [&] {
            return run::run(plan, m_output, data_folder, console, findings);
        });
        console.show(findings);
        print(console, prepared, findings);
        tell_what_to_open(console, plan);
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        app.add_option("PLAN", m_plan, "The plan; without one the built-in atlas of Kazakhstan")
            ->type_name("PLAN.toml");
        app.add_option("-o,--output", m_output,
                       "Folder of the atlas; an atlas in it is replaced when the new one is whole")
            ->type_name("DIR")
            ->capture_default_str();
        app.add_option(
               "--only", m_only,
               "Write these outputs only: layers, tables, rasters, vector-tiles, raster-tiles, site, report")
            ->type_name("STEP,...")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->delimiter(',')
            ->check(CLI::IsMember(
                        {"layers", "tables", "rasters", "vector-tiles", "raster-tiles", "site", "report"})
                        .description(""));
        app.add_option("--set", m_settings,
                       "Override a value of the plan, for example maps.classes=4; may be given several times")
            ->type_name("KEY=VALUE")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        app.add_flag("--dry-run", m_dry_run, "Print the effective plan and stop");
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        declare_jobs(app, m_jobs);
    }

    void keep_only(Plan& plan) const {
        if (m_only.empty()) return;
        const auto wanted = [this](const char* step) {
            return std::ranges::find(m_only, step) != m_only.end();
        };
        plan.steps = {.layers = wanted("layers"),
                      .tables = wanted("tables"),
                      .rasters = wanted("rasters"),
                      .vector_tiles = wanted("vector-tiles"),
                      .raster_tiles = wanted("raster-tiles"),
                      .site = wanted("site"),
                      .report = wanted("report")};
    }

    void print(Console& console, const Prepared& prepared, const Findings& findings) const {
        if (m_format == "json")
            console.result(report::summary_json(prepared, findings));
        else if (m_format == "csv")
            console.result(report::measures_csv(prepared));
        else
            console.result(report::planner_summary(prepared, plan::find_data_folder(m_data_folder),
                                                   language_of(m_language)));
    }

    void tell_what_to_open(Console& console, const Plan& plan) const {
        const fs::path folder(m_output);
        std::string text = "\nopen:\n";
        const auto add = [&](bool made, const char* name, const char* what) {
            if (made) text += fmt::format("  {:<34} {}\n", (folder / name).string(), what);
        };
        add(plan.steps.site, "site/index.html", "the page: map, legend, values; opens by double click");
        add(plan.steps.report, "report.html", "what was found and how sure it is, in words; prints on A4");
        add(plan.steps.layers, "atlas.gpkg", "layers with their styles, for QGIS");
        add(plan.steps.tables, "tables/measures.csv", "disparity measures of every indicator and year");
        const bool travels = std::ranges::any_of(plan.travels, [](const PlannedTravel& planned) {
            return planned.write_minutes || planned.write_catchments;
        });
        add(plan.steps.rasters && (!plan.surfaces.empty() || travels), "rasters",
            "modelled surfaces with their errors and styles, for QGIS");
        add(plan.steps.vector_tiles || plan.steps.raster_tiles, "tiles",
            "map tiles: PMTiles (vector), MBTiles (raster)");
        add(true, "manifest.json", "inputs, versions, findings and outputs with their digests");
        console.remark(text);
    }

    std::string m_plan;
    std::string m_output = "atlas";
    std::vector<std::string> m_only;
    std::vector<std::string> m_settings;
    bool m_dry_run = false;
    std::string m_format = "text";
    std::string m_language = "en";
    std::size_t m_jobs = 0;
};

}  // namespace

std::unique_ptr<Command> make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace tendik::cli
