#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::io {
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

std::string to_text(const Cell& cell) {
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
            if (row < fields[i].cells.size()) line += to_text(fields[i].cells[row]);
        }
        // A row of one empty field would read as a blank line.
        csv += line.empty() ? std::string("\"\"") : line;
        csv += '\n';
    }
    return csv;
}

}  // namespace tendik::io
