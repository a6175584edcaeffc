#pragma once

#include "tendik/plan/access_steps.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace tendik::cli {

/// The words that say where places are: --sites or --sources, and how their table is read.
struct PlacesOptions {
    std::string text;
    std::string x;
    std::string y;
    std::string crs;
    std::string name;
    std::vector<std::string> missing;
};

/// `word` is "sites" or "sources".
CLI::Option* declare_places(CLI::App& app, const std::string& word, PlacesOptions& options,
                            const std::string& description);
PlacesChoice places_of(const PlacesOptions& options, const std::string& word);
/// Throws UsageError when columns are named and no table is.
void refuse_idle_columns(const PlacesOptions& options, const std::string& word);

}  // namespace tendik::cli
