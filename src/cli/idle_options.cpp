#include "idle_options.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace tendik::cli {

void IdleOptions::add(const CLI::App& app, const std::vector<std::string>& names, const std::string& advice,
                      const std::function<bool()>& acts) {
    for (const auto& name : names)
        m_rules.push_back({app.get_option(name), advice, acts});
}

void IdleOptions::refuse() const {
    for (const auto& rule : m_rules)
        if (rule.option->count() > 0 && !rule.acts())
            throw UsageError(fmt::format("{} says nothing here", rule.option->get_name()), rule.advice);
}

bool is_layer_file(const std::string& file) {
    const auto ending = fold(std::filesystem::path(file).extension().string());
    return !file.empty() && file != "-" && ending != ".csv" && ending != ".json";
}

void add_idle_crs(IdleOptions& idle, const CLI::App& app, const std::string& output_word,
                  const std::function<bool()>& writes_layer) {
    idle.add(app, {"--crs"},
             fmt::format("it is that of a layer that is written: {} FILE.gpkg, .geojson, .fgb or .shp",
                         output_word),
             writes_layer);
}

}  // namespace tendik::cli
