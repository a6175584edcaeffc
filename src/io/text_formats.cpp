#include "tendik/base/text.h"
#include "vector_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace tendik::io {
namespace {

std::string text_json(const std::string& text) { return nlohmann::json(text).dump(); }

std::string cell_json(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
    if (const auto* real = std::get_if<double>(&cell)) return std::isfinite(*real) ? shortest(*real) : "null";
    if (const auto* text = std::get_if<std::string>(&cell)) return text_json(*text);
    return "null";
}

std::string ring_json(const Ring& ring) {
    std::string json = "[";
    for (std::size_t i = 0; i < ring.size(); ++i)
        json += fmt::format("{}[{},{}]", i == 0 ? "" : ",", shortest(ring[i].x), shortest(ring[i].y));
    return json + "]";
}

std::string shape_json(const Shape& shape) {
    std::string json = "{\"type\":\"MultiPolygon\",\"coordinates\":[";
    const auto right_handed = oriented(shape);
    for (std::size_t part = 0; part < right_handed.parts.size(); ++part) {
        const auto& polygon = right_handed.parts[part];
        json += fmt::format("{}\n[\n{}", part == 0 ? "" : ",", ring_json(polygon.outer));
        for (const auto& hole : polygon.holes)
            json += fmt::format(",\n{}", ring_json(hole));
        json += "]";
    }
    return json + "]}";
}

std::string texts_json(const Texts& texts) {
    if (texts.ru.empty() && texts.kk.empty()) return text_json(texts.en);
    return fmt::format("{{\"en\":{},\"ru\":{},\"kk\":{}}}", text_json(texts.en), text_json(texts.ru),
                       text_json(texts.kk));
}

std::string members_json(const PreparedLayer& layer) {
    auto json = fmt::format("\"type\":\"FeatureCollection\",\n\"name\":{},\n", text_json(layer.name));
    const auto& boundaries = *layer.boundaries;
    if (!boundaries.vintage.empty()) json += fmt::format("\"vintage\":{},\n", text_json(boundaries.vintage));
    if (!boundaries.attribution.empty())
        json += fmt::format("\"attribution\":{},\n", texts_json(boundaries.attribution));
    if (!boundaries.note.empty()) json += fmt::format("\"note\":{},\n", texts_json(boundaries.note));
    return json;
}

}  // namespace

FilePart make_geojson(const PreparedLayer& layer) {
    auto json = "{\n" + members_json(layer) + "\"features\":[";
    for (std::size_t row = 0; row < layer.shapes.size(); ++row) {
        json += fmt::format("{}\n{{\"type\":\"Feature\",\"properties\":{{", row == 0 ? "" : ",");
        for (std::size_t i = 0; i < layer.fields.size(); ++i) {
            const auto& field = layer.fields[i];
            json +=
                fmt::format("{}{}:{}", i == 0 ? "" : ",", text_json(field.name), cell_json(field.cells[row]));
        }
        json += fmt::format("}},\n\"geometry\":{}}}", shape_json(layer.shapes[row]));
    }
    return {".geojson", json + "\n]\n}\n"};
}

namespace {

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

std::string cell_csv(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
    if (const auto* real = std::get_if<double>(&cell))
        return std::isnan(*real) ? std::string() : shortest(*real);
    if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
    return {};
}

}  // namespace

std::string to_csv(const std::vector<Field>& fields) {
    std::string csv;
    std::size_t row_count = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        csv += fmt::format("{}{}", i == 0 ? "" : ",", quoted(fields[i].name));
        row_count = std::max(row_count, fields[i].cells.size());
    }
    csv += '\n';
    for (std::size_t row = 0; row < row_count; ++row) {
        std::string line;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (i > 0) line += ',';
            if (row < fields[i].cells.size()) line += cell_csv(fields[i].cells[row]);
        }
        // A row of one empty field would read as a blank line.
        csv += line.empty() ? std::string("\"\"") : line;
        csv += '\n';
    }
    return csv;
}

}  // namespace tendik::io
