#include "commands.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/plan/installation.h"
#include "tendik/plan/surface_step.h"
#include "tendik/prepare/prepare.h"
#include "tendik/prepare/surfaces.h"
#include "tendik/report/surface_report.h"
#include "tendik/run/write_surface.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

class SurfaceCommand final : public Command {
public:
    SurfaceCommand()
        : Command("surface", "A raster from stations or settlements, with what is known of its errors",
                  "tendik surface --points stations.csv --value pm25 --grid 46,40,88,56,0.1 -o pm25.tif") {}

    int execute(Console& console) override {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        auto planned = planned_surface();
        const run::SurfaceTarget target{m_output, m_error};
        run::refuse_bad_target(target);
        Findings findings;
        const auto totals = read_totals(planned, data_folder, findings);
        const auto surface =
            prepare::make_surface(planned, totals ? &*totals : nullptr, m_jobs, console, findings);
        run::write_surface(surface, target, data_folder);
        console.end_progress();
        console.show(findings);
        console.result(m_format == "json"  ? report::surface_json(surface, findings)
                       : m_format == "csv" ? report::surface_csv(surface)
                                           : report::surface_text(surface));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_points(app);
        declare_choice(app, "--method", m_method, {"idw", "kriging", "dasymetric"},
                       "Inverse distance, ordinary kriging, or totals of regions laid out by settlements");
        app.add_option("--grid", m_grid,
                       "Box and side of a cell in units of the CRS, or a raster whose grid is taken")
            ->type_name("WEST,SOUTH,EAST,NORTH,CELL|FILE")
            ->required();
        app.add_option("--grid-crs", m_grid_crs, "CRS of the box; without it longitude and latitude")
            ->type_name("EPSG:CODE");
        declare_interpolation(app);
        declare_dasymetric(app);
        app.add_option("-o,--output", m_output, "GeoTIFF to write; its QGIS style comes beside")
            ->type_name("FILE.tif")
            ->required();
        app.add_option("--error", m_error,
                       "Standard error of kriging as a raster of its own; without it the second band")
            ->type_name("FILE.tif");
        app.add_option("--name", m_band_name, "Name of the bands; without it the value column")
            ->type_name("NAME");
        app.add_option("--unit", m_unit,
                       "Unit of the value, or of the totals that are laid out: people without it")
            ->type_name("TEXT");
        app.add_option("--palette", m_palette, "Colours of the style: viridis, cividis, heat or water")
            ->type_name("NAME")
            ->capture_default_str();
        declare_jobs(app, m_jobs);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_idle(app);
    }

    void declare_points(CLI::App& app) {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Points");
        };
        add("--points", m_points.file, "FILE[:SHEET]",
            "Stations or settlements: a table or a layer of points")
            ->required();
        add("--x", m_points.x, "COLUMN",
            "Column of longitudes; without it the points of the layer, in a table lon");
        add("--y", m_points.y, "COLUMN",
            "Column of latitudes; without it the points of the layer, in a table lat");
        add("--points-crs", m_points_crs, "EPSG:CODE",
            "CRS of the columns; without it longitude and latitude");
        add("--value", m_value, "COLUMN", "Column with the figures; of settlements, the people")->required();
        add("--points-name", m_points.name, "COLUMN",
            "Column that names the points; without it name where it exists");
        add("--missing", m_points.missing, "MARK",
            "Text that means a missing value; may be given several times")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }

    void declare_interpolation(CLI::App& app) {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Stations");
        };
        add("--power", m_interpolation.power, "P", "Of inverse distance")->capture_default_str();
        add("--variogram", m_shape, "SHAPE",
            "spherical, exponential, gaussian or matern; without it the best of all but gaussian");
        add("--smoothness", m_interpolation.variogram.smoothness, "K", "Of the Matern shape: 0.5, 1.5 or 2.5")
            ->capture_default_str();
        add("--bins", m_interpolation.variogram.bins, "N", "Distance classes of the variogram")
            ->check(whole_number(3, 1000))
            ->capture_default_str();
        add("--cutoff-km", m_cutoff_km, "KM",
            "Longest distance of the variogram; without it a third of the diagonal");
        add("--measurement-error", m_measurement_error, "SD",
            "Standard deviation of every figure, filtered out");
        add("--rounding-step", m_rounding_step, "STEP",
            "Figures are rounded to steps of this: adds step^2/12 to their variance");
        add("--error-column", m_error_column, "COLUMN", "Column with the standard deviation of each figure");
        add("--step-column", m_step_column, "COLUMN",
            "Column with the step that each figure was rounded to, as --rounding-step");
    }

    void declare_dasymetric(CLI::App& app) {
        const auto add = [&app](const std::string& name, auto& target, const std::string& type,
                                const std::string& description) {
            return app.add_option(name, target, description)->type_name(type)->group("Totals of regions");
        };
        m_remainder_option =
            declare_choice(app, "--remainder", m_remainder, {"settlements", "even"},
                           "Where people live that no settlement counts: in the settlements, or all over")
                ->group("Totals of regions");
        add("--boundaries", m_totals.boundaries, "FILE[:LAYER]",
            "Polygons of the regions; without it the built-in ones of --vintage");
        add("--key", m_totals.key, "COLUMN", "Key column of the boundaries");
        add("--totals", m_totals.table, "FILE[:SHEET]", "Table with the total of each region");
        add("--totals-key", m_totals.table_key, "COLUMN", "Key column of that table");
        add("--totals-value", m_totals.value, "COLUMN", "Column with the totals");
        add("--totals-indicator", m_totals.indicator, "CODE", "Which indicator of the table");
        add("--totals-even", m_evenly, "NAME",
            "Of them, those who live all over: an indicator, or else a column, of the same table");
        add("--totals-year", m_totals.year, "YEAR", "Which year of the table")
            ->check(whole_number(1800, 2200));
        add("--totals-year-column", m_totals.year_column, "COLUMN",
            "Column of that table with the years; without it one of a usual heading: year, Год");
        add("--vintage", m_totals.vintage, "VINTAGE", "Built-in units of Kazakhstan: pre-2018 or 2018");
        add("--allow-unmatched", m_totals.allow_unmatched, "N",
            "How many keys and regions may stay without a partner")
            ->check(whole_number(0, 1'000'000))
            ->capture_default_str();
        app.add_flag("--spread-where-none", m_spread, "Fill regions without a settlement evenly")
            ->group("Totals of regions");
    }

    PlannedSurface planned_surface() const {
        PlannedSurface planned;
        planned.kind = *surface_kind_from_text(m_method);
        planned.code = m_band_name.empty() ? m_value : m_band_name;
        planned.points = m_points;
        const auto split = split_layer(m_points.file);
        planned.points.file = split.file;
        planned.points.sheet = split.layer;
        planned.points.values = {m_value};
        planned.points.crs = {m_points_crs};
        planned.grid = plan::parse_grid(m_grid);
        planned.grid.crs = {m_grid_crs};
        if (!planned.grid.like.empty() && !m_grid_crs.empty())
            throw UsageError("--grid-crs speaks of a box, and --grid names a raster with a CRS of its own",
                             "leave --grid-crs out");
        planned.unit = m_unit;
        planned.interpolation = m_interpolation;
        if (m_cutoff_km) planned.interpolation.variogram.cutoff_m = *m_cutoff_km * 1000.0;
        if (!m_shape.empty()) {
            planned.interpolation.variogram.shape = variogram_shape_from_text(m_shape);
            if (!planned.interpolation.variogram.shape)
                throw UsageError(fmt::format("--variogram '{}' is not known", m_shape),
                                 "one of: spherical, exponential, gaussian, matern");
        }
        planned.measurement_error = m_measurement_error;
        planned.rounding_step = m_rounding_step;
        planned.error_column = m_error_column;
        planned.step_column = m_step_column;
        planned.totals.evenly = m_evenly;
        planned.palette = m_palette;
        planned.dasymetric.remainder = m_remainder == "even" ? Remainder::even : Remainder::settlements;
        planned.dasymetric.spread_where_none = m_spread;
        refuse_contradictions(planned.kind);
        return planned;
    }

    void refuse_contradictions(SurfaceKind kind) const {
        if (kind == SurfaceKind::dasymetric && m_totals.table.empty())
            throw UsageError("--method dasymetric lays out totals, and none are named", "add --totals FILE");
        if (!m_evenly.empty() && m_remainder_option->count() > 0)
            throw UsageError("--totals-even and --remainder both say who lives all over", "keep one of them");
    }

    void declare_idle(const CLI::App& app) {
        const auto belong_to = [&](const std::string& method, const std::vector<std::string>& names) {
            m_idle.add(app, names, "it belongs to --method " + method,
                       [this, method] { return m_method == method; });
        };
        belong_to("idw", {"--power"});
        belong_to("kriging", {"--variogram", "--smoothness", "--bins", "--cutoff-km", "--measurement-error",
                              "--rounding-step", "--error-column", "--step-column", "--error"});
        belong_to("dasymetric",
                  {"--boundaries", "--key", "--totals", "--totals-key", "--totals-value",
                   "--totals-indicator", "--totals-even", "--totals-year", "--totals-year-column",
                   "--vintage", "--allow-unmatched", "--remainder", "--spread-where-none"});
        m_idle.add(app, {"--smoothness"}, "it belongs to --variogram matern",
                   [this] { return m_shape.empty() || m_shape == "matern"; });
        m_idle.add(app, {"--key"},
                   "it is the key column of --boundaries FILE or, without --totals-key, of --totals",
                   [this] { return !m_totals.boundaries.empty() || m_totals.table_key.empty(); });
    }

    std::optional<SurfaceTotals> read_totals(PlannedSurface& planned,
                                             const std::filesystem::path& data_folder,
                                             Findings& findings) const {
        if (planned.kind != SurfaceKind::dasymetric) return std::nullopt;
        auto inputs = plan_of_inputs(m_totals, data_folder, NeedsBoundaries::yes);
        planned.totals.table = inputs.indicators.front().table;
        inputs.indicators.clear();
        planned.totals.indicator = m_totals.indicator;
        planned.totals.year = m_totals.year;
        const auto prepared = prepare::load(inputs, findings);
        return prepare::read_totals(planned.totals, prepared.atlas.boundaries.front(), prepared.reg,
                                    m_totals.allow_unmatched, findings);
    }

    PointSource m_points;
    std::string m_points_crs;
    std::string m_value;
    std::string m_method = "kriging";
    std::string m_grid;
    std::string m_grid_crs;
    SurfaceOptions m_interpolation;
    std::string m_shape;
    std::optional<double> m_cutoff_km;
    double m_measurement_error = 0.0;
    double m_rounding_step = 0.0;
    std::string m_error_column;
    std::string m_step_column;
    std::string m_evenly;
    InputOptions m_totals;
    std::string m_remainder = std::string(to_text(DasymetricOptions{}.remainder));
    bool m_spread = false;
    CLI::Option* m_remainder_option = nullptr;
    std::string m_output;
    std::string m_error;
    std::string m_band_name;
    std::string m_unit;
    std::string m_palette = PlannedSurface{}.palette;
    std::size_t m_jobs = 0;
    std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_surface_command() { return std::make_unique<SurfaceCommand>(); }

}  // namespace tendik::cli
