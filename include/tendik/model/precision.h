#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tendik {

/// How a 95 % interval round a figure is made. given: both ends stand in the table. normal: 1.96 errors to
/// either side. wilson, logit: of a proportion. fay_feuer: of a rate of events.
enum class IntervalKind : std::uint8_t { none, given, normal, wilson, logit, fay_feuer };
std::string_view to_text(IntervalKind kind);
/// "normal", "wilson", "logit", "fay-feuer"; the others are no choice of a user.
std::optional<IntervalKind> interval_from_text(std::string_view text);

/// By the coefficient of variation, below, between and above the two cut points that the user declares.
enum class Reliability : std::uint8_t { reliable, caution, unreliable };
std::string_view to_text(Reliability reliability);

/// How exact the figures of one layer are, beside their standard errors. Columns are parallel to the regions,
/// or empty where nothing is known.
struct Precision {
    IntervalKind interval = IntervalKind::none;
    Column lower = {};  ///< ends of the 95 % intervals, in the unit of the figures
    Column upper = {};
    Column n = {};     ///< unweighted number of cases behind a figure; of a rate of events, who may have one
    Column deff = {};  ///< design effect: by what the sample's design multiplies the variance
    Column events = {};                                        ///< of a rate
    std::vector<std::optional<Reliability>> reliability = {};  ///< nothing where a region has no error
    std::vector<double> cut_points_percent = {};  ///< the two that `reliability` is told by, ascending
    std::vector<bool> bracketed = {};  ///< few cases: shown in brackets; empty: not judged by cases

    bool is_unreliable(std::size_t region) const;
    bool is_bracketed(std::size_t region) const { return !bracketed.empty() && bracketed[region]; }
};

/// Two regions compared, with the errors of both.
struct PairTest {
    RegionIndex first{};
    RegionIndex second{};
    double difference = 0.0;                 ///< first less second
    double se = 0.0;                         ///< sqrt(s1^2 + s2^2): the samples are independent
    std::optional<double> z = std::nullopt;  ///< nothing where neither has an error
    double p = 1.0;                          ///< two-sided
    double p_adjusted = 1.0;                 ///< for looking at all pairs
};

}  // namespace tendik
