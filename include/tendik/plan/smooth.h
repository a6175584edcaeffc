#pragma once

#include "tendik/plan/autocorrelation.h"
#include "tendik/spatial/rates.h"

#include <string>

namespace tendik {

/// What of `tendik smooth` is asked for.
struct SmoothChoice {
    std::string method = "eb";  ///< eb, local-eb, spatial-rate, median, excess-risk, choynowski
    WeightsChoice weights;      ///< of the methods that look at neighbours
    LocalSpread spread = LocalSpread::around_each;  ///< of local-eb
    double times = 1000.0;                          ///< rates are given per so many people; above 0
};

}  // namespace tendik
