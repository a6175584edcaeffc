#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tendik::test {

/// What a call of the program said and how it ended.
struct ProgramRun {
    int exit_code = 0;
    std::string out;
    std::string err;
};

/// The program in process, with the data folder of this source tree. Options come after the command, so
/// `--data` is added at the end of the words.
ProgramRun tendik_run(std::vector<std::string> words);
/// The same words without `--data`, for what needs no data.
ProgramRun tendik_run_bare(const std::vector<std::string>& words);

/// Every file below a folder with its content, and every folder with an empty one: to compare before and
/// after.
std::map<std::string, std::string> contents_of(const std::filesystem::path& folder);

/// Writes a file and returns its path as text.
std::string write_text(const std::filesystem::path& path, const std::string& text);

/// Four unit squares in a row in EPSG:4326, keys A, B, C, D, as GeoJSON; column `code`, names "Region A" ...
std::string four_squares();
/// four_squares with each key replaced by the matching one of `keys`.
std::string squares_named(const std::vector<std::string>& keys);

}  // namespace tendik::test
