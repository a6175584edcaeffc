#include "crs_text.h"

#include <cpl_conv.h>
#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace tendik::io {

bool is_known(const OGRSpatialReference& reference) {
    const char* name = reference.GetName();
    return reference.IsLocal() == 0 && name != nullptr && !std::string_view(name).starts_with("Undefined");
}

Crs to_crs(const OGRSpatialReference& reference) {
    const char* authority = reference.GetAuthorityName(nullptr);
    const char* code = reference.GetAuthorityCode(nullptr);
    const std::string name =
        authority != nullptr && code != nullptr ? fmt::format("{}:{}", authority, code) : "";
    if (name == "OGC:CRS84") return wgs84;
    if (name.starts_with("EPSG:")) return {name};
    const std::array<const char*, 3> options{"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
    char* text = nullptr;
    reference.exportToWkt(&text, options.data());
    const Crs crs{text == nullptr ? "" : text};
    CPLFree(text);
    return crs;
}

}  // namespace tendik::io
