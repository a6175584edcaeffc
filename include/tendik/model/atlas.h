#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/indicator.h"
#include "tendik/model/value.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// What weighs the regions of one layer.
struct Weights {
    Column column;          ///< parallel to the regions; strictly positive where present
    std::string indicator;  ///< code of the denominator; empty: all regions weigh the same
    int year = 0;           ///< year the denominator was published for
    bool stand_in = false;
    Texts text;
};

/// A figure published for the whole country, beside the mean of the regions.
struct PublishedValue {
    double value = 0.0;
    std::string source;
};

/// One indicator in one year on one Boundaries: what becomes a map layer.
struct Layer {
    Indicator indicator;
    std::optional<int> year;
    std::string year_label;      ///< "2010-11"; the year as text by default; empty when there is no year
    std::size_t boundaries = 0;  ///< index into Atlas::boundaries
    Column values;               ///< parallel to the regions
    std::optional<Weights> weights;
    std::optional<PublishedValue> published;
    std::vector<std::string> sources;  ///< ids of the sources that the values come from
    std::vector<Texts> notes;  ///< what must reach the reader: breaks, outliers, stand-ins, inherited values
    std::string source_file;

    /// "stunting_moderate_severe_2015": name of the layer in files; letters, digits, underscore.
    std::string name() const;
};

/// Boundaries joined with indicators.
struct Atlas {
    std::vector<Boundaries> boundaries;  ///< one for each vintage in use
    std::vector<Layer> layers;           ///< in the order of the plan, years ascending

    const Boundaries& boundaries_of(const Layer& layer) const { return boundaries.at(layer.boundaries); }
};

}  // namespace tendik
