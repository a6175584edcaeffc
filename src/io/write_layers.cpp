#include "tendik/io/write_layers.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "vector_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <set>
#include <string_view>

namespace tendik::io {
namespace {

const std::vector<std::string> known_endings{".gpkg", ".geojson", ".fgb", ".shp", ".csv"};

std::string ending_of(const std::filesystem::path& target) {
    auto ending = fold(target.extension().string());
    if (ending == ".json") ending = ".geojson";
    if (std::ranges::find(known_endings, ending) != known_endings.end()) return ending;
    const auto near = nearest(ending, known_endings);
    throw InputError(fmt::format("{}: unknown ending '{}'{}", target.string(), target.extension().string(),
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     fmt::format("layers are written as {}", join_text(known_endings, ", ")));
}

/// The key as a column under its own name, unless the caller has put it first already.
std::vector<Field> fields_with_key(const FeatureLayer& layer) {
    const auto& boundaries = *layer.boundaries;
    Field key;
    key.name = boundaries.key_column.empty() ? "key" : boundaries.key_column;
    for (const auto& region : boundaries.regions)
        key.cells.emplace_back(region.key);
    std::vector<Field> fields;
    if (layer.fields.empty() || layer.fields.front().name != key.name) fields.push_back(std::move(key));
    fields.insert(fields.end(), layer.fields.begin(), layer.fields.end());
    std::set<std::string> names;
    for (const auto& field : fields) {
        assert(field.cells.size() == boundaries.regions.size());
        if (!names.insert(fold(field.name)).second) {
            throw InputError(fmt::format("layer '{}': two columns are named '{}'", layer.name, field.name),
                             "give every column a name of its own; upper and lower case count as the same");
        }
    }
    return fields;
}

std::vector<Shape> shapes_in(const Boundaries& boundaries, const Crs& crs) {
    std::vector<Shape> shapes;
    for (const auto& region : boundaries.regions)
        shapes.push_back(region.shape);
    if (geom::same_crs(boundaries.crs, crs)) return shapes;
    const geom::Transform transform(boundaries.crs, crs);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        shapes[i] = while_doing(fmt::format("reprojecting region '{}'", boundaries.regions[i].key),
                                [&] { return transform(shapes[i]); });
    }
    return shapes;
}

PreparedLayer prepare(const FeatureLayer& layer, const std::string& ending, const Crs& crs) {
    assert((layer.boundaries != nullptr) != (layer.context != nullptr));
    PreparedLayer prepared;
    prepared.name = layer.name;
    prepared.title = layer.title;
    if (layer.context != nullptr) {
        prepared.context = layer.context;
        prepared.fields = layer.fields;
        prepared.crs = wgs84;
        return prepared;
    }
    prepared.boundaries = layer.boundaries;
    prepared.fields = fields_with_key(layer);
    if (ending == ".csv") return prepared;
    // RFC 7946 knows WGS 84 only.
    prepared.crs = crs.known() ? crs : ending == ".geojson" ? wgs84 : layer.boundaries->crs;
    if (!prepared.crs.known()) {
        throw InputError(fmt::format("layer '{}' has no coordinate reference system", layer.name),
                         "name one with --crs EPSG:4326");
    }
    prepared.shapes = shapes_in(*layer.boundaries, prepared.crs);
    return prepared;
}

void require_fit(const std::filesystem::path& target, const std::string& ending,
                 const std::vector<FeatureLayer>& layers, const std::vector<StoredStyle>& styles,
                 const Crs& crs) {
    const auto refuse = [&target](const std::string& what, const std::string& hint) {
        throw InputError(fmt::format("{}: {}", target.string(), what), hint);
    };
    if (layers.empty()) refuse("no layer to write", "name at least one indicator");
    if (ending != ".gpkg" && layers.size() > 1)
        refuse(fmt::format("'{}' holds one layer, not {}", ending, layers.size()), "write .gpkg instead");
    if (ending != ".gpkg" && !styles.empty())
        refuse(fmt::format("'{}' holds no styles", ending), "write .gpkg instead");
    if (ending == ".geojson" && crs.known() && !geom::same_crs(crs, wgs84))
        refuse(fmt::format("GeoJSON is always in WGS 84, not in {}", geom::crs_name(crs)),
               "write .gpkg instead");
    if (ending != ".gpkg" && layers.front().context != nullptr)
        refuse(fmt::format("'{}' holds regions only", ending), "write .gpkg instead");
    std::set<std::string> names;
    for (const auto& layer : layers)
        if (!names.insert(fold(layer.name)).second)
            refuse(fmt::format("two layers are named '{}'", layer.name), "names of layers are unique");
    for (const auto& style : styles)
        if (!names.contains(fold(style.layer)))
            refuse(fmt::format("a style belongs to layer '{}', which is not written", style.layer), "");
}

void tell_short_names(const PreparedLayer& layer, const std::filesystem::path& target, Findings& findings) {
    const auto names = shapefile_names(layer);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] != layer.fields[i].name)
            findings.add(Severity::warning, "short-name", target.string(),
                         fmt::format("column '{}' is called '{}': a Shapefile keeps 10 bytes of a name",
                                     layer.fields[i].name, names[i]));
}

std::vector<FilePart> make_parts(const std::string& ending, const std::vector<PreparedLayer>& layers,
                                 const std::vector<StoredStyle>& styles) {
    if (ending == ".gpkg") return {make_geopackage(layers, styles)};
    if (ending == ".shp") return make_shapefile(layers.front());
    if (ending == ".fgb") return {make_flatgeobuf(layers.front())};
    if (ending == ".csv") return {{ending, to_csv(layers.front().fields)}};
    return {make_geojson(layers.front())};
}

}  // namespace

Findings write_layers(const std::filesystem::path& target, const std::vector<FeatureLayer>& layers,
                      const std::vector<StoredStyle>& styles, const Crs& crs) {
    const auto ending = ending_of(target);
    require_fit(target, ending, layers, styles, crs);
    std::vector<PreparedLayer> prepared;
    for (const auto& layer : layers)
        prepared.push_back(prepare(layer, ending, crs));
    while_doing(fmt::format("writing '{}'", target.string()), [&] {
        for (const auto& part : make_parts(ending, prepared, styles)) {
            auto path = target;
            // The main file keeps the ending as the user wrote it.
            if (part.extension != ending) path.replace_extension(part.extension);
            write_file(path, part.content);
        }
    });
    Findings findings;
    if (ending == ".shp") tell_short_names(prepared.front(), target, findings);
    return findings;
}

}  // namespace tendik::io
