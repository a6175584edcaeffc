#pragma once

#include "tendik/base/document.h"
#include "tendik/plan/plan_words.h"
#include "tendik/plan/raster_steps.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik::plan {

/// Throws InputError for a key that is neither among the step's own nor describes an indicator.
void refuse_unknown_in_step(const Node& node, std::span<const std::string_view> own);

/// Rasters beside the plan, or surfaces that it makes; connections and web addresses are left alone.
RasterChoice raster_of(const Node& node, const Node* band, const std::filesystem::path& folder);
/// A file, a table { name, raster, band, title } or a list of these.
std::vector<PlannedPopulation> populations_of(const Node& node, const std::filesystem::path& folder);
std::vector<double> numbers_of(const Node& node);
std::optional<CoverMethod> method_from_text(std::string_view text);
std::size_t memory_of(const Node& node);
/// One indicator in the words of the step itself, or several under `layers`. `places_key` has a meaning of
/// its own in the step, and describes an indicator under `layers` only: "sources" of [[travel]].
std::vector<RasterLayer> layers_of(const Node& node, std::string_view places_key = {});

/// How cells are shared out, and the memory for it.
template <class Options>
void read_pass(const Node& node, Options& options) {
    if (const auto* method = node.find("method"))
        options.method = choice_of<CoverMethod>(*method, &method_from_text, "exact, centre, touched");
    if (const auto* memory = node.find("max_memory")) options.max_memory_bytes = memory_of(*memory);
}

std::string choice_lines(std::string_view key, std::string_view band_key, const RasterChoice& choice);
std::string population_line(const std::vector<PlannedPopulation>& populations);
std::string layer_lines(const std::vector<RasterLayer>& layers);
std::string list_line(std::string_view key, const std::vector<double>& numbers);

}  // namespace tendik::plan
