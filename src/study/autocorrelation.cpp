#include "tendik/study/autocorrelation.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace tendik::study {
namespace {

bool wants_second(std::string_view statistic) { return statistic == "lee" || statistic == "bivariate-moran"; }
/// Statistics that count or add up what lies around a region want weights as they are.
bool wants_binary(std::string_view statistic) {
    return statistic == "g" || statistic == "gi" || statistic == "gistar" || statistic == "join-count" ||
           statistic == "local-join-count" || statistic == "spatial-gini";
}

void check_options(const AutocorrelationOptions& options, bool has_second) {
    const auto& known = autocorrelation_statistics();
    if (std::ranges::find(known, options.statistic) == known.end()) {
        const auto near = nearest(options.statistic, known);
        throw UsageError(fmt::format("there is no statistic '{}'", options.statistic),
                         near ? fmt::format("did you mean '{}'?", *near)
                              : fmt::format("known: {}", join_text(known, ", ")));
    }
    if (wants_second(options.statistic) != has_second)
        throw UsageError(fmt::format(
            "'{}' is a statistic of {}", options.statistic,
            has_second ? "one indicator, and two are given" : "two indicators, and one is given"));
    if (options.statistic == "losh" && options.local.permutation.convention == Convention::esda)
        throw UsageError("PySAL tests 'losh' against a chi-square distribution, which is not done here",
                         "leave --compat out");
    if (options.cut && !options.statistic.ends_with("join-count"))
        throw UsageError(fmt::format("a cut does not act on '{}'", options.statistic),
                         "it belongs to join-count and local-join-count");
}

/// The regions that count: all columns present.
std::vector<bool> with_values(const std::vector<const Column*>& columns) {
    std::vector<bool> keep(columns.front()->size(), true);
    for (const auto* column : columns)
        for (std::size_t i = 0; i < keep.size(); ++i)
            keep[i] = keep[i] && (*column)[i].present();
    return keep;
}

std::vector<double> kept(const Column& column, const std::vector<bool>& keep) {
    std::vector<double> values;
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (keep[i]) values.push_back(column[i].number);
    return values;
}

void report_left_out(const Layer& layer, const Boundaries& boundaries, const std::vector<bool>& keep,
                     Findings& findings) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (!keep[i]) keys.push_back(boundaries.regions[i].key);
    if (keys.empty()) return;
    findings.add(Severity::note, "regions-left-out", layer.name(),
                 fmt::format("{} of {} regions have no value and leave weights and permutations: {}",
                             keys.size(), keep.size(), join_text(keys, ", ")));
}

std::vector<double> zeros_and_ones(std::vector<double> values, const std::optional<double>& cut) {
    if (cut)
        for (double& value : values)
            value = value > *cut ? 1.0 : 0.0;
    return values;
}

std::vector<std::string> colours_of(const std::vector<double>& values, const std::optional<double>& cut) {
    constexpr std::size_t most_colours = 10;
    std::vector<std::string> colours;
    for (const double value : values)
        colours.push_back(cut ? (value > *cut ? "high" : "low") : shortest(value));
    if (const std::set<std::string> distinct(colours.begin(), colours.end()); distinct.size() > most_colours)
        throw UsageError(fmt::format("joins are counted between a few colours, and there are {} different "
                                     "values",
                                     distinct.size()),
                         "--cut NUMBER parts them into high and low");
    return colours;
}

LocalStatistic local_of(const std::string& statistic, const std::vector<double>& values,
                        const SpatialWeights& weights, const AutocorrelationOptions& options) {
    if (statistic == "local-moran") return spatial::local_moran(values, weights, options.local);
    if (statistic == "local-geary") return spatial::local_geary(values, weights, options.local);
    if (statistic == "losh") return spatial::losh(values, weights, options.local);
    if (statistic == "gi" || statistic == "gistar") return spatial::local_g(values, weights, options.local);
    return spatial::local_join_count(zeros_and_ones(values, options.cut), weights, options.local);
}

GlobalStatistic global_of(const std::string& statistic, const std::vector<double>& values,
                          const std::vector<double>& second, const SpatialWeights& weights,
                          const PermutationOptions& options) {
    if (statistic == "geary") return spatial::geary(values, weights, options);
    if (statistic == "g") return spatial::getis_ord_g(values, weights, options);
    if (statistic == "lee") return spatial::lee(values, second, weights, options);
    if (statistic == "bivariate-moran") return spatial::bivariate_moran(values, second, weights, options);
    if (statistic == "eb-moran") return spatial::eb_moran(values, second, weights, options);
    return spatial::moran(values, weights, options);
}

std::pair<GlobalStatistic, std::optional<GiniParts>> parted_gini(const std::vector<double>& values,
                                                                 const SpatialWeights& weights,
                                                                 const PermutationOptions& options) {
    auto found = spatial::spatial_gini(values, weights, options);
    return {std::move(found.global), found.parts};
}

/// The other column of a statistic of two: a second layer's values, or the people behind a rate.
const Column* second_column(const Prepared& prepared, const Layer& layer, std::optional<std::size_t> second,
                            const std::string& statistic) {
    if (second) {
        const auto& other = prepared.atlas.layers[*second];
        if (other.boundaries != layer.boundaries)
            throw InputError(
                fmt::format("'{}' and '{}' stand on different boundaries", layer.name(), other.name()));
        return &other.values;
    }
    if (statistic != "eb-moran") return nullptr;
    if (!layer.weights)
        throw UsageError("eb-moran takes events and the people they happen to, and no people are given",
                         "--value EVENTS --weight PEOPLE");
    return &layer.weights->column;
}

/// A region may be among the nearest of one that is not among its own.
bool has_one_sided_links(const SpatialWeights& weights) {
    for (std::size_t from = 0; from < weights.size(); ++from)
        for (const auto to : weights.links_of(from)) {
            const auto back = weights.links_of(to);
            if (std::ranges::find(back, from) == back.end()) return true;
        }
    return false;
}

void count_joins(Autocorrelation& result, const SpatialWeights& weights,
                 const AutocorrelationOptions& options) {
    constexpr std::size_t least = 4;
    if (weights.size() - spatial::isolates(weights).size() < least) {
        result.joins_note = "fewer than four regions with neighbours";
        return;
    }
    result.joins =
        spatial::join_counts(colours_of(result.values, options.cut), weights, options.local.permutation);
    if (result.joins.size() == 1) result.joins_note = "all regions are of one class";
    result.one_sided = has_one_sided_links(weights);
}

}  // namespace

const std::vector<std::string>& autocorrelation_statistics() {
    static const std::vector<std::string> names{
        "moran",    "geary",       "g",           "join-count", "lee",    "bivariate-moran",  "spatial-gini",
        "eb-moran", "local-moran", "local-geary", "gi",         "gistar", "local-join-count", "losh"};
    return names;
}

bool is_local_statistic(std::string_view statistic) {
    return statistic.starts_with("local-") || statistic == "gi" || statistic == "gistar" ||
           statistic == "losh";
}

Autocorrelation autocorrelate(const Prepared& prepared, std::size_t index, std::optional<std::size_t> second,
                              const AutocorrelationOptions& options, Findings& findings) {
    check_options(options, second.has_value());
    const auto& layer = prepared.atlas.layers[index];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    std::vector<const Column*> columns{&layer.values};
    if (const auto* other = second_column(prepared, layer, second, options.statistic))
        columns.push_back(other);
    auto needed = columns;
    const auto* people = layer.weights ? &layer.weights->column : nullptr;
    if (people != nullptr && wants_people(options.weights)) needed.push_back(people);
    const auto keep = with_values(needed);
    report_left_out(layer, boundaries, keep, findings);
    auto weights = spatial::only(make_weights(boundaries, options.weights, people, findings), keep);
    if (options.statistic == "gistar") weights = spatial::with_self(weights);
    const auto style =
        options.style.value_or(wants_binary(options.statistic) ? WeightStyle::B : WeightStyle::W);
    weights = spatial::standardise(weights, style);
    Autocorrelation result;
    result.statistic = options.statistic;
    result.weights = weights.description;
    result.style = style;
    result.convention = options.local.permutation.convention;
    result.keys = weights.keys;
    result.values = kept(layer.values, keep);
    if (options.statistic == "join-count")
        count_joins(result, weights, options);
    else if (options.statistic == "spatial-gini")
        std::tie(result.global, result.gini) = parted_gini(result.values, weights, options.local.permutation);
    else if (is_local_statistic(options.statistic))
        result.local = local_of(options.statistic, result.values, weights, options);
    else
        result.global = global_of(options.statistic, result.values,
                                  columns.size() > 1 ? kept(*columns[1], keep) : std::vector<double>{},
                                  weights, options.local.permutation);
    return result;
}

}  // namespace tendik::study
