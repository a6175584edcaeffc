// What was taken from rasters, one row a region.
#include "tendik/report/raster_report.h"

#include "findings_json.h"
#include "table_parts.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

std::string list_text(const std::vector<double>& numbers) {
    std::string text;
    for (const double number : numbers)
        text += (text.empty() ? "" : ";") + shortest(number);
    return text;
}

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
    std::vector<std::size_t> widths(rows[0].size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += i == 0 ? fmt::format("{:<{}}", row[i], widths[i])
                           : fmt::format("  {:>{}}", row[i], widths[i]);
        text += "\n";
    }
    return text;
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

}  // namespace tendik::report
