#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"

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

namespace report {

/// {"schema": "tendik.smooth/1", "method", "weights", "per", "mean", "between_variance", "rows": [{"key",
/// "events", "people", "rate", "result", "shrinkage", "state"}], "findings"}.
std::string smooth_json(const SmoothedLayer& layer, const Boundaries& boundaries, const Findings& findings);
/// The same rows.
std::string smooth_csv(const SmoothedLayer& layer, const Boundaries& boundaries);
std::string smooth_text(const SmoothedLayer& layer, const Boundaries& boundaries, Language language);
FeatureLayer smooth_fields(const SmoothedLayer& layer, const Boundaries& boundaries, const std::string& name);

}  // namespace report
}  // namespace tendik
