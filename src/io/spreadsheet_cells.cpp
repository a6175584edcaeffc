// What spreadsheets say in their own files, where GDAL's drivers give less, or something else.
#include "spreadsheet_cells.h"

#include "gdal_session.h"
#include "tendik/base/text.h"

#include <cpl_minixml.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace tendik::io {
namespace {

using Xml = OpenDocument::Xml;

/// A part of an XLSX file without the prefixes of its names; null where it is absent.
Xml part_of_book(const std::string& file, const std::string& part) {
    const auto path = "/vsizip/{" + file + "}/" + part;
    VSIStatBufL status{};
    if (VSIStatL(path.c_str(), &status) != 0) return nullptr;
    Xml xml(CPLParseXMLFile(path.c_str()));
    if (xml) CPLStripXMLNamespace(xml.get(), nullptr, TRUE);
    CPLErrorReset();
    return xml;
}

template <typename Do>
void for_each_child(const CPLXMLNode* node, std::string_view name, const Do& act) {
    for (const auto* child = node == nullptr ? nullptr : node->psChild; child != nullptr;
         child = child->psNext)
        if (child->eType == CXT_Element && name == child->pszValue) act(child);
}

const CPLXMLNode* find_node(const Xml& xml, const char* path) {
    return xml ? CPLGetXMLNode(xml.get(), path) : nullptr;
}

/// For each style of a cell, whether it shows a number as per cent (ECMA-376, 18.8.30: formats 9 and 10, and
/// those of one's own that hold the sign).
std::vector<bool> percent_styles(const std::string& file) {
    const auto styles = part_of_book(file, "xl/styles.xml");
    std::set<std::string> formats{"9", "10"};
    for_each_child(find_node(styles, "=styleSheet.numFmts"), "numFmt", [&](const CPLXMLNode* format) {
        if (std::string_view(CPLGetXMLValue(format, "formatCode", "")).find('%') != std::string_view::npos)
            formats.insert(CPLGetXMLValue(format, "numFmtId", ""));
    });
    std::vector<bool> percent;
    for_each_child(find_node(styles, "=styleSheet.cellXfs"), "xf", [&](const CPLXMLNode* style) {
        percent.push_back(formats.contains(CPLGetXMLValue(style, "numFmtId", "")));
    });
    return percent;
}

/// Where the cells of a sheet stand inside of the file; empty where it cannot be told.
std::string part_of_sheet(const std::string& file, const std::string& sheet) {
    std::string id;
    const auto book = part_of_book(file, "xl/workbook.xml");
    for_each_child(find_node(book, "=workbook.sheets"), "sheet", [&](const CPLXMLNode* node) {
        if (sheet == CPLGetXMLValue(node, "name", "")) id = CPLGetXMLValue(node, "id", "");
    });
    std::string target;
    const auto relations = part_of_book(file, "xl/_rels/workbook.xml.rels");
    for_each_child(find_node(relations, "=Relationships"), "Relationship", [&](const CPLXMLNode* node) {
        if (!id.empty() && id == CPLGetXMLValue(node, "Id", "")) target = CPLGetXMLValue(node, "Target", "");
    });
    if (target.empty()) return {};
    return target.front() == '/' ? target.substr(1) : "xl/" + target;
}

/// "B" of "B12" is 1.
std::size_t column_of_cell(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    return column - 1;
}

/// Fifteen digits are what a spreadsheet keeps: 0.07 is 7 %, not 7.000000000000001 %.
std::string as_percent(double number) { return fmt::format("{:.15g}%", number * 100.0); }

void tell_percent_cells(const TextGrid& grid, std::size_t count, Findings& findings) {
    if (count == 0) return;
    findings.add(
        Severity::note, "percent-format", place_of(grid.file, grid.sheet, grid.place, 1),
        fmt::format("{} cells are formatted as per cent and read as they are shown: 0.125 is 12.5%", count));
}

/// Formulas that were never reckoned: what some programs write.
struct BareFormulas {
    std::size_t count = 0;
    std::string first;

    void add(const std::string& cell) {
        if (++count == 1) first = cell;
    }
};

void tell_bare_formulas(const TextGrid& grid, const BareFormulas& formulas, Findings& findings) {
    if (formulas.count == 0) return;
    findings.add(Severity::warning, "formula-without-result",
                 fmt::format("{}, sheet '{}', cell {}", grid.file, grid.sheet, formulas.first),
                 fmt::format("formulas that hold no result, and are read as empty: {}; open the file in a "
                             "spreadsheet and save it, which reckons them",
                             formulas.count));
}

/// The whole content of an ODS file without the prefixes of its names; null where it cannot be read. GDAL
/// drops blanks in front of a text, which part words where some letters have a format of their own.
Xml content_of_ods(const std::string& file) {
    GByte* bytes = nullptr;
    vsi_l_offset size = 0;
    const auto path = "/vsizip/{" + file + "}/content.xml";
    if (VSIIngestFile(nullptr, path.c_str(), &bytes, &size, -1) == FALSE) return nullptr;
    std::string text;
    text.reserve(size + size / 8);
    for (vsi_l_offset i = 0; i < size; ++i) {
        const auto c = static_cast<char>(bytes[i]);
        if (c == ' ' && i > 0 && bytes[i - 1] == '>')
            text += "&#32;";
        else
            text += c;
    }
    VSIFree(bytes);
    Xml xml(CPLParseXMLString(text.c_str()));
    if (xml) CPLStripXMLNamespace(xml.get(), nullptr, TRUE);
    return xml;
}

std::size_t count_in(const CPLXMLNode* node, const char* attribute) {
    const auto count = parse_integer(CPLGetXMLValue(node, attribute, "1"));
    return count && *count > 0 ? static_cast<std::size_t>(*count) : 1;
}

/// The text of a paragraph; remarks pinned to the cell are none of it.
std::string text_of(const CPLXMLNode* node) {
    std::string text;
    for (const auto* child = node->psChild; child != nullptr; child = child->psNext) {
        if (child->eType == CXT_Text) text += child->pszValue;
        if (child->eType != CXT_Element) continue;
        const std::string_view name = child->pszValue;
        if (name == "s")
            text += std::string(std::min<std::size_t>(count_in(child, "c"), 1000), ' ');
        else if (name == "tab" || name == "line-break")
            text += ' ';
        else if (name != "annotation" && name != "note")
            text += text_of(child);
    }
    return text;
}

std::string paragraphs_of(const CPLXMLNode* cell) {
    std::string text;
    for_each_child(cell, "p", [&](const CPLXMLNode* paragraph) {
        text += (text.empty() ? "" : "\n") + text_of(paragraph);
    });
    return std::string(trim(text));
}

/// OpenDocument 1.2, part 1, 19.385: the value of a cell stands in an attribute that its type names; texts
/// stand in paragraphs.
std::string text_of_cell(const CPLXMLNode* cell, std::size_t& percent_cells) {
    if (std::string_view(cell->pszValue) != "table-cell") return {};  // covered by a merged one
    const std::string_view type = CPLGetXMLValue(cell, "value-type", "");
    if (type == "date") return CPLGetXMLValue(cell, "date-value", "");
    if (type == "boolean") return CPLGetXMLValue(cell, "boolean-value", "");
    std::string value = CPLGetXMLValue(cell, "value", "");
    const bool is_number = type == "float" || type == "currency" || type == "percentage";
    if (!is_number || value.empty()) return paragraphs_of(cell);
    const auto number = type == "percentage" ? parse_number(value) : std::nullopt;
    if (!number) return value;
    ++percent_cells;
    return as_percent(*number);
}

/// Gathers the rows of a sheet.
struct SheetRows {
    TextGrid& grid;
    std::size_t line = 0;  ///< of the last row
    std::size_t width = 0;
    std::size_t cells = 0;
    std::size_t percent_cells = 0;
    BareFormulas formulas = {};
};

bool is_bare_formula(const CPLXMLNode* cell) {
    return CPLGetXMLNode(cell, "formula") != nullptr && CPLGetXMLNode(cell, "value-type") == nullptr;
}

constexpr std::size_t most_cells = 50'000'000;

[[noreturn]] void refuse_full(const SheetRows& sheet, std::size_t line) {
    throw InputError(fmt::format("{}: more than {} cells", sheet.grid.where(line), most_cells),
                     "a row or cell is repeated to the end of the sheet: delete what is not meant");
}

/// Rows and cells that repeat are written once with their number, empty ones to the end of the sheet.
void add_row(const CPLXMLNode* node, SheetRows& sheet) {
    TextRow row;
    std::size_t empty = 0;
    std::size_t percent_cells = 0;
    for (const auto* cell = node->psChild; cell != nullptr; cell = cell->psNext) {
        const std::string_view name = cell->pszValue;
        if (cell->eType != CXT_Element || (name != "table-cell" && name != "covered-table-cell")) continue;
        std::size_t percent = 0;
        const auto text = text_of_cell(cell, percent);
        const auto count = count_in(cell, "number-columns-repeated");
        if (text.empty()) {
            if (is_bare_formula(cell))
                sheet.formulas.add(
                    fmt::format("{}{}", column_letters(row.fields.size() + empty), sheet.line + 1));
            empty += count;
            continue;
        }
        if (row.fields.size() + empty + count > most_cells) refuse_full(sheet, sheet.line + 1);
        row.fields.resize(row.fields.size() + empty);
        row.fields.resize(row.fields.size() + count, {text, 0});
        percent_cells += percent * count;
        empty = 0;
    }
    const auto count = count_in(node, "number-rows-repeated");
    if (row.fields.empty()) {
        sheet.line += count;
        return;
    }
    sheet.width = std::max(sheet.width, row.fields.size());
    sheet.percent_cells += percent_cells * count;
    for (std::size_t i = 0; i < count; ++i) {
        row.line = ++sheet.line;
        for (auto& field : row.fields)
            field.line = row.line;
        sheet.cells += row.fields.size();
        if (sheet.cells > most_cells) refuse_full(sheet, row.line);
        sheet.grid.rows.push_back(row);
    }
}

/// Rows that are grouped, or repeated on every page, stand inside of another element.
void add_rows(const CPLXMLNode* node, SheetRows& sheet) {
    for (const auto* child = node->psChild; child != nullptr; child = child->psNext) {
        if (child->eType != CXT_Element) continue;
        const std::string_view name = child->pszValue;
        if (name == "table-row")
            add_row(child, sheet);
        else if (name == "table-header-rows" || name == "table-row-group" || name == "table-rows")
            add_rows(child, sheet);
    }
}

bool has_text(const CPLXMLNode* node) {
    std::size_t unused = 0;
    for (const auto* child = node->psChild; child != nullptr; child = child->psNext) {
        if (child->eType != CXT_Element) continue;
        const std::string_view name = child->pszValue;
        const bool holds = name == "table-cell" ? !text_of_cell(child, unused).empty()
                                                : name.starts_with("table-") && has_text(child);
        if (holds) return true;
    }
    return false;
}

}  // namespace

void look_at_cells(TextGrid& grid, const std::string& path, Findings& findings) {
    const auto percent = percent_styles(path);
    std::map<std::size_t, TextRow*> row_of_line;
    for (auto& row : grid.rows)
        row_of_line[row.line] = &row;
    const auto cells = part_of_book(path, part_of_sheet(path, grid.sheet));
    std::size_t count = 0;
    BareFormulas formulas = {};
    for_each_child(find_node(cells, "=worksheet.sheetData"), "row", [&](const CPLXMLNode* row) {
        const auto line = parse_integer(CPLGetXMLValue(row, "r", ""));
        const auto found = row_of_line.find(static_cast<std::size_t>(line.value_or(0)));
        if (found == row_of_line.end()) return;
        for_each_child(row, "c", [&](const CPLXMLNode* cell) {
            const std::string_view type = CPLGetXMLValue(cell, "t", "n");
            const std::string reference = CPLGetXMLValue(cell, "r", "");
            if (type == "n" && CPLGetXMLNode(cell, "f") != nullptr &&
                std::string_view(CPLGetXMLValue(cell, "v", "")).empty())
                formulas.add(reference);
            const auto style =
                static_cast<std::size_t>(parse_integer(CPLGetXMLValue(cell, "s", "0")).value_or(0));
            const auto column = column_of_cell(reference);
            auto& fields = found->second->fields;
            if (style >= percent.size() || !percent[style] || column >= fields.size()) return;
            const auto number = parse_number(fields[column].text);
            if (type != "n" || !number) return;
            fields[column].text = as_percent(*number);
            ++count;
        });
    });
    tell_percent_cells(grid, count, findings);
    tell_bare_formulas(grid, formulas, findings);
}

void OpenDocument::XmlFree::operator()(CPLXMLNode* node) const { CPLDestroyXMLNode(node); }

OpenDocument::OpenDocument(const std::string& file) : m_xml(content_of_ods(file)) {
    const auto* book = find_node(m_xml, "=document-content.body.spreadsheet");
    if (book == nullptr)
        throw InputError(fmt::format("{}: cannot be read as a table", file),
                         "the file is damaged or has a password: save it anew without one");
    for_each_child(book, "table", [this](const CPLXMLNode* table) {
        // A copy of a sheet of another file, to which formulas refer.
        if (CPLGetXMLNode(table, "table-source") == nullptr) m_tables.push_back(table);
    });
}

std::vector<SheetName> OpenDocument::sheets() const {
    std::vector<SheetName> names;
    for (const auto* table : m_tables)
        names.push_back({CPLGetXMLValue(table, "name", ""), has_text(table)});
    return names;
}

void OpenDocument::read(std::size_t sheet, TextGrid& grid, Findings& findings) const {
    SheetRows rows{grid};
    add_rows(m_tables[sheet], rows);
    for (auto& row : grid.rows)
        row.fields.resize(rows.width, {"", row.line});
    tell_percent_cells(grid, rows.percent_cells, findings);
    tell_bare_formulas(grid, rows.formulas, findings);
}

}  // namespace tendik::io
