#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tendik::report {

enum class Align { left, right };

/// A table of words for a terminal: columns as wide as their widest cell (in code points), two spaces apart.
class TextTable {
public:
    explicit TextTable(const std::vector<std::pair<std::string, Align>>& columns);
    void add(std::vector<std::string> row);
    std::string text(const std::string& indent) const;

private:
    std::vector<Align> m_align;
    std::vector<std::vector<std::string>> m_rows;  ///< the first holds the headings
};

}  // namespace tendik::report
