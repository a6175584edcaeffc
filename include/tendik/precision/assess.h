#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/precision.h"
#include "tendik/model/value.h"
#include "tendik/precision/reliability.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik::precision {

/// Columns of one table, parallel to the regions; null: not given.
struct Given {
    const Column& values;
    const Column* errors = nullptr;  ///< standard errors, 0 or more
    const Column* lower = nullptr;   ///< ends of 95 % intervals
    const Column* upper = nullptr;
    const Column* n = nullptr;       ///< above 0
    const Column* deff = nullptr;    ///< above 0
    const Column* events = nullptr;  ///< 0 or more
};

struct AssessOptions {
    IntervalKind interval = IntervalKind::none;
    bool mics_rule = false;  ///< by `n`: see judge_cases()
    std::optional<CutPoints> cut_points = {};
    std::optional<double> scale = {};  ///< values lie in 0 .. scale; of a rate of events: events per so many
    bool proportion = false;           ///< values are shares of a whole, which is the scale
};

struct Assessed {
    Column values;                 ///< as given, but for what the rule suppresses
    std::optional<Column> errors;  ///< as given, or worked out; nothing where neither can be
    Precision precision;
};

/// What is known of the precision of one column.
/// - errors: as given; else of a proportion from n and deff, both given (proportion_error()); else of a rate
/// from
///   events and n, sqrt(events) / n. Never from anything that is not given.
/// - intervals: lower and upper as given; else by `interval`. normal: y +- 1.96 s, cut to 0 .. scale where a
/// scale is
///   known. wilson, logit: on n / deff, else on p (1 - p) / s^2. fay_feuer: Garwood's of the events over n.
/// - mics_rule: figures of fewer than 25 cases become suppressed, of 25 to 49 bracketed; finding "few-cases".
/// Regions that lack what an interval needs have none and are named ("no-interval", "cases-missing"); so are
/// figures outside of their interval ("value-outside-interval"). Throws InputError for an error below zero, n
/// or deff not above zero, events below zero, a proportion outside of 0 .. scale, and for an interval whose
/// inputs are not given.
Assessed assess(const Given& given, const AssessOptions& options, const std::vector<std::string>& names,
                Findings& findings);

}  // namespace tendik::precision
