// A composite index as columns, and the waterfall of one region.
#include "table_parts.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/report/index_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::report {
namespace {

Cell cell_of(const Value& value) { return value.present() ? Cell(value.number) : Cell(); }
Cell cell_of(const std::optional<std::size_t>& number) {
    return number ? Cell(static_cast<std::int64_t>(*number)) : Cell();
}

Field numbers(const std::string& name, const Column& column, const std::string& alias) {
    Field field{name, FieldType::real, {}, alias};
    for (const auto& value : column)
        field.cells.push_back(cell_of(value));
    return field;
}

template <class Number>
Field ranks(const std::string& name, std::size_t count, Number number) {
    Field field{name, FieldType::integer, {}, {}};
    for (std::size_t i = 0; i < count; ++i)
        field.cells.push_back(cell_of(number(i)));
    return field;
}

std::size_t region_of(const ScoredIndex& scored, const std::string& key) {
    const auto found = std::ranges::find(scored.keys, key);
    if (found != scored.keys.end()) return static_cast<std::size_t>(found - scored.keys.begin());
    const auto near = nearest(key, scored.keys);
    throw UsageError(fmt::format("there is no region '{}'", key),
                     near ? fmt::format("did you mean '{}'?", *near)
                          : fmt::format("regions: {}", join_text(scored.keys, ", ")));
}

/// Over the regions with a score; what has no figure adds nothing to it, so that these means add up, too.
std::string mean_text(const Column& parts, const Column& scores) {
    CompensatedSum sum;
    for (const auto& part : parts)
        if (part.present()) sum.add(part.number);
    return fixed(sum.value() / static_cast<double>(present_count(scores)), 2);
}

struct Waterfall {
    const ScoredIndex& scored;
    std::size_t region;
    Language language;
    std::vector<std::vector<std::string>> rows = {};

    void add(std::size_t place, std::size_t depth) {
        const auto& node = scored.tree.nodes[place];
        const auto& part = scored.result.parts[place][region];
        const auto& score = scored.result.scores[place][region];
        rows.push_back({std::string(2 * depth, ' ') +
                            (place == 0 || node.name.empty() ? node.code : node.name.in(language)),
                        score.present() ? fixed(score.number, 1) : "-",
                        part.present() ? fixed(part.number, 2) : "-",
                        part.state == State::not_applicable
                            ? "-"
                            : mean_text(scored.result.parts[place], scored.result.scores.front())});
        for (const auto child : node.children)
            add(child, depth + 1);
    }
};

}  // namespace

std::vector<Field> index_fields(const ScoredIndex& scored) {
    const auto& result = scored.result;
    const auto& nodes = scored.tree.nodes;
    const auto count = scored.keys.size();
    std::vector<Field> fields{numbers("score", result.scores.front(), nodes.front().name.en)};
    Field state{"score_state", FieldType::text, {}, {}};
    for (const auto& value : result.scores.front())
        state.cells.emplace_back(std::string(to_text(value.state)));
    fields.push_back(std::move(state));
    fields.push_back(ranks("rank", count, [&](std::size_t i) { return result.ranks.front()[i]; }));
    if (scored.robustness) {
        const auto& intervals = scored.robustness->regions;
        fields.push_back(ranks("rank_p5", count, [&](std::size_t i) { return intervals[i].low; }));
        fields.push_back(ranks("rank_median", count, [&](std::size_t i) { return intervals[i].median; }));
        fields.push_back(ranks("rank_p95", count, [&](std::size_t i) { return intervals[i].high; }));
    }
    for (std::size_t i = 1; i < nodes.size(); ++i)
        fields.push_back(numbers("score_" + nodes[i].code, result.scores[i], nodes[i].name.en));
    for (std::size_t i = 1; i < nodes.size(); ++i)
        if (nodes[i].indicator)
            fields.push_back(numbers("part_" + nodes[i].code, result.parts[i], nodes[i].name.en));
    return fields;
}

std::string index_csv(const ScoredIndex& scored) {
    Field key{"key", FieldType::text, {}, {}};
    for (const auto& one : scored.keys)
        key.cells.emplace_back(one);
    std::vector<Field> fields{std::move(key)};
    for (auto& field : index_fields(scored))
        fields.push_back(std::move(field));
    return io::to_csv(fields);
}

std::string waterfall_text(const ScoredIndex& scored, const std::string& key, Language language) {
    const auto region = region_of(scored, key);
    const auto& score = scored.result.scores.front()[region];
    const auto name = scored.names[region].empty() ? key : scored.names[region].in(language);
    if (!score.present()) return fmt::format("\n{}: no index, too little is known\n", name);
    Waterfall waterfall{scored, region, language};
    waterfall.rows.push_back({name, "score", "part of the index", "mean of the regions"});
    waterfall.add(0, 0);
    return "\n" + aligned(waterfall.rows) +
           "Parts add up: score times weight for the arithmetic mean, else score times how fast the mean "
           "grows with it.\n";
}

}  // namespace tendik::report
