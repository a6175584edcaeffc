#include "places_options.h"

#include "shared_options.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

namespace tendik::cli {

CLI::Option* declare_places(CLI::App& app, const std::string& word, PlacesOptions& options,
                            const std::string& description) {
    const auto add = [&](const std::string& name, auto& target, const std::string& type,
                         const std::string& text) {
        return app.add_option(name, target, text)->type_name(type)->group("Places");
    };
    auto* places = add("--" + word, options.text, "FILE[:SHEET]|LON,LAT;...", description);
    add("--x", options.x, "COLUMN",
        "Column of longitudes; without it the points of the layer, in a table lon");
    add("--y", options.y, "COLUMN",
        "Column of latitudes; without it the points of the layer, in a table lat");
    add(fmt::format("--{}-crs", word), options.crs, "EPSG:CODE",
        "CRS of the columns; without it longitude and latitude");
    add(fmt::format("--{}-name", word), options.name, "COLUMN",
        "Column that names the places; without it the usual ones where they exist, else numbers");
    add("--missing", options.missing, "MARK", "Text that means a missing value; may be given several times")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    return places;
}

void refuse_idle_columns(const PlacesOptions& options, const std::string& word) {
    if (options.x.empty() && options.y.empty() && options.crs.empty() && options.name.empty() &&
        options.missing.empty())
        return;
    throw UsageError(
        fmt::format("--x, --y, --{0}-crs, --{0}-name and --missing speak of a table, and none is "
                    "given",
                    word),
        fmt::format("add --{} FILE, or leave them out", word));
}

PlacesChoice places_of(const PlacesOptions& options, const std::string& word) {
    auto choice = plan::parse_places(options.text);
    if (!choice.points.empty()) {
        refuse_idle_columns(options, word);
        return choice;
    }
    const auto split = split_layer(options.text);
    choice.table.file = split.file;
    choice.table.sheet = split.layer;
    choice.table.x = options.x;
    choice.table.y = options.y;
    choice.table.crs = {options.crs};
    choice.table.name = options.name;
    choice.table.missing = options.missing;
    return choice;
}

}  // namespace tendik::cli
