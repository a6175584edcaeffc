// Indicators of an index: columns of tables, or indicators of a plan.
#include "index_sources.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"
#include "tendik/plan/read_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tendik::score {

using plan::choice_of;
using plan::resolved;
using plan::take_text;
using plan::texts_of;
using plan::year_of;

namespace {

/// What an indicator is called where the plan does not say.
const std::string& code_of(const PlannedIndicator& planned) {
    return planned.code.empty() ? planned.table.value : planned.code;
}

std::vector<std::string> codes_of(const Plan& plan) {
    std::vector<std::string> codes;
    for (const auto& planned : plan.indicators)
        if (std::ranges::find(codes, code_of(planned)) == codes.end()) codes.push_back(code_of(planned));
    return codes;
}

/// "2018: 2018, 2019; pre-2018: 2010".
std::string years_text(const Plan& plan, const std::string& code) {
    std::vector<std::string> parts;
    for (const auto& planned : plan.indicators)
        if (code_of(planned) == code && planned.inherit_from.empty())
            parts.push_back(fmt::format("{}{}{}", planned.vintage, planned.vintage.empty() ? "" : ": ",
                                        fmt::join(planned.years, ", ")));
    return join_text(parts, "; ");
}

/// What speaks of tables makes no sense beside an indicator of a plan.
void refuse_table_words(const Node& leaf) {
    for (const auto* key : {"key", "sheet", "error"})
        if (const auto* word = leaf.find(key))
            throw InputError(fmt::format("{}: '{}' speaks of a table, and '{}' is an indicator of a plan",
                                         word->where(), key, leaf.at("code").as_text()),
                             "add value = \"COLUMN\", or leave it out");
}

}  // namespace

IndexSources::IndexSources(const Node& root, std::filesystem::path folder, std::filesystem::path builtin)
    : m_root(root),
      m_folder(std::move(folder)),
      m_plan_file(std::move(builtin)) {
    if (const auto* file = root.find("plan")) m_plan_file = resolved(*file, m_folder);
    take_text(root, "vintage", m_vintage);
    // A plan that is named is that of the boundaries, whatever the leaves are.
    if (root.find("plan") != nullptr) (void)plan_at(root);
}

void IndexSources::add(const Node& leaf, const std::string& code) {
    const bool of_table = leaf.find("value") != nullptr || leaf.find("table") != nullptr;
    auto planned = of_table ? from_table(leaf, code) : from_plan(leaf, code);
    if (const auto* year = leaf.find("year")) planned.years = {year_of(*year)};
    if (const auto* direction = leaf.find("direction")) {
        planned.direction = choice_of<Direction>(*direction, &direction_from_text, "adverse, favourable");
        if (planned.direction == Direction::neutral)
            throw InputError(fmt::format("{}: an index must know which end is good", direction->where()),
                             "one of: adverse, favourable");
    }
    auto& errors = m_errors.emplace_back();
    if (const auto* error = leaf.find("error")) {
        errors = planned;
        errors->code = code + "_error";
        errors->table.value = error->as_text();
        errors->table.state_column.clear();  // the states of the table are those of its values
        errors->indicator_in_table = planned.indicator_in_table.empty() ? code : planned.indicator_in_table;
    }
    m_indicators.push_back(std::move(planned));
}

PlannedIndicator IndexSources::from_table(const Node& leaf, const std::string& code) const {
    const auto* table = leaf.find("table");
    if (table == nullptr) table = m_root.find("table");
    if (table == nullptr)
        throw InputError(fmt::format("{}: '{}' is a column, and no table is named", leaf.where(), code),
                         "add table = \"figures.csv\" to it, or at the top of the file");
    PlannedIndicator planned;
    planned.code = code;
    planned.table.file = resolved(*table, m_folder);
    for (const auto* node : {&m_root, &leaf}) {
        take_text(*node, "sheet", planned.table.sheet);
        take_text(*node, "key", planned.table.key);
    }
    take_text(leaf, "value", planned.table.value);
    take_text(leaf, "indicator", planned.indicator_in_table);
    take_text(leaf, "inherit_from", planned.inherit_from);
    if (const auto* name = leaf.find("name")) planned.name = texts_of(*name);
    planned.vintage = m_vintage;
    return planned;
}

PlannedIndicator IndexSources::from_plan(const Node& leaf, const std::string& code) {
    refuse_table_words(leaf);
    const auto& plan = plan_at(leaf);
    auto wanted = code;
    take_text(leaf, "indicator", wanted);
    const auto codes = codes_of(plan);
    if (std::ranges::find(codes, wanted) == codes.end()) {
        const auto near = nearest(wanted, codes);
        throw InputError(fmt::format("{}: there is no indicator '{}' in plan '{}'", leaf.where(), wanted,
                                     m_plan_file.filename().string()),
                         near ? fmt::format("did you mean '{}'?", *near)
                              : fmt::format("it has: {}", join_text(codes, ", ")));
    }
    std::string inherit_from;
    take_text(leaf, "inherit_from", inherit_from);
    const auto vintage = inherit_from.empty() ? m_vintage : inherit_from;
    const auto* year = leaf.find("year");
    for (const auto& planned : plan.indicators) {
        if (code_of(planned) != wanted || planned.vintage != vintage || !planned.inherit_from.empty())
            continue;
        const auto& years = planned.years;
        if (year != nullptr ? !years.empty() && std::ranges::find(years, year_of(*year)) == years.end()
                            : years.size() > 1)
            continue;
        auto found = planned;
        found.vintage = m_vintage;
        found.inherit_from = inherit_from;
        found.display = Display::classes;
        return found;
    }
    throw InputError(
        fmt::format("{}: '{}' has no figures{} on the units of '{}'", leaf.where(), wanted,
                    year == nullptr ? " of one year" : fmt::format(" of {}", year_of(*year)), vintage),
        fmt::format("year = ... and, for another vintage, inherit_from = \"...\"; it has {}",
                    years_text(plan, wanted)));
}

const Plan& IndexSources::plan_at(const Node& leaf) {
    if (!m_plan) {
        m_plan = plan::read_plan(m_plan_file, {});
        check_vintage(*m_plan, leaf);
    }
    return *m_plan;
}

void IndexSources::check_vintage(const Plan& plan, const Node& leaf) const {
    std::vector<std::string> known;
    for (const auto& source : plan.boundaries)
        known.push_back(source.vintage);
    if (known.empty() || std::ranges::find(known, m_vintage) != known.end()) return;
    const auto* vintage = m_root.find("vintage");
    throw InputError(vintage == nullptr
                         ? fmt::format("{}: the plan has {} sets of boundaries, and the file does not say "
                                       "which it means",
                                       leaf.where(), known.size())
                         : fmt::format("{}: plan '{}' has no boundaries of vintage '{}'", vintage->where(),
                                       m_plan_file.filename().string(), m_vintage),
                     fmt::format("vintage = \"...\": {}", join_text(known, ", ")));
}

void IndexSources::finish(PlannedIndex& planned) {
    auto& plan = planned.plan;
    if (m_plan) {
        plan = *m_plan;
        plan::keep_published_figures(plan);
        plan.context.clear();
        plan.parents.clear();
        // The boundaries in use.
        std::erase_if(plan.boundaries, [&](const auto& source) { return source.vintage != m_vintage; });
    }
    plan.name = planned.name;
    plan.weigh = false;  // regions count alike in the scale and the ranks of an index
    plan.indicators = m_indicators;
    for (std::size_t i = 0; i < m_errors.size(); ++i) {
        if (!m_errors[i]) continue;
        planned.leaves[i].error = plan.indicators.size();
        plan.indicators.push_back(*m_errors[i]);
    }
}

}  // namespace tendik::score
