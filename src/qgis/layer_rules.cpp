#include "layer_rules.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

namespace tendik::qgis {

namespace {

void check(const LayerStyleSource& source) {
    if (source.value_field.empty() || source.state_field.empty())
        throw InputError("a layer style needs the columns of value and state",
                         "name them in value_field and state_field");
}

State state_of(LegendKind kind) {
    switch (kind) {
    case LegendKind::missing:
        return State::missing;
    case LegendKind::suppressed:
        return State::suppressed;
    case LegendKind::not_applicable:
        return State::not_applicable;
    case LegendKind::unmatched:
        return State::unmatched;
    case LegendKind::value_class:
    case LegendKind::symbol:
    case LegendKind::present:
    case LegendKind::inherited:
    case LegendKind::unreliable:
    case LegendKind::generalised:
        break;
    }
    return State::present;
}

std::optional<int> hatch_of(LegendKind kind) {
    switch (kind) {
    case LegendKind::missing:
        return 45;
    case LegendKind::suppressed:
        return 135;
    case LegendKind::unmatched:
        return 0;
    case LegendKind::inherited:
        return 45;
    case LegendKind::unreliable:
        return 135;
    case LegendKind::not_applicable:
    case LegendKind::value_class:
    case LegendKind::symbol:
    case LegendKind::present:
    case LegendKind::generalised:
        break;
    }
    return std::nullopt;
}

/// A legend of QGIS shows no sizes of circles inside of fills, so the words tell one: " (⌀ 12.7 mm =
/// 500,000)".
std::string scale_of(const Symbols& symbols, const Legend& legend, Language language) {
    for (const auto& entry : legend.entries)
        if (entry.kind == LegendKind::symbol && entry.value)
            return fmt::format(" (⌀ {} mm = {})", fixed(2.0 * symbols.radius_px(*entry.value) * mm_per_px, 1),
                               entry.label.in(language));
    return {};
}

void set_class(LayerRule& rule, const LegendEntry& entry, const Classes& classes) {
    if (!entry.class_index || *entry.class_index >= classes.class_count())
        throw InputError(fmt::format("the legend entry '{}' belongs to none of the {} classes", rule.label,
                                     classes.class_count()),
                         "make the legend from the same classes as the colours");
    const std::size_t index = *entry.class_index;
    rule.key = fmt::format("class_{}", index + 1);
    // The outer ends are closed: the first class also holds its lower end.
    rule.lower = {classes.breaks[index], index == 0};
    rule.upper = {classes.breaks[index + 1], true};
}

/// What lies below the hatch of inherited values that belong to no class.
LayerRule ground_of(LayerRule inherited, const Classes& classes) {
    inherited.key = "inherited_outside";
    inherited.hatch_degrees.reset();
    inherited.lower = {classes.breaks.front(), true};
    inherited.upper = {classes.breaks.back(), true};
    return inherited;
}

}  // namespace

std::vector<LayerRule> layer_rules(const Choropleth& choropleth, const Legend& legend,
                                   const LayerStyleSource& source) {
    check(source);
    std::vector<LayerRule> rules;
    for (const auto& entry : legend.entries) {
        if (entry.kind == LegendKind::generalised && source.outline_field.empty()) continue;
        // A sample circle is no region: the rule of the regions with a value draws their circles.
        if (entry.kind == LegendKind::symbol) continue;
        if (entry.kind == LegendKind::inherited && source.inherited_field.empty()) continue;
        if (entry.kind == LegendKind::unreliable && source.unreliable_field.empty()) continue;
        LayerRule rule;
        rule.kind = entry.kind;
        rule.key = to_text(entry.kind);
        rule.label = entry.label.in(source.language);
        if (entry.kind == LegendKind::present && choropleth.symbols)
            rule.label += scale_of(*choropleth.symbols, legend, source.language);
        rule.colour = entry.colour;
        if (entry.kind != LegendKind::generalised) rule.state = to_text(state_of(entry.kind));
        rule.hatch_degrees = hatch_of(entry.kind);
        rule.hatch = hatch_colour(rule.colour);
        if (entry.kind == LegendKind::value_class) set_class(rule, entry, choropleth.classes);
        if (entry.kind == LegendKind::inherited && source.inherited_outside)
            rules.push_back(ground_of(rule, choropleth.classes));
        if (entry.kind == LegendKind::inherited || entry.kind == LegendKind::unreliable) {
            rule.hatch = inherited_hatch_colour;
            rule.hatch_only = true;
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

Colour hatch_colour(const Colour& fill) {
    const auto darker = [](std::uint8_t channel) { return static_cast<std::uint8_t>(channel * 6 / 10); };
    return {darker(fill.red), darker(fill.green), darker(fill.blue), fill.alpha};
}

}  // namespace tendik::qgis
