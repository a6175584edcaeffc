#pragma once

#include "tendik/model/indicator.h"
#include "tendik/model/register.h"

#include <filesystem>
#include <vector>

namespace tendik::tables {

/// Reads catalogue.toml (schema "tendik.catalogue/1"). Unknown keys, unknown kinds and directions, bounds out
/// of order, weights and parts that no entry describes are InputErrors with line and column.
Catalogue read_catalogue(const std::filesystem::path& file);

/// Reads the register of regions (regions.csv). Throws InputError with line and column.
Register read_register(const std::filesystem::path& file);

/// Reads sources.csv: source_id, title, publisher, year, licence.
std::vector<Source> read_sources(const std::filesystem::path& file);

}  // namespace tendik::tables
