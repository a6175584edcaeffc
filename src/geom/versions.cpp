#include "tendik/geom/crs.h"

#include <geos_c.h>
#include <proj.h>

namespace tendik::geom {

std::vector<std::pair<std::string, std::string>> library_versions() {
    const auto info = proj_info();
    const std::string geos = GEOSversion();  // "3.11.1-CAPI-1.17.1"
    return {{"PROJ", info.version}, {"GEOS", geos.substr(0, geos.find('-'))}};
}

}  // namespace tendik::geom
