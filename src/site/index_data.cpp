// What a composite index says of each region, as the page needs it.
#include "index_data.h"

namespace tendik::site {
namespace {

using Json = nlohmann::ordered_json;

Json named(const Texts& texts) {
    return {{"en", texts.in(Language::en)}, {"ru", texts.in(Language::ru)}, {"kk", texts.in(Language::kk)}};
}

template <typename Number>
Json number_or_null(const std::optional<Number>& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json numbers(const Column& column) {
    Json all = Json::array();
    for (const auto& value : column)
        all.push_back(value.present() ? Json(value.number) : Json(nullptr));
    return all;
}

/// An inherited figure is one of another unit, and no figure of the region.
Json states(const Column& figures) {
    Json all = Json::array();
    for (const auto& figure : figures)
        all.push_back(figure.shown() && figure.inherited ? "inherited" : to_text(figure.state));
    return all;
}

Json node_json(const SiteIndexNode& node) {
    Json json{
        {"code", node.code},     {"name", named(node.name)},       {"parent", number_or_null(node.parent)},
        {"weight", node.weight}, {"scores", numbers(node.scores)}, {"parts", numbers(node.parts)}};
    if (node.figures.empty()) return json;
    json["year"] = node.year_label;
    json["states"] = states(node.figures);
    return json;
}

Json ranks_json(const std::vector<SiteRankInterval>& ranks) {
    if (ranks.empty()) return nullptr;
    Json json{{"low", Json::array()}, {"median", Json::array()}, {"high", Json::array()}};
    for (const auto& rank : ranks) {
        json["low"].push_back(number_or_null(rank.low));
        json["median"].push_back(number_or_null(rank.median));
        json["high"].push_back(number_or_null(rank.high));
    }
    return json;
}

}  // namespace

Json index_json(const SiteIndex& index) {
    Json nodes = Json::array();
    for (const auto& node : index.nodes)
        nodes.push_back(node_json(node));
    return {{"least_share", index.least_share},
            {"draws", index.draws},
            {"mean_shift", index.mean_shift},
            {"ranks", ranks_json(index.ranks)},
            {"nodes", std::move(nodes)}};
}

}  // namespace tendik::site
