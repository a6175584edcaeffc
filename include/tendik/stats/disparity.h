#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/indicator.h"
#include "tendik/model/measure.h"
#include "tendik/model/value.h"
#include "tendik/stats/compat.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

struct MeasureOptions {
    Direction direction = Direction::adverse;
    double missing_share_warning = 0.15;  ///< above this share of regions left out: finding "many-missing"
    std::optional<double> scale{};        ///< values lie in 0 .. scale (100: per cent); absent: no upper end
    Compat compat = Compat::none;
    double atkinson_aversion = 0.5;            ///< above 0
    double kolm_aversion = 1.0;                ///< above 0, per unit of the value
    double concentration_aversion = 3.0;       ///< of SGINI, above 1; 2 makes it RCI, or the Gini coefficient
    std::size_t draws = 2000;                  ///< for intervals by simulation; 1000 and more
    std::uint64_t seed = 1;                    ///< of the draws
    std::size_t jobs = 0;                      ///< threads; 0: all cores; the numbers do not depend on it
    std::size_t influence_region_limit = 500;  ///< of more regions no influence is computed, with a finding
};

/// What is measured: one number for each region in every column.
struct MeasureInputs {
    const Column& values;
    const Column* weights = nullptr;  ///< population sizes, above 0; null: all equal
    const Column* errors = nullptr;   ///< standard errors of the values, 0 or more; null: not known
    const Column* ranks = nullptr;    ///< order of the regions, the most disadvantaged first (lowest number)
    std::optional<RegionIndex> reference = std::nullopt;
    std::string reference_fault = {};                  ///< why the reference that was asked for is none
    const std::vector<std::string>* groups = nullptr;  ///< name of the set of each region; "": of none
};

namespace stats {

/// The codes of all measures, in the order in which they are given: D R ACI RCI SII RII BGV BGSD COV MDMU
/// MDMW MDBU MDBW MDRU MDRW IDISU IDISW TI MLD PAR PAF, scaled as by WHO HEAT (COV, IDIS, PAF per cent; TI,
/// MLD x1000), then unscaled GE_1 GE0 GE1 GE2 GINI ATKINSON HOOVER PALMA WOLFSON KOLM WILLIAMSON WAGSTAFF
/// ERREYGERS SGINI.
std::vector<std::string> measure_codes();

/// Disparity measures of one column; gap, contribution, influence and rank of every region. Regions without a
/// value or weight are left out, counted and named. A measure without a value (fewer than two regions, three
/// for an order; zero mean; a zero or negative value in a logarithm; no direction, order or reference where
/// it takes one) has a note.
/// - D, R: by order, top against bottom; with a reference, that against the extreme beyond it; else highest
///   against lowest. In an adverse indicator bottom less top, and highest less reference.
/// - ACI, RCI, WAGSTAFF, ERREYGERS: ridits X, sum p (2X - 1) y (Kakwani, Wagstaff & van Doorslaer 1997).
/// - SGINI, by order or value: 1 - sum y_j [(1 - R_(j-1))^nu - (1 - R_j)^nu] / mean, R_j the people up to j.
/// - SII, RII: logit with fractional counts and each region weighted once where a scale is declared, else the
///   straight line.
/// - PAR, PAF: the best region, or the top of the order, against the mean; 0 where nothing is to be gained.
/// - MDB*: from the best region; MDR*: from the reference; MDM*, IDIS*: from the population mean.
/// - PALMA: highest tenth over lowest 40 per cent, the Lorenz curve interpolated. WOLFSON 1994. ATKINSON and
///   KOLM with the aversions of the options. GINI has the jackknife error where no others are known.
/// Errors, where `errors` are given for all regions that count (else a finding says who has none):
/// - analytic `se` for D, R, BGV (Ahn et al. 2018), TI, MLD, ACI, RCI, SII, RII, WAGSTAFF, ERREYGERS; the
///   spread of the draws for the others. Those of R and RII are of the logarithm.
/// - 95 % intervals: by se where the measure picks nothing and squares nothing (order given: D, R, ACI, ...);
///   else by draws from normals cut to 0 .. scale. Noise between the regions makes such a measure too large;
///   the mean excess of the draws is its `bias`. The interval stands round value - bias, and the spread of
///   the draws is widened to that of the corrected value, which is known from drawing twice more about each
///   draw.
/// Without `errors`, ACI, RCI, SII and RII have those of the regression on ranks, and say so.
/// Compat::heat gives what WHO's healthequal prints: counts rounded and weighted twice in SII and RII, TI and
/// MLD with errors not multiplied by 1000, PAF with an error that is a fraction, plain percentiles.
/// Compat::pysal gives half of WOLFSON, as PySAL's inequality does.
/// Sources: Schlotheuber & Hosseinpoor, IJERPH 19(6):3697, 2022; Harper & Lynch 2005; Ahn et al., JCO Clin
/// Cancer Inform 2018; Theil 1967; Wagstaff 2005; Erreygers 2009; Wolfson 1994; Cowell 2011.
/// Throws InputError for a weight that is no population, an error below zero, a value beyond the scale, an
/// aversion out of its range.
/// `names` are for findings, parallel to the column.
Measures measure(const MeasureInputs& inputs, const MeasureOptions& options,
                 const std::vector<std::string>& names, Findings& findings);
Measures measure(const Column& values, const Column* weights, const MeasureOptions& options,
                 const std::vector<std::string>& names, Findings& findings);

/// D and R of two groups that are named beforehand: `more` less `less`, and over it. Errors may be absent;
/// with both of them, se and 95 % interval as measure() has them (that of R by its logarithm). A number that
/// is absent, or a ratio without meaning (negative value, zero denominator), leaves a note. definitions of D
/// and R as in measure(); the two samples are independent.
std::vector<Measure> compare_two(const Value& more, const Value& less, const Value& more_error,
                                 const Value& less_error);

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
