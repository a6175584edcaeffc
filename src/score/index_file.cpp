#include "tendik/score/index_file.h"

#include "index_sources.h"
#include "tendik/base/document.h"
#include "tendik/base/error.h"
#include "tendik/plan/plan_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace tendik::score {

using plan::choice_of;
using plan::count_of;
using plan::texts_of;

namespace {

namespace fs = std::filesystem;

constexpr const char* normalisations_known = "min-max, goalposts, z, rank, percentile, target";
constexpr const char* aggregations_known = "arithmetic, geometric, harmonic, generalised, copeland";

double number_between(const Node& node, double lowest, double highest) {
    const double number = node.as_number();
    if (number >= lowest && number <= highest) return number;
    throw InputError(
        fmt::format("{}: '{}' is {}, expected {} to {}", node.where(), node.path(), number, lowest, highest));
}

/// Two numbers, the first one below the second.
std::pair<double, double> read_ends(const Node& node, const char* example) {
    const auto& ends = node.as_array();
    if (ends.size() != 2 || !(ends[0].as_number() < ends[1].as_number()))
        throw InputError(fmt::format("{}: '{}' needs two ascending numbers", node.where(), node.path()),
                         fmt::format("for example {}", example));
    return {ends[0].as_number(), ends[1].as_number()};
}

double read_weight(const Node& node) {
    const double weight = node.as_number();
    if (weight > 0.0 && weight < 1e9) return weight;
    throw InputError(
        fmt::format("{}: '{}' is {}, expected a weight above zero", node.where(), node.path(), weight),
        "leave out what shall not count");
}

template <class Choice>
std::vector<Choice> read_choices(const Node& node, std::optional<Choice> (*parse)(std::string_view),
                                 const char* known) {
    std::vector<Choice> choices;
    for (const auto& item : node.as_array())
        choices.push_back(choice_of<Choice>(item, parse, known));
    return choices;
}

void read_treatment(const Node& node, TreatmentOptions& treatment) {
    static constexpr std::array<std::string_view, 4> known{"on", "skew", "kurtosis", "winsorise"};
    node.refuse_unknown_keys(known);
    if (const auto* on = node.find("on")) treatment.on = on->as_bool();
    if (const auto* skew = node.find("skew")) treatment.skew_limit = number_between(*skew, 0.0, 1e3);
    if (const auto* kurtosis = node.find("kurtosis"))
        treatment.kurtosis_limit = number_between(*kurtosis, -2.0, 1e6);
    if (const auto* most = node.find("winsorise")) treatment.most_winsorised = count_of(*most, 0, 1'000'000);
}

RobustnessOptions read_robustness(const Node& node) {
    static constexpr std::array<std::string_view, 8> known{"draws",         "seed",          "normalisation",
                                                           "aggregation",   "weights",       "weight_spread",
                                                           "leave_one_out", "sampling_error"};
    node.refuse_unknown_keys(known);
    RobustnessOptions options;
    if (const auto* draws = node.find("draws")) options.draws = count_of(*draws, 0, 1'000'000);
    if (const auto* seed = node.find("seed"))
        options.seed = count_of(*seed, 0, std::numeric_limits<std::int64_t>::max());
    if (const auto* words = node.find("normalisation"))
        options.normalisations =
            read_choices<Normalisation>(*words, &normalisation_from_text, normalisations_known);
    if (const auto* words = node.find("aggregation"))
        options.aggregations = read_choices<Aggregation>(*words, &aggregation_from_text, aggregations_known);
    if (const auto* words = node.find("weights"))
        options.weightings =
            read_choices<Weighting>(*words, &weighting_from_text, "given, equal, pca, random");
    if (const auto* spread = node.find("weight_spread"))
        options.weight_spread = number_between(*spread, 0.0, 0.999);
    if (const auto* on = node.find("leave_one_out")) options.leave_one_out = on->as_bool();
    if (const auto* on = node.find("sampling_error")) options.sampling_error = on->as_bool();
    return options;
}

void read_choices_of_file(const Node& root, IndexOptions& options) {
    if (const auto* word = root.find("normalisation"))
        options.scale.normalisation =
            choice_of<Normalisation>(*word, &normalisation_from_text, normalisations_known);
    if (const auto* scale = root.find("scale"))
        std::tie(options.scale.lowest, options.scale.highest) = read_ends(*scale, "[0, 100]");
    if (const auto* cap = root.find("cap_at_target")) options.scale.cap_at_target = cap->as_bool();
    if (const auto* word = root.find("aggregation"))
        options.aggregation = choice_of<Aggregation>(*word, &aggregation_from_text, aggregations_known);
    if (const auto* power = root.find("power")) options.power = number_between(*power, -100.0, 100.0);
    if (const auto* word = root.find("weights")) {
        options.weighting = choice_of<Weighting>(*word, &weighting_from_text, "given, equal, pca");
        if (options.weighting == Weighting::random)
            throw InputError(fmt::format("{}: random weights are no index", word->where()),
                             "one of: given, equal, pca; random ones belong to [robustness]");
    }
    if (const auto* share = root.find("least_share")) options.least_share = number_between(*share, 0.0, 1.0);
    if (const auto* treatment = root.find("treatment")) read_treatment(*treatment, options.treatment);
}

class TreeReader {
public:
    TreeReader(PlannedIndex& planned, IndexSources& sources) : m_planned(planned), m_sources(sources) {}

    /// The children of a node, in the order: domains, components, indicators.
    void read_children(const Node& node, std::size_t parent) {
        for (const auto* key : {"domains", "components"})
            if (const auto* items = node.find(key))
                for (const auto& item : items->as_array())
                    read_node(item, parent);
        if (const auto* items = node.find("indicators"))
            for (const auto& item : items->as_array())
                read_leaf(item, parent);
        if (m_planned.tree.nodes[parent].children.empty())
            throw InputError(
                fmt::format("{}: '{}' holds no indicator", node.where(), m_planned.tree.nodes[parent].code),
                "add [[indicators]] with code = \"...\" below it");
    }

private:
    std::size_t add_node(const Node& item, std::size_t parent) {
        auto& nodes = m_planned.tree.nodes;
        IndexNode node;
        node.code = item.at("code").as_text();
        if (std::ranges::find(nodes, node.code, &IndexNode::code) != nodes.end())
            throw InputError(fmt::format("{}: '{}' stands twice in the tree", item.where(), node.code),
                             "codes name columns: give one of them another code");
        if (const auto* name = item.find("name")) node.name = texts_of(*name);
        if (const auto* weight = item.find("weight")) node.weight = read_weight(*weight);
        nodes[parent].children.push_back(nodes.size());
        nodes.push_back(std::move(node));
        return nodes.size() - 1;
    }

    void read_node(const Node& item, std::size_t parent) {
        static constexpr std::array<std::string_view, 6> known{"code",        "name",       "weight",
                                                               "aggregation", "components", "indicators"};
        item.refuse_unknown_keys(known);
        const auto place = add_node(item, parent);
        if (const auto* word = item.find("aggregation"))
            m_planned.tree.nodes[place].aggregation =
                choice_of<Aggregation>(*word, &aggregation_from_text, aggregations_known);
        read_children(item, place);
    }

    void read_leaf(const Node& item, std::size_t parent) {
        static constexpr std::array<std::string_view, 16> known{
            "code",  "name", "weight", "year",  "inherit_from", "direction", "goalposts", "target",
            "table", "key",  "value",  "sheet", "error",        "bounds",    "survey",    "indicator"};
        item.refuse_unknown_keys(known);
        const auto place = add_node(item, parent);
        auto& node = m_planned.tree.nodes[place];
        node.indicator = m_planned.tree.indicators.size();
        IndexIndicator indicator;
        indicator.code = node.code;
        if (const auto* ends = item.find("goalposts")) indicator.goalposts = read_ends(*ends, "[0, 20]");
        if (const auto* target = item.find("target")) indicator.target = target->as_number();
        if (const auto* ends = item.find("bounds"))
            std::tie(indicator.lower_bound, indicator.upper_bound) = read_ends(*ends, "[0, 100]");
        m_planned.tree.indicators.push_back(std::move(indicator));
        PlannedLeaf leaf{item.where()};
        if (const auto* survey = item.find("survey")) leaf.survey = survey->as_bool();
        m_planned.leaves.push_back(std::move(leaf));
        m_sources.add(item, node.code);
    }

    PlannedIndex& m_planned;
    IndexSources& m_sources;
};

}  // namespace

PlannedIndex read_index(const fs::path& file, const fs::path& builtin) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        throw InputError(fmt::format("no such file: '{}'", file.string()),
                         "a relative path starts at the current folder");
    const auto root = read_toml_file(file);
    static constexpr std::array<std::string_view, 20> known{
        "schema",  "title",         "note",      "plan",       "vintage",       "table",       "key",
        "sheet",   "normalisation", "scale",     "power",      "cap_at_target", "aggregation", "weights",
        "domains", "least_share",   "treatment", "components", "indicators",    "robustness"};
    root.refuse_unknown_keys(known);
    if (const auto* schema = root.find("schema"); schema != nullptr && schema->as_text() != index_schema)
        throw InputError(fmt::format("{}: schema '{}' is not known", schema->where(), schema->as_text()),
                         fmt::format("this program reads '{}'", index_schema));
    PlannedIndex planned;
    planned.name = file.string();
    if (const auto* title = root.find("title")) planned.title = texts_of(*title);
    if (const auto* note = root.find("note")) planned.note = texts_of(*note);
    read_choices_of_file(root, planned.options);
    if (const auto* robustness = root.find("robustness")) planned.robustness = read_robustness(*robustness);
    IndexNode index;
    index.code = "index";
    index.name = planned.title;
    planned.tree.nodes.push_back(std::move(index));
    IndexSources sources(root, file.parent_path(), builtin);
    TreeReader(planned, sources).read_children(root, 0);
    sources.finish(planned);
    return planned;
}

void take_draws(const PlannedIndexStep& step, std::size_t jobs, PlannedIndex& planned) {
    if (step.draws) {
        if (!planned.robustness) planned.robustness.emplace();
        planned.robustness->draws = *step.draws;
    }
    if (!planned.robustness) {
        if (step.seed)
            throw UsageError("a seed speaks of draws, and nothing is drawn",
                             "say how many draws, or add [robustness] to the file of the index");
        return;
    }
    if (step.seed) planned.robustness->seed = *step.seed;
    planned.robustness->jobs = jobs;
}

}  // namespace tendik::score
