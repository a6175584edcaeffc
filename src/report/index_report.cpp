// A composite index for a reader, for machines and for tables.
#include "tendik/report/index_report.h"

#include "findings_json.h"
#include "table_parts.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }
Json json_of(const std::optional<std::size_t>& number) { return number ? Json(*number) : Json(nullptr); }
Json json_of(const std::string& note) { return note.empty() ? Json(nullptr) : Json(note); }
Json json_of(const Value& value) { return value.present() ? Json(value.number) : Json(nullptr); }
Json json_of(const Texts& texts) { return {{"en", texts.en}, {"ru", texts.ru}, {"kk", texts.kk}}; }

std::string rank_text(const std::optional<std::size_t>& rank) { return rank ? std::to_string(*rank) : "-"; }
std::string score_text(const Value& value) { return value.present() ? fixed(value.number, 1) : "-"; }

/// The name of a node or region; its code where it has none.
std::string label_of(const Texts& name, const std::string& code, Language language) {
    return name.empty() ? code : name.in(language);
}

std::string method_text(const ScoredIndex& scored) {
    const auto& options = scored.options;
    const bool scaled =
        options.scale.normalisation != Normalisation::z && options.scale.normalisation != Normalisation::rank;
    const auto surveys = std::ranges::count_if(scored.sources, &IndexSource::survey);
    return fmt::format(
        "{} regions, {} indicators ({} of surveys); {}{}, {} {}, {} weights\n", scored.keys.size(),
        scored.sources.size(), surveys, to_text(options.scale.normalisation),
        scaled ? fmt::format(" on {} to {}", shortest(options.scale.lowest), shortest(options.scale.highest))
               : "",
        to_text(options.aggregation), options.aggregation == Aggregation::copeland ? "duels" : "mean",
        to_text(options.weighting));
}

std::string ranking_text(const ScoredIndex& scored, Language language) {
    const auto& result = scored.result;
    const auto& domains = scored.tree.nodes.front().children;
    std::vector<std::vector<std::string>> rows;
    auto& heading = rows.emplace_back(std::vector<std::string>{"region", "rank"});
    if (scored.robustness) heading.insert(heading.end(), {"5-95 %", "median"});
    heading.emplace_back("score");
    for (const auto domain : domains)
        heading.push_back(scored.tree.nodes[domain].code);
    for (const auto region : score::regions_by_rank(scored)) {
        auto& row = rows.emplace_back();
        row.push_back(label_of(scored.names[region], scored.keys[region], language));
        row.push_back(rank_text(result.ranks.front()[region]));
        if (scored.robustness) {
            const auto& interval = scored.robustness->regions[region];
            row.push_back(rank_text(interval.low) + "-" + rank_text(interval.high));
            row.push_back(rank_text(interval.median));
        }
        row.push_back(score_text(result.scores.front()[region]));
        for (const auto domain : domains)
            row.push_back(score_text(result.scores[domain][region]));
    }
    return aligned(rows);
}

std::string effect_text(const std::optional<double>& effect, const std::optional<double>& error) {
    if (!effect || !error) return "-";
    return fmt::format("{} +- {}", fixed(*effect, 2), fixed(*error, 2));
}

std::string robustness_text(const ScoredIndex& scored) {
    const auto& robustness = *scored.robustness;
    auto text = fmt::format("\nWith other choices a rank shifts by {} on average ({} draws, seed {}).\n",
                            fixed(robustness.mean_shift, 2), robustness.draws, scored.choices.seed);
    if (robustness.choices.empty()) return text + "There is no choice to be made in another way.\n";
    text += "Share of the variance of that shift, with Monte Carlo standard errors:\n";
    std::vector<std::vector<std::string>> rows{{"choice", "by itself", "with others"}};
    for (const auto& choice : robustness.choices)
        rows.push_back({choice.choice, effect_text(choice.first, choice.first_error),
                        effect_text(choice.total, choice.total_error)});
    return text + aligned(rows);
}

Json treatment_json(const ScoredIndex& scored, const Treatment& treatment) {
    Json cells = Json::array();
    for (const auto& cell : treatment.cells)
        cells.push_back({{"key", scored.keys[cell.region]}, {"before", cell.before}, {"after", cell.after}});
    return {{"kind", to_text(treatment.kind)},
            {"skewness", json_of(treatment.skew)},
            {"kurtosis", json_of(treatment.kurtosis)},
            {"skewness_after", json_of(treatment.skew_after)},
            {"kurtosis_after", json_of(treatment.kurtosis_after)},
            {"cells", cells}};
}

Json indicator_json(const ScoredIndex& scored, std::size_t place) {
    const auto& indicator = scored.tree.indicators[place];
    const auto& source = scored.sources[place];
    Json json{{"year", source.year ? Json(*source.year) : Json(nullptr)},
              {"year_label", source.year_label},
              {"vintage", source.vintage},
              {"unit", json_of(source.unit)},
              {"direction", to_text(indicator.direction)},
              {"survey", source.survey},
              {"note", json_of(scored.result.undefined[place])},
              {"correlation_with_index", json_of(scored.result.with_index[place].value)},
              {"treatment", treatment_json(scored, scored.result.treatments[place])}};
    json["notes"] = Json::array();
    for (const auto& note : source.notes)
        json["notes"].push_back(json_of(note));
    return json;
}

Json nodes_json(const ScoredIndex& scored) {
    const auto& nodes = scored.tree.nodes;
    std::vector<Json> parents(nodes.size(), nullptr);
    for (const auto& node : nodes)
        for (const auto child : node.children)
            parents[child] = node.code;
    Json all = Json::array();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& node = nodes[i];
        Json json{{"code", node.code},
                  {"name", json_of(node.name)},
                  {"parent", parents[i]},
                  {"weight", scored.result.weights[i]}};
        if (node.indicator)
            json["indicator"] = indicator_json(scored, *node.indicator);
        else
            json["aggregation"] = to_text(node.aggregation.value_or(scored.options.aggregation));
        all.push_back(std::move(json));
    }
    return all;
}

Json region_json(const ScoredIndex& scored, std::size_t region) {
    const auto& result = scored.result;
    const auto& nodes = scored.tree.nodes;
    const auto& score = result.scores.front()[region];
    Json json{{"key", scored.keys[region]},
              {"name", json_of(scored.names[region])},
              {"score", json_of(score)},
              {"state", to_text(score.state)},
              {"note", score.present() ? Json(nullptr) : Json("too little is known")},
              {"rank", json_of(result.ranks.front()[region])}};
    if (scored.robustness) {
        const auto& interval = scored.robustness->regions[region];
        json["rank_interval"] = {{"low", json_of(interval.low)},
                                 {"median", json_of(interval.median)},
                                 {"high", json_of(interval.high)},
                                 {"draws", interval.counted}};
    }
    for (const auto* key : {"scores", "values", "contributions"})
        json[key] = Json::object();
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        json["scores"][nodes[i].code] = json_of(result.scores[i][region]);
        json["contributions"][nodes[i].code] = json_of(result.parts[i][region]);
        if (!nodes[i].indicator) continue;
        const auto& value = scored.tree.indicators[*nodes[i].indicator].values[region];
        json["values"][nodes[i].code] = {{"value", value.shown() ? Json(value.number) : Json(nullptr)},
                                         {"state", to_text(value.state)},
                                         {"inherited", value.inherited}};
    }
    json["reweighted"] = Json::array();
    for (const auto node : result.reweighted[region])
        json["reweighted"].push_back(nodes[node].code);
    return json;
}

Json correlations_json(const ScoredIndex& scored) {
    Json codes = Json::array();
    Json matrix = Json::array();
    Json counted = Json::array();
    for (std::size_t i = 0; i < scored.tree.indicators.size(); ++i) {
        codes.push_back(scored.tree.indicators[i].code);
        auto& row = matrix.emplace_back(Json::array());
        auto& counts = counted.emplace_back(Json::array());
        for (const auto& correlation : scored.result.correlations[i]) {
            row.push_back(json_of(correlation.value));
            counts.push_back(correlation.counted);
        }
    }
    return {{"indicators", codes}, {"pearson", matrix}, {"n", counted}};
}

Json method_json(const IndexOptions& options) {
    return {{"normalisation", to_text(options.scale.normalisation)},
            {"scale", {options.scale.lowest, options.scale.highest}},
            {"aggregation", to_text(options.aggregation)},
            {"power", options.power},
            {"weights", to_text(options.weighting)},
            {"least_share", options.least_share},
            {"treatment",
             {{"on", options.treatment.on},
              {"skewness", options.treatment.skew_limit},
              {"kurtosis", options.treatment.kurtosis_limit},
              {"winsorise", json_of(options.treatment.most_winsorised)}}}};
}

Json robustness_json(const ScoredIndex& scored) {
    if (!scored.robustness) return nullptr;
    const auto& robustness = *scored.robustness;
    Json choices = Json::array();
    for (const auto& choice : robustness.choices)
        choices.push_back({{"choice", choice.choice},
                           {"first", json_of(choice.first)},
                           {"first_error", json_of(choice.first_error)},
                           {"total", json_of(choice.total)},
                           {"total_error", json_of(choice.total_error)}});
    return {{"draws", robustness.draws},
            {"seed", scored.choices.seed},
            {"mean_shift", robustness.mean_shift},
            {"choices", choices}};
}

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

std::string index_text(const ScoredIndex& scored, Language language) {
    auto text = scored.title.empty() ? std::string() : scored.title.in(language) + "\n";
    if (!scored.note.empty()) text += scored.note.in(language) + "\n";
    text += method_text(scored) + "\n" + ranking_text(scored, language);
    return scored.robustness ? text + robustness_text(scored) : text;
}

std::string index_json(const ScoredIndex& scored, const Findings& findings) {
    Json json{
        {"schema", "tendik.index/1"}, {"title", json_of(scored.title)},        {"note", json_of(scored.note)},
        {"n", scored.keys.size()},    {"method", method_json(scored.options)}, {"nodes", nodes_json(scored)}};
    json["regions"] = Json::array();
    for (std::size_t region = 0; region < scored.keys.size(); ++region)
        json["regions"].push_back(region_json(scored, region));
    json["correlations"] = correlations_json(scored);
    json["robustness"] = robustness_json(scored);
    json["findings"] = findings_json(findings);
    return json.dump(2) + "\n";
}

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
