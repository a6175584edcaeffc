#pragma once

#include "tendik/tables/read_table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::tables {

/// What a comma or a point between digits means in a column, as far as its cells show.
enum class Meaning : std::uint8_t { unknown, decimal, thousands, contradictory };
struct Separators {
    Meaning comma = Meaning::unknown;
    Meaning point = Meaning::unknown;  ///< unknown: decimal, as programs write it
};
Separators separators_of(std::span<const std::string> cells);

/// The sign of a share behind a number.
enum class ShareSign : std::uint8_t { none, percent, permille };

struct CellReading {
    std::optional<Value> value;        ///< nothing: refused
    std::vector<std::string> repairs;  ///< "decimal comma", in the order made
    bool is_sign = false;              ///< a usual sign of official tables, not declared by the source
    ShareSign share = ShareSign::none;
    bool few_cases = false;  ///< in brackets: surveys mark so what rests on few cases
    std::string fault;       ///< where refused
    std::string hint;
};
CellReading read_cell(std::string_view text, const Separators& separators, const TableSource& source);

/// Without footnote marks ("*", "1)", superscripts) at the end.
std::string without_footnotes(std::string_view text);
/// Line ends, no-break spaces and runs of blanks become one blank each.
std::string on_one_line(std::string_view text);

/// State and note of a code of SDMX CL_OBS_STATUS 2.2; nothing for an unknown code.
struct SdmxStatus {
    State state = State::present;
    std::string_view meaning;
};
std::optional<SdmxStatus> sdmx_status(std::string_view code);

}  // namespace tendik::tables
