// Where each region stands, over all indicators that have a good and a bad end.
#include "sections.h"
#include "sketches.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tendik::narrative {
namespace {

/// One place of a region.
struct Place {
    const Indicator* indicator = nullptr;
    Standing standing;
};

/// The units that planners work with: those of the latest year.
std::size_t latest_boundaries(const Telling& telling) {
    const auto newer = [&](const Story& one, const Story& other) {
        return telling.layer(one.latest).year < telling.layer(other.latest).year;
    };
    return telling.layer(std::ranges::max_element(telling.stories, newer)->latest).boundaries;
}

/// The last layer of an indicator on these units; carried figures serve where there are no others.
const Layer* layer_on(const Telling& telling, const Indicator& indicator, std::size_t boundaries) {
    const Layer* found = nullptr;
    for (const auto& layer : telling.content.prepared.atlas.layers) {
        const bool fits = layer.boundaries == boundaries && layer.indicator.code == indicator.code;
        if (fits && (found == nullptr || layer.year >= found->year)) found = &layer;
    }
    return found;
}

std::vector<std::vector<Place>> places_by_region(const Telling& telling, std::size_t boundaries) {
    std::vector<std::vector<Place>> places(
        telling.content.prepared.atlas.boundaries[boundaries].regions.size());
    for (const auto& story : telling.stories) {
        if (!story.compared || story.indicator->direction == Direction::neutral) continue;
        const auto* layer = layer_on(telling, *story.indicator, boundaries);
        if (layer == nullptr) continue;
        for (std::size_t region = 0; region < places.size(); ++region)
            if (const auto standing = standing_of(*layer, region))
                places[region].push_back({story.indicator, *standing});
    }
    return places;
}

/// The two at one end, when they lie in that third.
std::string furthest(const Words& words, std::vector<Place> places, bool behind) {
    constexpr std::size_t most = 2;
    std::ranges::stable_sort(places, [behind](const Place& one, const Place& other) {
        return behind ? one.standing.share > other.standing.share : one.standing.share < other.standing.share;
    });
    std::vector<std::string> texts;
    for (const auto& place : places) {
        if (texts.size() == most || place.standing.third != (behind ? 2U : 0U)) break;
        texts.push_back(fmt::format("{} ({})", words.in(place.indicator->name),
                                    words.say("page.rank_of", {{"rank", words.count(place.standing.rank)},
                                                               {"n", words.count(place.standing.count)}})));
    }
    return texts.empty() ? html("–") : html(join_text(texts, "; "));
}

std::vector<std::string> profile_row(const Words& words, const Region& region,
                                     const std::vector<Place>& places) {
    std::array<std::size_t, 3> thirds{};
    std::vector<double> shares;
    for (const auto& place : places) {
        ++thirds[place.standing.third];
        shares.push_back(place.standing.share);
    }
    const auto label = words.say("profile_strokes", {{"best", words.count(thirds[0])},
                                                     {"middle", words.count(thirds[1])},
                                                     {"worst", words.count(thirds[2])}});
    return {html(words.in(region.name)),   words.count(places.size()),    words.count(thirds[0]),
            words.count(thirds[1]),        words.count(thirds[2]),        places_sketch(shares, label),
            furthest(words, places, true), furthest(words, places, false)};
}

}  // namespace

std::string regions_section(const Telling& telling) {
    if (telling.stories.empty()) return {};
    const auto& words = telling.words;
    const auto index = latest_boundaries(telling);
    const auto& boundaries = telling.content.prepared.atlas.boundaries[index];
    const auto places = places_by_region(telling, index);
    if (std::ranges::all_of(places, [](const auto& of_region) { return of_region.empty(); })) return {};
    HtmlTable table;
    table.caption = words.say("profile_caption");
    table.css_class = "profile";
    for (const auto* key :
         {"page.region", "report.profile_counted", "report.profile_best", "report.profile_middle",
          "report.profile_worst", "report.profile_all", "report.profile_behind", "report.profile_ahead"})
        table.headings.push_back(html(words.say(key)));
    for (std::size_t region = 0; region < places.size(); ++region)
        table.rows.push_back(profile_row(words, boundaries.regions[region], places[region]));
    return section_heading(words, "regions", "section_regions") +
           element("p", html(words.say("profile_intro", {{"n", words.count(places.size())}}))) + "\n" +
           table_html(table);
}

}  // namespace tendik::narrative
