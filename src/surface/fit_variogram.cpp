#include "model_shape.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace tendik::surface {
namespace {

/// What the search tries: a shape and range with the nugget and sill that suit them best.
struct Trial {
    VariogramModel model;
    double squares = std::numeric_limits<double>::infinity();
};

double weight_of(const VariogramBin& bin) {
    return static_cast<double>(bin.pairs) / (bin.distance_m * bin.distance_m);
}

double squares_of(std::span<const VariogramBin> bins, const VariogramModel& model) {
    double sum = 0.0;
    for (const auto& bin : bins) {
        const double rest = bin.semivariance - semivariance(model, bin.distance_m);
        sum += weight_of(bin) * rest * rest;
    }
    return sum;
}

/// Weighted sums over the bins, g the share of the sill, y the semivariance above the least nugget.
struct Sums {
    double one = 0.0, g = 0.0, gg = 0.0, y = 0.0, gy = 0.0;
};

Sums sums_of(std::span<const VariogramBin> bins, const VariogramModel& model, double least_nugget) {
    Sums sums;
    for (const auto& bin : bins) {
        const double w = weight_of(bin);
        const double g = 1.0 - correlation(model.shape, model.smoothness, bin.distance_m / model.range_m);
        const double y = bin.semivariance - least_nugget;
        sums.one += w;
        sums.g += w * g;
        sums.gg += w * g * g;
        sums.y += w * y;
        sums.gy += w * g * y;
    }
    return sums;
}

/// Least squares of a line over g with both coefficients not below 0: the free solution if it is allowed,
/// else the better of the two with one coefficient at 0.
Trial best_sills(std::span<const VariogramBin> bins, VariogramModel model, double least_nugget) {
    const auto sums = sums_of(bins, model, least_nugget);
    const double determinant = sums.one * sums.gg - sums.g * sums.g;
    const double slope = (sums.one * sums.gy - sums.g * sums.y) / determinant;
    const double start = (sums.y - slope * sums.g) / sums.one;
    const auto trial = [&](double nugget, double sill) {
        model.nugget = least_nugget + nugget;
        model.partial_sill = sill;
        return Trial{model, squares_of(bins, model)};
    };
    const bool solved = determinant > 1e-12 * sums.one * sums.gg;
    if (solved && slope >= 0.0 && start >= 0.0) return trial(start, slope);
    const auto flat = trial(std::max(0.0, sums.y / sums.one), 0.0);
    if (!(sums.gg > 0.0)) return flat;
    const auto steep = trial(0.0, std::max(0.0, sums.gy / sums.gg));
    return steep.squares < flat.squares ? steep : flat;
}

/// The best range by steps of equal ratio, then by golden section between the neighbours of the best step:
/// the sum of squares may have several valleys, and the steps find the deepest.
Trial best_range(std::span<const VariogramBin> bins, const VariogramModel& shape, double least_nugget) {
    constexpr int steps = 400;
    const double lowest = std::log(0.5 * bins.front().distance_m);
    const double highest = std::log(largest_range_m(bins));
    const auto at = [&](double logarithm) {
        auto model = shape;
        model.range_m = std::exp(logarithm);
        return best_sills(bins, model, least_nugget);
    };
    const auto step_at = [&](int i) {
        return lowest + (highest - lowest) * static_cast<double>(std::clamp(i, 0, steps)) / steps;
    };
    Trial best;
    int best_step = 0;
    for (int i = 0; i <= steps; ++i) {
        auto trial = at(step_at(i));
        if (!(trial.squares < best.squares)) continue;
        best = trial;
        best_step = i;
    }
    constexpr double golden = 0.6180339887498949;
    double left = step_at(best_step - 1);
    double right = step_at(best_step + 1);
    for (int i = 0; i < 60; ++i) {
        const auto lower = at(right - golden * (right - left));
        const auto upper = at(left + golden * (right - left));
        if (lower.squares < best.squares) best = lower;
        if (upper.squares < best.squares) best = upper;
        if (lower.squares < upper.squares)
            right = left + golden * (right - left);
        else
            left = right - golden * (right - left);
    }
    return best;
}

}  // namespace

FittedVariogram fit_variogram(std::span<const VariogramBin> bins, const VariogramOptions& options,
                              double least_nugget) {
    assert(bins.size() >= 3);
    std::vector<VariogramShape> shapes{VariogramShape::spherical, VariogramShape::exponential,
                                       VariogramShape::matern};
    if (options.shape) shapes = {*options.shape};
    Trial best;
    for (const auto shape : shapes) {
        VariogramModel model;
        model.shape = shape;
        model.smoothness = options.smoothness;
        const auto trial = best_range(bins, model, least_nugget);
        if (trial.squares < best.squares) best = trial;
    }
    return {best.model, best.squares, bins.back().distance_m, {bins.begin(), bins.end()}};
}

}  // namespace tendik::surface
