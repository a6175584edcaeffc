#include "gdal_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <map>

namespace tendik::io {
namespace {

constexpr std::size_t longest_dbf_name = 10;  // bytes; dBASE III
constexpr std::size_t longest_dbf_text = 254;

/// Names are cut to ten bytes; two that become one are refused, so that no column changes its meaning unseen.
std::vector<Field> with_short_names(const PreparedLayer& layer) {
    auto fields = layer.fields;
    std::map<std::string, std::string> long_by_short;
    for (auto& field : fields) {
        auto name = field.name.substr(0, longest_dbf_name);
        while (find_invalid_utf8(name))
            name.pop_back();
        const auto [first, is_new] = long_by_short.emplace(fold(name), field.name);
        if (!is_new) {
            throw InputError(
                fmt::format("a Shapefile keeps 10 letters of a column name: '{}' and '{}' would both be '{}'",
                            first->second, field.name, name),
                "write .gpkg, .geojson or .fgb instead, or shorten the names");
        }
        for (const auto& cell : field.cells) {
            const auto* text = std::get_if<std::string>(&cell);
            if (text == nullptr || text->size() <= longest_dbf_text) continue;
            throw InputError(fmt::format("a Shapefile keeps 254 bytes of a text: column '{}' has one of {}",
                                         field.name, text->size()),
                             "write .gpkg, .geojson or .fgb instead");
        }
        field.name = name;
    }
    return fields;
}

}  // namespace

std::vector<FilePart> make_shapefile(const PreparedLayer& layer) {
    auto short_layer = layer;
    short_layer.name = "layer";
    short_layer.fields = with_short_names(layer);
    const MemoryFolder folder;
    auto dataset = create_dataset("ESRI Shapefile", folder.path_of("layer.shp"), {});
    add_layer(*dataset, short_layer,
              {"ENCODING=UTF-8", "DBF_DATE_LAST_UPDATE=" + fixed_time().substr(0, 10)});
    close_dataset(std::move(dataset));
    std::vector<FilePart> parts;
    for (const std::string extension : {".dbf", ".shx", ".prj", ".cpg", ".shp"})
        parts.push_back({extension, folder.content_of("layer" + extension)});
    return parts;
}

FilePart make_flatgeobuf(const PreparedLayer& layer) {
    const MemoryFolder folder;
    auto dataset = create_dataset("FlatGeobuf", folder.path_of("layer.fgb"), {});
    add_layer(*dataset, layer, {"SPATIAL_INDEX=YES", "TEMPORARY_DIR=" + folder.path_of("index")});
    close_dataset(std::move(dataset));
    return {".fgb", folder.content_of("layer.fgb")};
}

}  // namespace tendik::io
