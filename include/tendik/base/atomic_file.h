#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tendik {

/// A file that appears whole or not at all: written beside its place under a temporary name, synced and
/// renamed by `commit`; removed by the destructor otherwise. Throws SystemError.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path target);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// Where to write until `commit`; has the same extension as the target, because drivers look at it.
    const std::filesystem::path& temporary_path() const noexcept { return m_temporary; }
    void commit();

private:
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    bool m_committed = false;
};

/// A folder that replaces its predecessor only when it is whole. The predecessor must be absent, empty, or
/// hold the file `marker` that shows it was made by this program: anything else is refused with InputError.
class AtomicFolder {
public:
    AtomicFolder(std::filesystem::path target, std::string marker);
    ~AtomicFolder();
    AtomicFolder(const AtomicFolder&) = delete;
    AtomicFolder& operator=(const AtomicFolder&) = delete;

    const std::filesystem::path& temporary_path() const noexcept { return m_temporary; }
    void commit();

private:
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    std::string m_marker;
    bool m_committed = false;
};

/// Atomically replaces the content of `target`. Throws SystemError (also on a full disk).
void write_file(const std::filesystem::path& target, std::string_view content);

/// Writes `content` to a path that nobody else sees yet (inside an AtomicFolder). Throws SystemError.
void write_plain_file(const std::filesystem::path& path, std::string_view content);

/// Throws InputError when the file does not exist or cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace tendik
