#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tendik {

enum class Severity : std::uint8_t { note, warning, error };

const char* to_text(Severity severity);

/// Went on, but look. `code` is short and stable ("unmatched-key"): tests and users filter by it.
struct Finding {
    Severity severity = Severity::warning;
    std::string code;
    std::string where;  ///< file, line, column, region: as exact as known; may be empty
    std::string text;

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Keeps every case in the order found. Not safe for concurrent use: parallel work returns findings by value.
class Findings {
public:
    /// Passwords of database connections are masked.
    void add(Finding finding);
    void add(Severity severity, std::string code, std::string where, std::string text);
    void append(const Findings& others);

    const std::vector<Finding>& all() const noexcept { return m_all; }
    std::size_t count(Severity at_least) const;
    std::size_t count_of(const std::string& code) const;
    bool empty() const noexcept { return m_all.empty(); }

private:
    std::vector<Finding> m_all;
};

}  // namespace tendik
