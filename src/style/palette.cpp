#include "tendik/style/palette.h"

#include "tendik/base/document.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>

namespace tendik::style {
namespace {

std::vector<std::string> palettes_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

[[noreturn]] void refuse_name(const std::filesystem::path& folder, const std::string& name) {
    const auto names = palettes_in(folder);
    if (names.empty()) {
        throw InputError(
            fmt::format("there is no palette '{}': '{}' holds no palettes", name, folder.string()),
            "name the folder of the run-time files with --data");
    }
    const auto near = nearest(name, names);
    throw InputError(fmt::format("there is no palette '{}'; there are: {}", name, join_text(names, ", ")),
                     near ? fmt::format("did you mean '{}'?", *near)
                          : fmt::format("choose one of them, such as '{}'", names[0]));
}

std::vector<Colour> read_colours(const Node& list, std::size_t count) {
    std::vector<Colour> colours;
    for (const auto& entry : list.as_array()) {
        const auto colour = colour_from_hex(entry.as_text());
        if (!colour) {
            throw InputError(fmt::format("{}: '{}' is no colour", entry.where(), entry.as_text()),
                             "write it as \"#rrggbb\"");
        }
        colours.push_back(*colour);
    }
    if (colours.size() != count) {
        throw InputError(fmt::format("{}: {} colours for {} classes", list.where(), colours.size(), count),
                         "a palette lists as many colours as classes");
    }
    return colours;
}

}  // namespace

Palette read_palette(const std::filesystem::path& styles_dir, const std::string& name) {
    const auto folder = styles_dir / "palettes";
    // Only names that are in the folder: a name with a slash must not lead out of it.
    if (!std::ranges::binary_search(palettes_in(folder), name)) refuse_name(folder, name);
    const Node root = read_toml_file(folder / (name + ".toml"));
    static constexpr std::array<std::string_view, 3> known{"name", "source", "colours"};
    root.refuse_unknown_keys(known);
    Palette palette{root.at("name").as_text(), root.at("source").as_text(), {}};
    const Node& colours = root.at("colours");
    for (std::size_t count = 1; const Node* list = colours.find(std::to_string(count)); ++count) {
        palette.by_count.push_back(read_colours(*list, count));
    }
    if (palette.by_count.empty() || palette.by_count.size() != colours.as_table().size()) {
        throw InputError(fmt::format("{}: the numbers of classes must be 1, 2, 3 and so on without a gap",
                                     colours.where()),
                         R"(write colours.1 = ["#rrggbb"], colours.2 = ["#rrggbb", "#rrggbb"], ...)");
    }
    return palette;
}

}  // namespace tendik::style
