#pragma once

#include "tendik/tables/read_table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::tables {

/// What a comma between digits means in a column, as far as its cells show.
enum class Comma : std::uint8_t { unknown, decimal, thousands, contradictory };
Comma comma_of(std::span<const std::string> cells);

struct CellReading {
    std::optional<Value> value;        ///< nothing: refused
    std::vector<std::string> repairs;  ///< "decimal comma", in the order made
    bool is_sign = false;              ///< a usual sign of official tables, not declared by the source
    bool is_percent = false;
    std::string fault;  ///< where refused
    std::string hint;
};
CellReading read_cell(std::string_view text, Comma comma, const TableSource& source);

/// Without footnote marks ("*", "1)", superscripts) at the end.
std::string without_footnotes(std::string_view text);

/// "2020", "2020 год", "2020 ж.", "2020*": 1900 to 2099.
std::optional<int> year_of_heading(std::string_view text);

/// State and note of a code of SDMX CL_OBS_STATUS 2.2; nothing for an unknown code.
struct SdmxStatus {
    State state = State::present;
    std::string_view meaning;
};
std::optional<SdmxStatus> sdmx_status(std::string_view code);

}  // namespace tendik::tables
