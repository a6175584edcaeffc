#pragma once

#include "tendik/spatial/weights.h"

#include <filesystem>
#include <span>
#include <string>

namespace tendik::spatial {

/// Weights as text; the format follows the ending: .gal (links, no weights), .gwt (links with weights), .json
/// (schema "tendik.weights/1": keys, links with weights, description). Throws UsageError for another ending,
/// and for a key that holds blanks in .gal and .gwt.
std::string write_weights(const SpatialWeights& weights, const std::filesystem::path& target);

/// Reads the same three. The regions come in the order of `keys`, those of the boundaries; style B. Throws
/// InputError with file and line: a region that `keys` does not know (weights of another layer), one that the
/// file does not name, a count that does not fit, a weight that is no number.
SpatialWeights read_weights(const std::filesystem::path& file, std::span<const std::string> keys);

}  // namespace tendik::spatial
