#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tendik::tables {

/// "2020", "2020 год", "2020 ж.", "2020*", "2021 (предв.)": 1900 to 2099. A part of a year is none.
std::optional<int> year_of_heading(std::string_view text);

/// The heading of a year says that its figures are preliminary: "2021 (алдын ала)".
bool is_preliminary_year(std::string_view text);

/// A heading that is no year and holds one: "I кв. 2022", "2019-2020".
bool holds_a_year(std::string_view text);

/// Headings of the column of regions: an exact word ("Регион", "Өңір"), or nothing but words for regions
/// ("Наименование областей", "Облыстар мен қалалар"); a code ("КАТО", "Код региона", "ISO"); a bare word for
/// names ("Наименование", "Атауы").
enum class KeyHeading : std::uint8_t { exact, stems, code, name };
bool is_key_heading(std::string_view text, KeyHeading how);

/// Usual headings of columns beside the figures.
enum class SideColumn : std::uint8_t { year, unit, indicator };
std::optional<SideColumn> side_column_of(std::string_view heading);

}  // namespace tendik::tables
