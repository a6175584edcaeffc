#include "tendik/plan/installation.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <cstdlib>
#include <vector>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

bool holds_data(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "styles", ignored) && fs::exists(builtin_plan(folder), ignored);
}

}  // namespace

const std::string_view program_version = TENDIK_VERSION;

fs::path find_data_folder(const std::string& wanted) {
    if (!wanted.empty()) {
        if (!holds_data(wanted))
            throw InputError(fmt::format("folder '{}' of --data holds no geodata/ and styles/", wanted),
                             "name the folder share/tendik of an installation or the source tree");
        return wanted;
    }
    std::vector<std::string> tried;
    if (const char* variable = std::getenv("TENDIK_DATA"); variable != nullptr && *variable != '\0') {
        if (holds_data(variable)) return variable;
        tried.push_back(fmt::format("TENDIK_DATA={}", variable));
    }
    std::error_code ignored;
    const auto program = fs::read_symlink("/proc/self/exe", ignored);
    const auto beside = (program.parent_path() / ".." / "share" / "tendik").lexically_normal();
    for (const fs::path& place : {beside, fs::path(TENDIK_BUILD_TREE_DATA)}) {
        if (holds_data(place)) return place;
        tried.push_back(place.string());
    }
    throw InputError(fmt::format("built-in data not found; looked at: {}", join_text(tried, ", ")),
                     "name the folder with --data or in the environment variable TENDIK_DATA");
}

fs::path builtin_plan(const fs::path& data_folder) {
    return data_folder / "geodata" / "kazakhstan" / "plan.toml";
}

}  // namespace tendik::plan
