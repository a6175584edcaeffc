#include "csv_rows.h"

#include "existing_file.h"
#include "tendik/base/atomic_file.h"
#include "tendik/base/text.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace tendik::io {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string quoted_list(const std::vector<std::string>& names) {
    std::string list;
    for (const auto& name : names)
        list += fmt::format("{}'{}'", list.empty() ? "" : ", ", name);
    return list;
}

/// Length of the first line of `text` with its end ("\n", "\r\n" or "\r").
std::size_t line_length(std::string_view text) {
    const auto end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) return text.size();
    return end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
}

void require_utf8(std::string_view text, const std::string& file) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        throw InputError(fmt::format("{}: the table is UTF-16, expected UTF-8", file),
                         fmt::format("save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 '{}'", file));
    }
    const auto fault = find_invalid_utf8(text);
    if (!fault) return;
    std::size_t line = 1;
    std::size_t begin = 0;
    for (auto length = line_length(text); begin + length <= *fault;
         length = line_length(text.substr(begin))) {
        begin += length;
        ++line;
    }
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text[*fault]));
    throw InputError(
        fmt::format("{}, line {}, byte {}: 0x{:02X} is not UTF-8", file, line, *fault - begin + 1, byte),
        fmt::format("save the table as UTF-8, or: iconv -f WINDOWS-1251 -t UTF-8 '{}'", file));
}

/// The separator that the heading row has most of outside of quotation marks; the comma when none stands
/// there.
char find_separator(std::string_view heading) {
    constexpr std::array separators{',', ';', '\t'};
    std::array<std::size_t, separators.size()> counts{};
    bool quoted = false;
    for (const char c : heading) {
        if (c == '"') quoted = !quoted;
        for (std::size_t i = 0; i < separators.size(); ++i)
            if (!quoted && c == separators[i]) ++counts[i];
    }
    const auto most = std::ranges::max_element(counts) - counts.begin();
    return separators[static_cast<std::size_t>(most)];
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

    std::vector<CsvRow> parse(std::string_view text) {
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
                         "a field with quotation marks is written \"so \"\"quoted\"\" inside\"");
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
    CsvRow m_row;
    std::vector<CsvRow> m_rows;
};

void take_heading(CsvRows& table, const CsvRow& row) {
    table.heading_line = row.line;
    for (const auto& field : row.fields) {
        const auto twin = std::ranges::find(table.heading, field.text);
        if (twin != table.heading.end()) {
            throw InputError(
                fmt::format("{}, line {}: columns {} and {} have the same name '{}'", table.file, row.line,
                            twin - table.heading.begin() + 1, table.heading.size() + 1, field.text),
                "give every column a name of its own");
        }
        table.heading.push_back(field.text);
    }
}

bool has_text(const CsvRow& row) {
    return std::ranges::any_of(row.fields, [](const CsvField& field) { return !field.text.empty(); });
}

}  // namespace

std::optional<std::size_t> CsvRows::find_column(std::string_view name) const {
    const auto found = std::ranges::find(heading, name);
    if (found == heading.end()) return std::nullopt;
    return static_cast<std::size_t>(found - heading.begin());
}

std::size_t CsvRows::column(std::string_view name) const {
    if (const auto found = find_column(name)) return *found;
    const auto near = nearest(name, heading);
    throw InputError(fmt::format("{}, line {}: no column '{}'{}", file, heading_line, name,
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     fmt::format("the columns are: {}", quoted_list(heading)));
}

std::size_t CsvRows::first_column(std::initializer_list<std::string_view> names,
                                  std::string_view purpose) const {
    for (const auto name : names)
        if (const auto found = find_column(name)) return *found;
    const std::vector<std::string> wanted(names.begin(), names.end());
    throw InputError(fmt::format("{}, line {}: no {} column, none of {} exists", file, heading_line, purpose,
                                 quoted_list(wanted)),
                     fmt::format("name the {} column; the columns are: {}", purpose, quoted_list(heading)));
}

std::string CsvRows::where(const CsvRow& row, std::size_t column) const {
    return fmt::format("{}, line {}, column {} ({})", file, row.fields[column].line, column + 1,
                       heading[column]);
}

void CsvRows::refuse(const CsvRow& row, std::size_t column, const std::string& what,
                     const std::string& hint) const {
    throw InputError(fmt::format("{}: {}", where(row, column), what), hint);
}

CsvRows read_csv(const std::filesystem::path& file) {
    CsvRows table;
    table.file = file.string();
    require_existing(file, "tables are CSV files in UTF-8; a relative path starts at the current folder");
    const auto content = read_file(file);
    require_utf8(content, table.file);
    std::string_view text = content;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    auto rows = Parser(table.file, find_separator(text.substr(0, line_length(text)))).parse(text);
    if (rows.empty())
        throw InputError(fmt::format("{}: the table is empty", table.file),
                         "its first row names the columns");
    take_heading(table, rows.front());
    for (std::size_t i = 1; i < rows.size(); ++i) {
        auto& row = rows[i];
        if (!has_text(row)) continue;
        if (row.fields.size() != table.heading.size()) {
            throw InputError(fmt::format("{}, line {}: {} fields, the heading has {}", table.file, row.line,
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

}  // namespace tendik::io
