#pragma once

#include "tendik/model/texts.h"
#include "tendik/style/choropleth.h"

#include <string>

namespace tendik {

/// What a QGIS style of one layer needs to know of its columns.
struct LayerStyleSource {
    std::string value_field;    ///< numeric column
    std::string state_field;    ///< text column with the state
    std::string name_field;     ///< label
    std::string outline_field;  ///< "generalised-..." is drawn dashed; may be empty
    Texts title;
    Language language = Language::en;
    std::string inherited_field = {};   ///< 1: the value of a larger unit, hatched over its class; may be
                                        ///< empty
    std::string unreliable_field = {};  ///< 1: hatched over its class the other way; may be empty
    bool inherited_outside = false;     ///< some of them lie outside of the classes: white below the hatch
    bool points = false;  ///< dots in the colours of the classes, with name and value beside them
};

namespace qgis {

/// QML for QGIS 3.22 with a rule-based renderer: a rule for each class (closed outer ends), for each state
/// without a number, a hatch over inherited values and another over unreliable ones, and dashed outlines for
/// generalised regions; labels by name_field. Elements in a fixed order.
std::string to_qml(const Choropleth& choropleth, const Legend& legend, const LayerStyleSource& source);

/// SLD 1.1.0 with the same rules.
std::string to_sld(const Choropleth& choropleth, const Legend& legend, const LayerStyleSource& source);

}  // namespace qgis
}  // namespace tendik
