#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/indicator.h"
#include "tendik/model/register.h"

#include <filesystem>
#include <vector>

namespace tendik::tables {

/// Reads catalogue.toml (schema "tendik.catalogue/1"). Unknown keys, unknown kinds and directions, bounds out
/// of order, weights and parts that no entry describes are InputErrors with line and column.
Catalogue read_catalogue(const std::filesystem::path& file);

/// Reads the register of regions (regions.csv). Columns: unit_id and name_en are a must; region_code,
/// iso_numeric, kato, pcode, kind, name_ru, name_kk, name_kk_latin, variants, capital_en/ru/kk, valid_from,
/// valid_to, vintages (else in_pre2018, in_2018, in_2022: yes or no), predecessors, successors and note are
/// read where they exist; several items stand with | between. Any other column is the finding
/// "unread-column": a warning with the name that is meant where it looks like a slip, else a note. Throws
/// InputError with line and column.
Register read_register(const std::filesystem::path& file, Findings& findings);

/// Reads sources.csv: source_id, title, publisher, year, licence.
std::vector<Source> read_sources(const std::filesystem::path& file);

}  // namespace tendik::tables
