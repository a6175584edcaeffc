#include "program_run.h"

#include "tendik/cli/run_cli.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace tendik::test {

namespace fs = std::filesystem;

ProgramRun tendik_run_bare(const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream err;
    const int exit_code = cli::run_cli(words, {out, err, false});
    return {exit_code, out.str(), err.str()};
}

ProgramRun tendik_run(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", TENDIK_SOURCE_DIR});
    return tendik_run_bare(words);
}

std::map<std::string, std::string> contents_of(const fs::path& folder) {
    std::map<std::string, std::string> contents;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto name = fs::relative(entry.path(), folder).generic_string();
        auto& content = contents[name];
        if (!entry.is_regular_file()) continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        content.assign(std::istreambuf_iterator<char>(stream), {});
    }
    return contents;
}

std::string write_text(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
}

std::string squares_named(const std::vector<std::string>& keys) {
    std::string features;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto left = i;
        const auto right = i + 1;
        features +=
            fmt::format(R"({}{{"type":"Feature","properties":{{"code":"{}","name":"Region {}"}},"geometry":)"
                        R"({{"type":"Polygon","coordinates":[[[{},0],[{},0],[{},1],[{},1],[{},0]]]}}}})",
                        i == 0 ? "" : ",\n", keys[i], keys[i], left, right, right, left, left);
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\n" + features + "\n]}\n";
}

std::string four_squares() { return squares_named({"A", "B", "C", "D"}); }

}  // namespace tendik::test
