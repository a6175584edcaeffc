#include "class_labels.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/style/choropleth.h"
#include "tendik/style/note_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace tendik {
namespace {

constexpr std::array<std::pair<LegendKind, std::string_view>, 10> kind_names{
    {{LegendKind::value_class, "class"},
     {LegendKind::symbol, "symbol"},
     {LegendKind::present, "present"},
     {LegendKind::inherited, "inherited"},
     {LegendKind::missing, "missing"},
     {LegendKind::suppressed, "suppressed"},
     {LegendKind::not_applicable, "not_applicable"},
     {LegendKind::unmatched, "unmatched"},
     {LegendKind::unreliable, "unreliable"},
     {LegendKind::generalised, "generalised"}}};

}  // namespace

std::string_view to_text(LegendKind kind) {
    return std::ranges::find(kind_names, kind, &std::pair<LegendKind, std::string_view>::first)->second;
}

namespace style {
namespace {

/// How many decimals a number has in its shortest form.
int decimals_shown(double number) {
    const auto text = shortest(number);
    const auto point = text.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

/// White, as Choropleth::colour_of: the hatch over it says what it is.
constexpr Colour inherited_ground{0xff, 0xff, 0xff};

/// Every value that is present must have a class: else counts would not add up to the regions.
void check(const Layer& layer, const Boundaries& boundaries, const Choropleth& choropleth) {
    if (layer.values.size() != boundaries.regions.size()) {
        throw std::invalid_argument(fmt::format("make_legend: {} values for {} regions", layer.values.size(),
                                                boundaries.regions.size()));
    }
    if (choropleth.symbols) return;
    const auto& classes = choropleth.classes;
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        const Value& value = layer.values[i];
        if (!value.present() || classes.class_of(value.number)) continue;
        throw InputError(fmt::format("region '{}': the value {} of '{}' lies outside of the classes",
                                     boundaries.regions[i].key, shortest(value.number), layer.name()),
                         "classes must be made from all values that they colour");
    }
}

/// "Stunting, 2015"; the name alone when there is no year.
Texts title_of(const Indicator& indicator, const std::string& year_label) {
    const auto with_year = [&](const std::string& name) {
        return name.empty() || year_label.empty() ? name : name + ", " + year_label;
    };
    const Texts& name = indicator.name;
    if (name.empty()) return {with_year(indicator.code), "", ""};
    return {with_year(name.en), with_year(name.ru), with_year(name.kk)};
}

void add_classes(Legend& legend, const Column& values, int decimals, const Choropleth& choropleth) {
    const auto labels = class_labels(choropleth.classes, values, decimals);
    const auto counts = count_by_class(choropleth.classes, values);
    for (std::size_t k = 0; k < labels.size(); ++k) {
        legend.entries.push_back(
            {LegendKind::value_class, k, choropleth.class_colours.at(k), labels[k], counts[k], {}});
    }
}

/// "500" and "0.05" both as short as they are.
int decimals_of(double sample) { return std::max(0, -static_cast<int>(std::floor(std::log10(sample)))); }

void add_symbols(Legend& legend, const Layer& layer, const Symbols& symbols, const TextBook& texts) {
    for (const double sample : symbols.samples) {
        const auto in = [&](Language language) {
            return format_number(sample, decimals_of(sample), language);
        };
        legend.entries.push_back({LegendKind::symbol,
                                  std::nullopt,
                                  symbols.fill,
                                  {in(Language::en), in(Language::ru), in(Language::kk)},
                                  0,
                                  sample});
    }
    legend.entries.push_back({LegendKind::present,
                              std::nullopt,
                              symbols.ground,
                              texts.at("legend.with_symbol"),
                              present_count(layer.values),
                              {}});
    legend.notes.push_back(texts.at("legend.area_is_value"));
}

/// The text with what stands for its slot in each language.
template <typename Describe>
Texts filled(const Texts& text, const std::string& slot, Describe describe) {
    const auto in = [&](Language language) {
        auto words = text.in(language);
        if (const auto at = words.find(slot); at != std::string::npos)
            words.replace(at, slot.size(), describe(language));
        return words;
    };
    return {in(Language::en), in(Language::ru), in(Language::kk)};
}

/// Each once, in the order of the regions.
std::string origins_of(const Carried& carried, Language language) {
    std::vector<std::string> names;
    for (const auto& origin : carried.origins)
        if (!origin.unit_id.empty() && std::ranges::find(names, origin.name.in(language)) == names.end())
            names.push_back(origin.name.in(language));
    return join_text(names, ", ");
}

void add_inherited(Legend& legend, const Layer& layer, const TextBook& texts) {
    const auto count = static_cast<std::size_t>(std::ranges::count_if(layer.values, &Value::inherited));
    if (count == 0 || !layer.carried) return;
    const auto& carried = *layer.carried;
    const auto units = [&carried](Language language) {
        return carried.by_shares ? carried.from : origins_of(carried, language);
    };
    const bool split = !carried.split_by.empty();
    const auto* text = carried.by_shares ? "legend.estimated" : split ? "legend.split" : "legend.inherited";
    legend.entries.push_back({LegendKind::inherited,
                              std::nullopt,
                              inherited_ground,
                              filled(texts.at(text), "{units}", units),
                              count,
                              {}});
    if (split) legend.notes.push_back(filled(texts.at("legend.split_note"), "{units}", units));
}

/// What a hatch over a class and brackets round a figure mean.
void add_doubts(Legend& legend, const Layer& layer, const TextBook& texts) {
    if (!layer.precision) return;
    const auto& known = *layer.precision;
    std::size_t unreliable = 0, bracketed = 0;
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        unreliable += known.is_unreliable(i) ? 1U : 0U;
        bracketed += known.is_bracketed(i) ? 1U : 0U;
    }
    if (unreliable > 0) {
        const auto cut = [&](Language language) {
            return format_number(known.cut_points_percent.back(),
                                 decimals_shown(known.cut_points_percent.back()), language);
        };
        legend.entries.push_back({LegendKind::unreliable,
                                  std::nullopt,
                                  inherited_ground,
                                  filled(texts.at("legend.unreliable"), "{cut}", cut),
                                  unreliable,
                                  {}});
    }
    if (bracketed > 0) legend.notes.push_back(texts.at("legend.bracketed"));
}

/// What stands on other units is another series, and is never read as one with this.
void add_vintage_notes(Legend& legend, const Layer& layer, const Boundaries& boundaries,
                       const TextBook& texts) {
    if (layer.carried && !layer.carried->restated.empty()) {
        legend.notes.push_back(filled(texts.at("legend.restated"), "{regions}", [&](Language language) {
            std::vector<std::string> names;
            for (const auto index : layer.carried->restated)
                names.push_back(boundaries.regions[static_cast<std::size_t>(index)].name.in(language));
            return join_text(names, ", ");
        }));
    }
    for (const auto& vintage : layer.other_vintages)
        legend.notes.push_back(
            filled(texts.at("legend.other_vintage"), "{vintage}", [&](Language) { return vintage; }));
}

void add_states(Legend& legend, const Column& values, const Choropleth& choropleth, const TextBook& texts) {
    static constexpr std::array<std::pair<State, LegendKind>, 4> states{
        {{State::missing, LegendKind::missing},
         {State::suppressed, LegendKind::suppressed},
         {State::not_applicable, LegendKind::not_applicable},
         {State::unmatched, LegendKind::unmatched}}};
    for (const auto& [state, kind] : states) {
        const auto count = static_cast<std::size_t>(std::ranges::count(values, state, &Value::state));
        if (count == 0 && kind != LegendKind::missing) continue;
        const auto& label = texts.at(fmt::format("legend.{}", to_text(kind)));
        legend.entries.push_back(
            {kind, std::nullopt, choropleth.colour_of(Value::without(state)), label, count, {}});
    }
}

/// Three digits tell the classes of a range apart.
int decimals_of_range(const Classes& classes) {
    if (classes.breaks.empty()) return 1;
    const double range = classes.breaks.back() - classes.breaks.front();
    if (!(range > 0.0)) return 1;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(range))), 0, 9);
}

}  // namespace

Legend make_raster_legend(const Texts& title, const std::string& unit, const Choropleth& choropleth,
                          const Column& sample, const TextBook& texts) {
    Legend legend;
    legend.title = title;
    legend.unit = {unit, unit, unit};
    const auto& classes = choropleth.classes;
    const auto labels = class_labels(classes, sample, decimals_of_range(classes));
    const auto& modelled = texts.at("legend.modelled");
    for (std::size_t k = 0; k < labels.size(); ++k) {
        const auto in = [&](Language language) {
            return fmt::format("{}{}{} ({})", labels[k].in(language), unit.empty() ? "" : " ", unit,
                               modelled.in(language));
        };
        legend.entries.push_back({LegendKind::value_class,
                                  k,
                                  choropleth.class_colours.at(k),
                                  {in(Language::en), in(Language::ru), in(Language::kk)},
                                  0,
                                  {}});
    }
    legend.notes.push_back(modelled);
    return legend;
}

Legend make_point_legend(const PointLayer& layer, const Choropleth& choropleth, const TextBook& texts) {
    Legend legend;
    legend.title = title_of(layer.indicator, layer.year ? std::to_string(*layer.year) : std::string());
    legend.unit = layer.indicator.unit;
    const auto values = layer.values();
    add_classes(legend, values, layer.indicator.decimals, choropleth);
    add_states(legend, values, choropleth, texts);
    for (const auto& note : choropleth.classes.notes)
        legend.notes.push_back(note_texts(note, "class_note", texts));
    return legend;
}

Legend make_legend(const Layer& layer, const Boundaries& boundaries, const Choropleth& choropleth,
                   const TextBook& texts) {
    check(layer, boundaries, choropleth);
    Legend legend;
    legend.title = title_of(layer.indicator, layer.year_label);
    legend.unit = layer.indicator.unit;
    if (choropleth.symbols)
        add_symbols(legend, layer, *choropleth.symbols, texts);
    else
        add_classes(legend, layer.values, layer.indicator.decimals, choropleth);
    add_inherited(legend, layer, texts);
    add_states(legend, layer.values, choropleth, texts);
    add_doubts(legend, layer, texts);
    add_vintage_notes(legend, layer, boundaries, texts);
    const auto generalised =
        static_cast<std::size_t>(std::ranges::count_if(boundaries.regions, &Region::generalised));
    if (generalised > 0) {
        legend.entries.push_back({LegendKind::generalised,
                                  std::nullopt,
                                  choropleth.border,
                                  texts.at("legend.generalised"),
                                  generalised,
                                  {}});
    }
    if (present_count(layer.values) == 0) legend.notes.push_back(texts.at("legend.no_values"));
    if (layer.indicator.partial) legend.notes.push_back(texts.at("legend.partial"));
    legend.notes.insert(legend.notes.end(), layer.notes.begin(), layer.notes.end());
    for (const auto& note : choropleth.classes.notes)
        legend.notes.push_back(note_texts(note, "class_note", texts));
    return legend;
}

}  // namespace style
}  // namespace tendik
