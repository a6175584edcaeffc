#include "tile_archive.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/deflate.h"
#include "tendik/base/error.h"
#include "tendik/base/parallel.h"
#include "tendik/base/text.h"
#include "tendik/geom/tile_number.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

using Json = nlohmann::ordered_json;

/// Metadata speak of the tiles that are there, not of those that were asked for.
struct Zooms {
    std::uint32_t min = 0;
    std::uint32_t max = 0;
};

Zooms zooms_of(const NumberedTiles& tiles) {
    Zooms zooms{tiles.front().first.zoom, tiles.front().first.zoom};
    for (const auto& [number, content] : tiles) {
        zooms.min = std::min(zooms.min, number.zoom);
        zooms.max = std::max(zooms.max, number.zoom);
    }
    return zooms;
}

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool is_vector(const ArchiveDescription& description) { return description.type == TileType::mvt; }

NumberedTiles gzipped(const NumberedTiles& tiles, std::size_t jobs) {
    NumberedTiles packed(tiles.size());
    parallel_for(tiles.size(), jobs, [&](std::size_t i) {
        packed[i] = {tiles[i].first, gzip(tiles[i].second)};
    });
    return packed;
}

Json described(const ArchiveDescription& description) {
    Json json;
    json["name"] = description.name;
    if (!description.description.empty()) json["description"] = description.description;
    if (!description.attribution.empty()) json["attribution"] = description.attribution;
    return json;
}

std::size_t write_pmtiles(const std::filesystem::path& target, const ArchiveDescription& description,
                          const NumberedTiles& tiles, std::size_t jobs) {
    const auto zooms = zooms_of(tiles);
    auto metadata = described(description);
    metadata["type"] = "overlay";
    if (is_vector(description)) metadata["vector_layers"] = description.vector_layers;
    ArchiveInfo info;
    info.type = description.type;
    info.gzip_tiles = is_vector(description);  // pictures are compressed by themselves
    info.min_zoom = zooms.min;
    info.max_zoom = zooms.max;
    info.bounds = description.bounds;
    info.center = description.center;
    info.metadata_json = text_of(metadata);
    const auto bytes = encode_pmtiles(info, info.gzip_tiles ? gzipped(tiles, jobs) : tiles);
    write_file(target, bytes);
    return bytes.size();
}

/// MBTiles 1.3, section "Metadata": rows in the order of the specification.
std::vector<std::pair<std::string, std::string>> metadata_rows(const ArchiveDescription& description,
                                                               const Zooms& zooms) {
    const auto& box = description.bounds;
    std::vector<std::pair<std::string, std::string>> rows{
        {"name", description.name},
        {"format", is_vector(description) ? "pbf" : "png"},
        {"bounds", fmt::format("{},{},{},{}", fixed(box.min_x, 6), fixed(box.min_y, 6), fixed(box.max_x, 6),
                               fixed(box.max_y, 6))},
        {"center",
         fmt::format("{},{},{}", fixed(description.center.x, 6), fixed(description.center.y, 6), zooms.min)},
        {"minzoom", std::to_string(zooms.min)},
        {"maxzoom", std::to_string(zooms.max)},
        {"attribution", description.attribution},
        {"description", description.description},
        {"type", "overlay"},
        {"version", "1"},
    };
    std::erase_if(rows, [](const auto& row) { return row.second.empty(); });
    if (is_vector(description)) {
        Json json;
        json["vector_layers"] = description.vector_layers;
        rows.emplace_back("json", text_of(json));
    }
    return rows;
}

std::size_t write_mbtiles_file(const std::filesystem::path& target, const ArchiveDescription& description,
                               const NumberedTiles& tiles, std::size_t jobs) {
    AtomicFile file(target);
    write_mbtiles(file.temporary_path(), metadata_rows(description, zooms_of(tiles)),
                  is_vector(description) ? gzipped(tiles, jobs) : tiles);
    const auto size = std::filesystem::file_size(file.temporary_path());
    file.commit();
    return static_cast<std::size_t>(size);
}

/// TileJSON 3.0.0.
Json tile_json(const ArchiveDescription& description, const Zooms& zooms, const std::string& ending) {
    const auto& box = description.bounds;
    Json json;
    json["tilejson"] = "3.0.0";
    json.update(described(description));
    json["scheme"] = "xyz";
    json["tiles"] = {"{z}/{x}/{y}." + ending};
    json["minzoom"] = zooms.min;
    json["maxzoom"] = zooms.max;
    json["bounds"] = {box.min_x, box.min_y, box.max_x, box.max_y};
    json["center"] = {description.center.x, description.center.y, zooms.min};
    json["vector_layers"] = description.vector_layers;
    return json;
}

void make_folder(const std::filesystem::path& path) {
    std::error_code code;
    std::filesystem::create_directories(path, code);
    if (code) throw SystemError(fmt::format("cannot make folder '{}': {}", path.string(), code.message()));
}

std::size_t write_folder(const std::filesystem::path& target, const ArchiveDescription& description,
                         const NumberedTiles& tiles) {
    const std::string ending = is_vector(description) ? "pbf" : "png";
    AtomicFolder folder(target, "tiles.json");
    std::size_t size = 0;
    for (const auto& [number, content] : tiles) {
        const auto column = folder.temporary_path() / std::to_string(number.zoom) / std::to_string(number.x);
        make_folder(column);
        write_plain_file(column / fmt::format("{}.{}", number.y, ending), content);
        size += content.size();
    }
    auto json =
        tile_json(description, zooms_of(tiles), ending).dump(2, ' ', false, Json::error_handler_t::replace);
    json += '\n';
    write_plain_file(folder.temporary_path() / "tiles.json", json);
    folder.commit();
    return size + json.size();
}

struct CloseDatabase {
    void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

/// One connection; every failure becomes a SystemError with SQLite's own words.
class Database {
public:
    explicit Database(const std::filesystem::path& path) : m_path(path.string()) {
        sqlite3* database = nullptr;
        const auto code =
            sqlite3_open_v2(m_path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        m_database.reset(database);
        check(code);
    }

    void run(const char* sql) { check(sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr)); }

    std::unique_ptr<sqlite3_stmt, FinalizeStatement> prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(m_database.get(), sql, -1, &statement, nullptr));
        return std::unique_ptr<sqlite3_stmt, FinalizeStatement>(statement);
    }

    void insert(sqlite3_stmt* statement) const {
        if (const auto code = sqlite3_step(statement); code != SQLITE_DONE) check(code);
        check(sqlite3_reset(statement));
    }

    void check(int code) const {
        if (code == SQLITE_OK) return;
        const auto* words = m_database ? sqlite3_errmsg(m_database.get()) : sqlite3_errstr(code);
        throw SystemError(fmt::format("cannot write '{}': {}", m_path, words), "is there room on the disk?");
    }

private:
    std::string m_path;
    std::unique_ptr<sqlite3, CloseDatabase> m_database;
};

void bind_text(const Database& database, sqlite3_stmt* statement, int place, const std::string& text) {
    database.check(
        sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void insert_metadata(Database& database, const std::vector<std::pair<std::string, std::string>>& rows) {
    const auto statement = database.prepare("INSERT INTO metadata (name, value) VALUES (?, ?)");
    for (const auto& [name, value] : rows) {
        bind_text(database, statement.get(), 1, name);
        bind_text(database, statement.get(), 2, value);
        database.insert(statement.get());
    }
}

void insert_tiles(Database& database, const NumberedTiles& tiles) {
    const auto statement = database.prepare(
        "INSERT INTO tiles (zoom_level, tile_column, tile_row, tile_data) VALUES (?, ?, ?, ?)");
    for (const auto& [number, content] : tiles) {
        database.check(sqlite3_bind_int64(statement.get(), 1, number.zoom));
        database.check(sqlite3_bind_int64(statement.get(), 2, number.x));
        // MBTiles 1.3, "Tiles": rows are counted from the south
        database.check(sqlite3_bind_int64(statement.get(), 3, geom::tms_row(number)));
        database.check(
            sqlite3_bind_blob64(statement.get(), 4, content.data(), content.size(), SQLITE_STATIC));
        database.insert(statement.get());
    }
}

}  // namespace

void write_mbtiles(const std::filesystem::path& path,
                   const std::vector<std::pair<std::string, std::string>>& metadata,
                   const NumberedTiles& tiles) {
    Database database(path);
    // Fixed page size and one transaction, so that equal tiles give an equal file. No journal: the file is
    // renamed to its place only when whole. 0x4d504258 is the application id of MBTiles 1.3.
    database.run(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA application_id = 1297105496; BEGIN;"
        "CREATE TABLE metadata (name text, value text);"
        "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);");
    insert_metadata(database, metadata);
    insert_tiles(database, tiles);
    database.run(
        "CREATE UNIQUE INDEX name ON metadata (name);"
        "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row); COMMIT;");
}

std::size_t write_archive(const std::filesystem::path& target, const ArchiveDescription& description,
                          const NumberedTiles& tiles, std::size_t jobs) {
    const auto ending = target.extension().string();
    if (tiles.empty())
        throw InputError(fmt::format("no tile to write to '{}'", target.string()),
                         "the boundaries have no area at the zooms asked for");
    if (ending == ".pmtiles") return write_pmtiles(target, description, tiles, jobs);
    if (ending == ".mbtiles") return write_mbtiles_file(target, description, tiles, jobs);
    if (!ending.empty())
        throw InputError(
            fmt::format("'{}': tiles cannot be written to a file ending in '{}'", target.string(), ending),
            "name a .pmtiles or .mbtiles file, or a folder");
    return write_folder(target, description, tiles);
}

}  // namespace tendik::tiles
