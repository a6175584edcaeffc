// [[indicators]]: where the figures of an indicator stand, and what they are.
#include "read_indicator.h"

#include "measuring.h"
#include "step_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"
#include "tendik/plan/surface_step.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

// A list of so many words is read more easily in lines than in a column.
constexpr std::string_view indicator_keys =
    "table sheet key value indicator_column year_column vintage_column state_column source_column "
    "note_column missing suppressed not_applicable years_in_columns repair where dimensions gap of "
    "parents_table "
    "error lower upper rank group reference scale code vintage year years weight name unit kind "
    "direction decimals display scheme merge_units breaks partial inherit_from inherit_by split_totals n "
    "deff events "
    "interval mics_rule cv_classes";

TableSource read_table_source(const Node& node, const fs::path& folder) {
    TableSource source;
    source.file = resolved(node.at("table"), folder);
    const auto take = [&node](std::string_view key, std::string& target) { take_text(node, key, target); };
    take("sheet", source.sheet);
    take("key", source.key);
    take("value", source.value);
    take("indicator_column", source.indicator_column);
    take("year_column", source.year_column);
    take("vintage_column", source.vintage_column);
    take("state_column", source.state_column);
    take("source_column", source.source_column);
    take("note_column", source.note_column);
    if (const auto* where = node.find("where"))
        for (const auto& [dimension, value] : where->as_table())
            source.where[dimension] = value.as_text();
    if (const auto* dimensions = node.find("dimensions")) source.dimensions = text_list(*dimensions);
    if (const auto* missing = node.find("missing")) source.missing = text_list(*missing);
    if (const auto* suppressed = node.find("suppressed")) source.suppressed = text_list(*suppressed);
    if (const auto* marks = node.find("not_applicable")) source.not_applicable = text_list(*marks);
    if (const auto* wide = node.find("years_in_columns")) source.years_in_columns = wide->as_bool();
    if (const auto* repair = node.find("repair")) source.repair = repair->as_bool();
    return source;
}

std::vector<int> read_years(const Node& node) {
    std::vector<int> years;
    const auto* list = node.find("years");
    if (const auto* year = node.find("year")) {
        if (list != nullptr)
            throw InputError(fmt::format("{}: both 'year' and 'years' are given", list->where()),
                             "keep one of them");
        years.push_back(year_of(*year));
    }
    if (list == nullptr) return years;
    for (const auto& item : list->as_array()) {
        years.push_back(year_of(item));
        if (years.size() > 1 && years[years.size() - 2] >= years.back())
            throw InputError(fmt::format("{}: years must ascend, {} follows {}", item.where(), years.back(),
                                         years[years.size() - 2]));
    }
    return years;
}

/// "area", or a raster of people.
RasterChoice shares_of(const Node& node, const fs::path& folder) {
    if (node.as_text() == "area") return {};
    auto raster = raster_of(node, nullptr, folder);
    if (surface_named(raster))
        throw InputError(fmt::format("{}: surfaces are made after figures are carried over", node.where()),
                         "name the file of a raster, or \"area\"");
    return raster;
}

void read_inheritance(const Node& node, const fs::path& folder, PlannedIndicator& planned) {
    if (const auto* vintage = node.find("inherit_from")) planned.inherit_from = vintage->as_text();
    const auto* by = node.find("inherit_by");
    const auto* split = node.find("split_totals");
    for (const auto* word : {by, split})
        if (word != nullptr && planned.inherit_from.empty())
            throw InputError(fmt::format("{}: '{}' speaks of inherited figures, and nothing is inherited",
                                         word->where(), word->path()),
                             "add inherit_from = \"...\", the vintage of the figures");
    if (by != nullptr && split != nullptr)
        throw InputError(fmt::format("{}: totals are shared out by 'inherit_by' already", split->where()),
                         "keep one of inherit_by and split_totals");
    if (by != nullptr) planned.inherit_by = shares_of(*by, folder);
    if (split != nullptr) planned.split_totals = split->as_text();
}

/// gap = { residence = ["rural", "urban"] }: the figure of rural less that of urban.
void read_gap(const Node& node, PlannedIndicator& planned) {
    const auto& table = node.as_table();
    const auto values = table.size() == 1 ? text_list(table.front().second) : std::vector<std::string>{};
    if (values.size() != 2 || values[0] == values[1])
        throw InputError(fmt::format("{}: a gap is between two values of one column", node.where()),
                         R"(gap = { residence = ["rural", "urban"] } is rural less urban)");
    planned.gap = PlannedGap{table.front().first, values[0], values[1]};
    if (!planned.inherit_from.empty())
        throw InputError(fmt::format("{}: a gap of inherited figures is of neither unit", node.where()),
                         "leave gap or inherit_from out");
    // Cases and ends of intervals are of one part; of two parts only their errors make one of the gap.
    const auto& measuring = planned.measuring;
    if (!(measuring.lower_column + measuring.n_column + measuring.deff_column + measuring.events_column)
             .empty() ||
        measuring.interval != IntervalKind::none || measuring.mics_rule || !measuring.cv_classes.empty())
        throw InputError(
            fmt::format("{}: how exact a gap is follows from the errors of its two parts", node.where()),
            "name their column with error, and leave n, deff, events, lower, upper, interval, "
            "mics_rule and cv_classes out");
}

}  // namespace

PlannedIndicator read_indicator(const Node& node, const fs::path& folder) {
    const auto keys = split(indicator_keys, ' ');
    node.refuse_unknown_keys(std::vector<std::string_view>(keys.begin(), keys.end()));
    PlannedIndicator planned;
    planned.table = read_table_source(node, folder);
    if (const auto* code = node.find("code")) planned.code = code->as_text();
    if (const auto* vintage = node.find("vintage")) planned.vintage = vintage->as_text();
    take_text(node, "of", planned.indicator_in_table);
    planned.years = read_years(node);
    if (const auto* weight = node.find("weight")) planned.weight_column = weight->as_text();
    if (const auto* name = node.find("name")) planned.name = texts_of(*name);
    if (const auto* unit = node.find("unit")) planned.unit = texts_of(*unit);
    if (const auto* kind = node.find("kind"))
        planned.kind = choice_of<IndicatorKind>(*kind, &kind_from_text, "rate, mean, total, count");
    if (const auto* direction = node.find("direction"))
        planned.direction =
            choice_of<Direction>(*direction, &direction_from_text, "adverse, favourable, neutral");
    if (const auto* decimals = node.find("decimals"))
        planned.decimals = static_cast<int>(count_of(*decimals, 0, 9));
    if (const auto* partial = node.find("partial")) planned.partial = partial->as_bool();
    if (const auto* display = node.find("display"))
        planned.display = choice_of<Display>(*display, &display_from_text, "classes, symbols");
    planned.scheme = read_scheme(node);
    planned.breaks = read_breaks(node, planned.scheme);
    if (const auto* merge = node.find("merge_units")) planned.merge_units = merge->as_bool();
    if (const auto* table = node.find("parents_table")) planned.parents_table = resolved(*table, folder);
    read_inheritance(node, folder, planned);
    planned.measuring = read_measuring(node);
    if (const auto* gap = node.find("gap")) read_gap(*gap, planned);
    return planned;
}

}  // namespace tendik::plan
