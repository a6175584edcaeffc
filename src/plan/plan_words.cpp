#include "tendik/plan/plan_words.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace tendik::plan {

std::string resolved(const Node& node, const std::filesystem::path& folder) {
    const auto& text = node.as_text();
    if (text.empty())
        throw InputError(fmt::format("{}: '{}' is empty", node.where(), node.path()), "name a file");
    const std::filesystem::path path(text);
    if (path.is_absolute() || text.starts_with("/vsi") || text.find(':') != std::string::npos) return text;
    return (folder / path).string();
}

void take_text(const Node& node, std::string_view key, std::string& target) {
    if (const auto* value = node.find(key)) target = value->as_text();
}

Texts texts_of(const Node& node) {
    if (node.is_text()) return {node.as_text(), {}, {}};
    static constexpr std::array<std::string_view, 3> known{"en", "ru", "kk"};
    node.refuse_unknown_keys(known);
    Texts texts;
    if (const auto* en = node.find("en")) texts.en = en->as_text();
    if (const auto* ru = node.find("ru")) texts.ru = ru->as_text();
    if (const auto* kk = node.find("kk")) texts.kk = kk->as_text();
    return texts;
}

std::vector<std::string> text_list(const Node& node) {
    if (node.is_text()) return {node.as_text()};
    std::vector<std::string> list;
    for (const auto& item : node.as_array())
        list.push_back(item.as_text());
    return list;
}

int year_of(const Node& node) {
    const auto year = node.as_integer();
    if (year < 1800 || year > 2200)
        throw InputError(fmt::format("{}: year {} is out of the range 1800 to 2200", node.where(), year));
    return static_cast<int>(year);
}

std::size_t count_of(const Node& node, std::int64_t lowest, std::int64_t highest) {
    const auto number = node.as_integer();
    if (number < lowest || number > highest)
        throw InputError(fmt::format("{}: '{}' is {}, expected {} to {}", node.where(), node.path(), number,
                                     lowest, highest));
    return static_cast<std::size_t>(number);
}

void refuse_choice(const Node& node, std::string_view known) {
    throw InputError(fmt::format("{}: '{}' is '{}'", node.where(), node.path(), node.as_text()),
                     fmt::format("one of: {}", known));
}

std::string toml_text(std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            result += fmt::format("\\{}", letter);
        else if (static_cast<unsigned char>(letter) < 0x20)
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
        else
            result += letter;
    }
    return result + "\"";
}

std::string toml_text(const Texts& texts) {
    return fmt::format("{{ en = {}, ru = {}, kk = {} }}", toml_text(texts.en), toml_text(texts.ru),
                       toml_text(texts.kk));
}

std::string line(std::string_view key, const std::string& text) {
    return text.empty() ? std::string{} : fmt::format("{} = {}\n", key, toml_text(text));
}

std::string line(std::string_view key, const std::vector<std::string>& texts) {
    if (texts.empty()) return {};
    std::vector<std::string> quoted;
    for (const auto& text : texts)
        quoted.push_back(toml_text(text));
    return fmt::format("{} = [{}]\n", key, fmt::join(quoted, ", "));
}

std::optional<Scheme> read_scheme(const Node& node) {
    const auto* scheme = node.find("scheme");
    if (scheme == nullptr)
        return node.find("breaks") != nullptr ? std::optional(Scheme::fixed) : std::nullopt;
    return choice_of<Scheme>(*scheme, &scheme_from_text, join_text(scheme_words(), ", "));
}

std::vector<double> read_breaks(const Node& node, std::optional<Scheme> scheme) {
    const auto* list = node.find("breaks");
    if (list == nullptr) {
        if (scheme == Scheme::fixed)
            throw InputError(fmt::format("{}: the scheme is fixed, and no breaks are given", node.where()),
                             "add breaks = [5, 10, 15]");
        return {};
    }
    if (scheme != Scheme::fixed)
        throw InputError(
            fmt::format("{}: breaks are given, and the scheme is {}", list->where(), to_text(*scheme)),
            "breaks go with scheme = \"fixed\"; drop one of the two");
    std::vector<double> breaks;
    for (const auto& item : list->as_array()) {
        breaks.push_back(item.as_number());
        if (breaks.size() > 1 && !(breaks.back() > breaks[breaks.size() - 2]))
            throw InputError(fmt::format("{}: {} does not follow {}", item.where(), shortest(breaks.back()),
                                         shortest(breaks[breaks.size() - 2])),
                             "give breaks in ascending order, such as [5, 10, 15]");
    }
    if (breaks.empty())
        throw InputError(fmt::format("{}: no break is given", list->where()), "add breaks = [5, 10, 15]");
    return breaks;
}

std::string breaks_line(const std::vector<double>& breaks) {
    std::vector<std::string> numbers;
    for (const double end : breaks)
        numbers.push_back(shortest(end));
    return breaks.empty() ? "" : fmt::format("breaks = [{}]\n", join_text(numbers, ", "));
}

}  // namespace tendik::plan
