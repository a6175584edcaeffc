#pragma once

#include "tendik/plan/autocorrelation.h"

#include <CLI/CLI.hpp>

namespace tendik::cli {

/// --weights, --higher-order, --lower-orders, --snap: who counts as a neighbour.
void declare_weights(CLI::App& app, WeightsChoice& choice);

}  // namespace tendik::cli
