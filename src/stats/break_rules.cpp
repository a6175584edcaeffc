#include "break_rules.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>

namespace tendik::stats {
namespace {

double mean_of(Ascending values) {
    // From the middle outward errors of rounding stay small: the sum is that of differences.
    const double middle = values[values.size() / 2];
    long double sum = 0.0L;
    for (const double value : values)
        sum += static_cast<long double>(value) - middle;
    return static_cast<double>(middle + sum / static_cast<long double>(values.size()));
}

double deviation_of(Ascending values, double mean) {
    long double squares = 0.0L;
    for (const double value : values)
        squares += (static_cast<long double>(value) - mean) * (static_cast<long double>(value) - mean);
    return static_cast<double>(std::sqrt(squares / static_cast<long double>(values.size() - 1)));
}

/// The inner breaks that have a value on either side, between the ends of the data.
std::vector<double> within_data(Ascending values, std::span<const double> inner) {
    std::vector<double> breaks{values.front()};
    for (const double end : inner)
        if (end >= values.front() && end < values.back()) breaks.push_back(end);
    breaks.push_back(values.back());
    return breaks;
}

double at_share(Ascending values, std::size_t part, std::size_t whole) {
    const std::size_t position = (values.size() - 1) * part;
    const std::size_t below = position / whole;
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above],
                     static_cast<double>(position % whole) / static_cast<double>(whole));
}

/// The width of R's pretty intervals: of 1, 2, 5, 10 times the power of ten at or below `cell` the largest
/// that the bias towards wide intervals (1.5; 2.75 for fives) still prefers.
double pretty_width(double cell) {
    constexpr double bias = 1.5;
    constexpr double bias_of_five = 0.5 + 1.5 * bias;
    const double base = std::pow(10.0, std::floor(std::log10(cell)));
    double width = base;
    if (2.0 * base - cell < bias * (cell - width)) width = 2.0 * base;
    if (5.0 * base - cell < bias_of_five * (cell - width)) width = 5.0 * base;
    if (10.0 * base - cell < bias * (cell - width)) width = 10.0 * base;
    return width;
}

/// `steps` intervals of `width` from zero, without the noise of multiplying by 0.1 or 0.01.
double multiple_of(double steps, double width) {
    return width < 1.0 ? steps / std::round(1.0 / width) : steps * width;
}

}  // namespace

std::vector<double> share_breaks(Ascending values, const std::vector<std::size_t>& parts, std::size_t whole) {
    std::vector<double> breaks{values.front()};
    for (const std::size_t part : parts)
        breaks.push_back(at_share(values, part, whole));
    breaks.push_back(values.back());
    return breaks;
}

std::vector<double> quantile_breaks(Ascending values, std::size_t k) {
    std::vector<std::size_t> parts(k - 1);
    std::iota(parts.begin(), parts.end(), std::size_t{1});
    return share_breaks(values, parts, k);
}

std::vector<double> equal_breaks(Ascending values, std::size_t k) {
    std::vector<double> breaks;
    for (std::size_t i = 0; i <= k; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(k);
        breaks.push_back(std::lerp(values.front(), values.back(), part));
    }
    return breaks;
}

std::vector<double> fisher_breaks(const SpreadTable& table, const DistinctValues& distinct, std::size_t k,
                                  CutAt cut) {
    const auto& values = distinct.values;
    std::vector<double> breaks{values.front()};
    for (const std::size_t start : fisher_partition(table, k)) {
        if (start == 0) continue;
        // std::midpoint rounds towards its first argument: the break never reaches the class above.
        breaks.push_back(cut == CutAt::maximum ? values[start - 1]
                                               : std::midpoint(values[start - 1], values[start]));
    }
    breaks.push_back(values.back());
    return breaks;
}

std::vector<double> head_tail_breaks(Ascending values, double largest_head) {
    std::vector<double> breaks{values.front()};
    auto rest = values;
    while (rest.size() > 1 && rest.front() < rest.back()) {
        const double mean = mean_of(rest);
        const auto head =
            rest.subspan(static_cast<std::size_t>(std::ranges::upper_bound(rest, mean) - rest.begin()));
        breaks.push_back(mean);
        if (static_cast<double>(head.size()) > largest_head * static_cast<double>(rest.size())) break;
        rest = head;
    }
    breaks.push_back(values.back());
    return breaks;
}

std::vector<double> deviation_breaks(Ascending values) {
    if (values.size() < 2) return {values.front(), values.back()};
    const double mean = mean_of(values);
    const double deviation = deviation_of(values, mean);
    std::array<double, 4> inner{};
    std::ranges::transform(std::array{-2.0, -1.0, 1.0, 2.0}, inner.begin(),
                           [&](double times) { return mean + times * deviation; });
    return within_data(values, inner);
}

std::vector<double> box_breaks(Ascending values) {
    constexpr double hinge = 1.5;
    const std::array quartile{at_share(values, 1, 4), at_share(values, 2, 4), at_share(values, 3, 4)};
    const double fence = hinge * (quartile[2] - quartile[0]);
    return within_data(
        values, std::array{quartile[0] - fence, quartile[0], quartile[1], quartile[2], quartile[2] + fence});
}

std::vector<double> gap_breaks(const DistinctValues& distinct, std::size_t k) {
    const auto& values = distinct.values;
    std::vector<std::size_t> gaps(values.size() - 1);
    std::iota(gaps.begin(), gaps.end(), std::size_t{0});
    const auto width = [&](std::size_t gap) { return values[gap + 1] - values[gap]; };
    std::ranges::stable_sort(gaps, [&](std::size_t a, std::size_t b) { return width(a) > width(b); });
    gaps.resize(std::min(k - 1, gaps.size()));
    std::ranges::sort(gaps);
    std::vector<double> breaks{values.front()};
    for (const std::size_t gap : gaps)
        breaks.push_back(std::midpoint(values[gap], values[gap + 1]));
    breaks.push_back(values.back());
    return breaks;
}

std::vector<double> pretty_breaks(Ascending values, std::size_t k) {
    constexpr double slack = 1e-10;  // of one interval: a value that is an end but for rounding is that end
    const double range = values.back() - values.front();
    if (range == 0.0) return {values.front(), values.back()};
    const double width = pretty_width(range / static_cast<double>(k));
    const double first = std::floor(values.front() / width + slack);
    const double last = std::ceil(values.back() / width - slack);
    std::vector<double> breaks;
    for (double step = first; step <= last; ++step)
        breaks.push_back(multiple_of(step, width));
    // No value stays outside for the sake of a pretty number.
    breaks.front() = std::min(breaks.front(), values.front());
    breaks.back() = std::max(breaks.back(), values.back());
    return breaks;
}

std::vector<double> geometric_breaks(Ascending values, std::size_t k) {
    if (values.front() <= 0.0)
        throw InputError(fmt::format("geometric classes need values above 0, and the smallest is {}",
                                     shortest(values.front())),
                         "use head-tail or quantile for skewed values that reach 0");
    std::vector<double> breaks{values.front()};
    for (std::size_t i = 1; i < k; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(k);
        breaks.push_back(values.front() * std::pow(values.back() / values.front(), part));
    }
    breaks.push_back(values.back());
    return breaks;
}

std::vector<double> fixed_breaks(Ascending values, const std::vector<double>& given) {
    std::vector<double> breaks;
    if (values.front() < given.front()) breaks.push_back(values.front());
    breaks.insert(breaks.end(), given.begin(), given.end());
    if (values.back() > given.back()) breaks.push_back(values.back());
    return breaks;
}

}  // namespace tendik::stats
