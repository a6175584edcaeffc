// [[zonal]] and [[exposure]]: what is taken from rasters.
#include "raster_steps.h"

#include "step_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/plan_words.h"
#include "tendik/plan/surface_step.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace tendik::plan {
namespace {

namespace fs = std::filesystem;

template <class Options>
void read_shared(const Node& node, Options& options) {
    if (const auto* quantiles = node.find("quantiles")) options.quantiles = numbers_of(*quantiles);
    read_pass(node, options);
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
    refuse_unknown_in_step(node, known);
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
    refuse_unknown_in_step(node, known);
    PlannedExposure planned;
    planned.raster = raster_of(node.at("raster"), node.find("band"), folder);
    if (const auto* error = node.find("error_raster")) {
        if (surface_named(planned.raster))
            throw InputError(fmt::format("{}: the surface '{}' brings its own standard error", error->where(),
                                         *surface_named(planned.raster)),
                             "leave error_raster out");
        planned.error = raster_of(*error, node.find("error_band"), folder);
    }
    planned.populations = populations_of(node.at("population_rasters"), folder);
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
    return "\n[[exposure]]\n" + choice_lines("raster", "band", planned.raster) +
           choice_lines("error_raster", "error_band", planned.error) + line("vintage", planned.vintage) +
           population_line(planned.populations) + list_line("thresholds", planned.options.thresholds) +
           shared_lines(planned.options) + fmt::format("distribution = {}\n", planned.options.distribution) +
           layer_lines(planned.layers);
}

}  // namespace tendik::plan
