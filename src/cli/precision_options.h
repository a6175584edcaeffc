#pragma once

#include "idle_options.h"
#include "tendik/plan/plan.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace tendik::cli {

/// The words on sampling errors, the same in every command that takes some.
struct PrecisionOptions {
    PlannedMeasuring measuring;
    std::string interval;
    std::vector<double> cv_classes;
};

/// `scale_is_for`: what --scale is said to be for.
void declare_precision(CLI::App& app, PrecisionOptions& options, const std::string& scale_is_for);

/// --scale, where it is for intervals alone.
void add_idle_scale(IdleOptions& idle, const CLI::App& app, const PrecisionOptions& options);

/// Throws UsageError for columns without a table, and for words that contradict each other.
PlannedMeasuring measuring_of(const PrecisionOptions& options, const std::string& table);

}  // namespace tendik::cli
