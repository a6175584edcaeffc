// What steps over rasters and regions say in the same words.
#include "step_words.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"
#include "tendik/plan/surface_step.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 11> layer_keys{
    "as", "of", "year", "name", "unit", "direction", "decimals", "kind", "theme", "definition", "sources"};

RasterLayer layer_of(const Node& node, std::string_view places_key) {
    RasterLayer layer;
    layer.code = node.at("as").as_text();
    take_text(node, "of", layer.column);
    take_text(node, "theme", layer.theme);
    if (const auto* definition = node.find("definition")) layer.definition = texts_of(*definition);
    if (const auto* sources = node.find("sources"); sources != nullptr && places_key != "sources")
        layer.sources = text_list(*sources);
    if (const auto* year = node.find("year")) layer.year = year_of(*year);
    if (const auto* name = node.find("name")) layer.name = texts_of(*name);
    if (const auto* unit = node.find("unit")) layer.unit = texts_of(*unit);
    if (const auto* kind = node.find("kind"))
        layer.kind = choice_of<IndicatorKind>(*kind, &kind_from_text, "rate, mean, total, count");
    if (const auto* direction = node.find("direction"))
        layer.direction =
            choice_of<Direction>(*direction, &direction_from_text, "adverse, favourable, neutral");
    if (const auto* decimals = node.find("decimals"))
        layer.decimals = static_cast<int>(count_of(*decimals, 0, 9));
    return layer;
}

std::string layer_text(const RasterLayer& layer) {
    auto text = fmt::format("{{ as = {}, of = {}", toml_text(layer.code), toml_text(layer.column));
    if (layer.year) text += fmt::format(", year = {}", *layer.year);
    if (layer.name) text += fmt::format(", name = {}", toml_text(*layer.name));
    if (layer.unit) text += fmt::format(", unit = {}", toml_text(*layer.unit));
    if (layer.kind) text += fmt::format(", kind = {}", toml_text(to_text(*layer.kind)));
    if (layer.direction) text += fmt::format(", direction = {}", toml_text(to_text(*layer.direction)));
    if (layer.decimals) text += fmt::format(", decimals = {}", *layer.decimals);
    if (!layer.theme.empty()) text += fmt::format(", theme = {}", toml_text(layer.theme));
    if (!layer.definition.empty()) text += fmt::format(", definition = {}", toml_text(layer.definition));
    std::vector<std::string> sources;
    for (const auto& source : layer.sources)
        sources.push_back(toml_text(source));
    if (!sources.empty()) text += fmt::format(", sources = [{}]", fmt::join(sources, ", "));
    return text + " }";
}

PlannedPopulation population_of(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 4> known{"name", "raster", "band", "title"};
    node.refuse_unknown_keys(known);
    const auto* name = node.find("name");
    PlannedPopulation population{name == nullptr ? "people" : name->as_text(),
                                 raster_of(node.at("raster"), node.find("band"), folder),
                                 {}};
    if (const auto* title = node.find("title")) population.title = texts_of(*title);
    return population;
}

}  // namespace

void refuse_unknown_in_step(const Node& node, std::span<const std::string_view> own) {
    std::vector<std::string_view> known(own.begin(), own.end());
    known.insert(known.end(), layer_keys.begin(), layer_keys.end());
    known.emplace_back("layers");
    node.refuse_unknown_keys(known);
}

RasterChoice raster_of(const Node& node, const Node* band, const fs::path& folder) {
    const auto& text = node.as_text();
    if (text.empty())
        throw InputError(fmt::format("{}: '{}' is empty", node.where(), node.path()), "name a file");
    if (text.starts_with(surface_prefix)) {
        if (band != nullptr)
            throw InputError(fmt::format("{}: a surface of the plan has no other band", band->where()),
                             "leave the band out");
        return {text, {}};
    }
    auto choice = split_band(text);
    const bool named = choice.file.starts_with("/") || choice.file.find(':') != std::string::npos;
    if (!named) choice = split_band((folder / text).string());
    if (band != nullptr)
        choice.band = band->is_integer() ? std::to_string(band->as_integer()) : band->as_text();
    return choice;
}

std::vector<double> numbers_of(const Node& node) {
    std::vector<double> numbers;
    for (const auto& item : node.as_array())
        numbers.push_back(item.as_number());
    return numbers;
}

std::optional<CoverMethod> method_from_text(std::string_view text) {
    for (const auto method : {CoverMethod::exact, CoverMethod::centre, CoverMethod::touched})
        if (to_text(method) == text) return method;
    return std::nullopt;
}

std::size_t memory_of(const Node& node) {
    if (node.is_integer()) return parse_memory(std::to_string(node.as_integer()));
    try {
        return parse_memory(node.as_text());
    } catch (Error& error) {
        error.add_context("at " + node.where());
        throw;
    }
}

std::vector<RasterLayer> layers_of(const Node& node, std::string_view places_key) {
    std::vector<RasterLayer> layers;
    if (node.find("as") != nullptr) layers.push_back(layer_of(node, places_key));
    if (layers.empty())
        for (const auto key : layer_keys)
            if (const auto* idle = node.find(key); idle != nullptr && key != places_key)
                throw InputError(
                    fmt::format("{}: '{}' describes an indicator, and none is named", idle->where(), key),
                    R"(add as = "CODE", or put it into layers = [ { as = "CODE" } ])");
    if (const auto* list = node.find("layers"))
        for (const auto& item : list->as_array()) {
            item.refuse_unknown_keys(layer_keys);
            layers.push_back(layer_of(item, {}));
        }
    return layers;
}

std::vector<PlannedPopulation> populations_of(const Node& node, const fs::path& folder) {
    if (node.is_text()) return {{"people", raster_of(node, nullptr, folder), {}}};
    if (node.is_table()) return {population_of(node, folder)};
    std::vector<PlannedPopulation> populations;
    for (const auto& item : node.as_array())
        populations.push_back(population_of(item, folder));
    return populations;
}

std::string choice_lines(std::string_view key, std::string_view band_key, const RasterChoice& choice) {
    return line(key, mask_passwords(choice.file)) + line(band_key, choice.band);
}

std::string layer_lines(const std::vector<RasterLayer>& layers) {
    if (layers.empty()) return {};
    std::vector<std::string> texts;
    for (const auto& layer : layers)
        texts.push_back(layer_text(layer));
    return fmt::format("layers = [{}]\n", fmt::join(texts, ", "));
}

std::string list_line(std::string_view key, const std::vector<double>& numbers) {
    std::vector<std::string> texts;
    for (const double number : numbers)
        texts.push_back(shortest(number));
    return fmt::format("{} = [{}]\n", key, fmt::join(texts, ", "));
}

std::string population_line(const std::vector<PlannedPopulation>& populations) {
    std::vector<std::string> texts;
    for (const auto& population : populations) {
        auto item = fmt::format("{{ name = {}, raster = {}", toml_text(population.name),
                                toml_text(mask_passwords(population.raster.file)));
        if (!population.raster.band.empty())
            item += fmt::format(", band = {}", toml_text(population.raster.band));
        if (!population.title.empty()) item += fmt::format(", title = {}", toml_text(population.title));
        texts.push_back(item + " }");
    }
    return fmt::format("population_rasters = [{}]\n", fmt::join(texts, ", "));
}

}  // namespace tendik::plan
