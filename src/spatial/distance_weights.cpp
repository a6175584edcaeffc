// Weights by distance: nearest, band, inverse distance, kernels, gravity.
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/geom/geodesic.h"
#include "tendik/spatial/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace tendik::spatial {
namespace {

/// "42.541 km", "800 m"; of projected coordinates "100000", whatever their unit.
std::string distance_text(double distance, const Places& places) {
    const bool km = places.geographic && distance >= 1000.0;
    auto text = fixed(km ? distance / 1000.0 : distance, 3);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text + (km ? " km" : places.geographic ? " m" : "");
}

void require_places(const Places& places, const std::vector<std::string>& keys) {
    if (places.points.size() != keys.size())
        throw InputError(fmt::format("{} places for {} regions", places.points.size(), keys.size()));
}

/// The others by distance, of equally far ones the first in order.
std::vector<std::uint32_t> others_by_distance(const std::vector<double>& distances, std::uint32_t from) {
    std::vector<std::uint32_t> others;
    for (std::uint32_t i = 0; i < distances.size(); ++i)
        if (i != from) others.push_back(i);
    std::ranges::stable_sort(others, {}, [&distances](std::uint32_t i) { return distances[i]; });
    return others;
}

void require_nearest(std::size_t k, std::size_t count) {
    if (k >= 1 && k < count) return;
    throw UsageError(fmt::format("{} nearest of {} regions", k, count),
                     fmt::format("expected a number from 1 to {}", count > 0 ? count - 1 : 0));
}

void require_apart(double distance, const std::string& from, const std::string& to) {
    if (distance > 0.0) return;
    throw InputError(
        fmt::format("'{}' and '{}' stand at one place, so the inverse of their distance is infinite", from,
                    to),
        "use weights without inverse distances");
}

void require_people(const Column& people, const std::vector<std::string>& keys) {
    if (people.size() != keys.size())
        throw InputError(fmt::format("people of {} regions for {} regions", people.size(), keys.size()));
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (people[i].present() && !(people[i].number > 0.0 && std::isfinite(people[i].number)))
            throw InputError(fmt::format("the population of '{}' is {}, expected a number above 0", keys[i],
                                         people[i].number));
    if (present_count(people) == 0) throw InputError("no region has a population, and gravity is made of it");
}

double kernel_value(Kernel kernel, double u) {
    switch (kernel) {
    case Kernel::uniform:
        return 0.5;
    case Kernel::triangular:
        return 1.0 - u;
    case Kernel::epanechnikov:
        return 0.75 * (1.0 - u * u);
    case Kernel::quartic:
        return 15.0 / 16.0 * (1.0 - u * u) * (1.0 - u * u);
    case Kernel::gaussian:
        return std::exp(-0.5 * u * u) * 0.3989422804014327;  // 1 / sqrt(2 pi)
    }
    return 0.0;
}

constexpr std::array<std::pair<std::string_view, Kernel>, 5> kernel_names{
    {{"uniform", Kernel::uniform},
     {"triangular", Kernel::triangular},
     {"epanechnikov", Kernel::epanechnikov},
     {"quartic", Kernel::quartic},
     {"gaussian", Kernel::gaussian}}};

}  // namespace

std::vector<double> distances_from(const Places& places, std::size_t from) {
    std::vector<double> distances;
    distances.reserve(places.points.size());
    const auto& origin = places.points[from];
    for (const auto& point : places.points)
        distances.push_back(places.geographic ? geom::geodesic_distance_m(origin, point)
                                              : std::hypot(point.x - origin.x, point.y - origin.y));
    return distances;
}

SpatialWeights nearest_weights(const Places& places, std::vector<std::string> keys, std::size_t k) {
    require_places(places, keys);
    require_nearest(k, keys.size());
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < keys.size(); ++from) {
        const auto others = others_by_distance(distances_from(places, from), from);
        for (std::size_t i = 0; i < k; ++i)
            links.push_back({from, others[i], 1.0});
    }
    return make_weights(std::move(keys), std::move(links), fmt::format("{} nearest", k));
}

double smallest_band(const Places& places) {
    double band = 0.0;
    for (std::size_t from = 0; from < places.points.size(); ++from) {
        auto distances = distances_from(places, from);
        distances[from] = std::numeric_limits<double>::infinity();
        if (distances.size() > 1) band = std::max(band, *std::ranges::min_element(distances));
    }
    return band;
}

SpatialWeights band_weights(const Places& places, std::vector<std::string> keys, double limit, double power) {
    require_places(places, keys);
    if (!(limit > 0.0) || !std::isfinite(limit))
        throw UsageError(fmt::format("the distance band is {}, expected a distance above 0", limit));
    if (!(power >= 0.0) || !std::isfinite(power))
        throw UsageError(fmt::format("the power of the distance is {}, expected 0 or more", power));
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < keys.size(); ++from) {
        const auto distances = distances_from(places, from);
        for (std::uint32_t to = 0; to < keys.size(); ++to) {
            if (to == from || distances[to] > limit) continue;
            if (power > 0.0) require_apart(distances[to], keys[from], keys[to]);
            links.push_back({from, to, power > 0.0 ? std::pow(distances[to], -power) : 1.0});
        }
    }
    const auto inverse = power > 0.0 ? fmt::format(", inverse distance to the power of {}", power) : "";
    return make_weights(std::move(keys), std::move(links),
                        fmt::format("within {}{}", distance_text(limit, places), inverse));
}

SpatialWeights gravity_weights(const Places& places, std::vector<std::string> keys, const Column& people,
                               double power) {
    require_places(places, keys);
    require_people(people, keys);
    if (!(power > 0.0) || !std::isfinite(power))
        throw UsageError(fmt::format("the power of the distance is {}, expected a number above 0", power));
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < keys.size(); ++from) {
        if (!people[from].present()) continue;
        const auto distances = distances_from(places, from);
        for (std::uint32_t to = 0; to < keys.size(); ++to) {
            if (to == from || !people[to].present()) continue;
            require_apart(distances[to], keys[from], keys[to]);
            const double masses = people[from].number * people[to].number;
            links.push_back({from, to, masses * std::pow(distances[to], -power)});
        }
    }
    return make_weights(std::move(keys), std::move(links),
                        fmt::format("gravity of people over distance to the power of {}", shortest(power)));
}

std::optional<Kernel> kernel_from_text(std::string_view name) {
    for (const auto& [known, kernel] : kernel_names)
        if (known == name) return kernel;
    return std::nullopt;
}

SpatialWeights kernel_weights(const Places& places, std::vector<std::string> keys, Kernel kernel,
                              std::optional<double> bandwidth, std::optional<std::size_t> nearest) {
    require_places(places, keys);
    if (bandwidth.has_value() == nearest.has_value())
        throw UsageError("a kernel has either a bandwidth or a number of nearest regions");
    if (bandwidth && !(*bandwidth > 0.0))
        throw UsageError(fmt::format("the bandwidth is {}, expected a distance above 0", *bandwidth));
    if (nearest) require_nearest(*nearest, keys.size());
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < keys.size(); ++from) {
        const auto distances = distances_from(places, from);
        const double width =
            bandwidth ? *bandwidth : distances[others_by_distance(distances, from)[*nearest - 1]];
        for (std::uint32_t to = 0; to < keys.size(); ++to) {
            const double u = width > 0.0 ? distances[to] / width : 0.0;
            if (to == from || (kernel != Kernel::gaussian && u > 1.0)) continue;
            links.push_back({from, to, kernel_value(kernel, u)});
        }
    }
    const auto width = bandwidth ? fmt::format("bandwidth {}", distance_text(*bandwidth, places))
                                 : fmt::format("as wide as to the {} nearest", *nearest);
    const auto* const name =
        std::ranges::find(kernel_names, kernel, [](const auto& known) { return known.second; });
    return make_weights(std::move(keys), std::move(links), fmt::format("{} kernel, {}", name->first, width));
}

}  // namespace tendik::spatial
