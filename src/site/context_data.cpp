// What lies round the regions, as the page needs it: the tiles hold the lines, the names are placed by the
// page.
#include "context_data.h"

#include "tendik/base/deflate.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tendik::site {
namespace {

using Json = nlohmann::ordered_json;

Json named(const Texts& texts) {
    return {{"en", texts.in(Language::en)}, {"ru", texts.in(Language::ru)}, {"kk", texts.in(Language::kk)}};
}

/// A thousandth of a degree is less than a pixel at the closest zoom of a name.
double rounded(double degrees) { return std::round(degrees * 1000.0) / 1000.0; }

/// A country that reaches beyond the picture is named where it is seen: other places whose surroundings lie
/// in it too, nearest to the first one first.
Json other_places(const ContextFeature& feature) {
    constexpr double step_deg = 1.5;
    constexpr double half_width_deg = 2.4;  // about half of a name at the zoom of the whole map
    constexpr double half_height_deg = 0.7;
    std::vector<Point> places;
    const auto box = box_of(feature.shape);
    for (double x = box.min_x + half_width_deg; x <= box.max_x - half_width_deg; x += step_deg) {
        for (double y = box.min_y + half_height_deg; y <= box.max_y - half_height_deg; y += step_deg) {
            bool all = true;
            for (const double dx : {-half_width_deg, 0.0, half_width_deg})
                for (const double dy : {-half_height_deg, half_height_deg})
                    all = all && contains(feature.shape, {x + dx, y + dy});
            if (all) places.push_back({x, y});
        }
    }
    const auto distance = [&feature](const Point& place) {
        return std::hypot(place.x - feature.place->x, place.y - feature.place->y);
    };
    std::ranges::stable_sort(places, {}, distance);
    Json json = Json::array();
    for (const auto& place : places)
        json.push_back({rounded(place.x), rounded(place.y)});
    return json;
}

Json label_json(const ContextLayer& layer, const ContextFeature& feature, std::uint32_t zoom) {
    Json json{{"of", to_text(layer.kind)},
              {"name", named(feature.name)},
              {"rank", feature.rank},
              {"zoom", zoom},
              {"place", {rounded(feature.place->x), rounded(feature.place->y)}}};
    if (!feature.outline_years.empty()) json["outline_years"] = feature.outline_years;
    if (layer.kind == ContextKind::neighbours && feature.rank == 1)
        json["other_places"] = other_places(feature);
    return json;
}

}  // namespace

Json context_json(const SiteContext& context) {
    Json labels = Json::array();
    Json absent = Json::array();
    Box window;
    for (const auto& layer : *context.layers) {
        for (const auto& feature : layer.features) {
            const auto zoom = first_zoom(layer, feature);
            if (zoom && feature.place && !feature.name.empty())
                labels.push_back(label_json(layer, feature, *zoom));
        }
        for (const auto& name : layer.absent)
            absent.push_back(named(name));
        if (layer.window) window.extend(*layer.window);
    }
    Json json{{"tiles", base64(context.pmtiles)}, {"attribution", named(context.attribution)}};
    json["window"] = nullptr;
    if (!window.empty()) json["window"] = {window.min_x, window.min_y, window.max_x, window.max_y};
    json["labels"] = std::move(labels);
    json["absent"] = std::move(absent);
    return json;
}

}  // namespace tendik::site
