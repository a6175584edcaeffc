#include "tendik/spatial/weights_file.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/existing_file.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace tendik::spatial {
namespace {

constexpr std::string_view schema = "tendik.weights/1";
constexpr std::string_view endings = "weights are kept as .gal, .gwt or .json";

std::string ending_of(const std::filesystem::path& file) { return fold(file.extension().string()); }

std::string to_gal(const SpatialWeights& weights) {
    auto text = fmt::format("0 {} unknown key\n", weights.size());
    for (std::size_t row = 0; row < weights.size(); ++row) {
        const auto links = weights.links_of(row);
        text += fmt::format("{} {}\n", weights.keys[row], links.size());
        std::vector<std::string> keys;
        for (const auto to : links)
            keys.push_back(weights.keys[to]);
        text += join_text(keys, " ") + "\n";
    }
    return text;
}

std::string to_gwt(const SpatialWeights& weights) {
    auto text = fmt::format("0 {} unknown key\n", weights.size());
    for (std::size_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            text += fmt::format("{} {} {}\n", weights.keys[row], weights.keys[weights.to[i]],
                                shortest(weights.weight[i]));
    return text;
}

std::string to_json(const SpatialWeights& weights) {
    nlohmann::ordered_json json{{"schema", schema}, {"description", weights.description}};
    json["regions"] = nlohmann::ordered_json::array();
    for (std::size_t row = 0; row < weights.size(); ++row) {
        nlohmann::ordered_json links = nlohmann::ordered_json::object();
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            links[weights.keys[weights.to[i]]] = weights.weight[i];
        json["regions"].push_back({{"key", weights.keys[row]}, {"neighbours", links}});
    }
    return json.dump(1) + "\n";
}

/// Knows the regions' numbers and the place in the file.
class Reader {
public:
    Reader(const std::filesystem::path& file, std::span<const std::string> keys)
        : m_name(file.string()),
          m_keys(keys.begin(), keys.end()),
          m_named(keys.size(), false) {
        for (std::uint32_t i = 0; i < keys.size(); ++i)
            m_numbers.emplace(keys[i], i);
    }

    [[noreturn]] void refuse(const std::string& what, const std::string& hint = {}) const {
        const auto place = m_line == 0 ? m_name : fmt::format("{}, line {}", m_name, m_line);
        throw InputError(fmt::format("{}: {}", place, what), hint);
    }

    std::uint32_t region(const std::string& key) const {
        const auto found = m_numbers.find(key);
        if (found == m_numbers.end())
            refuse(fmt::format("region '{}' is none of the boundaries", key),
                   "the weights were made for other boundaries or another key column");
        return found->second;
    }
    std::uint32_t row(const std::string& key) {
        const auto number = region(key);
        m_named[number] = true;
        return number;
    }
    double weight(const std::string& text) const {
        const auto number = parse_number(text);
        if (!number || !std::isfinite(*number) || *number < 0.0)
            refuse(fmt::format("the weight is '{}', expected a number of 0 or more", text));
        return *number;
    }
    void add(Link link) { m_links.push_back(link); }

    SpatialWeights gal(const std::string& content);
    SpatialWeights gwt(const std::string& content);
    SpatialWeights json(const std::string& content);

private:
    static std::vector<std::vector<std::string>> lines_of(const std::string& content);
    std::size_t count_of(const std::string& text) const;
    void check_heading(const std::vector<std::string>& heading) const;
    SpatialWeights finish(std::string description) {
        m_line = 0;
        const auto absent = std::ranges::find(m_named, false);
        if (absent != m_named.end())
            refuse(fmt::format("region '{}' is not in the file",
                               m_keys[static_cast<std::size_t>(absent - m_named.begin())]),
                   "the weights were made for other boundaries or another key column");
        return make_weights(m_keys, std::move(m_links), std::move(description));
    }

    std::string m_name;
    std::vector<std::string> m_keys;
    std::map<std::string, std::uint32_t> m_numbers;
    std::vector<bool> m_named;
    std::vector<Link> m_links;
    std::size_t m_line = 0;
};

std::vector<std::vector<std::string>> Reader::lines_of(const std::string& content) {
    std::vector<std::vector<std::string>> lines;
    for (auto& line : split(content, '\n')) {
        std::vector<std::string> words;
        for (auto& word : split(line, ' '))
            if (const auto clean = trim(word); !clean.empty()) words.emplace_back(clean);
        lines.push_back(std::move(words));
    }
    return lines;
}

std::size_t Reader::count_of(const std::string& text) const {
    const auto count = parse_integer(text);
    if (!count || *count < 0) refuse(fmt::format("'{}' is no number of regions", text));
    return static_cast<std::size_t>(*count);
}

/// "49" or "0 49 layer key".
void Reader::check_heading(const std::vector<std::string>& heading) const {
    if (heading.size() != 1 && heading.size() != 4)
        refuse("expected the number of regions, alone or as '0 NUMBER LAYER KEY'");
    const auto count = count_of(heading.size() == 1 ? heading[0] : heading[1]);
    if (count != m_keys.size())
        refuse(fmt::format("the file speaks of {} regions, the boundaries have {}", count, m_keys.size()),
               "the weights were made for other boundaries");
}

SpatialWeights Reader::gal(const std::string& content) {
    const auto lines = lines_of(content);
    m_line = 1;
    check_heading(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        m_line = i + 1;
        if (lines[i].empty()) continue;
        if (lines[i].size() != 2) refuse("expected a region and the number of its neighbours");
        const auto from = row(lines[i][0]);
        const auto count = count_of(lines[i][1]);
        // A region without neighbours may or may not be followed by an empty line.
        if (count == 0) continue;
        ++i;
        m_line = i + 1;
        if (i >= lines.size() || lines[i].size() != count)
            refuse(fmt::format("{} neighbours are announced, {} follow", count,
                               i < lines.size() ? lines[i].size() : 0));
        for (const auto& key : lines[i])
            add({from, region(key), 1.0});
    }
    return finish("links of " + std::filesystem::path(m_name).filename().string());
}

SpatialWeights Reader::gwt(const std::string& content) {
    const auto lines = lines_of(content);
    m_line = 1;
    check_heading(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        m_line = i + 1;
        if (lines[i].empty()) continue;
        if (lines[i].size() != 3) refuse("expected two regions and a weight");
        add({row(lines[i][0]), region(lines[i][1]), weight(lines[i][2])});
    }
    // A region without neighbours has no line in this format.
    m_named.assign(m_keys.size(), true);
    return finish("weights of " + std::filesystem::path(m_name).filename().string());
}

SpatialWeights Reader::json(const std::string& content) {
    const auto json = nlohmann::json::parse(content, nullptr, false);
    if (json.is_discarded()) refuse("this is no JSON");
    if (!json.is_object() || json.value("schema", "") != schema || !json.contains("regions"))
        refuse(fmt::format("this is no document of schema '{}'", schema));
    for (const auto& region_json : json["regions"]) {
        if (!region_json.contains("key") || !region_json["key"].is_string() ||
            !region_json.contains("neighbours") || !region_json["neighbours"].is_object())
            refuse("a region has a key and its neighbours");
        const auto from = row(region_json["key"]);
        for (const auto& [key, value] : region_json["neighbours"].items()) {
            if (!value.is_number()) refuse(fmt::format("the weight of '{}' is no number", key));
            add({from, region(key), value.get<double>()});
        }
    }
    return finish(json.value("description", ""));
}

}  // namespace

std::string write_weights(const SpatialWeights& weights, const std::filesystem::path& target) {
    const auto ending = ending_of(target);
    if (ending == ".json") return to_json(weights);
    if (ending != ".gal" && ending != ".gwt")
        throw UsageError(fmt::format("'{}' has no ending for weights", target.string()),
                         std::string(endings));
    for (const auto& key : weights.keys)
        if (key.find_first_of(" \t\n") != std::string::npos || key.empty())
            throw UsageError(fmt::format("the key '{}' holds a blank, which {} cannot keep", key, ending),
                             "write .json, or use another key column");
    return ending == ".gal" ? to_gal(weights) : to_gwt(weights);
}

SpatialWeights read_weights(const std::filesystem::path& file, std::span<const std::string> keys) {
    const auto ending = ending_of(file);
    if (ending != ".gal" && ending != ".gwt" && ending != ".json")
        throw UsageError(fmt::format("'{}' has no ending for weights", file.string()), std::string(endings));
    require_existing(file, std::string(endings));
    const auto content = read_file(file);
    Reader reader(file, keys);
    if (ending == ".gal") return reader.gal(content);
    return ending == ".gwt" ? reader.gwt(content) : reader.json(content);
}

}  // namespace tendik::spatial
