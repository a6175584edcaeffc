#include "table_heading.h"

#include "heading_words.h"
#include "table_cells.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tendik::tables {
namespace {

constexpr std::size_t rows_searched = 40;
constexpr std::array<std::string_view, 4> key_codes{"unit_id", "key", "code", "REF_AREA"};
/// Folded beginnings of lines that are no figures.
constexpr std::array<std::string_view, 11> note_words{"источник",
                                                      "примечание",
                                                      "дереккөз",
                                                      "ескерту",
                                                      "source:",
                                                      "note:",
                                                      "в том числе",
                                                      "оның ішінде",
                                                      "including",
                                                      "соның ішінде",
                                                      "условные обозначения"};

const std::string& text_at(const TextRow& row, std::size_t column) {
    static const std::string nothing;
    return column < row.fields.size() ? row.fields[column].text : nothing;
}

std::size_t filled_count(const TextRow& row) {
    return static_cast<std::size_t>(
        std::ranges::count_if(row.fields, [](const TextCell& cell) { return !cell.text.empty(); }));
}

/// The column of the key when `row` names it. Words for regions beside others are no heading where they
/// stand alone: "Области Казахстана" is a title.
std::optional<std::size_t> key_in(const TextRow& row, const TableSource& source, KeyHeading how) {
    const auto find = [&row](const auto& fits) -> std::optional<std::size_t> {
        const auto found = std::ranges::find_if(row.fields, fits, &TextCell::text);
        if (found == row.fields.end()) return std::nullopt;
        return static_cast<std::size_t>(found - row.fields.begin());
    };
    const auto is_usual = [how](const std::string& text) { return is_key_heading(text, how); };
    if (how != KeyHeading::exact)
        return source.key.empty() && filled_count(row) > 1 ? find(is_usual) : std::nullopt;
    if (!source.key.empty())
        return find(
            [key = on_one_line(source.key)](const std::string& text) { return on_one_line(text) == key; });
    for (const auto code : key_codes)
        if (const auto found = find([code](const std::string& text) { return text == code; })) return found;
    return find(is_usual);
}

bool is_number(const std::string& text, const TableSource& source) {
    auto asked = source;
    asked.repair = true;
    const auto reading = read_cell(text, {.comma = Meaning::decimal}, asked);
    return !text.empty() && reading.value && reading.value->present();
}

/// Text first, and a number that is no year behind it.
bool holds_figures(const TextRow& row, const TableSource& source) {
    bool text = false;
    for (const auto& cell : row.fields) {
        if (cell.text.empty()) continue;
        const bool number = is_number(cell.text, source);
        if (number && text && !year_of_heading(cell.text)) return true;
        text = text || !number;
    }
    return false;
}

bool is_note(const TextRow& row) {
    if (filled_count(row) != 1) return false;
    const auto& text =
        std::ranges::find_if(row.fields, [](const TextCell& cell) { return !cell.text.empty(); })->text;
    const auto folded = fold(text);
    if (text.starts_with('*') || (text.size() > 2 && text[0] >= '1' && text[0] <= '9' && text[1] == ')'))
        return true;
    for (const std::string_view sign : {"\u00B9", "\u00B2", "\u00B3"})
        if (text.starts_with(sign)) return true;
    return std::ranges::any_of(note_words, [&](std::string_view word) { return folded.starts_with(word); });
}

/// Rows begin <= i < end of the grid are the heading.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 1;
};

/// A lower row of a heading has nothing below the key, and something below a cell that is merged over it.
bool continues_heading(const TextRow& top, const TextRow& row, std::size_t key, const TableSource& source) {
    if (!text_at(row, key).empty() && text_at(row, key) != text_at(top, key)) return false;
    bool below_merged = false;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const auto& text = row.fields[i].text;
        if (text.empty()) continue;
        if (is_number(text, source) && !year_of_heading(text)) return false;
        below_merged = below_merged || text_at(top, i).empty();
    }
    return below_merged;
}

/// The rows of the heading around the row that names the key.
std::optional<Span> locate_by_key(const TextGrid& grid, const TableSource& source, std::size_t searched) {
    for (const auto how : {KeyHeading::exact, KeyHeading::stems, KeyHeading::code}) {
        for (std::size_t i = 0; i < searched; ++i) {
            const auto key = key_in(grid.rows[i], source, how);
            if (!key || (filled_count(grid.rows[i]) < 2 && grid.rows[i].fields.size() > 1)) continue;
            Span span{i, i + 1};
            while (span.begin > 0 && filled_count(grid.rows[span.begin - 1]) > 1 &&
                   text_at(grid.rows[span.begin - 1], *key).empty())
                --span.begin;
            while (span.end < grid.rows.size() &&
                   continues_heading(grid.rows[i], grid.rows[span.end], *key, source))
                ++span.end;
            return span;
        }
    }
    return std::nullopt;
}

/// "; Доля" over one column of figures, whose regions have no heading.
bool heads_one_column(const TextRow& row, const TextRow& figures) {
    return row.fields.size() > 1 && row.fields.front().text.empty() && filled_count(row) == 1 &&
           filled_count(figures) == 2;
}

Span locate(const TextGrid& grid, const TableSource& source) {
    if (grid.named || !source.repair) return {};
    const auto searched = std::min(grid.rows.size(), rows_searched);
    if (const auto span = locate_by_key(grid, source, searched)) return *span;
    for (std::size_t i = 0; i < searched; ++i) {
        if (!holds_figures(grid.rows[i], source)) continue;
        Span span{i, i};
        while (span.begin > 0 && filled_count(grid.rows[span.begin - 1]) > 1)
            --span.begin;
        if (span.begin == i && i > 0 && heads_one_column(grid.rows[i - 1], grid.rows[i])) --span.begin;
        if (span.begin == i) {
            throw InputError(fmt::format("{}: figures begin here, but no heading row names the columns",
                                         grid.where(grid.rows[i].line)),
                             "add a first row with the names of the columns: region;2020;2021");
        }
        return span;
    }
    return {};
}

/// Merged cells hold their text in the first one only: it is carried to the right where lower rows go on.
std::vector<std::vector<std::string>> heading_parts(const TextGrid& grid, Span span) {
    std::size_t width = 0;
    for (auto i = span.begin; i < span.end; ++i)
        width = std::max(width, grid.rows[i].fields.size());
    std::vector<std::vector<std::string>> parts(width);
    for (auto i = span.begin; i < span.end; ++i) {
        std::string carried;
        for (std::size_t column = 0; column < width; ++column) {
            bool below = false;
            for (auto lower = i + 1; lower < span.end; ++lower)
                below = below || !text_at(grid.rows[lower], column).empty();
            auto text = text_at(grid.rows[i], column);
            if (!text.empty()) carried = below ? text : std::string();
            if (text.empty() && below) text = carried;
            if (!text.empty() && (parts[column].empty() || parts[column].back() != text))
                parts[column].push_back(std::move(text));
        }
    }
    return parts;
}

void say_skipped(const TextGrid& grid, Span span, Findings& findings) {
    for (std::size_t i = 0; i < span.begin; ++i) {
        std::vector<std::string> texts;
        for (const auto& cell : grid.rows[i].fields)
            if (!cell.text.empty()) texts.push_back(cell.text);
        findings.add(Severity::note, "title-skipped", grid.where(grid.rows[i].line),
                     fmt::format("'{}' stands above the heading", join_text(texts, " ")));
    }
    if (span.end - span.begin > 1) {
        findings.add(Severity::note, "heading-joined", grid.where(grid.rows[span.begin].line),
                     fmt::format("the heading has {} rows, joined with ' / '", span.end - span.begin));
    }
}

/// "А | 1 | 2 | 3" below a heading numbers the columns.
bool numbers_columns(const TextRow& row) {
    if (row.fields.size() < 3) return false;
    const auto first = fold(row.fields.front().text);
    if (first != "а" && first != "a" && first != "1") return false;
    long long expected = first == "1" ? 2 : 1;
    for (std::size_t i = 1; i < row.fields.size(); ++i)
        if (parse_integer(row.fields[i].text) != expected++) return false;
    return true;
}

void take_rows(HeadedTable& result, TextGrid& grid, Span span, bool exact, Findings& findings) {
    auto& table = result.table;
    const auto width = table.heading.size();
    for (auto i = span.end; i < grid.rows.size(); ++i) {
        auto& row = grid.rows[i];
        const bool numbering = i == span.end && !exact && numbers_columns(row);
        if (!grid.named && (numbering || is_note(row))) {
            const auto& text =
                std::ranges::find_if(row.fields, [](const TextCell& c) { return !c.text.empty(); })->text;
            findings.add(Severity::note, "note-row", grid.where(row.line),
                         numbering ? std::string("numbers of the columns, left out")
                                   : fmt::format("'{}' is a note, left out", text));
            continue;
        }
        while (!exact && row.fields.size() > width && row.fields.back().text.empty())
            row.fields.pop_back();
        while (!exact && row.fields.size() < width)
            row.fields.push_back({"", row.line});
        if (row.fields.size() != width) {
            throw InputError(fmt::format("{}: {} fields, the heading has {}", grid.where(row.line),
                                         row.fields.size(), width),
                             "a field that holds the separator stands in quotation marks");
        }
        table.rows.push_back(std::move(row));
    }
    if (table.rows.empty())
        throw InputError(fmt::format("{}: the table is empty, it has a heading and no row", table.file),
                         "add a row for each region");
}

std::size_t key_column(const TextRows& table, const TableSource& source, Findings& findings) {
    if (!source.key.empty()) return table.column(source.key);
    for (const auto code : key_codes)
        if (const auto found = table.find_column(code)) return *found;
    const auto recognised = [&](KeyHeading how) -> std::optional<std::size_t> {
        for (std::size_t i = 0; source.repair && i < table.heading.size(); ++i) {
            if (!is_key_heading(table.heading[i], how)) continue;
            findings.add(Severity::note, "key-recognised", table.where(table.heading_line),
                         fmt::format("column '{}' names the regions", table.heading[i]));
            return i;
        }
        return std::nullopt;
    };
    for (const auto how : {KeyHeading::exact, KeyHeading::stems, KeyHeading::code})
        if (const auto found = recognised(how)) return *found;
    if (source.repair && table.heading.front() == "(column 1)") {
        findings.add(Severity::note, "key-recognised", table.where(table.heading_line),
                     "the first column, without a heading, names the regions");
        return 0;
    }
    if (const auto found = recognised(KeyHeading::name)) return *found;
    return table.first_column({"unit_id", "key", "code"}, "key");
}

}  // namespace

HeadedTable find_heading(TextGrid grid, const TableSource& source, Findings& findings) {
    if (grid.rows.empty())
        throw InputError(fmt::format("{}: the table is empty", grid.file), "its first row names the columns");
    const auto span = locate(grid, source);
    say_skipped(grid, span, findings);
    HeadedTable result;
    auto& table = result.table;
    table.file = grid.file;
    table.sheet = grid.sheet;
    table.place = grid.place;
    const bool exact = grid.place == Place::line && span.begin == 0 && span.end == 1;
    std::vector<std::string> names;
    for (const auto& parts : heading_parts(grid, span)) {
        ColumnParts column;
        std::vector<std::string> clean;
        std::vector<std::string> others;
        for (const auto& part : parts) {
            clean.push_back(source.repair ? on_one_line(without_footnotes(part)) : part);
            const auto year = year_of_heading(part);
            if (year && !column.year) {
                column.year = year;
                column.preliminary = is_preliminary_year(part);
            } else {
                others.push_back(clean.back());
            }
        }
        column.group = join_text(others, " / ");
        names.push_back(join_text(clean, " / "));
        if (names.back().empty() && source.repair) names.back() = fmt::format("(column {})", names.size());
        column.side = side_column_of(names.back());
        result.parts.push_back(std::move(column));
    }
    table.take_heading(std::move(names), grid.rows[span.begin].line);
    take_rows(result, grid, span, exact, findings);
    result.key = key_column(table, source, findings);
    return result;
}

}  // namespace tendik::tables
