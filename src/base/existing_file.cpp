#include "tendik/base/existing_file.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace tendik {

bool is_connection(const std::string& file) {
    if (file.starts_with("/vsi")) return true;
    const auto colon = file.find(':');
    return colon != std::string::npos && colon > 1 && file.find('/') > colon;
}

void require_existing(const std::filesystem::path& file, const std::string& hint) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return;
    const auto folder = file.parent_path();
    std::vector<std::string> neighbours;
    for (const auto& entry : std::filesystem::directory_iterator(folder.empty() ? "." : folder, ignored))
        neighbours.push_back(entry.path().filename().string());
    std::ranges::sort(neighbours);
    const auto near = nearest(file.filename().string(), neighbours);
    throw InputError(fmt::format("{}: no such file", file.string()),
                     near ? fmt::format("did you mean '{}'?", (folder / *near).string()) : hint);
}

}  // namespace tendik
