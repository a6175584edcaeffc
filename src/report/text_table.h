#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tendik::report {

enum class Align { left, right };

/// A table of words for a terminal: columns as wide as their widest cell (in code points), two spaces apart.
class TextTable {
public:
    explicit TextTable(const std::vector<std::pair<std::string, Align>>& columns) {
        m_rows.emplace_back();
        for (const auto& [heading, align] : columns) {
            m_rows.front().push_back(heading);
            m_align.push_back(align);
        }
    }

    void add(std::vector<std::string> row) {
        row.resize(m_align.size());
        m_rows.push_back(std::move(row));
    }

    std::string text(const std::string& indent) const {
        std::vector<std::size_t> widths(m_align.size());
        for (const auto& row : m_rows)
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], width_of(row[i]));
        std::string result;
        for (const auto& row : m_rows) {
            std::string line = indent;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string space(widths[i] - width_of(row[i]), ' ');
                if (i > 0) line += "  ";
                line += m_align[i] == Align::right ? space + row[i] : row[i] + space;
            }
            line.erase(line.find_last_not_of(' ') + 1);
            result += line + "\n";
        }
        return result;
    }

private:
    /// Code points of valid UTF-8: every byte that does not continue one.
    static std::size_t width_of(const std::string& text) {
        return static_cast<std::size_t>(std::ranges::count_if(
            text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
    }

    std::vector<Align> m_align;
    std::vector<std::vector<std::string>> m_rows;  ///< the first holds the headings
};

}  // namespace tendik::report
