#include "tendik/style/modelled_notes.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace tendik::style {
namespace {

using Slot = std::pair<std::string_view, std::function<std::string(Language)>>;

/// The text of a key with {slots} filled, in every language by its own words.
Texts filled(const TextBook& texts, std::string_view key, const std::vector<Slot>& slots) {
    const auto in = [&](Language language) {
        auto text = texts.at(key).in(language);
        for (const auto& [name, words] : slots) {
            const auto slot = "{" + std::string(name) + "}";
            const auto filling = words(language);
            for (auto at = text.find(slot); at != std::string::npos;
                 at = text.find(slot, at + filling.size()))
                text.replace(at, slot.size(), filling);
        }
        return text;
    };
    return {in(Language::en), in(Language::ru), in(Language::kk)};
}

std::string names_without_station(const Modelled& modelled, const Boundaries& boundaries, Language language) {
    std::string names;
    for (std::size_t i = 0; i < modelled.stations.size(); ++i)
        if (modelled.stations[i] == 0)
            names += (names.empty() ? "" : ", ") + boundaries.regions[i].name.in(language);
    return names;
}

}  // namespace

std::vector<Texts> modelled_notes(const Layer& layer, const Boundaries& boundaries, const TextBook& texts) {
    if (!layer.modelled) return {};
    const auto& modelled = *layer.modelled;
    const auto* from = modelled.places.empty()   ? "modelled.from_raster"
                       : modelled.raster.empty() ? "modelled.from_places"
                                                 : "modelled.from_places_and_raster";
    std::vector<Texts> notes{filled(texts, from,
                                    {{"raster", [&](Language) { return modelled.raster; }},
                                     {"places", [&](Language) { return modelled.places; }}})};
    const int decimals = layer.indicator.decimals;
    if (!modelled.can_rank && modelled.error.empty())
        notes.push_back(texts.at("modelled.not_told_apart"));
    else if (!modelled.can_rank)
        notes.push_back(
            filled(texts, "modelled.cannot_rank",
                   {{"error", [&](Language in) { return format_number(modelled.mean_error, decimals, in); }},
                    {"spread", [&](Language in) { return format_number(modelled.spread, decimals, in); }}}));
    if (!names_without_station(modelled, boundaries, Language::en).empty())
        notes.push_back(filled(
            texts, "modelled.no_station",
            {{"regions", [&](Language in) { return names_without_station(modelled, boundaries, in); }}}));
    if (!modelled.chances.empty()) notes.push_back(texts.at("modelled.chances"));
    return notes;
}

}  // namespace tendik::style
