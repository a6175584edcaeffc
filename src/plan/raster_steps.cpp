// [[zonal]] and [[exposure]]: what is taken from rasters.
#include "raster_steps.h"

#include "plan_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/surface_step.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 11> layer_keys{
    "as", "of", "year", "name", "unit", "direction", "decimals", "kind", "theme", "definition", "sources"};

template <std::size_t N>
void refuse_unknown(const Node& node, const std::array<std::string_view, N>& own) {
    std::vector<std::string_view> known(own.begin(), own.end());
    known.insert(known.end(), layer_keys.begin(), layer_keys.end());
    known.push_back("layers");
    node.refuse_unknown_keys(known);
}

/// Rasters beside the plan, or surfaces that it makes; connections and web addresses are left alone.
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

RasterLayer layer_of(const Node& node) {
    RasterLayer layer;
    layer.code = node.at("as").as_text();
    take_text(node, "of", layer.column);
    take_text(node, "theme", layer.theme);
    if (const auto* definition = node.find("definition")) layer.definition = texts_of(*definition);
    if (const auto* sources = node.find("sources")) layer.sources = text_list(*sources);
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

/// One indicator in the words of the step itself, or several under `layers`.
std::vector<RasterLayer> layers_of(const Node& node) {
    std::vector<RasterLayer> layers;
    if (node.find("as") != nullptr) layers.push_back(layer_of(node));
    if (layers.empty())
        for (const auto key : layer_keys)
            if (const auto* idle = node.find(key))
                throw InputError(
                    fmt::format("{}: '{}' describes an indicator, and none is named", idle->where(), key),
                    "add as = \"CODE\", or put it into layers = [ { as = \"CODE\" } ]");
    if (const auto* list = node.find("layers"))
        for (const auto& item : list->as_array()) {
            item.refuse_unknown_keys(layer_keys);
            layers.push_back(layer_of(item));
        }
    return layers;
}

template <class Options>
void read_shared(const Node& node, Options& options) {
    if (const auto* quantiles = node.find("quantiles")) options.quantiles = numbers_of(*quantiles);
    if (const auto* method = node.find("method"))
        options.method = choice_of<CoverMethod>(*method, &method_from_text, "exact, centre, touched");
    if (const auto* memory = node.find("max_memory")) options.max_memory_bytes = memory_of(*memory);
}

void read_policies(const Node& node, ZonalOptions& options) {
    constexpr std::string_view known = "skip, propagate, bound";
    if (const auto* policy = node.find("nodata_policy"))
        options.nodata = choice_of<NodataPolicy>(*policy, &nodata_policy_from_text, known);
    if (const auto* policy = node.find("weight_nodata_policy"))
        options.weight_nodata = choice_of<NodataPolicy>(*policy, &nodata_policy_from_text, known);
    if (const auto* range = node.find("nodata_range")) {
        const auto ends = numbers_of(*range);
        if (ends.size() != 2)
            throw InputError(fmt::format("{}: '{}' needs two numbers", range->where(), range->path()),
                             "for example [0, 100]");
        options.nodata_range = {ends[0], ends[1]};
    }
}

void read_thresholds(const Node& node, ExposureOptions& options) {
    if (!node.is_text()) {
        options.thresholds = numbers_of(node);
        return;
    }
    const auto preset = raster::threshold_preset(node.as_text());
    if (!preset) refuse_choice(node, "who-pm25, or a list of numbers");
    options.thresholds = *preset;
}

std::string choice_lines(std::string_view key, std::string_view band_key, const RasterChoice& choice) {
    return line(key, mask_passwords(choice.file)) + line(band_key, choice.band);
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

template <class Options>
std::string shared_lines(const Options& options) {
    return list_line("quantiles", options.quantiles) + fmt::format("method = \"{}\"\nmax_memory = {}\n",
                                                                   to_text(options.method),
                                                                   options.max_memory_bytes);
}

}  // namespace

std::size_t parse_memory(const std::string& text) {
    std::size_t digits = 0;
    while (digits < text.size() &&
           (std::isdigit(static_cast<unsigned char>(text[digits])) != 0 || text[digits] == '.'))
        ++digits;
    const auto number = parse_number(text.substr(0, digits));
    auto unit = fold(trim(std::string_view(text).substr(digits)));
    if (unit.ends_with("ib")) unit = unit.substr(0, unit.size() - 2);
    if (unit.ends_with("b")) unit = unit.substr(0, unit.size() - 1);
    const double factor = unit.empty()  ? 1.0
                          : unit == "k" ? 0x1p10
                          : unit == "m" ? 0x1p20
                          : unit == "g" ? 0x1p30
                                        : 0.0;
    if (!number || factor == 0.0 || *number * factor < 1.0 || *number * factor > 0x1p50)
        throw InputError(fmt::format("'{}' is no amount of memory", text), "write 256MB or 2GB");
    return static_cast<std::size_t>(*number * factor);
}

PlannedZonal read_zonal(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 13> known{
        "raster",       "band",      "weight_raster", "weight_band",   "statistics",
        "statistic",    "quantiles", "method",        "nodata_policy", "weight_nodata_policy",
        "nodata_range", "vintage",   "max_memory"};
    refuse_unknown(node, known);
    PlannedZonal planned;
    planned.raster = raster_of(node.at("raster"), node.find("band"), folder);
    if (const auto* weights = node.find("weight_raster"))
        planned.weights = raster_of(*weights, node.find("weight_band"), folder);
    if (const auto* one = node.find("statistic")) planned.options.statistics = {one->as_text()};
    if (const auto* several = node.find("statistics")) planned.options.statistics = text_list(*several);
    if (const auto* vintage = node.find("vintage")) planned.vintage = vintage->as_text();
    read_shared(node, planned.options);
    read_policies(node, planned.options);
    planned.layers = layers_of(node);
    for (auto& layer : planned.layers) {
        if (!layer.column.empty()) continue;
        if (planned.options.statistics.size() != 1)
            throw InputError(fmt::format("{}: which statistic becomes '{}'?", node.where(), layer.code),
                             "name the column: of = \"mean\"");
        layer.column = planned.options.statistics.front();
    }
    return planned;
}

PlannedExposure read_exposure(const Node& node, const fs::path& folder) {
    static constexpr std::array<std::string_view, 11> known{
        "raster",    "band",         "error_raster", "error_band", "population_rasters", "thresholds",
        "quantiles", "distribution", "method",       "vintage",    "max_memory"};
    refuse_unknown(node, known);
    PlannedExposure planned;
    planned.raster = raster_of(node.at("raster"), node.find("band"), folder);
    if (const auto* error = node.find("error_raster")) {
        if (surface_named(planned.raster))
            throw InputError(fmt::format("{}: the surface '{}' brings its own standard error", error->where(),
                                         *surface_named(planned.raster)),
                             "leave error_raster out");
        planned.error = raster_of(*error, node.find("error_band"), folder);
    }
    const auto add = [&](const Node& item) {
        static constexpr std::array<std::string_view, 4> population_keys{"name", "raster", "band", "title"};
        item.refuse_unknown_keys(population_keys);
        const auto* name = item.find("name");
        planned.populations.push_back({name == nullptr ? "people" : name->as_text(),
                                       raster_of(item.at("raster"), item.find("band"), folder),
                                       {}});
        if (const auto* title = item.find("title")) planned.populations.back().title = texts_of(*title);
    };
    const auto& populations = node.at("population_rasters");
    if (populations.is_text())
        planned.populations.push_back({"people", raster_of(populations, nullptr, folder), {}});
    else if (populations.is_table())
        add(populations);
    else
        for (const auto& item : populations.as_array())
            add(item);
    if (const auto* thresholds = node.find("thresholds")) read_thresholds(*thresholds, planned.options);
    if (const auto* on = node.find("distribution")) planned.options.distribution = on->as_bool();
    if (const auto* vintage = node.find("vintage")) planned.vintage = vintage->as_text();
    read_shared(node, planned.options);
    planned.layers = layers_of(node);
    for (auto& layer : planned.layers)
        if (layer.column.empty()) layer.column = planned.populations.front().name + "_mean";
    return planned;
}

std::string to_toml(const PlannedZonal& planned) {
    const auto& options = planned.options;
    auto text = "\n[[zonal]]\n" + choice_lines("raster", "band", planned.raster) +
                choice_lines("weight_raster", "weight_band", planned.weights) +
                line("vintage", planned.vintage) + line("statistics", options.statistics) +
                shared_lines(options);
    text += fmt::format("nodata_policy = \"{}\"\nweight_nodata_policy = \"{}\"\n", to_text(options.nodata),
                        to_text(options.weight_nodata));
    if (options.nodata_range)
        text += list_line("nodata_range", {options.nodata_range->first, options.nodata_range->second});
    return text + layer_lines(planned.layers);
}

std::string to_toml(const PlannedExposure& planned) {
    std::vector<std::string> populations;
    for (const auto& population : planned.populations) {
        auto item = fmt::format("{{ name = {}, raster = {}", toml_text(population.name),
                                toml_text(mask_passwords(population.raster.file)));
        if (!population.raster.band.empty())
            item += fmt::format(", band = {}", toml_text(population.raster.band));
        if (!population.title.empty()) item += fmt::format(", title = {}", toml_text(population.title));
        populations.push_back(item + " }");
    }
    return "\n[[exposure]]\n" + choice_lines("raster", "band", planned.raster) +
           choice_lines("error_raster", "error_band", planned.error) + line("vintage", planned.vintage) +
           fmt::format("population_rasters = [{}]\n", fmt::join(populations, ", ")) +
           list_line("thresholds", planned.options.thresholds) + shared_lines(planned.options) +
           fmt::format("distribution = {}\n", planned.options.distribution) + layer_lines(planned.layers);
}

}  // namespace tendik::plan
