#pragma once

#include "tendik/model/texts.h"
#include "tendik/style/choropleth.h"

#include <string>

namespace tendik::qgis {

/// QML for QGIS 3.22 of one band (from 1): discrete classes as in model/classes.h, closed above; the last one
/// has no upper end, because a style is also laid over overviews. No colour where there is no data.
std::string to_raster_qml(const Choropleth& choropleth, const Legend& legend, int band, Language language);

}  // namespace tendik::qgis
