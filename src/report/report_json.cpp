// Results for machines: stable JSON, numbers in full precision.
#include "findings_json.h"
#include "tendik/precision/reliability.h"
#include "tendik/report/report.h"

#include <nlohmann/json.hpp>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }
Json json_of(const Value& value) { return value.shown() ? Json(value.number) : Json(nullptr); }
Json json_of(const std::optional<std::size_t>& number) { return number ? Json(*number) : Json(nullptr); }
Json json_of(const NumbersByCode& by_code) {
    Json object = Json::object();
    for (const auto& [code, number] : by_code)
        object[std::string(code)] = number;
    return object;
}
Json json_of(const std::vector<Decomposition>& decompositions) {
    Json all = Json::array();
    for (const auto& each : decompositions)
        all.push_back(
            {{"code", each.code}, {"total", each.total}, {"between", each.between}, {"within", each.within}});
    return all;
}
Json json_of(const Texts& texts) {
    return {{"en", texts.en}, {"ru", texts.in(Language::ru)}, {"kk", texts.in(Language::kk)}};
}

Json json_of(const Measures& measures) {
    Json all = Json::array();
    for (const auto& measure : measures.measures)
        all.push_back({{"code", measure.code},
                       {"value", json_of(measure.value)},
                       {"se", json_of(measure.se)},
                       {"lower", json_of(measure.lower)},
                       {"upper", json_of(measure.upper)},
                       {"bias", json_of(measure.bias)},
                       {"debiased", json_of(measure.debiased)},
                       {"unit", measure.unit},
                       {"note", measure.note.empty() ? Json(nullptr) : Json(measure.note)}});
    return all;
}

const Region& region_at(const Boundaries& boundaries, RegionIndex index) {
    return boundaries.regions.at(static_cast<std::size_t>(index));
}

Json json_of_extreme(const Layer& layer, const Boundaries& boundaries,
                     const std::optional<RegionIndex>& index) {
    if (!index) return nullptr;
    const auto& region = region_at(boundaries, *index);
    return {{"key", region.key},
            {"name", region.name.in(Language::en)},
            {"value", json_of(layer.values[static_cast<std::size_t>(*index)])}};
}

/// Null where figures are of the vintage of the boundaries.
Json carried_of(const Prepared& prepared, const Layer& layer) {
    if (!layer.carried) return nullptr;
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    Json restated = Json::array();
    for (const auto index : layer.carried->restated)
        restated.push_back(region_at(boundaries, index).key);
    return {{"figures_of", layer.carried->from},
            {"split_by", layer.carried->split_by.empty() ? Json(nullptr) : Json(layer.carried->split_by)},
            {"restated", std::move(restated)}};
}

/// The flag beside the state, and whose value it is.
void add_inheritance(Json& row, const Layer& layer, std::size_t region) {
    row["inherited"] = layer.values[region].inherited;
    if (layer.values[region].inherited && layer.carried)
        row["inherited_from"] = layer.carried->origins[region].unit_id;
}

Json number_at(const Column& column, std::size_t region) {
    return column.empty() || !column[region].present() ? Json(nullptr) : Json(column[region].number);
}

/// What is known of the precision of one figure; nothing is added where nothing is given.
void add_precision(Json& row, const Layer& layer, std::size_t region) {
    if (!layer.precision) return;
    const auto& known = *layer.precision;
    const auto se = layer.measuring.errors ? number_at(*layer.measuring.errors, region) : Json(nullptr);
    row.update({{"se", se},
                {"lower", number_at(known.lower, region)},
                {"upper", number_at(known.upper, region)},
                {"n", number_at(known.n, region)},
                {"deff", number_at(known.deff, region)},
                {"events", number_at(known.events, region)}});
    const auto judged = known.reliability.empty() ? std::nullopt : known.reliability[region];
    row["reliability"] = judged ? Json(to_text(*judged)) : Json(nullptr);
    row["unreliable"] = known.is_unreliable(region);
    row["bracketed"] = known.is_bracketed(region);
    row["comparison"] = nullptr;
    if (se.is_null() || !layer.values[region].present()) return;
    const double half = precision::comparison_width_in_errors * se.get<double>();
    const double value = layer.values[region].number;
    row["comparison"] = {value - half, value + half};
}

/// All pairs; null where they are not compared.
Json pairs_of(const Prepared& prepared, std::size_t index) {
    const auto& result = prepared.results[index];
    if (result.pairs.empty()) return nullptr;
    const auto& boundaries = prepared.atlas.boundaries_of(prepared.atlas.layers[index]);
    Json all = Json::array();
    for (const auto& pair : result.pairs)
        all.push_back({{"first", region_at(boundaries, pair.first).key},
                       {"second", region_at(boundaries, pair.second).key},
                       {"difference", pair.difference},
                       {"se", pair.se},
                       {"z", json_of(pair.z)},
                       {"p", pair.p},
                       {"p_adjusted", pair.p_adjusted}});
    return {{"correction", to_text(result.pairs_correction)}, {"tests", std::move(all)}};
}

Json head_of(const Prepared& prepared, std::size_t index) {
    const auto& layer = prepared.atlas.layers[index];
    Json head{{"indicator", layer.indicator.code}};
    head["year"] = layer.year ? Json(*layer.year) : Json(nullptr);
    head["vintage"] = prepared.atlas.boundaries_of(layer).vintage;
    head["direction"] = to_text(layer.indicator.direction);
    head["display"] = to_text(layer.display);
    head["carried"] = carried_of(prepared, layer);
    return head;
}

Json weights_of(const Layer& layer) {
    if (!layer.weights) return nullptr;
    return {{"indicator", layer.weights->indicator},
            {"year", layer.weights->year == 0 ? Json(nullptr) : Json(layer.weights->year)},
            {"stand_in", layer.weights->stand_in}};
}

Json published_of(const Layer& layer) {
    if (!layer.published) return nullptr;
    return {{"value", layer.published->value}, {"source", layer.published->source}};
}

Json change_of(const std::optional<Change>& change) {
    if (!change) return nullptr;
    return {{"from", change->from_year},
            {"to", change->to_year},
            {"D", {change->absolute_before, change->absolute_after}},
            {"R", {json_of(change->relative_before), json_of(change->relative_after)}}};
}

Json region_rows(const Prepared& prepared, std::size_t index) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    Json rows = Json::array();
    for (const auto& share : prepared.results[index].measures.regions) {
        Json row{{"key", region_at(boundaries, share.region).key},
                 {"name", region_at(boundaries, share.region).name.in(Language::en)},
                 {"value", json_of(share.value)},
                 {"state", to_text(share.value.state)}};
        add_inheritance(row, layer, static_cast<std::size_t>(share.region));
        add_precision(row, layer, static_cast<std::size_t>(share.region));
        row.update({{"weight_share", json_of(share.weight_share)},
                    {"gap", json_of(share.gap)},
                    {"relative_gap", json_of(share.relative_gap)},
                    {"gap_se", json_of(share.gap_se)},
                    {"p", json_of(share.p)},
                    {"p_adjusted", json_of(share.p_adjusted)},
                    {"rank", json_of(share.rank)},
                    {"rank_lower", json_of(share.rank_lower)},
                    {"rank_upper", json_of(share.rank_upper)},
                    {"contribution", json_of(share.contribution)},
                    {"influence", json_of(share.influence)}});
        rows.push_back(std::move(row));
    }
    return rows;
}

Json keys_of(const Boundaries& boundaries, const std::vector<RegionIndex>& indices) {
    Json keys = Json::array();
    for (const auto index : indices)
        keys.push_back(region_at(boundaries, index).key);
    return keys;
}

}  // namespace

std::string measures_json(const Prepared& prepared, std::size_t index, const Findings& findings) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const auto& measures = prepared.results[index].measures;
    Json result{{"schema", "tendik.measures/1"}, {"value", layer.indicator.code}};
    result.update(head_of(prepared, index));
    result["n"] = measures.counted;
    result["left_out"] = keys_of(boundaries, measures.left_out);
    result["mean"] = json_of(measures.mean);
    result["weighted"] = measures.weighted;
    result["weights"] = weights_of(layer);
    result["published_national"] = published_of(layer);
    result["worst"] = json_of_extreme(layer, boundaries, measures.worst);
    result["best"] = json_of_extreme(layer, boundaries, measures.best);
    result["highest"] = json_of_extreme(layer, boundaries, measures.highest);
    result["lowest"] = json_of_extreme(layer, boundaries, measures.lowest);
    result["change"] = change_of(prepared.results[index].change);
    result["measures"] = json_of(measures);
    result["decomposition"] = json_of(measures.decompositions);
    result["regions"] = region_rows(prepared, index);
    result["pairs"] = pairs_of(prepared, index);
    result["findings"] = findings_json(findings);
    return result.dump(2) + "\n";
}

std::string summary_json(const Prepared& prepared, const Findings& findings) {
    Json layers = Json::array();
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        const auto& layer = prepared.atlas.layers[i];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto& measures = prepared.results[i].measures;
        auto one = head_of(prepared, i);
        one["layer"] = layer.name();
        one["name"] = json_of(layer.indicator.name);
        one["n"] = measures.counted;
        one["published_national"] = published_of(layer);
        one["mean"] = json_of(measures.mean);
        one["weights"] = weights_of(layer);
        one["worst"] = json_of_extreme(layer, boundaries, measures.worst);
        one["best"] = json_of_extreme(layer, boundaries, measures.best);
        one["highest"] = json_of_extreme(layer, boundaries, measures.highest);
        one["lowest"] = json_of_extreme(layer, boundaries, measures.lowest);
        one["sum"] = json_of(measures.sum);
        one["measures"] = json_of(measures);
        one["change"] = change_of(prepared.results[i].change);
        layers.push_back(std::move(one));
    }
    const Json result{
        {"schema", "tendik.summary/1"}, {"layers", std::move(layers)}, {"findings", findings_json(findings)}};
    return result.dump(2) + "\n";
}

std::string classes_json(const Prepared& prepared, std::size_t index, const Findings& findings) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& classes = prepared.results[index].classes;
    Json result{{"schema", "tendik.classes/1"}};
    result.update(head_of(prepared, index));
    result["scheme"] = classes.scheme;
    result["n"] = present_count(layer.values);
    result["breaks"] = classes.breaks;
    result["counts"] = count_by_class(classes, layer.values);
    result["gvf"] = classes.goodness_of_variance_fit;
    const auto& chances = prepared.results[index].class_probability;
    result["adcm"] = classes.absolute_deviation_around_medians;
    result["notes"] = classes.notes;
    Json regions = Json::array();
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        const auto& value = layer.values[i];
        const auto found = value.present() ? classes.class_of(value.number) : std::nullopt;
        Json row{
            {"key", boundaries.regions[i].key}, {"value", json_of(value)}, {"state", to_text(value.state)}};
        add_inheritance(row, layer, i);
        row["class"] = found ? Json(*found + 1) : Json(nullptr);
        add_precision(row, layer, i);
        if (!chances.empty()) {
            row["class_probability"] = json_of(chances[i]);
            row["unstable"] = chances[i] && *chances[i] < precision::stable_from;
        }
        regions.push_back(std::move(row));
    }
    result["regions"] = std::move(regions);
    result["findings"] = findings_json(findings);
    return result.dump(2) + "\n";
}

std::string joins_json(const Prepared& prepared, const Findings& findings) {
    Json joins = Json::array();
    for (std::size_t i = 0; i < prepared.joins.size(); ++i) {
        const auto& report = prepared.joins[i];
        const auto& boundaries = prepared.atlas.boundaries_of(prepared.atlas.layers[i]);
        auto one = head_of(prepared, i);
        one["regions"] = report.region_count;
        one["matched"] = report.matched_count;
        one["inherited"] = report.inherited_count;
        Json keys = Json::array();
        for (const auto& unmatched : report.keys_without_region)
            keys.push_back(
                {{"key", unmatched.key}, {"line", unmatched.line}, {"suggestion", unmatched.suggestion}});
        one["keys_without_region"] = std::move(keys);
        one["regions_without_row"] = keys_of(boundaries, report.regions_without_row);
        joins.push_back(std::move(one));
    }
    const Json result{
        {"schema", "tendik.joins/1"}, {"joins", std::move(joins)}, {"findings", findings_json(findings)}};
    return result.dump(2) + "\n";
}

}  // namespace tendik::report
