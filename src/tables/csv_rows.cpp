#include "csv_rows.h"

#include "table_cells.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace tendik::tables {
namespace {

/// Length of the first line of `text` with its end ("\n", "\r\n" or "\r").
std::size_t line_length(std::string_view text) {
    const auto end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) return text.size();
    return end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
}

[[noreturn]] void refuse_bytes(std::string_view text, const std::string& file) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        throw InputError(fmt::format("{}: the table begins as UTF-16, but half a letter is left over", file),
                         "the file is cut off; save it again");
    }
    const auto fault = find_invalid_utf8(text).value_or(0);
    std::size_t line = 1;
    std::size_t begin = 0;
    for (auto length = line_length(text); begin + length <= fault; length = line_length(text.substr(begin))) {
        begin += length;
        ++line;
    }
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text[fault]));
    throw InputError(
        fmt::format("{}, line {}, byte {}: 0x{:02X} is not UTF-8, and the file is no Russian text in "
                    "Windows-1251 and no Kazakh one in KZ-1048",
                    file, line, fault - begin + 1, byte),
        fmt::format("save the table as UTF-8, or: iconv -f ENCODING -t UTF-8 '{}'", file));
}

/// How many of the first lines a separator cuts into equally many parts.
std::size_t agreeing_lines(std::string_view text, char separator) {
    constexpr std::size_t enough_lines = 100;
    std::map<std::size_t, std::size_t> lines_by_count;
    bool quoted = false;
    std::size_t count = 0;
    std::size_t lines = 0;
    for (std::size_t i = 0; i <= text.size() && lines < enough_lines; ++i) {
        const char c = i < text.size() ? text[i] : '\n';
        if (c == '"') quoted = !quoted;
        if (!quoted && c == separator) ++count;
        if (c != '\n' || (quoted && i < text.size())) continue;
        if (count > 0) ++lines_by_count[count];
        count = 0;
        ++lines;
    }
    std::size_t most = 0;
    for (const auto& [separators, agreeing] : lines_by_count)
        most = std::max(most, agreeing);
    return most;
}

/// Decimal commas agree from line to line too, but not in the heading; of equals the rarer sign is meant.
char find_separator(std::string_view text) {
    char best = ',';
    std::size_t most = 0;
    for (const char separator : {'\t', ';', ','}) {
        const auto agreeing = agreeing_lines(text, separator);
        if (agreeing <= most) continue;
        most = agreeing;
        best = separator;
    }
    return best;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \r\n") == std::string_view::npos; }

/// Feeds libcsv line by line, so that every field knows the line it begins on.
class Parser {
public:
    Parser(std::string file, char separator) : m_file(std::move(file)) {
        if (csv_init(&m_parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
            throw SystemError("no memory for reading CSV");
        csv_set_delim(&m_parser, static_cast<unsigned char>(separator));
    }
    ~Parser() { csv_free(&m_parser); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    std::vector<TextRow> parse(std::string_view text) {
        while (!text.empty()) {
            ++m_line;
            const auto line = text.substr(0, line_length(text));
            text.remove_prefix(line.size());
            if (m_row.fields.empty() && !m_inside_row) {
                if (is_blank(line)) continue;
                m_field_line = m_line;
                m_inside_row = true;
            }
            const auto done =
                csv_parse(&m_parser, line.data(), line.size(), &Parser::end_field, &Parser::end_row, this);
            if (done != line.size()) refuse_quote(fmt::format("line {}, character {}", m_line, done + 1));
        }
        if (csv_fini(&m_parser, &Parser::end_field, &Parser::end_row, this) != 0)
            refuse_quote(fmt::format("line {}: this field is never closed", m_field_line));
        return std::move(m_rows);
    }

private:
    [[noreturn]] void refuse_quote(const std::string& where) const {
        throw InputError(fmt::format("{}, {}: quotation mark out of place", m_file, where),
                         R"(a field with quotation marks is written "so ""quoted"" inside")");
    }
    static void end_field(void* text, std::size_t size, void* self) {
        auto& parser = *static_cast<Parser*>(self);
        const std::string_view field(size == 0 ? "" : static_cast<const char*>(text), size);
        parser.m_row.fields.push_back({std::string(trim(field)), parser.m_field_line});
        parser.m_field_line = parser.m_line;
    }
    static void end_row(int, void* self) {
        auto& parser = *static_cast<Parser*>(self);
        parser.m_row.line = parser.m_row.fields.front().line;
        parser.m_rows.push_back(std::move(parser.m_row));
        parser.m_row = {};
        parser.m_inside_row = false;
    }

    std::string m_file;
    csv_parser m_parser{};
    std::size_t m_line = 0;
    std::size_t m_field_line = 1;
    bool m_inside_row = false;
    TextRow m_row;
    std::vector<TextRow> m_rows;
};

}  // namespace

std::optional<std::size_t> TextRows::find_column(std::string_view name) const {
    auto found = std::ranges::find(heading, name);
    // As it is written in the cell, with line ends or no-break spaces.
    if (found == heading.end()) found = std::ranges::find(heading, on_one_line(name));
    if (found == heading.end()) return std::nullopt;
    return static_cast<std::size_t>(found - heading.begin());
}

std::size_t TextRows::column(std::string_view name) const {
    if (const auto found = find_column(name)) return *found;
    const auto near = nearest(name, heading);
    throw InputError(fmt::format("{}: no column '{}'{}", where(heading_line), name,
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     fmt::format("the columns are: {}", quoted_list(heading)));
}

std::size_t TextRows::first_column(std::initializer_list<std::string_view> names,
                                   std::string_view purpose) const {
    for (const auto name : names)
        if (const auto found = find_column(name)) return *found;
    const std::vector<std::string> wanted(names.begin(), names.end());
    throw InputError(
        fmt::format("{}: no {} column, none of {} exists", where(heading_line), purpose, quoted_list(wanted)),
        fmt::format("name the {0} column: --table-{0} COLUMN, without boundaries --{0}, in a plan {0} = "
                    "\"...\"; the columns are: {1}",
                    purpose, quoted_list(heading)));
}

std::string TextRows::where(std::size_t line) const { return place_of(file, sheet, place, line); }

std::string TextRows::where(const TextRow& row, std::size_t column) const {
    const auto label = place == Place::sheet_row ? column_letters(column) : fmt::format("{}", column + 1);
    return fmt::format("{}, column {} ({})", where(row.fields[column].line), label, heading[column]);
}

void TextRows::take_heading(std::vector<std::string> names, std::size_t line) {
    heading_line = line;
    for (auto& name : names) {
        const auto twin = std::ranges::find(heading, name);
        if (twin != heading.end()) {
            throw InputError(fmt::format("{}: columns {} and {} have the same name '{}'", where(line),
                                         twin - heading.begin() + 1, heading.size() + 1, name),
                             "give every column a name of its own");
        }
        heading.push_back(std::move(name));
    }
}

void TextRows::refuse(const TextRow& row, std::size_t column, const std::string& what,
                      const std::string& hint) const {
    throw InputError(fmt::format("{}: {}", where(row, column), what), hint);
}

TextGrid read_csv_grid(const std::filesystem::path& file, Findings& findings) {
    TextGrid grid;
    grid.file = file.string();
    require_existing(file,
                     "tables are CSV, XLSX, ODS or another format that GDAL reads; a relative path "
                     "starts at the current folder");
    const auto content = read_file(file);
    const auto decoded = decode_text(content);
    if (!decoded) refuse_bytes(content, grid.file);
    if (decoded->encoding != TextEncoding::utf8) {
        findings.add(Severity::note, "encoding", grid.file,
                     fmt::format("read as {}", to_text(decoded->encoding)));
    }
    grid.rows = Parser(grid.file, find_separator(decoded->text)).parse(decoded->text);
    std::erase_if(grid.rows, [](const TextRow& row) { return !row.has_text(); });
    if (grid.rows.empty())
        throw InputError(fmt::format("{}: the table is empty", grid.file), "its first row names the columns");
    return grid;
}

TextRows read_csv(const std::filesystem::path& file) {
    Findings unused;
    auto grid = read_csv_grid(file, unused);
    TextRows table;
    table.file = grid.file;
    std::vector<std::string> names;
    for (auto& field : grid.rows.front().fields)
        names.push_back(std::move(field.text));
    table.take_heading(std::move(names), grid.rows.front().line);
    for (std::size_t i = 1; i < grid.rows.size(); ++i) {
        auto& row = grid.rows[i];
        if (row.fields.size() != table.heading.size()) {
            throw InputError(fmt::format("{}: {} fields, the heading has {}", table.where(row.line),
                                         row.fields.size(), table.heading.size()),
                             "a field that holds the separator stands in quotation marks");
        }
        table.rows.push_back(std::move(row));
    }
    if (table.rows.empty()) {
        throw InputError(fmt::format("{}: the table is empty, it has a heading and no row", table.file),
                         "add a row for each region");
    }
    return table;
}

}  // namespace tendik::tables
