#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/indicator.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

/// Where figures come from. Column names; an empty optional column is taken when the default name exists.
struct TableSource {
    std::string file = {};   ///< or an OGR connection: "PG:dbname=... tables=..."
    std::string sheet = {};  ///< of a spreadsheet, or layer of a database; empty: the only one
    std::string key = {};  ///< empty: "unit_id", else "key", else "code", else "REF_AREA", else a usual word
                           ///< for regions ("Регион", "Өңір", "Region"), their codes ("КАТО", "ISO", "Код
                           ///< региона") or names ("Наименование"), else an error
    std::string value = "value";                 ///< in a wide table also the heading over the years
    std::string indicator_column = "indicator";  ///< used when the table has it
    std::string year_column = "year";            ///< used when the table has it
    std::string vintage_column = "vintage";      ///< used when the table has it
    std::string state_column = "state";          ///< used when the table has it
    std::string unit_column = "unit";            ///< used when the table has it
    std::string source_column = "source";        ///< used when the table has it
    std::string note_column = "note";            ///< used when the table has it
    std::vector<std::string> missing = {};     ///< marks that mean "missing", compared after trimming; empty
                                               ///< cell always does
    std::vector<std::string> suppressed = {};  ///< marks that mean "suppressed"
    std::vector<std::string> not_applicable = {};  ///< marks that mean "not applicable"
    /// A wide table: a column for each year. Absent: when no value column exists and headings are years.
    std::optional<bool> years_in_columns = {};
    /// Written for readers, read by us: title lines, headings in several rows, numbers as people write them
    /// and the signs below. Every repair is a finding. False refuses them all.
    bool repair = true;
    /// Columns by which the people of a region are parted (sex, residence), beside those of `where` and those
    /// that are known by their names.
    std::vector<std::string> dimensions = {};
    /// Rows of these values only, by dimension; "" is all of it together, as is "total" and the like. Not the
    /// reader's but rows_of_cell()'s work.
    std::map<std::string, std::string> where = {};

    friend bool operator==(const TableSource&, const TableSource&) = default;
};

namespace tables {

/// Reads a table: CSV and TSV (RFC 4180; comma, semicolon or tab, whichever cuts the lines alike; UTF-8,
/// UTF-16 with a byte order mark, Windows-1251 and KZ-1048 with the finding "encoding"), sheets of XLSX and
/// ODS with all cells as text, and any table that OGR reads (GeoPackage, DBF, "PG:").
///
/// With `repair` these are understood, each with a finding of severity note:
/// - "title-skipped", "note-row", "heading-joined": lines above the heading, notes below the figures,
///   headings in several rows (joined "group / year");
/// - "number-repaired": decimal comma, spaces or points between thousands, "%", "‰", footnote marks ("12,5*",
///   "12,5 1)", superscripts), a long minus, brackets ("(9,4)", few cases, which the note of the figure
///   says). A comma before three digits ("1,234") is refused as ambiguous unless other cells of its column
///   show what a comma means there. A point is decimal unless other cells show that points part thousands
///   ("1.835.938", "1.234,1"): then it does so in "289.735", too, and is refused where still others show a
///   decimal one;
/// - "percent-format": cells of XLSX and ODS in per cent format, read as they are shown;
/// - "sign": the usual signs of official tables. "-", "–", "—" (no such phenomenon), "...", "…", "..",
///   "н/д", "нет данных", "мәлімет жоқ", "деректер жоқ" (no data) are missing; "x", "х" (confidential), "(*)"
///   (of MICS) are suppressed. The three lists of the source come first, so that `not_applicable = ["-"]` is
///   possible. "0,0" (a small value) is the number 0.
/// - "years-in-columns": a wide table; its headings give the year and, where they are grouped, the indicator.
///   "preliminary": of years that say so, "2021 (предв.)"; "columns-left-out": "I кв. 2022" is no year;
/// - "key-recognised", "column-recognised": a column of regions, years, units or, where it holds several,
///   indicators by its usual heading ("Регион", "Наименование областей", "Год", "Жыл", "Единица измерения",
///   "Показатель"), unless the source takes it for something else. "2020 год" is a year in it.
///
/// Blanks of headings: line ends, no-break spaces and runs of them are one blank, in names that are asked
/// for, too.
///
/// Warnings: "share-not-percent", a column of per cent (by its heading or unit) with values of 0 to 1 only;
/// "formula-without-result", cells of XLSX and ODS that were never reckoned and are read as empty;
/// "unread-cell", below.
///
/// SDMX-CSV: REF_AREA, INDICATOR, TIME_PERIOD, OBS_VALUE, OBS_STATUS, UNIT_MEASURE and COMMENT_OBS stand in
/// for the default columns. Codes of OBS_STATUS after SDMX CL_OBS_STATUS 2.2: H, L, O missing; M (data cannot
/// exist) not_applicable; Q suppressed; the others belong to values, all but A go into the note. UNIT_MULT is
/// the power of ten of the values of its row: they are multiplied, note "unit-multiplier".
///
/// Dimensions: a row may speak of a part of the people only. The columns that `dimensions` and `where` name,
/// and words in columns of usual names ("sex", "residence", "age", "wealth", "пол", in SDMX SEX, AGE,
/// URBANISATION, WEALTH_QUINTILE, ...) become the cell of a figure; "total", "all", "всего", "_T", an empty
/// field and the like become "", all together. Values that differ in case only are one.
///
/// Where a table holds several years, a cell of the value column that cannot be read becomes a missing figure
/// with its `fault`, and the warning "unread-cell": it stops whoever needs that figure (refuse_fault), and
/// not those who ask for another year. In a table of one year it is refused here.
///
/// Every fault names file, line (or sheet and row) and column. Throws InputError: no such file, sheet or
/// column (the nearest is named, the others listed), several sheets and none named, a connection that is
/// refused (without its password), an empty table, no heading, two columns of one name, a row with another
/// number of fields, text, NaN or inf in a number column, a year that is no whole number, an unknown state, a
/// state that contradicts the value, percent signs in some cells of a column only, a unit that differs within
/// an indicator, bytes of no known encoding.
Indicators read_table(const TableSource& source, Findings& findings);

struct HeadedTable;

/// read_table() for many columns of values of a table: its file is opened once, and what is found on opening
/// is told once. Not shared between threads.
class TableReader {
public:
    Indicators read(const TableSource& source, Findings& findings);

private:
    /// What an open table depends on, and the table.
    std::vector<std::pair<TableSource, std::shared_ptr<const HeadedTable>>> m_open;
};

/// The figures of one cell, `where` as in TableSource. A dimension that is not named: where rows of a region
/// differ in it, those of all together are taken, if there are any (else they stay, and join() refuses
/// them). A region that has rows of an indicator and year and none of the cell gets one without a value: the
/// cell is missing, the region is not. Throws InputError for a value that no row has: the nearest is named.
Indicators rows_of_cell(const Indicators& table, const std::map<std::string, std::string>& where);

/// The values of a dimension in the order of the table, without all together. Throws InputError for a column
/// that is no dimension of the table.
std::vector<std::string> values_of_dimension(const Indicators& table, const std::string& dimension);

/// The words for all together become ""; others stay, trimmed.
std::string cell_value(std::string_view text);

}  // namespace tables
}  // namespace tendik
