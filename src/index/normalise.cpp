// Figures of different units on one scale.
#include "tendik/index/normalise.h"

#include "numbers.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace tendik::index {
namespace {

/// Scores are sums of parts: the same parts in another order differ in their last bits. Of the largest.
constexpr double same_score = 1e-12;

/// 1 for the smallest, ties the lowest rank of them.
Numbers ascending_ranks(const Numbers& numbers) {
    auto sorted = known_numbers(numbers);
    std::ranges::sort(sorted);
    Numbers ranks(numbers.size(), no_number);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (known(numbers[i]))
            ranks[i] =
                1.0 + static_cast<double>(std::ranges::lower_bound(sorted, numbers[i]) - sorted.begin());
    return ranks;
}

/// (x - from) / (to - from) for all.
Numbers between(Numbers numbers, double from, double to) {
    for (double& number : numbers)
        number = (number - from) / (to - from);
    return numbers;
}

Numbers toward_goalposts(const Numbers& numbers, const IndexIndicator& indicator) {
    if (!indicator.goalposts)
        throw InputError(fmt::format("indicator '{}' has no goalposts", indicator.code),
                         "add goalposts = [lower, higher] to it, or choose another normalisation");
    const auto [lower, higher] = *indicator.goalposts;
    const bool adverse = indicator.direction == Direction::adverse;
    auto scores = between(numbers, adverse ? higher : lower, adverse ? lower : higher);
    for (double& score : scores)
        if (known(score)) score = std::clamp(score, 0.0, 1.0);
    return scores;
}

/// From the worst region to the target; beyond it more than 1, unless that is cut off. Nothing where no
/// region falls short of the target.
std::optional<Numbers> toward_target(const Numbers& numbers, const IndexIndicator& indicator, double worst,
                                     bool cap) {
    if (!indicator.target)
        throw InputError(fmt::format("indicator '{}' has no target", indicator.code),
                         "add target = NUMBER to it, or choose another normalisation");
    const bool adverse = indicator.direction == Direction::adverse;
    if (adverse ? worst <= *indicator.target : worst >= *indicator.target) return std::nullopt;
    auto scores = between(numbers, worst, *indicator.target);
    if (cap)
        for (double& score : scores)
            if (known(score)) score = std::min(score, 1.0);
    return scores;
}

Numbers standardised(Numbers numbers, const std::vector<double>& present, bool adverse) {
    const double mean = mean_of(present);
    const double deviation = sample_deviation(present);
    for (double& number : numbers)
        number = (adverse ? mean - number : number - mean) / deviation;
    return numbers;
}

Numbers turned(Numbers numbers, bool adverse) {
    if (adverse)
        for (double& number : numbers)
            number = -number;
    return numbers;
}

}  // namespace

Normalised normalise(const std::vector<double>& values, const IndexIndicator& indicator,
                     const NormaliseOptions& options) {
    const auto present = known_numbers(values);
    const Normalised nothing{Numbers(values.size(), no_number), {}};
    if (present.empty()) return {nothing.scores, "no region has a value"};
    const auto [low, high] = std::ranges::minmax(present);
    if (low == high && options.normalisation != Normalisation::goalposts)
        return {nothing.scores, fmt::format("all {} values are equal", present.size())};
    const bool adverse = indicator.direction == Direction::adverse;
    const double worst = adverse ? high : low;
    Numbers scores;
    switch (options.normalisation) {
    case Normalisation::z:
        return {standardised(values, present, adverse), {}};
    case Normalisation::rank:
        return {ascending_ranks(turned(values, adverse)), {}};
    case Normalisation::percentile:
        scores = between(ascending_ranks(turned(values, adverse)), 1.0, static_cast<double>(present.size()));
        break;
    case Normalisation::goalposts:
        scores = toward_goalposts(values, indicator);
        break;
    case Normalisation::target: {
        auto toward = toward_target(values, indicator, worst, options.cap_at_target);
        if (!toward) return {nothing.scores, "every region has reached the target"};
        scores = std::move(*toward);
        break;
    }
    case Normalisation::min_max:
        scores = between(values, worst, adverse ? low : high);
    }
    for (double& score : scores)
        score = options.lowest + score * (options.highest - options.lowest);
    return {std::move(scores), {}};
}

std::vector<std::optional<std::size_t>> ranks_of(const std::vector<double>& scores) {
    std::vector<std::size_t> best_first;
    double largest = 0.0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!known(scores[i])) continue;
        best_first.push_back(i);
        largest = std::max(largest, std::abs(scores[i]));
    }
    std::ranges::stable_sort(best_first, std::greater{}, [&](std::size_t i) { return scores[i]; });
    std::vector<std::optional<std::size_t>> ranks(scores.size());
    std::size_t leader = 0;  // the first place of the rank
    for (std::size_t place = 0; place < best_first.size(); ++place) {
        if (scores[best_first[leader]] - scores[best_first[place]] > same_score * largest) leader = place;
        ranks[best_first[place]] = leader + 1;
    }
    return ranks;
}

}  // namespace tendik::index
