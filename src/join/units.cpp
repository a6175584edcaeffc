#include "tendik/join/units.h"

#include "tendik/base/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace tendik::join {
namespace {

const UnitFactor& declared_factor(const Indicators& table, const Figure& figure, const Indicator& indicator) {
    const auto found = std::ranges::find(indicator.units, figure.unit, &UnitFactor::name);
    if (found != indicator.units.end()) return *found;
    std::vector<std::string> names;
    for (const auto& unit : indicator.units)
        names.push_back(unit.name);
    throw InputError(
        fmt::format(
            "{}, line {}: the figure of '{}' for '{}' is in '{}', its indicator in '{}', and no factor "
            "between them is declared",
            table.source, figure.line, indicator.code, figure.key, figure.unit, indicator.unit.en),
        fmt::format("declared are: {}; add units = [ {{ name = \"{}\", factor = ... }} ] to the catalogue",
                    fmt::join(names, ", "), figure.unit));
}

}  // namespace

Indicators convert_units(const Indicators& table, const Indicator& indicator, const std::string& code) {
    const auto is_meant = [&code](const Figure& figure) {
        return code.empty() || figure.indicator.empty() || figure.indicator == code;
    };
    const bool names_units = std::ranges::any_of(
        table.figures, [&](const Figure& figure) { return is_meant(figure) && !figure.unit.empty(); });
    auto converted = table;
    if (!names_units || indicator.units.empty()) return converted;
    for (std::size_t i = 0; i < table.figures.size(); ++i) {
        const auto& figure = table.figures[i];
        if (!is_meant(figure) || !figure.value.present()) continue;
        converted.figures[i].value.number *= declared_factor(table, figure, indicator).factor;
    }
    return converted;
}

}  // namespace tendik::join
