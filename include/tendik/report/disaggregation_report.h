#pragma once

#include "tendik/base/finding.h"
#include "tendik/io/write_layers.h"
#include "tendik/study/disaggregate.h"

#include <filesystem>
#include <string>

namespace tendik::report {

/// {"schema": "tendik.disaggregation/1", "indicator", "dimensions": [{"name", "values", "order"}], "years":
/// [{"year", "vintage", "cells": [{"where": {dimension: value}, "indicator", "n", "mean", "published",
/// "weighted", "highest", "lowest", "measures": [..], "regions": [{"key", "value", "state"}]}], "inside":
/// [{"dimension", "where", "national": {"basis", UNIT}, "regions": [{"key", UNIT, "rank"}]}]}], "findings"}.
/// UNIT: "values": [{"value": of the dimension, "number", "state"}], "highest", "lowest", "measures". A
/// measure:
/// {"code", "value", "se", "lower", "upper", "unit", "note"}. "where" leaves out what is all together.
std::string disaggregation_json(const Disaggregated& study, const Findings& findings);

/// A row a year and region, the country's first and without a key; columns as in the layer.
std::string disaggregation_csv(const Disaggregated& study);

/// In words of styles/texts in the data folder.
std::string disaggregation_text(const Disaggregated& study, const std::filesystem::path& data_folder,
                                Language language);

/// The regions of the only year: figures ("figure_rural") with their states, measures and rank. Of two
/// dimensions the columns begin with that which is compared and the value of the other: "residence_girls_D".
/// Throws InputError where there are several years or sets of boundaries.
FeatureLayer disaggregation_layer(const Disaggregated& study, const std::string& name);

}  // namespace tendik::report
