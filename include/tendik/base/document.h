#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tendik {

/// Line and column, both from 1; 0 where unknown.
struct Position {
    std::size_t line = 0;
    std::size_t column = 0;
};

class Node;
using Array = std::vector<Node>;
using Table = std::vector<std::pair<std::string, Node>>;  ///< in the order of the file

/// One value of a TOML document with its place in the file. Typed access throws InputError naming file, line,
/// column, the key's path and what was expected.
class Node {
public:
    using Content = std::variant<bool, std::int64_t, double, std::string, Array, Table>;

    Node(Content content, Position position, std::string path, std::string file);

    bool is_table() const { return std::holds_alternative<Table>(m_content); }
    bool is_array() const { return std::holds_alternative<Array>(m_content); }
    bool is_text() const { return std::holds_alternative<std::string>(m_content); }
    bool is_integer() const { return std::holds_alternative<std::int64_t>(m_content); }

    bool as_bool() const;
    std::int64_t as_integer() const;
    double as_number() const;  ///< integers count as numbers
    const std::string& as_text() const;
    const Array& as_array() const;
    const Table& as_table() const;

    /// The value under `key` of this table, or null when it is absent.
    const Node* find(std::string_view key) const;
    /// The same, but absence is an error.
    const Node& at(std::string_view key) const;
    /// Throws InputError for the first key of this table that is not among `known`, naming the nearest known
    /// one.
    void refuse_unknown_keys(std::span<const std::string_view> known) const;

    const Position& position() const noexcept { return m_position; }
    const std::string& path() const noexcept { return m_path; }  ///< "indicators[2].value"
    const std::string& file() const noexcept { return m_file; }
    /// "plan.toml, line 3, column 7"
    std::string where() const;

private:
    Content m_content;
    Position m_position;
    std::string m_path;
    std::string m_file;
};

/// Reads a TOML document; the result is its root table. Throws InputError with line and column of a syntax
/// fault.
Node read_toml_file(const std::filesystem::path& path);
/// The same from text; `name` stands for the file in messages.
Node read_toml_text(std::string_view text, const std::string& name);

/// Sets the value at a dotted path ("output.zoom") of a root table to a value written in TOML ("6", "[0, 4]",
/// "\"a\""); a bare word is taken as text. `origin` stands for the file in messages ("--set").
Node with_value(const Node& root, std::string_view dotted_path, std::string_view value,
                const std::string& origin);

}  // namespace tendik
