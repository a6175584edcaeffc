#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/io/write_layers.h"
#include "tendik/prepare/prepare.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace tendik::run {

/// One result in its forms; each is made only when it is asked for.
struct Answer {
    std::function<std::string()> json;
    std::function<std::string()> csv;
    /// Columns of regions; an empty function: the result is no layer.
    std::function<FeatureLayer(const std::string& name)> layer;
};

/// The form follows the ending: .json, .csv, else a layer as io::write_layers() knows it. Throws InputError
/// for an ending that is not known, a result that is no layer or a layer of regions without borders,
/// SystemError when it cannot be written.
void write_answer(const Answer& answer, const std::filesystem::path& target, const Crs& crs,
                  Findings& findings);

/// What `measure` found of each region: .csv (one row an indicator, year and region), .json (all that is
/// known of one layer) or one layer. Throws as above, and UsageError where one layer is wanted of several.
void write_measured(const Prepared& prepared, const std::filesystem::path& target, const Crs& crs,
                    Findings& findings);

/// The class of each region, likewise.
void write_classed(const Prepared& prepared, const std::filesystem::path& target, const Crs& crs,
                   Findings& findings);

/// The pairs of regions that were compared, as .csv. Throws InputError for another ending.
void write_pairs(const Prepared& prepared, const std::filesystem::path& target);

}  // namespace tendik::run
