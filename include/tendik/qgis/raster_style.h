#pragma once

#include "tendik/model/texts.h"
#include "tendik/style/choropleth.h"
#include "tendik/style/colour.h"

#include <string>
#include <vector>

namespace tendik::qgis {

/// QML for QGIS 3.22 of one band (from 1): discrete classes as in model/classes.h, closed above; the last one
/// has no upper end, because a style is also laid over overviews. No colour where there is no data.
std::string to_raster_qml(const Choropleth& choropleth, const Legend& legend, int band, Language language);

/// What one value of a band stands for.
struct RasterCategory {
    double value = 0.0;
    std::string label;
    Colour colour;
};

/// QML for QGIS 3.22 of one band (from 1) whose values stand for something; other values have no colour.
std::string to_category_qml(const std::vector<RasterCategory>& categories, int band);

}  // namespace tendik::qgis
