#include "tendik/base/error.h"
#include "tendik/geom/tile_number.h"
#include "tile_archive.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tendik::tiles {
namespace {

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

    void insert(sqlite3_stmt* statement) {
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

}  // namespace tendik::tiles
