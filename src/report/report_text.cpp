// Results for a reader at a terminal.
#include "summary_block.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/report/report.h"
#include "text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::report {
namespace {

constexpr auto absent = "-";

std::string number_or_dash(const std::optional<double>& number, int decimals, const Spoken& say) {
    return number ? say.plain(*number, decimals) : absent;
}

std::string measure_text(const Measures& measures, std::string_view code, int decimals, const Spoken& say) {
    const auto* measure = measures.find(code);
    return measure != nullptr ? number_or_dash(measure->value, decimals, say) : absent;
}

std::string extreme_text(const Layer& layer, const Boundaries& boundaries,
                         const std::optional<RegionIndex>& index, const Spoken& say) {
    if (!index) return absent;
    const auto i = static_cast<std::size_t>(*index);
    const auto number = layer.values[i].number;
    const auto equal = std::ranges::count_if(
        layer.values, [number](const Value& value) { return value.present() && value.number == number; });
    const auto others = equal > 1 ? say("summary.and_more", fmt::arg("count", equal - 1)) : std::string{};
    return fmt::format("{}{} {}", say.region(boundaries.regions[i]), others,
                       say.plain(number, layer.indicator.decimals));
}

std::string trend_word(double before, double after, int decimals, const Spoken& say) {
    return say(fmt::format("trend.{}", to_text(trend_between(before, after, decimals))));
}

std::string change_text(const Layer& layer, const std::optional<Change>& change, const Spoken& say) {
    if (!change) return absent;
    const auto label = layer.indicator.year_labels.find(change->from_year);
    const auto from =
        label == layer.indicator.year_labels.end() ? std::to_string(change->from_year) : label->second;
    const auto gap =
        trend_word(change->absolute_before, change->absolute_after, layer.indicator.decimals, say);
    if (!change->relative_before || !change->relative_after)
        return say("summary.gap_since", fmt::arg("change", gap), fmt::arg("year", from));
    const auto ratio = trend_word(*change->relative_before, *change->relative_after, 2, say);
    if (gap == ratio) return say("summary.both_since", fmt::arg("change", gap), fmt::arg("year", from));
    return say("summary.apart_since", fmt::arg("gap", gap), fmt::arg("ratio", ratio), fmt::arg("year", from));
}

std::string published_text(const Layer& layer, const Spoken& say) {
    if (!layer.published) return absent;
    // As published, with as many decimals as the figures beside it or, as the mean, one more.
    const auto text = shortest(layer.published->value);
    const auto point = text.find('.');
    const auto decimals = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
    const auto usual = layer.indicator.decimals;
    return say.plain(layer.published->value, std::clamp(decimals, usual, usual + 1));
}

/// Where no end is good or bad, the ends are called highest and lowest.
bool has_worst(const Layer& layer) {
    return layer.display == Display::classes && layer.indicator.direction != Direction::neutral;
}

/// Whether the weights of a layer are of another year than its values, which is told with the years it holds
/// for.
bool weighed_by_other_year(const Layer& layer) {
    return layer.weights && layer.weights->year != 0 && layer.weights->year != layer.year;
}

/// "weights: total population, same year", or "weights: total population, 2021".
std::string weights_text(const Layer& layer, const Spoken& say) {
    if (!layer.weights) return say("summary.unweighted");
    const auto& name = layer.weights->text.in(say.language());
    const auto* const key = layer.weights->year == 0       ? "summary.weights"
                            : weighed_by_other_year(layer) ? "summary.weights_of"
                                                           : "summary.weights_same_year";
    return say(key, fmt::arg("name", name), fmt::arg("year", layer.weights->year));
}

/// Layers `first` to `last` (not included) that follow each other with the same weights of another year, in
/// one line: "2010 to 2019: weights: children 0-15, 2020". Returns where they end.
std::size_t add_weights_line(std::vector<std::string>& lines, const std::vector<Layer>& layers,
                             std::size_t first, std::size_t last, const Spoken& say) {
    const auto text = weights_text(layers[first], say);
    std::size_t end = first + 1;
    while (end < last && weights_text(layers[end], say) == text &&
           weighed_by_other_year(layers[end]) == weighed_by_other_year(layers[first]))
        ++end;
    auto line = text;
    if (weighed_by_other_year(layers[first])) {
        const auto& from = layers[first].year_label;
        const auto& to = layers[end - 1].year_label;
        const auto years =
            from == to ? from : say("summary.years", fmt::arg("from", from), fmt::arg("to", to));
        line = fmt::format("{}: {}", years, text);
    }
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
    return end;
}

/// "2015", or "2015 on 2018" where the figures stand on the units of another vintage.
std::string year_text(const Layer& layer, const Spoken& say) {
    if (!layer.carried) return layer.year_label;
    const auto units = say("summary.on_units", fmt::arg("vintage", layer.carried->to));
    return layer.year_label.empty() ? units : fmt::format("{} {}", layer.year_label, units);
}

void add_summary_row(TextTable& table, const Prepared& prepared, std::size_t index, const Spoken& say) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const auto& result = prepared.results[index];
    const int decimals = layer.indicator.decimals;
    const auto& measures = result.measures;
    const auto& first = has_worst(layer) ? measures.worst : measures.highest;
    const auto& second = has_worst(layer) ? measures.best : measures.lowest;
    if (layer.display == Display::symbols) {
        table.add({year_text(layer, say), std::to_string(measures.counted), published_text(layer, say),
                   number_or_dash(measures.sum, decimals, say), extreme_text(layer, boundaries, first, say),
                   extreme_text(layer, boundaries, second, say)});
        return;
    }
    table.add({year_text(layer, say), std::to_string(measures.counted), published_text(layer, say),
               number_or_dash(measures.mean, decimals + 1, say), extreme_text(layer, boundaries, first, say),
               extreme_text(layer, boundaries, second, say),
               measure_text(result.measures, "D", decimals, say), measure_text(result.measures, "R", 2, say),
               measure_text(result.measures, "TI", 1, say), change_text(layer, result.change, say)});
}

/// A total has a sum and no measures.
TextTable summary_table(const Layer& layer, const Spoken& say) {
    const bool total = layer.display == Display::symbols;
    const auto heading = [&say](const char* column) { return say(fmt::format("summary.column_{}", column)); };
    std::vector<std::pair<std::string, Align>> columns{
        {heading("year"), Align::left},
        {heading("n"), Align::right},
        {heading("published"), Align::right},
        {heading(total ? "sum" : "mean"), Align::right},
        {heading(has_worst(layer) ? "worst" : "highest"), Align::left},
        {heading(has_worst(layer) ? "best" : "lowest"), Align::left}};
    if (!total)
        columns.insert(columns.end(), {{heading("gap"), Align::right},
                                       {heading("ratio"), Align::right},
                                       {heading("theil"), Align::right},
                                       {heading("change"), Align::left}});
    return TextTable(columns);
}

void add_once(std::vector<std::string>& lines, const std::string& line) {
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
}

/// What is said of figures carried over from an older vintage: who inherits from whom, who has figures of
/// their own.
std::vector<std::string> carried_text(const Prepared& prepared, const Layer& layer, const Spoken& say) {
    if (!layer.carried) return {};
    const auto& carried = *layer.carried;
    const auto year = layer.year_label.empty() ? "" : layer.year_label + " ";
    const auto& regions = prepared.atlas.boundaries_of(layer).regions;
    std::vector<std::string> lines;
    std::vector<std::string> restated;
    for (const auto index : carried.restated)
        restated.push_back(say.region(regions[static_cast<std::size_t>(index)]));
    if (!restated.empty())
        lines.push_back(year + say("summary.restated", fmt::arg("vintage", carried.to),
                                   fmt::arg("regions", join_text(restated, ", "))));
    if (carried.by_shares) {
        const auto n = std::ranges::count_if(layer.values, &Value::inherited);
        if (n > 0)
            lines.push_back(year + say("summary.estimated", fmt::arg("vintage", carried.to),
                                       fmt::arg("from", carried.from), fmt::arg("n", n),
                                       fmt::arg("count", regions.size())));
        return lines;
    }
    std::vector<std::pair<std::string, std::vector<std::string>>> parts;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (!layer.values[i].inherited) continue;
        const auto& from = carried.origins[i].name.in(say.language());
        auto found = std::ranges::find(parts, from, &decltype(parts)::value_type::first);
        if (found == parts.end()) found = parts.insert(found, {from, {}});
        found->second.push_back(say.region(regions[i]));
    }
    for (const auto& [from, names] : parts)
        lines.push_back(year + say(carried.split_by.empty() ? "summary.inherited" : "summary.split",
                                   fmt::arg("vintage", carried.to), fmt::arg("from", carried.from),
                                   fmt::arg("unit", from), fmt::arg("regions", join_text(names, ", "))));
    return lines;
}

/// Notes that several years share are said once.
std::vector<std::string> notes_of(const Prepared& prepared, std::size_t first, std::size_t last,
                                  const Spoken& say) {
    std::vector<std::string> lines;
    const auto& layers = prepared.atlas.layers;
    std::size_t weights_told = first;
    for (std::size_t i = first; i < last; ++i) {
        const auto& layer = layers[i];
        if (layer.indicator.partial)
            add_once(lines, say("summary.partial"));
        else if (layer.display == Display::classes && i == weights_told)
            weights_told = add_weights_line(lines, layers, i, last, say);
        for (const auto& line : carried_text(prepared, layer, say))
            add_once(lines, line);
        if (layer.published && !layer.published->source.empty())
            add_once(lines, say("summary.published", fmt::arg("source", layer.published->source)));
        for (const auto& note : layer.notes)
            add_once(lines, note.in(say.language()));
    }
    return lines;
}

}  // namespace

std::string title_of(const Layer& layer) {
    return layer.year ? fmt::format("{}, {}", layer.indicator.code, *layer.year) : layer.indicator.code;
}

/// One indicator: a line for each year, then what the reader must know.
std::string summary_block(const Prepared& prepared, std::size_t first, std::size_t last, const Spoken& say) {
    const auto& head = prepared.atlas.layers[first];
    const auto& unit = head.indicator.unit.in(say.language());
    auto text = head.indicator.name.in(say.language()) + (unit.empty() ? "\n" : fmt::format(" ({})\n", unit));
    auto table = summary_table(head, say);
    for (std::size_t i = first; i < last; ++i)
        add_summary_row(table, prepared, i, say);
    text += table.text("  ");
    for (const auto& note : notes_of(prepared, first, last, say))
        text += "  - " + note + "\n";
    return text;
}

std::string planner_summary(const Prepared& prepared, const std::filesystem::path& data_folder,
                            Language language) {
    const Spoken say(data_folder, "summary", language);
    std::string text;
    const auto& layers = prepared.atlas.layers;
    for (std::size_t first = 0; first < layers.size();) {
        std::size_t last = first + 1;
        while (last < layers.size() && layers[last].indicator.code == layers[first].indicator.code)
            ++last;
        if (first > 0) text += "\n";
        text += summary_block(prepared, first, last, say);
        first = last;
    }
    return text;
}

std::size_t only_layer(const Prepared& prepared) {
    const auto& layers = prepared.atlas.layers;
    if (layers.size() == 1) return 0;
    std::vector<std::string> names;
    for (const auto& layer : layers)
        names.push_back(title_of(layer));
    throw UsageError(
        fmt::format("{} layers answer, and this output holds one: {}", layers.size(), join_text(names, ", ")),
        "add --year or --vintage, or use --format text");
}

void keep_measures(Prepared& prepared, const std::vector<std::string>& codes) {
    const auto unwanted = [&](std::string_view code) {
        return std::ranges::find(codes, code) == codes.end();
    };
    for (auto& result : prepared.results) {
        std::erase_if(result.measures.measures,
                      [&](const Measure& measure) { return unwanted(measure.code); });
        for (auto& region : result.measures.regions) {
            std::erase_if(region.contribution, [&](const auto& part) { return unwanted(part.first); });
            std::erase_if(region.influence, [&](const auto& part) { return unwanted(part.first); });
        }
    }
}

std::string pyramid_text(const PyramidReport& report) {
    TextTable table({{"zoom", Align::right},
                     {"tiles", Align::right},
                     {"regions", Align::right},
                     {"vertices", Align::right},
                     {"largest tile, bytes", Align::right}});
    for (const auto& zoom : report.zooms)
        table.add({std::to_string(zoom.zoom), std::to_string(zoom.tile_count),
                   std::to_string(zoom.regions_present), std::to_string(zoom.vertex_count),
                   std::to_string(zoom.largest_tile_bytes)});
    return table.text("") + fmt::format("archive: {} bytes\n", report.archive_bytes);
}

std::string rolled_up_text(const Prepared& prepared) {
    std::string all;
    for (const auto& rolled : prepared.rolled_up) {
        const auto& layer = prepared.atlas.layers[rolled.layer];
        const auto published = present_count(rolled.published);
        all += fmt::format("{}: {} of {} parents put together", title_of(layer), present_count(rolled.values),
                           rolled.values.size());
        all += published == 0
                   ? std::string(", none of them has a published figure\n")
                   : fmt::format(", {} of {} published figures differ\n", rolled.differing_count, published);
    }
    return all;
}

}  // namespace tendik::report
