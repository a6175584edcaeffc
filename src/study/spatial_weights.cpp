// Words of the command line to weights between the regions of a map.
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/geom/crs.h"
#include "tendik/spatial/weights_file.h"
#include "tendik/study/autocorrelation.h"
#include "tendik/topology/find_neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::study {
namespace {

constexpr std::string_view known_words =
    "queen, rook, border, knn:K, band, band:DISTANCE, inverse:DISTANCE, kernel:NAME:DISTANCE, kernel:NAME:K, "
    "delaunay, gabriel, relative-neighbour, gravity:POWER, or a .gal, .gwt or .json file; a distance is "
    "150km or 800m";

[[noreturn]] void refuse(const std::string& spec, const std::string& what) {
    throw UsageError(fmt::format("weights '{}': {}", spec, what), fmt::format("known: {}", known_words));
}

std::vector<std::string> keys_of(const Boundaries& boundaries) {
    std::vector<std::string> keys;
    for (const auto& region : boundaries.regions)
        keys.push_back(region.key);
    return keys;
}

/// Label points: stated ones, else the poles of inaccessibility, which lie inside of every region.
spatial::Places places_of(const Boundaries& boundaries) {
    spatial::Places places{{}, geom::is_geographic(boundaries.crs)};
    for (const auto& region : boundaries.regions)
        places.points.push_back(region.label ? *region.label : label_point(region.shape));
    return places;
}

std::size_t count_of(const std::string& spec, const std::string& word) {
    const auto count = parse_integer(word);
    if (!count || *count < 1) refuse(spec, fmt::format("'{}' is no number of regions", word));
    return static_cast<std::size_t>(*count);
}

/// "150km", "800m"; without a unit: units of projected coordinates.
double distance_of(const std::string& spec, const std::string& word, bool geographic) {
    const auto unit = std::ranges::find_if(word, [](char c) { return c >= 'a' && c <= 'z'; });
    const auto number = parse_number(std::string(word.begin(), unit));
    const std::string name(unit, word.end());
    if (!number || !(*number > 0.0) || (name != "km" && name != "m" && !name.empty()))
        refuse(spec, fmt::format("'{}' is no distance", word));
    if (name.empty() && geographic) refuse(spec, fmt::format("the distance '{}' has no unit", word));
    return name == "km" ? *number * 1000.0 : *number;
}

SpatialWeights contiguous(const Boundaries& boundaries, const WeightsChoice& choice) {
    NeighbourOptions options;
    options.contiguity = choice.spec == "queen" ? Contiguity::queen : Contiguity::rook;
    if (choice.snap) options.snap = *choice.snap;
    const auto kind = choice.spec == "border" ? spatial::LinkWeight::border_length : spatial::LinkWeight::one;
    return spatial::contiguity_weights(topology::find_neighbours(boundaries, options), keys_of(boundaries),
                                       kind);
}

SpatialWeights kernel(const Boundaries& boundaries, const std::string& spec,
                      const std::vector<std::string>& words) {
    if (words.size() != 3) refuse(spec, "a kernel has a name and a width");
    const auto shape = spatial::kernel_from_text(words[1]);
    if (!shape)
        refuse(spec, fmt::format("'{}' is no kernel (uniform, triangular, epanechnikov, quartic, gaussian)",
                                 words[1]));
    const auto places = places_of(boundaries);
    // A number alone counts regions, whether the coordinates are degrees or not.
    if (parse_integer(words[2]))
        return spatial::kernel_weights(places, keys_of(boundaries), *shape, std::nullopt,
                                       count_of(spec, words[2]));
    return spatial::kernel_weights(places, keys_of(boundaries), *shape,
                                   distance_of(spec, words[2], places.geographic), std::nullopt);
}

SpatialWeights gravity(const Boundaries& boundaries, const std::string& spec, const std::string& power,
                       const Column* people) {
    const auto number = parse_number(power);
    if (!number || !(*number > 0.0)) refuse(spec, fmt::format("'{}' is no power of the distance", power));
    if (people == nullptr)
        throw UsageError(fmt::format("weights '{}' are made of people, and no people are given", spec),
                         "name the column with the population: --weight COLUMN");
    return spatial::gravity_weights(places_of(boundaries), keys_of(boundaries), *people, *number);
}

SpatialWeights of_words(const Boundaries& boundaries, const WeightsChoice& choice, const Column* people) {
    const auto& spec = choice.spec;
    if (spec == "queen" || spec == "rook" || spec == "border") return contiguous(boundaries, choice);
    if (spec.ends_with(".gal") || spec.ends_with(".gwt") || spec.ends_with(".json")) {
        const auto keys = keys_of(boundaries);
        return spatial::read_weights(spec, keys);
    }
    const auto words = split(spec, ':');
    if (words[0] == "knn" && words.size() == 2)
        return spatial::nearest_weights(places_of(boundaries), keys_of(boundaries), count_of(spec, words[1]));
    if ((words[0] == "band" && words.size() <= 2) || (words[0] == "inverse" && words.size() == 2)) {
        const auto places = places_of(boundaries);
        const double limit = words.size() == 1 ? spatial::smallest_band(places)
                                               : distance_of(spec, words[1], places.geographic);
        return spatial::band_weights(places, keys_of(boundaries), limit, words[0] == "inverse" ? 1.0 : 0.0);
    }
    if (const auto graph = spatial::place_graph_from_text(spec))
        return spatial::graph_weights(places_of(boundaries), keys_of(boundaries), *graph);
    if (words[0] == "gravity" && words.size() == 2) return gravity(boundaries, spec, words[1], people);
    if (words[0] == "kernel") return kernel(boundaries, spec, words);
    refuse(spec, "not understood");
}

}  // namespace

bool wants_people(const WeightsChoice& choice) { return choice.spec.starts_with("gravity"); }

SpatialWeights make_weights(const Boundaries& boundaries, const WeightsChoice& choice, const Column* people,
                            Findings& findings) {
    const bool contiguity = choice.spec == "queen" || choice.spec == "rook" || choice.spec == "border";
    if (choice.snap && !contiguity)
        throw UsageError(fmt::format("a snap does not act on weights '{}'", choice.spec),
                         "it belongs to queen, rook and border");
    auto weights = of_words(boundaries, choice, people);
    if (choice.order != 1) weights = spatial::higher_order(weights, choice.order, choice.with_lower_orders);
    std::vector<std::string> alone;
    for (const auto region : spatial::isolates(weights))
        alone.push_back(weights.keys[region]);
    if (!alone.empty())
        findings.add(
            Severity::warning, "isolate", boundaries.source,
            fmt::format("without a neighbour by {}: {}; they have no spatial lag and are not counted in n",
                        weights.description, join_text(alone, ", ")));
    const auto parts = spatial::component_count(weights) - alone.size();
    if (parts > 1)
        findings.add(Severity::note, "disconnected", boundaries.source,
                     fmt::format("the links of {} fall into {} parts", weights.description, parts));
    return weights;
}

}  // namespace tendik::study
