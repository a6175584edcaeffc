#include "tendik/surface/variogram.h"

#include "distances.h"
#include "model_shape.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace tendik::surface {
namespace {

constexpr std::array<std::string_view, 4> shape_words{"spherical", "exponential", "gaussian", "matern"};

void refuse_bad_options(const VariogramOptions& options) {
    if (options.bins < 3 || options.bins > 1000)
        throw InputError(fmt::format("a variogram of {} distance classes", options.bins), "3 to 1000");
    if (options.cutoff_m && !(*options.cutoff_m > 0.0 && std::isfinite(*options.cutoff_m)))
        throw InputError(fmt::format("the cutoff of the variogram is {} m", *options.cutoff_m),
                         "a distance above 0");
    if (options.smoothness != 0.5 && options.smoothness != 1.5 && options.smoothness != 2.5)
        throw InputError(fmt::format("the Matern smoothness is {}", options.smoothness),
                         "one of: 0.5, 1.5, 2.5");
}

double diagonal_m(const Stations& stations, const Metric& metric) {
    Box box;
    for (const auto& station : stations.stations)
        box.extend(station.place);
    return metric.distance_m(metric.locate({box.min_x, box.min_y}), metric.locate({box.max_x, box.max_y}));
}

void report_fit(const FittedVariogram& fitted, double free_nugget, double least_nugget, Findings& findings,
                const std::string& where) {
    const auto& model = fitted.model;
    if (model.partial_sill <= 1e-9 * model.nugget)
        findings.add(Severity::warning, "no-dependence", where,
                     "the stations do not resemble each other more when they are nearer: the surface is "
                     "little but their mean");
    else if (model.range_m >= 0.999 * largest_range_m(fitted.bins))
        findings.add(Severity::warning, "no-sill", where,
                     fmt::format("the variogram grows up to its cutoff of {:.0f} m without levelling off: a "
                                 "trend, or too short a cutoff",
                                 fitted.cutoff_m));
    if (least_nugget > 0.0 && free_nugget < least_nugget)
        findings.add(Severity::note, "error-exceeds-nugget", where,
                     fmt::format("near stations differ less than the known error of measurement allows: the "
                                 "nugget is raised from {:.6g} to {:.6g}",
                                 free_nugget, least_nugget));
}

}  // namespace

double semivariance(const VariogramModel& model, double distance_m) {
    return model.nugget + model.partial_sill *
                              (1.0 - correlation(model.shape, model.smoothness, distance_m / model.range_m));
}

std::vector<VariogramBin> empirical_variogram(const Stations& stations, std::size_t bins, double cutoff_m) {
    const Metric metric(stations.crs);
    LocatedList places;
    for (const auto& station : stations.stations)
        places.add(metric.locate(station.place));
    std::vector<VariogramBin> all(bins);
    const double width = cutoff_m / static_cast<double>(bins);
    std::vector<double> distances(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        metric.distances_m(places[i], places, 0, distances);
        for (std::size_t j = 0; j < i; ++j) {
            if (distances[j] > cutoff_m) continue;
            const double place = std::ceil(distances[j] / width);
            const auto bin = std::min(bins - 1, static_cast<std::size_t>(std::max(place, 1.0)) - 1);
            const double difference = stations.stations[i].value - stations.stations[j].value;
            ++all[bin].pairs;
            all[bin].distance_m += distances[j];
            all[bin].semivariance += 0.5 * difference * difference;
        }
    }
    std::erase_if(all, [](const VariogramBin& bin) { return bin.pairs == 0; });
    for (auto& bin : all) {
        bin.distance_m /= static_cast<double>(bin.pairs);
        bin.semivariance /= static_cast<double>(bin.pairs);
    }
    return all;
}

FittedVariogram find_variogram(const Stations& stations, const VariogramOptions& options,
                               Findings& findings) {
    refuse_bad_options(options);
    double error_variance = 0.0;
    for (const auto& station : stations.stations)
        error_variance += station.error_sd * station.error_sd / static_cast<double>(stations.stations.size());
    const Metric metric(stations.crs);
    const double cutoff_m = options.cutoff_m.value_or(diagonal_m(stations, metric) / 3.0);
    const auto bins = empirical_variogram(stations, options.bins, cutoff_m);
    if (bins.size() < 3)
        throw InputError(fmt::format("'{}': pairs of stations nearer than {:.0f} m fill {} of {} distance "
                                     "classes, and a variogram needs 3",
                                     stations.source, cutoff_m, bins.size(), options.bins),
                         "raise the cutoff, or interpolate by inverse distance");
    auto fitted = fit_variogram(bins, options, error_variance);
    fitted.cutoff_m = cutoff_m;
    const double free_nugget =
        error_variance > 0.0 ? fit_variogram(bins, options, 0.0).model.nugget : fitted.model.nugget;
    report_fit(fitted, free_nugget, error_variance, findings, stations.source);
    return fitted;
}

}  // namespace tendik::surface

namespace tendik {

std::string_view to_text(VariogramShape shape) {
    return surface::shape_words.at(static_cast<std::size_t>(shape));
}

std::optional<VariogramShape> variogram_shape_from_text(std::string_view text) {
    for (std::size_t i = 0; i < surface::shape_words.size(); ++i)
        if (surface::shape_words.at(i) == text) return static_cast<VariogramShape>(i);
    return std::nullopt;
}

}  // namespace tendik
