// data.js: what the page shows, as one script, because a page opened by double click may not fetch.
#include "context_data.h"
#include "index_data.h"
#include "tendik/base/deflate.h"
#include "tendik/base/text.h"
#include "tendik/site/site.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tendik::site {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Texts& texts) {
    return {{"en", texts.en}, {"ru", texts.in(Language::ru)}, {"kk", texts.in(Language::kk)}};
}

Json json_or_null(const Texts& texts) { return texts.empty() ? Json(nullptr) : json_of(texts); }

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

Json point_json(const Point& point) { return {point.x, point.y}; }

Json region_json(const Region& region, std::size_t index) {
    return {{"id", index + 1},
            {"key", region.key},
            {"name", json_of(region.name)},
            {"kind", region.kind},
            {"outline", region.outline},
            {"generalised", region.generalised()},
            {"label", point_json(region.label ? *region.label : label_point(region.shape))}};
}

Json boundaries_json(const SiteBoundaries& source) {
    const auto& boundaries = *source.boundaries;
    const auto box = box_of(boundaries);
    Json regions = Json::array();
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i)
        regions.push_back(region_json(boundaries.regions[i], i));
    return {{"vintage", boundaries.vintage},         {"layer", "regions"},
            {"tiles", base64(source.pmtiles)},       {"bounds", {box.min_x, box.min_y, box.max_x, box.max_y}},
            {"min_zoom", source.min_zoom},           {"max_zoom", source.max_zoom},
            {"note", json_or_null(boundaries.note)}, {"regions", std::move(regions)}};
}

Json legend_json(const Legend& legend) {
    Json entries = Json::array();
    for (const auto& entry : legend.entries) {
        Json one{{"kind", to_text(entry.kind)}, {"colour", to_hex(entry.colour)}};
        if (entry.class_index) one["class"] = *entry.class_index;
        one["label"] = json_of(entry.label);
        one["count"] = entry.count;
        if (entry.value) one["value"] = *entry.value;
        entries.push_back(std::move(one));
    }
    return entries;
}

Json extreme_json(const Layer& layer, const std::optional<RegionIndex>& region) {
    if (!region) return nullptr;
    const auto index = static_cast<std::size_t>(*region);
    return {{"region", index}, {"value", layer.values[index].number}};
}

Json measure_json(const Measures& measures, std::string_view code) {
    const auto* measure = measures.find(code);
    return measure != nullptr ? json_of(measure->value) : Json(nullptr);
}

Json change_json(const SiteLayer& source) {
    if (!source.change) return nullptr;
    const auto& change = *source.change;
    Json result{{"from", change.from_year}};
    result["difference"] = to_text(
        trend_between(change.absolute_before, change.absolute_after, source.layer->indicator.decimals));
    const bool has_ratio = change.relative_before && change.relative_after;
    result["ratio"] = has_ratio
                          ? Json(to_text(trend_between(*change.relative_before, *change.relative_after, 2)))
                          : Json(nullptr);
    return result;
}

/// "children 0-15 (stand-in for children under 5), 2020"
Json weight_json(const Layer& layer) {
    if (!layer.weights) return nullptr;
    const auto dated = [&layer](Language language) {
        const auto& text = layer.weights->text.in(language);
        return layer.weights->year == 0 ? text : fmt::format("{}, {}", text, layer.weights->year);
    };
    return {{"en", dated(Language::en)}, {"ru", dated(Language::ru)}, {"kk", dated(Language::kk)}};
}

Json summary_json(const SiteLayer& source) {
    const auto& layer = *source.layer;
    const auto& measures = *source.measures;
    Json summary;
    summary["published_national"] =
        layer.published ? Json{{"value", layer.published->value}, {"source", layer.published->source}}
                        : Json(nullptr);
    summary["weighted_mean"] = json_of(measures.mean);
    summary["weight"] = weight_json(layer);
    summary["worst"] = extreme_json(layer, measures.worst);
    summary["best"] = extreme_json(layer, measures.best);
    summary["highest"] = extreme_json(layer, measures.highest);
    summary["lowest"] = extreme_json(layer, measures.lowest);
    summary["sum"] = json_of(measures.sum);
    summary["difference"] = measure_json(measures, "D");
    summary["ratio"] = measure_json(measures, "R");
    summary["index"] = {{"code", "TI"}, {"value", measure_json(measures, "TI")}};
    summary["n"] = measures.counted;
    summary["direction_of_change"] = change_json(source);
    return summary;
}

/// How large the circles of a total are; null where values are shown by classes.
Json symbols_json(const Choropleth& choropleth) {
    if (!choropleth.symbols) return nullptr;
    const auto& symbols = *choropleth.symbols;
    return {{"largest", symbols.largest},
            {"largest_radius_px", symbols.largest_radius_px},
            {"colour", to_hex(symbols.fill)},
            {"outline", to_hex(symbols.outline)}};
}

Json numbers_json(const Column& column) {
    Json numbers = Json::array();
    for (const auto& value : column)
        numbers.push_back(value.present() ? Json(value.number) : Json(nullptr));
    return numbers;
}

/// What is known of modelled values besides themselves; null where values are not modelled.
Json modelled_json(const Layer& layer) {
    if (!layer.modelled) return nullptr;
    const auto& modelled = *layer.modelled;
    Json chances = Json::array();
    for (const auto& band : modelled.chances)
        chances.push_back(numbers_json(band));
    return {{"error", modelled.error.empty() ? Json(nullptr) : numbers_json(modelled.error)},
            {"levels", modelled.levels},
            {"chances", std::move(chances)},
            {"stations", modelled.stations.empty() ? Json(nullptr) : Json(modelled.stations)},
            {"can_rank", modelled.can_rank}};
}

/// Null where no sampling errors or cases are given; a name is left out where nothing is known of any region.
Json precision_json(const SiteLayer& source) {
    const auto& layer = *source.layer;
    if (!layer.precision) return nullptr;
    const auto& known = *layer.precision;
    Json precision = Json::object();
    const auto add = [&](const char* name, const Column& column) {
        if (!column.empty()) precision[name] = numbers_json(column);
    };
    if (layer.measuring.errors) add("se", *layer.measuring.errors);
    add("lower", known.lower);
    add("upper", known.upper);
    add("n", known.n);
    if (!known.bracketed.empty()) precision["bracketed"] = known.bracketed;
    for (std::size_t i = 0; i < known.reliability.size(); ++i)
        precision["unreliable"].push_back(known.is_unreliable(i));
    if (source.class_probability == nullptr) return precision;
    for (const auto& chance : *source.class_probability) {
        precision["class_probability"].push_back(chance ? Json(*chance) : Json(nullptr));
        precision["unstable"].push_back(chance && *chance < source.stable_from);
    }
    return precision;
}

/// Places with what was measured there, and the legend of their colours.
Json points_json(const SitePoints& source) {
    Json points = Json::array();
    for (const auto& point : source.layer->points)
        if (point.value.present())
            points.push_back({{"name", point.name},
                              {"place", point_json(point.place)},
                              {"value", point.value.number},
                              {"colour", to_hex(source.choropleth->colour_of(point.value))}});
    return {{"title", json_of(source.legend->title)},
            {"unit", json_of(source.layer->indicator.unit)},
            {"decimals", source.layer->indicator.decimals},
            {"points", std::move(points)},
            {"legend", legend_json(*source.legend)}};
}

Json year_json(const SiteLayer& source, const std::string& vintage) {
    const auto& layer = *source.layer;
    Json values = Json::array();
    Json states = Json::array();
    Json classes = Json::array();
    Json inherited = Json::array();
    for (const auto& value : layer.values) {
        // An inherited value has its class as the colour below the hatch, and none where it lies outside.
        const auto index =
            value.shown() ? source.choropleth->classes.class_of(value.number) : std::optional<std::size_t>{};
        values.push_back(value.shown() ? Json(value.number) : Json(nullptr));
        states.push_back(to_text(value.state));
        inherited.push_back(value.inherited);
        classes.push_back(index ? Json(*index) : Json(nullptr));
    }
    Json notes = Json::array();
    for (const auto& note : source.legend->notes)
        notes.push_back(json_of(note));
    Json year{{"year", layer.year ? Json(*layer.year) : Json(nullptr)},
              {"label", layer.year_label},
              {"vintage", vintage},
              {"series", source.series},
              {"sources", layer.sources},
              {"symbols", symbols_json(*source.choropleth)},
              {"modelled", modelled_json(layer)},
              {"precision", precision_json(source)},
              {"values", std::move(values)},
              {"states", std::move(states)},
              {"classes", std::move(classes)},
              {"legend", legend_json(*source.legend)},
              {"summary", summary_json(source)},
              {"notes", std::move(notes)}};
    if (source.points) year["points"] = points_json(*source.points);
    if (source.index != nullptr) year["index"] = index_json(*source.index);
    if (has_inherited(layer.values)) year["inherited"] = std::move(inherited);
    return year;
}

Json sources_json(const std::vector<std::string>& ids, const std::vector<Source>& all) {
    Json sources = Json::array();
    for (const auto& source : all)
        if (std::find(ids.begin(), ids.end(), source.id) != ids.end())
            sources.push_back({{"id", source.id}, {"title", source.title}, {"publisher", source.publisher}});
    return sources;
}

Json breaks_json(const std::vector<SeriesBreak>& breaks) {
    Json all = Json::array();
    for (const auto& one : breaks)
        all.push_back({{"year", one.year}, {"text", json_of(one.text)}});
    return all;
}

Json indicator_head(const Indicator& indicator) {
    return {{"code", indicator.code},
            {"name", json_of(indicator.name)},
            {"theme", indicator.theme},
            {"unit", json_of(indicator.unit)},
            {"definition", json_of(indicator.definition)},
            {"kind", to_text(indicator.kind)},
            {"direction", to_text(indicator.direction)},
            {"decimals", indicator.decimals},
            {"partial", indicator.partial},
            {"breaks", breaks_json(indicator.breaks)}};
}

/// Layers of one indicator under one head, in the order of their first layer. Where an indicator has several
/// series, the page must not say that its classes are the same for all years.
Json indicators_json(const SiteContent& content, const TextBook& texts) {
    Json indicators = Json::array();
    std::vector<std::string> codes;
    std::vector<std::vector<std::string>> source_ids;
    std::vector<std::size_t> first_series;
    for (const auto& source : content.layers) {
        const auto& indicator = source.layer->indicator;
        auto found = std::find(codes.begin(), codes.end(), indicator.code);
        const auto at = static_cast<std::size_t>(found - codes.begin());
        if (found == codes.end()) {
            codes.push_back(indicator.code);
            source_ids.emplace_back();
            first_series.push_back(source.series);
            indicators.push_back(indicator_head(indicator));
            indicators.back()["years"] = Json::array();
        }
        if (source.series != first_series[at])
            indicators[at]["classification"] = json_of(texts.at("legend.classes_by_series"));
        const auto& vintage = content.boundaries.at(source.layer->boundaries).boundaries->vintage;
        indicators[at]["years"].push_back(year_json(source, vintage));
        auto& ids = source_ids[at];
        ids.insert(ids.end(), source.layer->sources.begin(), source.layer->sources.end());
        if (source.layer->published) ids.push_back(source.layer->published->source);
    }
    for (std::size_t i = 0; i < source_ids.size(); ++i)
        indicators[i]["sources"] = sources_json(source_ids[i], content.sources);
    return indicators;
}

}  // namespace

std::string site_data(const SiteContent& content, const TextBook& texts) {
    Json words = Json::object();
    for (const auto& [key, text] : texts.all())
        if (!key.starts_with("report.")) words[key] = json_of(text);  // those are of another page
    Json themes = Json::array();
    for (const auto& theme : content.themes)
        themes.push_back({{"code", theme.code}, {"name", json_of(theme.name)}});
    Json boundaries = Json::array();
    for (const auto& source : content.boundaries)
        boundaries.push_back(boundaries_json(source));
    const Json data{{"schema", "tendik.site/1"},
                    {"title", json_of(content.title)},
                    {"attribution", json_of(content.attribution)},
                    {"languages", {"kk", "ru", "en"}},
                    {"texts", std::move(words)},
                    {"themes", std::move(themes)},
                    {"boundaries", std::move(boundaries)},
                    {"context", content.context ? context_json(*content.context) : Json(nullptr)},
                    {"indicators", indicators_json(content, texts)}};
    return "window.TENDIK_ATLAS = " + data.dump(1) + ";\n";
}

}  // namespace tendik::site
