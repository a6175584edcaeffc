#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/indicator.h"
#include "tendik/model/measure.h"
#include "tendik/model/value.h"

#include <optional>

namespace tendik {

struct MeasureOptions {
    Direction direction = Direction::adverse;
    double missing_share_warning = 0.15;  ///< above this share of regions left out: finding "many-missing"
};

namespace stats {

/// Disparity measures of one column: D, R (highest against lowest), BGV, BGSD, COV, TI, MLD (x1000 as WHO
/// HEAT scales them), GINI; gap and contribution of every region. None of them needs a direction; worst and
/// best do, and are not given for a neutral indicator. `weights` are population sizes (> 0), null: all equal.
/// Regions without a value or weight are left out, counted and named. Undefined measures (zero mean, R with a
/// zero denominator, MLD with a zero value, fewer than two regions) have no value and a note. R is larger
/// value over smaller, D is larger minus smaller, for both directions (as for non-ordered data in WHO HEAT).
/// `names` are for findings, parallel to the column. Sources: Schlotheuber & Hosseinpoor, IJERPH 19(6):3697,
/// 2022; Harper & Lynch 2005; Theil 1967.
Measures measure(const Column& values, const Column* weights, const MeasureOptions& options,
                 const std::vector<std::string>& names, Findings& findings);

/// What can be said of a total or count, by which regions of different size cannot be compared: how many have
/// one, the sum of them, the highest and the lowest. No mean, no gaps, no measures, no worst and best.
Measures describe_total(const Column& values);

/// What can be said of figures of some regions only: how many there are. Neither mean nor gaps, no highest
/// and lowest, and every measure without a value, with the reason as its note.
Measures describe_partial(const Column& values);

/// The change of D and R between two sets of measures; nothing when D is undefined in one of them.
std::optional<Change> change_between(const Measures& before, int from_year, const Measures& after,
                                     int to_year);

/// A value from its parts: sum of part x weight over sum of weights, region by region. A part that is not
/// applicable counts with weight zero; a missing part or weight makes the value missing.
Column combine_parts(const std::vector<Column>& parts, const std::vector<Column>& weights);

/// total / denominator x times, region by region. What is not present in the total keeps its state; a
/// denominator that is not applicable makes the quotient so; one that is absent or not above zero makes it
/// missing.
Column divide(const Column& totals, const Column& denominators, double times);

/// sum w y / sum w over regions where both are present; nothing when there is none or the sum of weights is
/// zero.
std::optional<double> weighted_mean(const Column& values, const Column* weights);

}  // namespace stats
}  // namespace tendik
