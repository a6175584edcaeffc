// [[points]]: figures at places, shown where they were measured.
#include "points_step.h"

#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace tendik::plan {

PlannedPoints read_points(const Node& node, const std::filesystem::path& folder) {
    static constexpr std::array<std::string_view, 12> known{"code",       "table",       "sheet",  "x",
                                                            "y",          "points_name", "value",  "missing",
                                                            "points_crs", "year",        "scheme", "breaks"};
    node.refuse_unknown_keys(known);
    PlannedPoints planned;
    planned.code = node.at("code").as_text();
    planned.table.file = resolved(node.at("table"), folder);
    take_text(node, "sheet", planned.table.sheet);
    take_text(node, "x", planned.table.x);
    take_text(node, "y", planned.table.y);
    take_text(node, "points_name", planned.table.name);
    planned.table.values = {node.at("value").as_text()};
    if (const auto* missing = node.find("missing")) planned.table.missing = text_list(*missing);
    if (const auto* crs = node.find("points_crs")) planned.table.crs = {crs->as_text()};
    if (const auto* year = node.find("year")) planned.year = year_of(*year);
    planned.scheme = read_scheme(node);
    planned.breaks = read_breaks(node, planned.scheme);
    return planned;
}

std::string to_toml(const PlannedPoints& planned) {
    const auto& table = planned.table;
    auto text = "\n[[points]]\n" + line("code", planned.code) + line("table", mask_passwords(table.file)) +
                line("sheet", table.sheet) + line("x", table.x) + line("y", table.y) +
                line("points_name", table.name) + line("value", table.values.front()) +
                line("missing", table.missing) + line("points_crs", table.crs.definition);
    if (planned.year) text += fmt::format("year = {}\n", *planned.year);
    if (planned.scheme) text += fmt::format("scheme = {}\n", toml_text(to_text(*planned.scheme)));
    return text + breaks_line(planned.breaks);
}

}  // namespace tendik::plan
