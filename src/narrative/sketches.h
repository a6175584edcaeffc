#pragma once

#include "stories.h"
#include "tendik/index/robustness.h"
#include "words.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tendik::narrative {

/// Outlines of all regions, once for the page; the maps refer to them.
std::string outline_definitions(const ReportContent& content);

/// The regions of layer `index` in the colours of their classes. Nothing where the boundaries have no
/// outlines.
std::string map_sketch(const ReportContent& content, std::size_t index, const Words& words);
/// A dot for each region between the lowest and the highest value, and a line at the mean.
std::string strip_sketch(const ReportContent& content, std::size_t index, const Words& words);
/// From lowest to highest region in each year, the mean on the way; series do not join. Nothing of one year.
std::string years_sketch(const ReportContent& content, const Story& story, const Words& words);
/// From the better to the worse end of the interval among `count` ranks, a dot at the rank itself.
std::string rank_sketch(const RankInterval& interval, std::size_t count, const Words& words);
/// A stroke for each indicator from best (left) to worst (right), thirds parted. `shares`: 0 best, 1 worst.
std::string places_sketch(const std::vector<double>& shares, const std::string& label);

}  // namespace tendik::narrative
