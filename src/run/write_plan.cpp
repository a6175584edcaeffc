// The effective plan as TOML: what --dry-run prints and what the manifest keeps.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tendik/base/text.h"
#include "tendik/run/read_plan.h"

namespace tendik::run {
namespace {

/// A TOML basic string; control characters are written as \uXXXX.
std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            result += fmt::format("\\{}", letter);
        else if (static_cast<unsigned char>(letter) < 0x20)
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
        else
            result += letter;
    }
    return result + "\"";
}

std::string quoted(const Texts& texts) {
    return fmt::format("{{ en = {}, ru = {}, kk = {} }}", quoted(texts.en), quoted(texts.ru), quoted(texts.kk));
}

std::string line(std::string_view key, const std::string& text) {
    return text.empty() ? std::string{} : fmt::format("{} = {}\n", key, quoted(text));
}

std::string indicator_block(const PlannedIndicator& planned) {
    std::string text = "\n[[indicators]]\n";
    text += line("code", planned.code) + line("table", planned.table.file) + line("key", planned.table.key);
    text += line("value", planned.table.value) + line("vintage", planned.vintage);
    if (!planned.years.empty()) text += fmt::format("years = [{}]\n", fmt::join(planned.years, ", "));
    text += line("weight", planned.weight_column);
    if (planned.name) text += fmt::format("name = {}\n", quoted(*planned.name));
    if (planned.unit) text += fmt::format("unit = {}\n", quoted(*planned.unit));
    if (planned.kind) text += fmt::format("kind = {}\n", quoted(to_text(*planned.kind)));
    if (planned.direction) text += fmt::format("direction = {}\n", quoted(to_text(*planned.direction)));
    if (planned.decimals) text += fmt::format("decimals = {}\n", *planned.decimals);
    return text;
}

}  // namespace

std::string to_toml(const Plan& plan) {
    auto text = fmt::format("schema = {}\ntitle = {}\n\n[data]\n", quoted(plan_schema), quoted(plan.title));
    text += line("catalogue", plan.catalogue) + line("register", plan.register_file);
    text += line("sources", plan.sources) + line("denominators", plan.denominators);
    for (const auto& source : plan.boundaries)
        text += "\n[[boundaries]]\n" + line("file", source.file) + line("layer", source.layer) +
                line("key", source.key) + line("vintage", source.vintage);
    for (const auto& planned : plan.indicators) text += indicator_block(planned);
    text += fmt::format("\n[join]\nallow_unmatched = {}\n", plan.join.allow_unmatched);
    text += fmt::format("\n[maps]\nscheme = {}\nclasses = {}\nadverse_palette = {}\nfavourable_palette = {}\n",
                        quoted(to_text(plan.maps.scheme)), plan.maps.class_count, quoted(plan.maps.adverse_palette),
                        quoted(plan.maps.favourable_palette));
    text += fmt::format("\n[tiles]\nzoom = [{}, {}]\ntile_size_px = {}\ntolerance_units = {}\n", plan.tiles.min_zoom,
                        plan.tiles.max_zoom, plan.tiles.tile_size_px, shortest(plan.tiles.tolerance_units));
    text += fmt::format(
        "\n[outputs]\nlayers = {}\ntables = {}\nvector_tiles = {}\nraster_tiles = {}\nsite = {}\n", plan.steps.layers,
        plan.steps.tables, plan.steps.vector_tiles, plan.steps.raster_tiles, plan.steps.site);
    return text;
}

}  // namespace tendik::run
