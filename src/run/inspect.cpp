#include "tendik/run/inspect.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/tiles/pmtiles.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace tendik::run {
namespace {

using Json = nlohmann::ordered_json;

const char* type_name(TileType type) {
    switch (type) {
    case TileType::mvt:
        return "vector tiles (MVT)";
    case TileType::png:
        return "PNG";
    case TileType::jpeg:
        return "JPEG";
    case TileType::webp:
        return "WebP";
    case TileType::avif:
        return "AVIF";
    case TileType::unknown:
        break;
    }
    return "unknown";
}

}  // namespace

Inspection inspect_archive(const std::filesystem::path& file, bool verify) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        throw InputError(fmt::format("no such archive: '{}'", file.string()),
                         "a relative path starts at the current folder; `tendik tiles` makes archives");
    const tiles::PmtilesReader reader(read_file(file), file.string());
    const auto& info = reader.info();
    std::map<std::uint32_t, std::size_t> tiles_by_zoom;
    for (const auto& tile : reader.all_tiles())
        ++tiles_by_zoom[tile.zoom];
    Inspection inspection;
    if (verify) inspection.faults = reader.verify();
    const auto& box = info.bounds;
    auto& text = inspection.text;
    text = fmt::format("{}: PMTiles v3, {}, zoom {} to {}\n", file.string(), type_name(info.type),
                       info.min_zoom, info.max_zoom);
    text += fmt::format("  bounds {} {} {} {}\n", shortest(box.min_x), shortest(box.min_y),
                        shortest(box.max_x), shortest(box.max_y));
    Json zooms = Json::array();
    for (const auto& [zoom, count] : tiles_by_zoom) {
        text += fmt::format("  zoom {:>2}: {} tiles\n", zoom, count);
        zooms.push_back({{"zoom", zoom}, {"tiles", count}});
    }
    if (verify && inspection.faults.empty()) text += "  keeps to the specification\n";
    for (const auto& fault : inspection.faults)
        text += fmt::format("  fault: {}\n", fault);
    const Json result{{"schema", "tendik.archive/1"},
                      {"type", type_name(info.type)},
                      {"min_zoom", info.min_zoom},
                      {"max_zoom", info.max_zoom},
                      {"bounds", {box.min_x, box.min_y, box.max_x, box.max_y}},
                      {"zooms", std::move(zooms)},
                      {"metadata", Json::parse(info.metadata_json, nullptr, false)},
                      {"verified", verify},
                      {"faults", inspection.faults}};
    inspection.json = result.dump(2) + "\n";
    return inspection;
}

}  // namespace tendik::run
