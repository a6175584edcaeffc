#include "tendik/base/document.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace tendik {
namespace {

Position position_of(const toml::source_region& region) {
    return {static_cast<std::size_t>(region.begin.line), static_cast<std::size_t>(region.begin.column)};
}

std::string in_path(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

Node convert(const toml::node& node, const std::string& path, const std::string& file);

Node convert_table(const toml::table& table, const std::string& path, const std::string& file) {
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, value] : table)
        entries.emplace_back(&key, &value);
    // toml++ sorts keys; the order of the file is the order of the output.
    std::ranges::stable_sort(entries, [](const auto& a, const auto& b) {
        const auto& left = a.first->source().begin;
        const auto& right = b.first->source().begin;
        return std::pair(left.line, left.column) < std::pair(right.line, right.column);
    });
    Table result;
    for (const auto& [key, value] : entries)
        result.emplace_back(std::string(key->str()), convert(*value, in_path(path, key->str()), file));
    return {std::move(result), position_of(table.source()), path, file};
}

Node convert(const toml::node& node, const std::string& path, const std::string& file) {
    const auto position = position_of(node.source());
    if (const auto* table = node.as_table()) return convert_table(*table, path, file);
    if (const auto* array = node.as_array()) {
        Array result;
        std::size_t index = 0;
        for (const auto& item : *array)
            result.push_back(convert(item, fmt::format("{}[{}]", path, index++), file));
        return {std::move(result), position, path, file};
    }
    if (const auto* text = node.as_string()) return {text->get(), position, path, file};
    if (const auto* integer = node.as_integer()) return {std::int64_t{integer->get()}, position, path, file};
    if (const auto* number = node.as_floating_point()) return {number->get(), position, path, file};
    if (const auto* truth = node.as_boolean()) return {truth->get(), position, path, file};
    throw InputError(fmt::format("'{}' is a date or time, which is not used here", path),
                     fmt::format("{}, line {}: write it as text in quotes", file, position.line));
}

const char* kind_of(const Node::Content& content) {
    constexpr std::array kinds{"true or false", "a whole number", "a number", "a text", "a list", "a table"};
    return kinds.at(content.index());
}

[[noreturn]] void wrong_kind(const Node& node, const Node::Content& content, const char* expected) {
    throw InputError(
        fmt::format("{}: '{}' is {}, expected {}", node.where(), node.path(), kind_of(content), expected));
}

}  // namespace

Node::Node(Content content, Position position, std::string path, std::string file)
    : m_content(std::move(content)),
      m_position(position),
      m_path(std::move(path)),
      m_file(std::move(file)) {}

std::string Node::where() const {
    if (m_position.line == 0) return m_file;
    return fmt::format("{}, line {}, column {}", m_file, m_position.line, m_position.column);
}

bool Node::as_bool() const {
    if (const auto* value = std::get_if<bool>(&m_content)) return *value;
    wrong_kind(*this, m_content, "true or false");
}

std::int64_t Node::as_integer() const {
    if (const auto* value = std::get_if<std::int64_t>(&m_content)) return *value;
    wrong_kind(*this, m_content, "a whole number");
}

double Node::as_number() const {
    if (const auto* value = std::get_if<double>(&m_content)) return *value;
    if (const auto* value = std::get_if<std::int64_t>(&m_content)) return static_cast<double>(*value);
    wrong_kind(*this, m_content, "a number");
}

const std::string& Node::as_text() const {
    if (const auto* value = std::get_if<std::string>(&m_content)) return *value;
    wrong_kind(*this, m_content, "a text");
}

const Array& Node::as_array() const {
    if (const auto* value = std::get_if<Array>(&m_content)) return *value;
    wrong_kind(*this, m_content, "a list");
}

const Table& Node::as_table() const {
    if (const auto* value = std::get_if<Table>(&m_content)) return *value;
    wrong_kind(*this, m_content, "a table");
}

const Node* Node::find(std::string_view key) const {
    for (const auto& [name, value] : as_table())
        if (name == key) return &value;
    return nullptr;
}

const Node& Node::at(std::string_view key) const {
    if (const auto* value = find(key)) return *value;
    throw InputError(fmt::format("{}: {} lacks the key '{}'", where(),
                                 m_path.empty() ? "the document" : "'" + m_path + "'", key));
}

void Node::refuse_unknown_keys(std::span<const std::string_view> known) const {
    const std::vector<std::string> words(known.begin(), known.end());
    for (const auto& [name, value] : as_table()) {
        if (std::ranges::find(known, name) != known.end()) continue;
        const auto near = nearest(name, words);
        throw InputError(fmt::format("{}: unknown key '{}'", value.where(), value.path()),
                         near ? fmt::format("did you mean '{}'?", *near)
                              : fmt::format("known here: {}", join_text(words, ", ")));
    }
}

Node read_toml_text(std::string_view text, const std::string& name) {
    if (const auto place = find_invalid_utf8(text))
        throw InputError(fmt::format("'{}' is not UTF-8: byte {}", name, *place + 1),
                         "save the file as UTF-8");
    try {
        const auto table = toml::parse(text, name);
        return convert(table, "", name);
    } catch (const toml::parse_error& fault) {
        const auto position = position_of(fault.source());
        throw InputError(fmt::format("{}, line {}, column {}: {}", name, position.line, position.column,
                                     fault.description()),
                         "the file must be TOML 1.0");
    }
}

Node read_toml_file(const std::filesystem::path& path) {
    return read_toml_text(read_file(path), path.string());
}

namespace {

Node parse_setting(std::string_view path, std::string_view value, const std::string& origin) {
    const std::string text = "value = " + std::string(value);
    try {
        const auto table = toml::parse(text);
        return convert(*table.get("value"), std::string(path), origin);
    } catch (const toml::parse_error&) {
        return {std::string(value), {}, std::string(path), origin};  // a bare word
    }
}

Node replaced(const Node* node, std::string_view rest, const std::string& done, const Node& value) {
    const auto dot = rest.find('.');
    const auto key = std::string(rest.substr(0, dot));
    const auto path = in_path(done, key);
    Table table;
    if (node != nullptr) table = node->as_table();
    const auto entry = std::ranges::find(table, key, &std::pair<std::string, Node>::first);
    const Node* old = entry == table.end() ? nullptr : &entry->second;
    auto fresh = dot == std::string_view::npos ? value : replaced(old, rest.substr(dot + 1), path, value);
    if (old != nullptr)
        entry->second = std::move(fresh);
    else
        table.emplace_back(key, std::move(fresh));
    return {std::move(table), node != nullptr ? node->position() : Position{}, done,
            node != nullptr ? node->file() : value.file()};
}

}  // namespace

Node with_value(const Node& root, std::string_view dotted_path, std::string_view value,
                const std::string& origin) {
    if (dotted_path.empty() || dotted_path.front() == '.' || dotted_path.back() == '.')
        throw UsageError(fmt::format("{}: '{}' is no key", origin, dotted_path),
                         "write KEY=VALUE, for example zoom=[0, 4]");
    return replaced(&root, dotted_path, "", parse_setting(dotted_path, value, origin));
}

}  // namespace tendik
