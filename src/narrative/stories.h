#pragma once

#include "tendik/narrative/report_page.h"
#include "words.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::narrative {

/// One indicator of the atlas with all that was found about it.
struct Story {
    const Indicator* indicator = nullptr;
    std::size_t latest = 0;           ///< the layer that is compared: last year, units it was published for
    std::vector<std::size_t> layers;  ///< of all years on the units of their time, ascending
    std::vector<const TrendStudy*> trends;  ///< by series, ascending
    const PatternStudy* global = nullptr;   ///< Moran's I of the latest layer
    const PatternStudy* local = nullptr;    ///< local Moran of the latest layer
    std::size_t tests = 0;                  ///< maps that the step of `global` looks at
    bool compared = true;                   ///< false: a model too unsure to tell regions apart
};

/// What is shown and not compared.
struct Others {
    std::vector<const Indicator*> totals;
    std::vector<const Indicator*> partial;
    std::vector<std::size_t> carried;   ///< layers with inherited values
    std::vector<std::size_t> modelled;  ///< layers
};

/// In the order of the atlas, those that are compared.
std::vector<Story> make_stories(const Prepared& prepared, const Studies& studies);
Others find_others(const Prepared& prepared);

/// What became of a series, by difference and by ratio; none where one of the two is not defined.
enum class Way : std::uint8_t { none, nearer, apart, same, mixed };
const MeasureTrend* find_measure(const TrendStudy& study, std::string_view code);
/// A ratio is shown with two decimals: less than half of the last is no change.
Trend ratio_trend(const MeasureTrend& ratio);
Way way_of(const TrendStudy& study);

/// What the test of a map allows to say.
enum class Pattern : std::uint8_t { none_asked, undefined, together, unlike, hint, none_shown };
Pattern pattern_of(const Story& story);

/// Names of the regions with the value of this one, at most three, and how many more there are.
std::string names_at(const Layer& layer, const Boundaries& boundaries, RegionIndex end, const Words& words);

/// Where a region stands among those with a value.
struct Standing {
    std::size_t rank = 0;   ///< 1 is best; equal values share the best rank
    std::size_t count = 0;  ///< regions with a value
    double share = 0.0;     ///< 0 best, 1 worst; equal values share the middle of their places
    std::size_t third = 0;  ///< 0 best, 2 worst; by the same middle
};

/// None where a region has no value of its own, or where fewer than three have.
std::optional<Standing> standing_of(const Layer& layer, std::size_t region);

/// "ru-stunting": the anchor of an article.
std::string id_of(const Indicator& indicator, Language language);

}  // namespace tendik::narrative
