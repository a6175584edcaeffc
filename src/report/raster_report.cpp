// Tables out of rasters, and surfaces, for people and machines.
#include "tendik/report/raster_report.h"

#include "findings_json.h"
#include "table_parts.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/report/surface_report.h"
#include "text_table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

std::string list_text(const std::vector<double>& numbers) {
    std::string text;
    for (const double number : numbers)
        text += (text.empty() ? "" : ";") + shortest(number);
    return text;
}

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

std::string variogram_text(const FittedVariogram& variogram) {
    const auto& model = variogram.model;
    return fmt::format("variogram     {}, nugget {:.4g}, partial sill {:.4g}, range {:.4g} km{}\n",
                       to_text(model.shape), model.nugget, model.partial_sill, model.range_m / 1000.0,
                       variogram.bins.empty()
                           ? " (given)"
                           : fmt::format(", fitted to {} distances up to {:.4g} km", variogram.bins.size(),
                                         variogram.cutoff_m / 1000.0));
}

std::string left_out_text(const LeaveOneOut& left_out) {
    auto text =
        fmt::format("left out      RMSE {:.4g}, mean error {:.4g}", left_out.rmse, left_out.mean_error);
    if (left_out.mean_square_z)
        text += fmt::format(", mean z {:.3f} (0 is right), mean z^2 {:.3f} (1 is right)",
                            left_out.mean_z.value_or(0.0), *left_out.mean_square_z);
    text += "\n";
    std::vector<std::size_t> order(left_out.stations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) {
        return std::abs(left_out.stations[i].value - left_out.stations[i].predicted);
    });
    constexpr std::size_t shown = 3;
    order.resize(std::min(order.size(), shown));
    for (const auto i : order) {
        const auto& station = left_out.stations[i];
        text +=
            fmt::format("  far off     {}: {:.4g}, told as {:.4g} by the others{}\n", station.name,
                        station.value, station.predicted,
                        station.error_sd ? fmt::format(" (standard error {:.4g})", *station.error_sd) : "");
    }
    return text;
}

std::string regions_text(const std::vector<FilledRegion>& regions) {
    std::string text;
    for (const auto& region : regions)
        text += region.total.present()
                    ? fmt::format("  {:<14}{:>14.10g} people, {} settlements, factor {:.4g}\n", region.key,
                                  region.total.number, region.settlements, region.factor)
                    : fmt::format("  {:<14}{:>14}\n", region.key, to_text(region.total.state));
    return text;
}

Json left_out_json(const LeaveOneOut& left_out) {
    Json stations = Json::array();
    for (const auto& station : left_out.stations)
        stations.push_back({{"name", station.name},
                            {"value", station.value},
                            {"predicted", station.predicted},
                            {"error_sd", json_of(station.error_sd)},
                            {"z", json_of(station.z)}});
    return {{"rmse", left_out.rmse},
            {"mean_error", left_out.mean_error},
            {"mean_z", json_of(left_out.mean_z)},
            {"mean_square_z", json_of(left_out.mean_square_z)},
            {"stations", std::move(stations)}};
}

Json variogram_json(const FittedVariogram& variogram) {
    Json bins = Json::array();
    for (const auto& bin : variogram.bins)
        bins.push_back(
            {{"pairs", bin.pairs}, {"distance_m", bin.distance_m}, {"semivariance", bin.semivariance}});
    const auto& model = variogram.model;
    return {{"shape", to_text(model.shape)},      {"nugget", model.nugget},
            {"partial_sill", model.partial_sill}, {"range_m", model.range_m},
            {"smoothness", model.smoothness},     {"squares", variogram.squares},
            {"cutoff_m", variogram.cutoff_m},     {"bins", std::move(bins)}};
}

Json regions_json(const std::vector<FilledRegion>& regions) {
    Json all = Json::array();
    for (const auto& region : regions)
        all.push_back({{"key", region.key},
                       {"total", region.total.present() ? Json(region.total.number) : Json(nullptr)},
                       {"state", to_text(region.total.state)},
                       {"settlements", region.settlements},
                       {"settlement_people", region.settlement_people},
                       {"even_people", region.even_people},
                       {"factor", region.factor}});
    return all;
}

Cell cell(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }

}  // namespace

std::string file_name(const std::string& source) {
    return mask_passwords(std::filesystem::path(source).filename().string());
}

std::string short_text(const Value& value) {
    if (!value.present()) return std::string(to_text(value.state));
    return fmt::format("{:.6g}", value.number);
}

nlohmann::ordered_json raster_rows(const ZonalTable& table) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < table.keys.size(); ++i) {
        Json row{{"key", table.keys[i]}, {"state", to_text(table.states[i])}};
        for (const auto& column : table.columns) {
            if (!column.lists.empty())
                row[column.name] = column.lists[i];
            else
                row[column.name] = column.values[i].present() ? Json(column.values[i].number) : Json(nullptr);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string aligned(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::pair<std::string, Align>> columns;
    for (const auto& heading : rows.front())
        columns.emplace_back(heading, columns.empty() ? Align::left : Align::right);
    TextTable table(columns);
    for (std::size_t i = 1; i < rows.size(); ++i)
        table.add(rows[i]);
    return table.text("");
}

std::string raster_json(const ZonalTable& table, const std::string& schema, const Findings& findings) {
    const Json result{{"schema", schema},
                      {"raster", file_name(table.raster)},
                      {"weights", table.weights.empty() ? Json(nullptr) : Json(file_name(table.weights))},
                      {"method", to_text(table.method)},
                      {"rows", raster_rows(table)},
                      {"findings", findings_json(findings)}};
    return result.dump(2) + "\n";
}

std::vector<Field> raster_fields(const ZonalTable& table) {
    std::vector<Field> fields;
    Field state{"state", FieldType::text, {}, "State of the values"};
    for (const auto one : table.states)
        state.cells.emplace_back(std::string(to_text(one)));
    fields.push_back(std::move(state));
    for (const auto& column : table.columns) {
        const bool is_list = !column.lists.empty();
        Field field{column.name, is_list ? FieldType::text : FieldType::real, {}, column.unit};
        for (std::size_t i = 0; i < table.keys.size(); ++i) {
            if (is_list)
                field.cells.emplace_back(list_text(column.lists[i]));
            else
                field.cells.push_back(column.values[i].present() ? Cell{column.values[i].number} : Cell{});
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

std::string raster_csv(const ZonalTable& table) {
    Field keys{table.key_column.empty() ? "key" : table.key_column, FieldType::text, {}, {}};
    for (const auto& key : table.keys)
        keys.cells.emplace_back(key);
    auto fields = raster_fields(table);
    fields.insert(fields.begin(), std::move(keys));
    return io::to_csv(fields);
}

std::string raster_text(const ZonalTable& table) {
    std::vector<std::vector<std::string>> rows(1 + table.keys.size());
    rows[0].push_back(table.key_column.empty() ? "key" : table.key_column);
    for (std::size_t i = 0; i < table.keys.size(); ++i)
        rows[i + 1].push_back(table.keys[i]);
    for (const auto& column : table.columns) {
        rows[0].push_back(column.name);
        for (std::size_t i = 0; i < table.keys.size(); ++i)
            rows[i + 1].push_back(column.lists.empty() ? short_text(column.values[i])
                                                       : list_text(column.lists[i]));
    }
    const auto text = fmt::format("{}{}, method {}\n", file_name(table.raster),
                                  table.weights.empty() ? "" : " weighted by " + file_name(table.weights),
                                  to_text(table.method));
    return text + aligned(rows);
}

std::string surface_text(const MadeSurface& surface) {
    const auto& grid = surface.raster.info().grid;
    auto text =
        fmt::format("{} (modelled)  {} from {} points of {}, {} x {} cells\n", surface.code,
                    to_text(surface.kind), surface.point_count, surface.source, grid.columns, grid.rows);
    if (surface.variogram) text += variogram_text(*surface.variogram);
    if (surface.left_out) text += left_out_text(*surface.left_out);
    return text + regions_text(surface.regions);
}

std::string surface_json(const MadeSurface& surface, const Findings& findings) {
    const auto& grid = surface.raster.info().grid;
    Json result{{"schema", "tendik.surface/1"},
                {"name", surface.code},
                {"modelled", true},
                {"method", to_text(surface.kind)},
                {"points", surface.point_count},
                {"columns", grid.columns},
                {"rows", grid.rows}};
    result["variogram"] = surface.variogram ? variogram_json(*surface.variogram) : Json(nullptr);
    result["left_out"] = surface.left_out ? left_out_json(*surface.left_out) : Json(nullptr);
    result["regions"] = regions_json(surface.regions);
    result["findings"] = findings_json(findings);
    return result.dump(2) + "\n";
}

std::string surface_csv(const MadeSurface& surface) {
    if (!surface.left_out) {
        Field key{"key", FieldType::text, {}, {}};
        Field total{"total", FieldType::real, {}, {}};
        Field state{"total_state", FieldType::text, {}, {}};
        Field count{"settlements", FieldType::integer, {}, {}};
        Field factor{"factor", FieldType::real, {}, {}};
        for (const auto& region : surface.regions) {
            key.cells.emplace_back(region.key);
            total.cells.push_back(region.total.present() ? Cell{region.total.number} : Cell{});
            state.cells.emplace_back(std::string(to_text(region.total.state)));
            count.cells.emplace_back(static_cast<std::int64_t>(region.settlements));
            factor.cells.emplace_back(region.factor);
        }
        return io::to_csv({key, total, state, count, factor});
    }
    Field name{"name", FieldType::text, {}, {}};
    Field value{"value", FieldType::real, {}, {}};
    Field predicted{"predicted", FieldType::real, {}, {}};
    Field error{"error_sd", FieldType::real, {}, {}};
    Field z{"z", FieldType::real, {}, {}};
    for (const auto& station : surface.left_out->stations) {
        name.cells.emplace_back(station.name);
        value.cells.emplace_back(station.value);
        predicted.cells.emplace_back(station.predicted);
        error.cells.push_back(cell(station.error_sd));
        z.cells.push_back(cell(station.z));
    }
    return io::to_csv({name, value, predicted, error, z});
}

}  // namespace tendik::report
