#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"

#include <string>
#include <vector>

namespace tendik {

/// Where boundaries come from; in the words of the command line and of the plan.
struct BoundarySource {
    std::string file = {};     ///< a path or any OGR connection
    std::string layer = {};    ///< empty: the only layer
    std::string key = {};      ///< empty: "unit_id", else "key", else "code", else an error that lists the
                               ///< columns
    std::string vintage = {};  ///< empty: what the file says of itself (property `vintage`), else none
};

namespace io {

/// Reads polygons with their key, names (columns name_en, name_ru, name_kk, else name, else the key), kind,
/// outline, label_lon/label_lat and all attributes as text. Keys are text always: a numeric key is written in
/// its shortest form, with the finding "numeric-key". Texts of a Shapefile whose DBF states no encoding (no
/// .cpg file, no code page or just "ANSI") are read as what their bytes are (see decode_text), Windows-1251
/// and KZ-1048 with the finding "encoding". Polygon parts of features are kept; curves are made
/// linear. Throws InputError: no such file (SystemError never), no such layer or column (the existing ones
/// are named), empty layer, key twice (key and both feature numbers), empty key, no polygon, not finite
/// coordinates (region and vertex), no CRS, text that is not UTF-8.
Boundaries read_boundaries(const BoundarySource& source, Findings& findings);

}  // namespace io
}  // namespace tendik
