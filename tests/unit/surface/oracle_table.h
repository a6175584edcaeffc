#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace tendik::surface {

/// Rows of a plain CSV without its heading.
inline std::vector<std::vector<std::string>> rows_of(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no such table: " + path);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');)
            rows.back().push_back(cell);
    }
    return rows;
}

/// A table that tests/oracles/kriging.R wrote (R 4.2.2, gstat 2.1-0).
inline std::vector<std::vector<std::string>> oracle(const std::string& name) {
    return rows_of(TENDIK_SOURCE_DIR "/tests/oracles/" + name);
}

}  // namespace tendik::surface
