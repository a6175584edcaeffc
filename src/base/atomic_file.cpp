#include "tendik/base/atomic_file.h"

#include "tendik/base/error.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

namespace tendik {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const fs::path& path, int code) {
    std::string hint;
    if (code == ENOSPC) hint = "the disk is full: free some space or name another output";
    if (code == ENOTDIR) hint = "a part of the path is a regular file: name another output";
    if (code == EACCES || code == EROFS) hint = "name an output in a folder where you may write";
    throw SystemError(fmt::format("{} '{}': {}", what, path.string(), std::strerror(code)), hint);
}

/// Beside the target, with the target's extension: rename works only inside one file system, and drivers look
/// at the ending.
fs::path temporary_beside(const fs::path& target) {
    auto name =
        "." + target.stem().string() + fmt::format(".part-{}", ::getpid()) + target.extension().string();
    return target.parent_path() / name;
}

void make_parent(const fs::path& target) {
    const auto parent = target.parent_path();
    if (parent.empty()) return;
    std::error_code fault;
    fs::create_directories(parent, fault);
    if (fault) fail("cannot make folder", parent, fault.value());
}

void sync_path(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail("cannot open", path, errno);
    const int result = ::fsync(file);
    const int code = errno;
    ::close(file);
    // Some file systems cannot sync; only a real fault of writing counts.
    if (result != 0 && (code == ENOSPC || code == EIO || code == EDQUOT)) fail("cannot write", path, code);
}

void write_all(int file, std::string_view content, const fs::path& path) {
    while (!content.empty()) {
        const auto written = ::write(file, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            const int code = errno;
            ::close(file);
            fail("cannot write", path, code);
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// For file systems that cannot exchange two names at once.
void swap_by_moving(const fs::path& fresh, const fs::path& target) {
    const fs::path old(fresh.string() + ".old");
    std::error_code ignored;
    fs::remove_all(old, ignored);
    if (::rename(target.c_str(), old.c_str()) != 0) fail("cannot move away", target, errno);
    if (::rename(fresh.c_str(), target.c_str()) != 0) {
        const int code = errno;
        fs::rename(old, target, ignored);
        fail("cannot replace", target, code);
    }
    fs::rename(old, fresh, ignored);
}

}  // namespace

AtomicFile::AtomicFile(fs::path target)
    : m_target(std::move(target)),
      m_temporary(temporary_beside(m_target)) {
    make_parent(m_target);
    std::error_code ignored;
    if (fs::is_directory(m_target, ignored))
        throw SystemError(fmt::format("'{}' is a folder, not a file", m_target.string()), "name a file");
    fs::remove(m_temporary, ignored);
}

AtomicFile::~AtomicFile() {
    if (m_committed) return;
    std::error_code ignored;
    fs::remove(m_temporary, ignored);
}

void AtomicFile::commit() {
    sync_path(m_temporary);
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) fail("cannot replace", m_target, errno);
    m_committed = true;
}

AtomicFolder::AtomicFolder(fs::path target, std::string marker) : m_marker(std::move(marker)) {
    m_target = target.has_filename() ? std::move(target) : target.parent_path();
    m_temporary = temporary_beside(m_target);
    make_parent(m_target);
    std::error_code fault;
    if (fs::exists(m_target, fault)) {
        if (!fs::is_directory(m_target, fault))
            throw SystemError(fmt::format("'{}' is a file, not a folder", m_target.string()),
                              "name another folder");
        if (!fs::is_empty(m_target, fault) && !fs::exists(m_target / m_marker, fault))
            throw InputError(
                fmt::format("folder '{}' is not empty and holds no '{}', so it was not made by this program",
                            m_target.string(), m_marker),
                "name a new folder; nothing in this one was touched");
    } else if (fault && fault.value() == ENOTDIR) {
        fail("cannot make folder", m_target, ENOTDIR);
    }
    fs::remove_all(m_temporary, fault);
    fs::create_directories(m_temporary, fault);
    if (fault) fail("cannot make folder", m_temporary, fault.value());
}

AtomicFolder::~AtomicFolder() {
    if (m_committed) return;
    std::error_code ignored;
    fs::remove_all(m_temporary, ignored);
}

void AtomicFolder::commit() {
    std::error_code ignored;
    if (!fs::exists(m_target, ignored)) {
        if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) fail("cannot replace", m_target, errno);
        m_committed = true;
        return;
    }
    // Both names are swapped at once, so that no moment is without an atlas; what was there before is removed
    // after.
    if (::renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_target.c_str(), RENAME_EXCHANGE) != 0)
        swap_by_moving(m_temporary, m_target);
    m_committed = true;
    fs::remove_all(m_temporary, ignored);
}

void write_plain_file(const fs::path& path, std::string_view content) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) fail("cannot write", path, errno);
    write_all(file, content, path);
    if (::close(file) != 0) fail("cannot write", path, errno);
}

void write_file(const fs::path& target, std::string_view content) {
    AtomicFile file(target);
    write_plain_file(file.temporary_path(), content);
    file.commit();
}

std::string read_file(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) throw InputError(fmt::format("no such file: '{}'", path.string()));
    if (fs::is_directory(path, ignored))
        throw InputError(fmt::format("'{}' is a folder, not a file", path.string()));
    std::ifstream stream(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream.good() && !stream.eof())
        throw InputError(fmt::format("cannot read '{}': {}", path.string(), std::strerror(errno)));
    return content;
}

}  // namespace tendik
