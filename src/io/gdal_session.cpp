#include "gdal_session.h"

#include "tendik/io/write_layers.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <vector>

namespace tendik::io {
namespace {

struct Messages {
    std::mutex mutex;
    std::vector<std::string> all;
};

Messages& messages() {
    static Messages store;
    return store;
}

void CPL_STDCALL collect(CPLErr level, CPLErrorNum, const char* text) {
    if (level == CE_Debug || level == CE_None) return;
    auto& store = messages();
    const std::lock_guard lock(store.mutex);
    store.all.emplace_back(text);
}

}  // namespace

void start_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetErrorHandler(&collect);
        GDALAllRegister();
    });
}

void throw_gdal_error(Fault fault, const std::string& what, const std::string& hint) {
    std::string reason = CPLGetLastErrorMsg();
    {
        auto& store = messages();
        const std::lock_guard lock(store.mutex);
        std::erase(store.all, reason);
    }
    while (!reason.empty() && (reason.back() == '\n' || reason.back() == ' '))
        reason.pop_back();
    const auto text = reason.empty() ? what : fmt::format("{}: {}", what, reason);
    CPLErrorReset();
    if (fault == Fault::input) throw InputError(text, hint);
    throw SystemError(text, hint);
}

ScopedOption::ScopedOption(const char* name, const std::string& value) : m_name(name) {
    if (const char* before = CPLGetThreadLocalConfigOption(name, nullptr)) {
        m_before = before;
        m_was_set = true;
    }
    CPLSetThreadLocalConfigOption(name, value.c_str());
}

ScopedOption::~ScopedOption() {
    CPLSetThreadLocalConfigOption(m_name, m_was_set ? m_before.c_str() : nullptr);
}

std::vector<std::string> collect_messages() {
    auto& store = messages();
    const std::lock_guard lock(store.mutex);
    return std::exchange(store.all, {});
}

std::vector<std::pair<std::string, std::string>> library_versions() {
    return {{"GDAL", GDALVersionInfo("RELEASE_NAME")}};
}

}  // namespace tendik::io
