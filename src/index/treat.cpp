// Outliers: recognised by skewness and kurtosis, pulled in or put on a logarithmic scale.
#include "tendik/index/treat.h"

#include "numbers.h"

#include <algorithm>
#include <cmath>

namespace tendik {

std::string_view to_text(TreatmentKind kind) {
    switch (kind) {
    case TreatmentKind::winsorised:
        return "winsorised";
    case TreatmentKind::logarithm:
        return "logarithm";
    case TreatmentKind::none:
        break;
    }
    return "none";
}

namespace index {
namespace {

double sum_of_powers(const std::vector<double>& values, double mean, double spread, int power) {
    CompensatedSum sum;
    for (const double value : values)
        sum.add(std::pow((value - mean) / spread, power));
    return sum.value();
}

bool exceeds(const std::optional<double>& skew, const std::optional<double>& kurtosis,
             const TreatmentOptions& options) {
    return skew && kurtosis && std::abs(*skew) > options.skew_limit && *kurtosis > options.kurtosis_limit;
}

void judge(const std::vector<double>& values, const TreatmentOptions& options, Treatment& treatment) {
    treatment.skew_after = sample_skewness(values);
    treatment.kurtosis_after = sample_kurtosis(values);
    treatment.within_limits = !exceeds(treatment.skew_after, treatment.kurtosis_after, options);
}

std::size_t most_winsorised(std::size_t count, const TreatmentOptions& options) {
    constexpr std::size_t regions_for_one = 10;
    constexpr std::size_t most = 5;
    return options.most_winsorised.value_or(std::clamp<std::size_t>(count / regions_for_one, 1, most));
}

/// Tries 1, 2, ... values; true when `values` are within the limits then.
bool winsorise(std::vector<double>& values, const TreatmentOptions& options, Treatment& treatment) {
    auto sorted = values;
    std::ranges::sort(sorted);
    const bool high = *treatment.skew > 0.0;
    const auto most = std::min(most_winsorised(values.size(), options), values.size() - 1);
    for (std::size_t k = 1; k <= most; ++k) {
        const double end = high ? sorted[sorted.size() - 1 - k] : sorted[k];
        auto pulled = values;
        for (double& value : pulled)
            value = high ? std::min(value, end) : std::max(value, end);
        judge(pulled, options, treatment);
        // Pulling in must not make all of them equal.
        if (!treatment.within_limits || !treatment.skew_after) continue;
        values = std::move(pulled);
        return true;
    }
    return false;
}

void take_logarithm(std::vector<double>& values, bool mirrored) {
    constexpr double above_zero = 0.01;
    const auto [low, high] = std::ranges::minmax(values);
    const double step = above_zero * (high - low);
    for (double& value : values)
        value = mirrored ? -std::log(high - value + step) : std::log(value - low + step);
}

}  // namespace

std::optional<double> sample_skewness(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    const double spread = sample_deviation(values);
    if (values.size() < 3 || !(spread > 0.0)) return std::nullopt;
    return n / ((n - 1.0) * (n - 2.0)) * sum_of_powers(values, mean_of(values), spread, 3);
}

std::optional<double> sample_kurtosis(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    const double spread = sample_deviation(values);
    if (values.size() < 4 || !(spread > 0.0)) return std::nullopt;
    return n * (n + 1.0) / ((n - 1.0) * (n - 2.0) * (n - 3.0)) *
               sum_of_powers(values, mean_of(values), spread, 4) -
           3.0 * (n - 1.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0));
}

Treatment treat(std::vector<double>& values, const TreatmentOptions& options) {
    Treatment treatment;
    auto present = known_numbers(values);
    treatment.skew = sample_skewness(present);
    treatment.kurtosis = sample_kurtosis(present);
    judge(present, options, treatment);
    if (!options.on || treatment.within_limits) return treatment;
    treatment.kind = TreatmentKind::winsorised;
    if (!winsorise(present, options, treatment)) {
        treatment.kind = TreatmentKind::logarithm;
        take_logarithm(present, *treatment.skew < 0.0);
        judge(present, options, treatment);
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!known(values[i])) continue;
        const double after = present[next++];
        if (after != values[i]) treatment.cells.push_back({i, values[i], after});
        values[i] = after;
    }
    return treatment;
}

}  // namespace index
}  // namespace tendik
