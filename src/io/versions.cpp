#include "tendik/io/write_layers.h"

#include <gdal.h>

namespace tendik::io {

std::vector<std::pair<std::string, std::string>> library_versions() {
    return {{"GDAL", GDALVersionInfo("RELEASE_NAME")}};
}

}  // namespace tendik::io
