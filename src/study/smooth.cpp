// Rates of a layer smoothed: values as events, weights as people.
#include "tendik/study/smooth.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/study/autocorrelation.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::study {
namespace {

bool looks_at_neighbours(const std::string& method) {
    return method == "local-eb" || method == "spatial-rate" || method == "median";
}

/// Events and people of the regions that have both.
struct Counted {
    std::vector<bool> keep;
    std::vector<double> events;
    std::vector<double> people;
};

Counted counted_of(const Layer& layer, const Boundaries& boundaries, Findings& findings) {
    Counted counted;
    std::vector<std::string> left_out;
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        const auto& people = layer.weights->column[i];
        const bool both = layer.values[i].present() && people.present();
        counted.keep.push_back(both);
        if (!both) {
            left_out.push_back(boundaries.regions[i].key);
            continue;
        }
        counted.events.push_back(layer.values[i].number);
        counted.people.push_back(people.number);
    }
    if (!left_out.empty())
        findings.add(Severity::note, "regions-left-out", layer.name(),
                     fmt::format("{} of {} regions have no events or no people: {}", left_out.size(),
                                 layer.values.size(), join_text(left_out, ", ")));
    if (counted.events.empty())
        throw InputError(fmt::format("no region of '{}' has events and people", layer.name()),
                         "look at the columns that are named");
    return counted;
}

/// A rate above one a head: possible where events happen again, more often two columns exchanged.
void warn_of_more_events_than_people(const Layer& layer, const Boundaries& boundaries, Findings& findings) {
    std::vector<std::string> named;
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        const auto& events = layer.values[i];
        const auto& people = layer.weights->column[i];
        if (events.present() && people.present() && events.number > people.number)
            named.push_back(fmt::format("{} ({} of {})", boundaries.regions[i].name.in(Language::en),
                                        shortest(events.number), shortest(people.number)));
    }
    if (!named.empty())
        findings.add(Severity::warning, "events-above-people", layer.name(),
                     fmt::format("more events than people in {}: look whether the columns are exchanged",
                                 join_text(named, ", ")));
}

/// Results of the regions that count, back in the places of all.
Column spread_out(const Column& of_counted, const std::vector<bool>& keep, const Column& events) {
    Column all;
    std::size_t next = 0;
    for (std::size_t i = 0; i < keep.size(); ++i) {
        const auto state = events[i].state == State::present ? State::missing : events[i].state;
        all.push_back(keep[i] ? of_counted[next++] : Value::without(state));
    }
    return all;
}

Column column_of(const std::vector<double>& numbers, double times) {
    Column column;
    for (const double number : numbers)
        column.push_back(Value::of(number * times));
    return column;
}

void fill_smoothed(SmoothedLayer& smoothed, const SmoothedRates& rates, bool global, double times) {
    smoothed.result = column_of(rates.rates, times);
    smoothed.shrinkage = column_of(rates.shrinkage, 1.0);
    if (!global) return;
    smoothed.mean = rates.mean * times;
    smoothed.between = rates.between * times * times;
}

void compute(SmoothedLayer& smoothed, const Counted& counted, const SpatialWeights& weights,
             const SmoothChoice& choice) {
    const auto& [keep, events, people] = counted;
    const auto& method = choice.method;
    if (method == "eb")
        fill_smoothed(smoothed, spatial::empirical_bayes(events, people), true, choice.times);
    else if (method == "local-eb")
        fill_smoothed(smoothed, spatial::local_empirical_bayes(events, people, weights, choice.spread), false,
                      choice.times);
    else if (method == "spatial-rate")
        smoothed.result = column_of(spatial::spatial_rate(events, people, weights), choice.times);
    else if (method == "median")
        smoothed.result = column_of(spatial::median_rate(events, people, weights), choice.times);
    else if (method == "choynowski")
        smoothed.result = column_of(spatial::choynowski(events, people), 1.0);
    else
        for (const auto& risk : spatial::excess_risk(events, people))
            smoothed.result.push_back(risk ? Value::of(*risk) : Value::without(State::not_applicable));
}

}  // namespace

const std::vector<std::string>& smoothing_methods() {
    static const std::vector<std::string> names{"eb",     "local-eb",    "spatial-rate",
                                                "median", "excess-risk", "choynowski"};
    return names;
}

SmoothedLayer smooth(const Prepared& prepared, std::size_t index, const SmoothChoice& choice,
                     Findings& findings) {
    const auto& methods = smoothing_methods();
    if (std::ranges::find(methods, choice.method) == methods.end())
        throw UsageError(fmt::format("there is no method '{}'", choice.method),
                         fmt::format("known: {}", join_text(methods, ", ")));
    if (!(choice.times > 0.0)) throw UsageError(fmt::format("rates per {} people", choice.times), "above 0");
    const auto& layer = prepared.atlas.layers[index];
    if (!layer.weights)
        throw InputError(fmt::format("'{}' has events, and no people they happen to", layer.name()),
                         "name the column with the population: --population COLUMN");
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const auto counted = counted_of(layer, boundaries, findings);
    warn_of_more_events_than_people(layer, boundaries, findings);
    SmoothedLayer smoothed;
    smoothed.title =
        layer.year ? fmt::format("{}, {}", layer.indicator.code, *layer.year) : layer.indicator.code;
    smoothed.method = choice.method;
    smoothed.times = choice.times;
    SpatialWeights weights;
    if (looks_at_neighbours(choice.method)) {
        weights = spatial::only(make_weights(boundaries, choice.weights, &layer.weights->column, findings),
                                counted.keep);
        smoothed.weights = weights.description;
    }
    compute(smoothed, counted, weights, choice);
    Column rates;
    for (std::size_t i = 0; i < counted.events.size(); ++i)
        rates.push_back(Value::of(counted.events[i] / counted.people[i] * choice.times));
    smoothed.events = layer.values;
    smoothed.people = layer.weights->column;
    smoothed.rates = spread_out(rates, counted.keep, layer.values);
    smoothed.result = spread_out(smoothed.result, counted.keep, layer.values);
    if (!smoothed.shrinkage.empty())
        smoothed.shrinkage = spread_out(smoothed.shrinkage, counted.keep, layer.values);
    return smoothed;
}

}  // namespace tendik::study
