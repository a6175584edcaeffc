#include "tendik/spatial/rates.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::spatial {
namespace {

void require_rates(std::span<const double> events, std::span<const double> populations) {
    if (events.size() != populations.size())
        throw InputError(
            fmt::format("{} numbers of events and {} populations", events.size(), populations.size()));
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (std::isfinite(events[i]) && events[i] >= 0.0 && std::isfinite(populations[i]) &&
            populations[i] > 0.0)
            continue;
        throw InputError(
            fmt::format("region {} has {} events and a population of {}", i + 1, events[i], populations[i]),
            "events are 0 or more, populations above 0");
    }
}

double sum_of(std::span<const double> values) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(value);
    return sum.value();
}

/// The region and those it is linked to, each once.
std::vector<std::uint32_t> around(const SpatialWeights& weights, std::uint32_t region) {
    const auto links = weights.links_of(region);
    std::vector<std::uint32_t> regions(links.begin(), links.end());
    if (std::ranges::find(regions, region) == regions.end()) regions.push_back(region);
    return regions;
}

struct Sums {
    double events = 0.0;
    double people = 0.0;
    double count = 0.0;
};

Sums sums_around(std::span<const double> events, std::span<const double> populations,
                 std::span<const std::uint32_t> regions) {
    CompensatedSum all_events, people;
    for (const auto region : regions) {
        all_events.add(events[region]);
        people.add(populations[region]);
    }
    return {all_events.value(), people.value(), static_cast<double>(regions.size())};
}

void require_weights(const SpatialWeights& weights, std::size_t regions) {
    if (weights.size() != regions)
        throw InputError(fmt::format("{} rates for weights of {} regions", regions, weights.size()));
}

double shrink(SmoothedRates& result, double own, double mean, double between, double population) {
    const double chance = mean / population;
    const double share = between + chance > 0.0 ? between / (between + chance) : 0.0;
    result.shrinkage.push_back(share);
    return mean + (own - mean) * share;
}

/// P(X <= k) for k below the mean, P(X >= k) else: terms away from k fall off, so they are added from k on.
double poisson_tail(double k, double mean) {
    double term = std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
    CompensatedSum sum;
    const bool lower = k < mean;
    while (term > 0.0) {
        sum.add(term);
        if (lower)
            term *= k-- / mean;
        else
            term *= mean / ++k;
        if (term < 1e-18 * sum.value()) break;
    }
    return std::min(1.0, sum.value());
}

}  // namespace

SmoothedRates empirical_bayes(std::span<const double> events, std::span<const double> populations) {
    require_rates(events, populations);
    SmoothedRates result;
    if (events.empty()) return result;
    const double people = sum_of(populations);
    result.mean = sum_of(events) / people;
    CompensatedSum spread;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double gap = events[i] / populations[i] - result.mean;
        spread.add(populations[i] * gap * gap);
    }
    const double mean_population = people / static_cast<double>(events.size());
    result.between = std::max(0.0, spread.value() / people - result.mean / mean_population);
    for (std::size_t i = 0; i < events.size(); ++i)
        result.rates.push_back(
            shrink(result, events[i] / populations[i], result.mean, result.between, populations[i]));
    return result;
}

SmoothedRates local_empirical_bayes(std::span<const double> events, std::span<const double> populations,
                                    const SpatialWeights& weights, LocalSpread spread) {
    require_rates(events, populations);
    require_weights(weights, events.size());
    std::vector<Sums> sums;
    for (std::uint32_t i = 0; i < events.size(); ++i)
        sums.push_back(sums_around(events, populations, around(weights, i)));
    SmoothedRates result;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        const double mean = sums[i].events / sums[i].people;
        CompensatedSum gaps;
        for (const auto j : around(weights, i)) {
            const auto& centre = spread == LocalSpread::around_each ? sums[j] : sums[i];
            const double gap = events[j] / populations[j] - centre.events / centre.people;
            gaps.add(populations[j] * gap * gap);
        }
        const double between =
            std::max(0.0, gaps.value() / sums[i].people - mean / (sums[i].people / sums[i].count));
        result.rates.push_back(shrink(result, events[i] / populations[i], mean, between, populations[i]));
    }
    return result;
}

std::vector<double> spatial_rate(std::span<const double> events, std::span<const double> populations,
                                 const SpatialWeights& weights) {
    require_rates(events, populations);
    require_weights(weights, events.size());
    std::vector<double> rates;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        const auto sums = sums_around(events, populations, around(weights, i));
        rates.push_back(sums.events / sums.people);
    }
    return rates;
}

std::vector<std::optional<double>> excess_risk(std::span<const double> events,
                                               std::span<const double> populations) {
    require_rates(events, populations);
    const double all = sum_of(events);
    std::vector<std::optional<double>> risks(events.size());
    for (std::size_t i = 0; all > 0.0 && i < events.size(); ++i)
        risks[i] = events[i] / (all / sum_of(populations) * populations[i]);
    return risks;
}

std::vector<double> choynowski(std::span<const double> events, std::span<const double> populations) {
    require_rates(events, populations);
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i] != std::floor(events[i]))
            throw InputError(
                fmt::format("region {} has {} events, expected a whole number", i + 1, events[i]));
    const double rate = events.empty() ? 0.0 : sum_of(events) / sum_of(populations);
    std::vector<double> probabilities;
    for (std::size_t i = 0; i < events.size(); ++i)
        probabilities.push_back(rate > 0.0 ? poisson_tail(events[i], rate * populations[i]) : 1.0);
    return probabilities;
}

std::vector<double> median_rate(std::span<const double> events, std::span<const double> populations,
                                const SpatialWeights& weights) {
    require_rates(events, populations);
    require_weights(weights, events.size());
    std::vector<double> medians;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        std::vector<double> rates;
        for (const auto j : around(weights, i))
            rates.push_back(events[j] / populations[j]);
        std::ranges::sort(rates);
        const auto middle = rates.size() / 2;
        medians.push_back(rates.size() % 2 == 1 ? rates[middle] : 0.5 * (rates[middle - 1] + rates[middle]));
    }
    return medians;
}

}  // namespace tendik::spatial
