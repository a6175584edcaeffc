#include "tendik/precision/reliability.h"

#include "tendik/base/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tendik::precision {
namespace {

constexpr double shown_from_cases = 25.0;
constexpr double plain_from_cases = 50.0;

}  // namespace

double variation_percent(double value, double error, std::optional<double> whole) {
    if (error == 0.0) return 0.0;
    const double size = whole ? std::min(value, *whole - value) : std::abs(value);
    return size > 0.0 ? 100.0 * error / size : std::numeric_limits<double>::infinity();
}

Reliability reliability_of(double variation_percent, const CutPoints& cut_points) {
    if (variation_percent < cut_points.caution_percent) return Reliability::reliable;
    return variation_percent > cut_points.unreliable_percent ? Reliability::unreliable : Reliability::caution;
}

Cases judge_cases(double unweighted_n) {
    if (unweighted_n < shown_from_cases) return Cases::too_few;
    return unweighted_n < plain_from_cases ? Cases::few : Cases::enough;
}

std::optional<double> class_probability(const Classes& classes, const Value& value, const Value& error) {
    if (!value.present() || !error.present()) return std::nullopt;
    const auto index = classes.class_of(value.number);
    if (!index) return std::nullopt;
    if (error.number == 0.0) return 1.0;
    const auto below = [&](double end) { return normal_probability((end - value.number) / error.number); };
    const double upper = *index + 1 == classes.class_count() ? 1.0 : below(classes.breaks[*index + 1]);
    return upper - (*index == 0 ? 0.0 : below(classes.breaks[*index]));
}

std::vector<PairTest> test_pairs(const Column& values, const Column& errors) {
    std::vector<PairTest> pairs;
    const auto counts = [&](std::size_t i) { return values[i].present() && errors[i].present(); };
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t k = i + 1; counts(i) && k < values.size(); ++k) {
            if (!counts(k)) continue;
            PairTest pair;
            pair.first = static_cast<RegionIndex>(i);
            pair.second = static_cast<RegionIndex>(k);
            pair.difference = values[i].number - values[k].number;
            pair.se = std::hypot(errors[i].number, errors[k].number);
            if (pair.se > 0.0) {
                pair.z = pair.difference / pair.se;
                pair.p = 2.0 * normal_probability(-std::abs(*pair.z));
            } else {
                pair.p = pair.difference == 0.0 ? 1.0 : 0.0;
            }
            pair.p_adjusted = pair.p;
            pairs.push_back(pair);
        }
    }
    return pairs;
}

std::optional<RegionIndex> derivable_region(const Column& values, const Column* weights) {
    std::optional<RegionIndex> suppressed;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& value = values[i];
        if (value.state == State::not_applicable) continue;
        if (weights != nullptr && !(*weights)[i].present()) return std::nullopt;
        if (value.present()) continue;
        if (value.state != State::suppressed || suppressed) return std::nullopt;
        suppressed = static_cast<RegionIndex>(i);
    }
    return suppressed;
}

}  // namespace tendik::precision
