#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/value.h"
#include "tendik/plan/smooth.h"
#include "tendik/prepare/prepare.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Rates of one layer, as counted and as smoothed. Columns are parallel to the regions; a region without
/// events or people has neither.
struct SmoothedLayer {
    std::string title;  ///< "deaths, 2019"
    std::string method;
    std::string weights;  ///< who counts as a neighbour, in words; empty: nobody
    double times = 1.0;   ///< rates are per so many people
    Column events;
    Column people;
    Column rates;
    Column result;     ///< rates, a ratio (excess-risk) or a probability (choynowski)
    Column shrinkage;  ///< share of the own rate in the smoothed one; empty where the method has none
    std::optional<double> mean;     ///< the rate that all are drawn to
    std::optional<double> between;  ///< variance of the true rates between regions, per `times` squared
};

namespace study {

/// "eb", "local-eb", ...: what SmoothChoice::method may be.
const std::vector<std::string>& smoothing_methods();

/// The values of layer `index` are events, its weights the people they happen to. Regions without either
/// leave the computation and the neighbours alike (note "regions-left-out"). Throws UsageError for an unknown
/// method, or neighbours named for one that looks at none; InputError for a layer without people, and as
/// spatial/rates.h.
SmoothedLayer smooth(const Prepared& prepared, std::size_t index, const SmoothChoice& choice,
                     Findings& findings);

}  // namespace study
}  // namespace tendik
