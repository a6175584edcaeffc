#pragma once

#include "groups.h"
#include "tendik/base/compensated_sum.h"

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::stats {

/// One measure: how it is called, when it has a value, how it is computed.
struct MeasureKind {
    std::string_view code;
    std::string_view unit;
    /// Why it has no value; empty where it has one. Asked first.
    std::string (*undefined)(const Groups&);
    double (*value)(const Groups&);
    /// What each position adds; the parts add up to the value.
    std::vector<double> (*parts)(const Groups&) = nullptr;
    /// From the errors of the groups, which are there; NaN where it is not known. Of the logarithm where
    /// `logarithmic`.
    double (*error)(const Groups&) = nullptr;
    /// Neither picked from the data nor square: its error makes the interval, and there is no bias.
    bool (*plain)(const Groups&) = nullptr;
    bool logarithmic = false;                                 ///< the interval is made of the logarithm
    double floor = -std::numeric_limits<double>::infinity();  ///< no value is below
    /// What is given instead of a number that the formula yields, for value and interval; draws are not cut.
    double (*cut)(const Groups&, double) = nullptr;
    std::string (*remark)(const Groups&) = nullptr;  ///< what a reader of the value must know
};

/// Groups of one value: every measure is 0 but those that divide one group by another. Sums of shares would
/// leave the last bits of a double instead.
inline bool is_zero_by_construction(const MeasureKind& kind, const Groups& groups) {
    return kind.unit != "ratio" && groups.least() == groups.greatest();
}

/// The value as it is given.
inline double given_value(const MeasureKind& kind, const Groups& groups) {
    if (is_zero_by_construction(kind, groups)) return 0.0;
    const double value = kind.value(groups);
    return kind.cut ? kind.cut(groups, value) : value;
}

std::span<const MeasureKind> gap_kinds();
std::span<const MeasureKind> ordered_kinds();
std::span<const MeasureKind> inequality_kinds();

/// Positions whose value all should have, by PAR and PAF: the top of the order, or the best.
std::vector<std::size_t> model_groups(const Groups& groups);

/// Fewer than two groups have no disparity.
std::string too_few(const Groups& groups);
/// sum over positions of `term(k)`, in order, with the rounding errors carried.
template <class Term>
double sum_over(const Groups& groups, Term&& term) {
    CompensatedSum sum;
    for (std::size_t k = 0; k < groups.count(); ++k)
        sum.add(term(k));
    return sum.value();
}

}  // namespace tendik::stats
