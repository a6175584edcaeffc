// Layers of one series followed over their years.
#include "tendik/study/trend.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tendik::study {
namespace {

bool can_be_followed(const Layer& layer) {
    return layer.year && layer.display == Display::classes && !layer.indicator.partial &&
           (!layer.modelled || layer.modelled->can_rank);
}

/// Indices of the layers of each series, years ascending, in the order of their first layers.
std::vector<std::vector<std::size_t>> series_of(const Prepared& prepared, bool over_breaks) {
    // Over breaks: figures of one indicator and kind on the same units.
    using Key = std::tuple<std::string, std::size_t, bool, bool>;
    std::map<Key, std::size_t> known_keys;
    std::map<std::size_t, std::size_t> known_series;
    std::vector<std::vector<std::size_t>> all;
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        const auto& layer = prepared.atlas.layers[i];
        if (!can_be_followed(layer)) continue;
        const Key key{layer.indicator.code, layer.boundaries, layer.carried.has_value(),
                      layer.carried && !layer.carried->restated.empty()};
        const auto at = over_breaks
                            ? known_keys.emplace(key, all.size()).first->second
                            : known_series.emplace(prepared.results[i].series, all.size()).first->second;
        if (at == all.size()) all.emplace_back();
        all[at].push_back(i);
    }
    return all;
}

/// Sets the figure that the last year is compared with, and what it is called.
void take_benchmark(TrendStudy& study, const Prepared& prepared, std::size_t layer_index,
                    const std::string& word) {
    const auto take = [&study](Benchmark kind, std::optional<double> value, std::string words) {
        study.benchmark_kind = kind;
        study.goals.benchmark = value;
        study.benchmark = std::move(words);
    };
    if (word.empty()) return;
    const auto& layer = prepared.atlas.layers[layer_index];
    const auto& measures = prepared.results[layer_index].measures;
    if (word == "national") {
        if (layer.published)
            take(Benchmark::published, layer.published->value, "the published figure of the country");
        else
            take(Benchmark::mean, measures.mean, "the mean of the regions");
        return;
    }
    if (word == "best") {
        if (!measures.best)
            throw UsageError(fmt::format("no region is best in '{}'", layer.indicator.code),
                             "neither end of it is good: name a number instead");
        const auto index = static_cast<std::size_t>(*measures.best);
        study.benchmark_region = prepared.atlas.boundaries_of(layer).regions[index].name;
        take(Benchmark::region, layer.values[index].number, study.benchmark_region.in(Language::en));
        return;
    }
    const auto number = parse_number(word);
    if (!number) throw UsageError(fmt::format("the benchmark is '{}'", word), "national, best, or a number");
    take(Benchmark::number, number, word);
}

std::vector<TrendYear> years_of(const Prepared& prepared, const std::vector<std::size_t>& layers) {
    std::vector<TrendYear> years;
    for (const auto i : layers)
        years.push_back(
            {*prepared.atlas.layers[i].year, prepared.atlas.layers[i].values, prepared.results[i].measures});
    return years;
}

std::vector<Pace> paces_of(const std::vector<TrendYear>& years, const TrendGoals& goals) {
    std::vector<Pace> paces;
    for (std::size_t region = 0; region < years.front().values.size(); ++region) {
        std::vector<std::pair<int, double>> values;
        for (const auto& year : years)
            if (year.values[region].present()) values.emplace_back(year.year, year.values[region].number);
        paces.push_back(trends::pace_of(values, goals));
    }
    return paces;
}

TrendStudy study_of(const Prepared& prepared, const std::vector<std::size_t>& layers,
                    const TrendChoice& choice) {
    const auto years = years_of(prepared, layers);
    const auto& indicator = prepared.atlas.layers[layers.front()].indicator;
    TrendStudy study;
    study.first_layer = layers.front();
    study.goals = {indicator.direction, choice.target, choice.target_year, std::nullopt};
    take_benchmark(study, prepared, layers.back(), choice.benchmark);
    std::vector<std::pair<int, double>> means;
    for (const auto& year : years) {
        study.years.push_back(year.year);
        study.means.push_back(year.measures.mean);
        if (year.measures.mean) means.emplace_back(year.year, *year.measures.mean);
    }
    for (const auto& series_break : indicator.breaks)
        if (series_break.year > study.years.front() && series_break.year <= study.years.back())
            study.breaks.push_back(series_break.year);
    study.measures = trends::follow_measures(years, indicator.decimals);
    study.convergence = trends::converge(years);
    study.of_mean = trends::pace_of(means, study.goals);
    study.of_regions = paces_of(years, study.goals);
    return study;
}

[[noreturn]] void refuse_no_trend(const Prepared& prepared, bool over_breaks) {
    const auto& layers = prepared.atlas.layers;
    const auto dated = [](const Layer& layer) { return layer.year.has_value(); };
    if (!layers.empty() && std::ranges::none_of(layers, dated))
        throw InputError(fmt::format("{}: no column of years is found, and a trend is of several",
                                     layers.front().source_file),
                         "call the column of years 'year' (TIME_PERIOD in SDMX), or give every year a column "
                         "that is called "
                         "by it: 2015, 2016");
    const auto parted = [](const Layer& layer) { return !layer.indicator.breaks.empty(); };
    throw InputError("no indicator has figures of two years in one series",
                     !over_breaks && std::ranges::any_of(layers, parted)
                         ? "a break parts a series: --over-breaks joins what it parts"
                         : "name an indicator with several years on the same units");
}

}  // namespace

std::vector<TrendStudy> follow(const Prepared& prepared, const TrendChoice& choice, Findings& findings) {
    if (choice.target_year && !choice.target)
        throw UsageError("a year is named for the target, and no target", "add --target NUMBER");
    std::vector<TrendStudy> studies;
    for (const auto& layers : series_of(prepared, choice.over_breaks)) {
        const auto& layer = prepared.atlas.layers[layers.front()];
        if (layers.size() < 2) {
            findings.add(Severity::note, "one-year", layer.name(), "a single year makes no trend");
            continue;
        }
        studies.push_back(while_doing(fmt::format("following '{}'", layer.indicator.code),
                                      [&] { return study_of(prepared, layers, choice); }));
    }
    if (studies.empty()) refuse_no_trend(prepared, choice.over_breaks);
    return studies;
}

}  // namespace tendik::study
