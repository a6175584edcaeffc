// Writes a sample style (sample.qml, sample.sld) and what is to be seen with it (sample.json) into a folder.

#include "tendik/qgis/layer_style.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace {

using namespace tendik;

struct Sample {
    Choropleth choropleth;
    Legend legend;
    LayerStyleSource source;
};

void add_entry(Legend& legend, LegendKind kind, const Colour& colour, const Texts& label, std::size_t count) {
    legend.entries.push_back({kind, std::nullopt, colour, label, count, std::nullopt});
}

void add_class(Sample& sample, const Colour& colour, const Texts& label, std::size_t count) {
    sample.choropleth.class_colours.push_back(colour);
    add_entry(sample.legend, LegendKind::value_class, colour, label, count);
    sample.legend.entries.back().class_index = sample.choropleth.class_colours.size() - 1;
}

// The values of tests/qgis/style_test.py; three of the breaks are numbers that SQLite reads a bit off.
Sample make_sample() {
    Sample sample;
    sample.choropleth.classes.scheme = "fisher";
    sample.choropleth.classes.breaks = {33.49668730242254, 40.0, 47.83046178093959, 58.91570855144926};
    sample.choropleth.missing = {0xd2, 0xd2, 0xd2};
    sample.choropleth.suppressed = {0xb0, 0xb0, 0xb0};
    sample.choropleth.not_applicable = {0xff, 0xff, 0xff};
    sample.choropleth.unmatched = {0xf4, 0x7f, 0xc4};
    sample.choropleth.border = {0x1f, 0x1f, 0x1f};
    add_class(sample, {0xfe, 0xe0, 0x8b}, {"33.5 – 40.0", "", ""}, 2);
    add_class(sample, {0xfd, 0xae, 0x61}, {"40.0 – 47.8", "", ""}, 3);
    add_class(sample, {0xd7, 0x30, 0x27}, {"47.8 – 58.9", "", ""}, 2);
    auto& legend = sample.legend;
    add_entry(legend, LegendKind::missing, sample.choropleth.missing, {"no data", "", ""}, 1);
    add_entry(legend, LegendKind::suppressed, sample.choropleth.suppressed, {"withheld", "", ""}, 1);
    add_entry(legend, LegendKind::not_applicable, sample.choropleth.not_applicable,
              {"does not apply", "", ""}, 1);
    add_entry(legend, LegendKind::unmatched, sample.choropleth.unmatched, {"no row in the table", "", ""}, 1);
    add_entry(legend, LegendKind::generalised, sample.choropleth.border, {"generalised outline", "", ""}, 2);
    sample.source = {"rate", "rate_state", "name", "outline", {"Rate <of> \"something\" & more", "", ""}, {}};
    return sample;
}

nlohmann::json expectation(const Sample& sample) {
    nlohmann::json layer{{"features", 11}, {"colours", nlohmann::json::array()}};
    for (const auto& entry : sample.legend.entries) {
        if (entry.kind == LegendKind::generalised) continue;
        const bool is_class = entry.kind == LegendKind::value_class;
        if (is_class) layer["colours"].push_back(to_hex(entry.colour));
        const auto key =
            is_class ? "class_" + std::to_string(*entry.class_index + 1) : std::string(to_text(entry.kind));
        layer["counts"][key] = entry.count;
    }
    return {{"sample", layer}};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::filesystem::path folder = argv[1];
    const auto sample = make_sample();
    std::ofstream(folder / "sample.qml") << qgis::to_qml(sample.choropleth, sample.legend, sample.source);
    std::ofstream(folder / "sample.sld") << qgis::to_sld(sample.choropleth, sample.legend, sample.source);
    std::ofstream(folder / "sample.json") << expectation(sample).dump(2) << '\n';
    return 0;
}
