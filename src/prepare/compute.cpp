// Second half of a run: the atlas measured and classed, series by series.
#include "join_figures.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/precision/reliability.h"
#include "tendik/prepare/prepare.h"
#include "tendik/spatial/multiple_testing.h"
#include "tendik/stats/classify.h"
#include "tendik/stats/disparity.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace tendik::prepare {
namespace {

/// More than this between the published national value and the weighted mean is worth a look, in points of a
/// percentage.
constexpr double national_tolerance_percent = 0.2;

/// Figures of the regions' own vintage, of an older one, or restated for the regions: what is published for
/// other units is another series.
enum class Stock : std::uint8_t { own, carried, restated };

/// Layers of one indicator and stock on the same units without a series break between them.
using SeriesKey = std::tuple<std::string, std::size_t, Stock, std::size_t>;

Stock stock_of(const Layer& layer) {
    if (!layer.carried) return Stock::own;
    return layer.carried->restated.empty() ? Stock::carried : Stock::restated;
}

SeriesKey series_of(const Layer& layer) {
    std::size_t segment = 0;
    for (const auto& series_break : layer.indicator.breaks)
        if (layer.year && *layer.year >= series_break.year) ++segment;
    return {layer.indicator.code, layer.boundaries, stock_of(layer), segment};
}

/// A total is shown by symbols and by nothing else; symbols show totals and nothing else.
void refuse_wrong_display(const Layer& layer) {
    const auto kind = layer.indicator.kind;
    const bool is_total = kind == IndicatorKind::total || kind == IndicatorKind::count;
    if (is_total == (layer.display == Display::symbols)) return;
    if (is_total)
        throw InputError(
            fmt::format("'{}' is a {}: regions of different size cannot be compared by it",
                        layer.indicator.code, to_text(kind)),
            "divide it by population or area first: per = { total = ..., indicator = ... } in the "
            "catalogue, or declare kind = \"rate\" or \"mean\" if it is one; a plan may show it as "
            "circles: display = \"symbols\"");
    throw InputError(
        fmt::format("'{}' is a {}, and symbols show totals and counts: the area of a circle would "
                    "say that large regions have more of it",
                    layer.indicator.code, to_text(kind)),
        R"(leave display = "symbols" out, or declare kind = "total" if it is one)");
}

/// The sum of all regions against the published total of the country.
void compare_sum_with_published(const Layer& layer, const Measures& measures, Findings& findings) {
    if (!layer.published || !measures.sum || !measures.left_out.empty()) return;
    const auto published = layer.published->value;
    const auto distance = std::abs(*measures.sum - published);
    if (distance <= national_tolerance_percent * std::abs(published) / 100.0) return;
    findings.add(Severity::warning, "national-differs", layer.name(),
                 fmt::format("the regions sum up to {}, the published national value is {} ({} apart)",
                             fixed(*measures.sum, layer.indicator.decimals), shortest(published),
                             fixed(distance, layer.indicator.decimals)));
}

/// An empty map is drawn, but nobody shall take it for a fault of the drawing.
void report_no_values(const Layer& layer, Findings& findings) {
    if (present_count(layer.values) > 0) return;
    findings.add(
        Severity::warning, "no-values", layer.name(),
        fmt::format("'{}' ({}) has no value for any of the {} regions{}: its map is drawn without data",
                    layer.indicator.name.in(Language::en), layer.indicator.code, layer.values.size(),
                    layer.year ? fmt::format(" in {}", *layer.year) : std::string{}));
}

/// Two figures of sixteen regions are no picture of a disparity.
void report_partial(const Layer& layer, const Boundaries& boundaries, Findings& findings) {
    std::vector<std::string> named;
    for (std::size_t i = 0; i < layer.values.size(); ++i)
        if (layer.values[i].present()) named.push_back(boundaries.regions[i].name.in(Language::en));
    findings.add(
        Severity::note, "partial-figures", layer.name(),
        fmt::format("the source gives figures of {} of {} regions ({}): the others have no data, and "
                    "nothing is measured or ranked",
                    named.size(), layer.values.size(), join_text(named, ", ")));
}

void compare_with_published(const Layer& layer, const Measures& measures, Findings& findings) {
    // Where values are inherited the mean is of the other regions only, and no figure of the country. The gap
    // of the country is that of all people of either part, and no mean of the regions' gaps.
    if (!layer.published || !measures.mean || has_inherited(layer.values) || layer.indicator.difference)
        return;
    const auto whole = layer.indicator.kind == IndicatorKind::rate ? layer.indicator.scale
                                                                   : std::abs(layer.published->value);
    const auto tolerance = national_tolerance_percent * whole / 100.0;
    const auto distance = std::abs(*measures.mean - layer.published->value);
    // The published value is rounded: what rounding alone explains is no finding.
    if (distance <= tolerance + 1e-9) return;
    const int decimals = layer.indicator.decimals + 1;
    findings.add(
        Severity::warning, "national-differs", layer.name(),
        fmt::format("the {} mean of the regions is {}, the published national value {} ({} apart){}",
                    measures.weighted ? "weighted" : "unweighted", fixed(*measures.mean, decimals),
                    shortest(layer.published->value), fixed(distance, decimals),
                    measures.weighted ? "" : "; a column of people as --weight brings the two together"));
}

/// Where the error of a model is no smaller than what the regions differ by, nothing is said of their order
/// nor of their distances: only the mean remains.
Measures without_order(Measures measures) {
    measures.highest = measures.lowest = measures.worst = measures.best = std::nullopt;
    for (auto& measure : measures.measures) {
        measure.value = measure.se = std::nullopt;
        measure.note = "the standard error is no smaller than what the regions differ by";
    }
    for (auto& region : measures.regions) {
        region.gap = region.relative_gap = std::nullopt;
        region.rank.reset();
        region.contribution.clear();
        region.influence.clear();
    }
    return measures;
}

/// A gap may be below zero, and one near zero makes any ratio large: only what is told in points has a
/// meaning.
Measures without_ratios(Measures measures) {
    std::set<std::string, std::less<>> relative;
    for (auto& measure : measures.measures) {
        if (measure.unit.find("points") != std::string::npos) continue;
        relative.insert(measure.code);
        measure = {.code = measure.code,
                   .unit = measure.unit,
                   .note = "a gap may be below zero, so that its ratios have no meaning"};
    }
    const auto is_relative = [&](const auto& part) { return relative.contains(part.first); };
    for (auto& region : measures.regions) {
        region.relative_gap.reset();
        std::erase_if(region.contribution, is_relative);
        std::erase_if(region.influence, is_relative);
    }
    return measures;
}

MeasureInputs inputs_of(const Layer& layer) {
    const auto& columns = layer.measuring;
    return {.values = layer.values,
            .weights = layer.weights ? &layer.weights->column : nullptr,
            .errors = columns.errors ? &*columns.errors : nullptr,
            .ranks = columns.ranks ? &*columns.ranks : nullptr,
            .reference = columns.reference,
            .reference_fault = columns.reference_fault,
            .groups = columns.groups.empty() ? nullptr : &columns.groups};
}

/// Who looks at the gaps of all regions finds some that are large by chance.
void adjust_for_looking_at_all(Measures& measures) {
    std::vector<double> p;
    for (const auto& region : measures.regions)
        if (region.p) p.push_back(*region.p);
    const auto adjusted = spatial::adjust(p, Correction::holm);
    std::size_t next = 0;
    for (auto& region : measures.regions)
        if (region.p) region.p_adjusted = adjusted[next++];
}

Measures measure_layer(const Plan& plan, const Layer& layer, const Boundaries& boundaries,
                       Findings& findings) {
    if (layer.indicator.partial) {
        report_partial(layer, boundaries, findings);
        return stats::describe_partial(layer.values);
    }
    if (layer.display == Display::symbols) {
        auto measures = stats::describe_total(layer.values);
        compare_sum_with_published(layer, measures, findings);
        return measures;
    }
    auto options = plan.measures;
    options.direction = layer.indicator.direction;
    options.scale = layer.measuring.scale;
    options.jobs = plan.jobs;
    Findings of_layer;
    auto measures = stats::measure(inputs_of(layer), options, region_names(boundaries), of_layer);
    adjust_for_looking_at_all(measures);
    for (auto finding : of_layer.all()) {
        if (finding.where.empty()) finding.where = layer.name();
        findings.add(std::move(finding));
    }
    compare_with_published(layer, measures, findings);
    if (layer.modelled && !layer.modelled->can_rank) return without_order(std::move(measures));
    if (layer.indicator.difference) return without_ratios(std::move(measures));
    return measures;
}

/// All pairs, with p adjusted for looking at all of them.
std::vector<PairTest> compare_pairs(const Layer& layer, Correction correction, Findings& findings) {
    if (correction == Correction::none) return {};
    if (!layer.measuring.errors) {
        findings.add(
            Severity::warning, "no-errors", layer.name(),
            "pairs of regions are told apart by their errors, and none are given: no pair is compared");
        return {};
    }
    auto pairs = precision::test_pairs(layer.values, *layer.measuring.errors);
    std::vector<double> p;
    for (const auto& pair : pairs)
        p.push_back(pair.p);
    const auto adjusted = spatial::adjust(p, correction);
    for (std::size_t i = 0; i < pairs.size(); ++i)
        pairs[i].p_adjusted = adjusted[i];
    return pairs;
}

void measure_layers(const Plan& plan, Prepared& prepared, Findings& findings) {
    std::map<SeriesKey, std::size_t> series;
    std::map<std::size_t, std::size_t> first_layer;
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        const auto& layer = prepared.atlas.layers[i];
        refuse_wrong_display(layer);
        report_no_values(layer, findings);
        LayerResult result;
        result.measures = measure_layer(plan, layer, prepared.atlas.boundaries_of(layer), findings);
        if (layer.display == Display::classes && !layer.indicator.partial)
            result.pairs = compare_pairs(layer, plan.pairs, findings);
        result.pairs_correction = plan.pairs;
        result.series = series.emplace(series_of(layer), series.size()).first->second;
        const auto first = first_layer.emplace(result.series, i).first->second;
        if (first != i && layer.year && prepared.atlas.layers[first].year)
            result.change =
                stats::change_between(prepared.results[first].measures, *prepared.atlas.layers[first].year,
                                      result.measures, *layer.year);
        prepared.results.push_back(std::move(result));
    }
}

/// What the plan says of the indicator, else of all maps.
ClassifyOptions class_options(const Plan& plan, const Layer& layer) {
    ClassifyOptions options{plan.maps.scheme, plan.maps.class_count, plan.maps.round_breaks, plan.maps.breaks,
                            plan.maps.compat};
    for (const auto& planned : plan.indicators) {
        const auto& code = planned.code.empty() ? planned.table.value : planned.code;
        if (code != layer.indicator.code || !planned.scheme) continue;
        options.scheme = *planned.scheme;
        options.fixed_breaks = planned.breaks;
        break;
    }
    return options;
}

/// Common breaks for all years of a series, so that a colour means the same on every map of it.
void class_series(const Plan& plan, Prepared& prepared) {
    std::map<std::size_t, std::vector<double>> values;
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        if (prepared.atlas.layers[i].display == Display::symbols) continue;
        const auto present = present_numbers(prepared.atlas.layers[i].values);
        auto& all = values[prepared.results[i].series];
        all.insert(all.end(), present.begin(), present.end());
    }
    std::map<std::size_t, Classes> classes;
    // What cannot be ranked has one colour.
    std::set<std::size_t> unranked;
    for (std::size_t i = 0; i < prepared.results.size(); ++i) {
        const auto& modelled = prepared.atlas.layers[i].modelled;
        if (modelled && !modelled->can_rank) unranked.insert(prepared.results[i].series);
    }
    for (std::size_t i = 0; i < prepared.results.size(); ++i) {
        auto& result = prepared.results[i];
        auto options = class_options(plan, prepared.atlas.layers[i]);
        if (unranked.contains(result.series))
            options = {.scheme = Scheme::fisher, .class_count = 1, .round_breaks = options.round_breaks};
        const auto& numbers = values[result.series];
        if (!numbers.empty() && !classes.contains(result.series))
            classes[result.series] = stats::classify(numbers, options);
        result.classes = classes[result.series];
        if (result.classes.scheme.empty()) result.classes.scheme = to_text(options.scheme);
    }
}

/// How firm the class of each region is, where errors are known.
void rate_classes(Prepared& prepared, Findings& findings) {
    for (std::size_t k = 0; k < prepared.results.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        auto& result = prepared.results[k];
        if (!layer.measuring.errors || result.classes.class_count() == 0) continue;
        std::vector<std::string> unstable;
        const auto names = region_names(prepared.atlas.boundaries_of(layer));
        for (std::size_t i = 0; i < layer.values.size(); ++i) {
            const auto& chance = result.class_probability.emplace_back(
                precision::class_probability(result.classes, layer.values[i], (*layer.measuring.errors)[i]));
            if (chance && *chance < precision::stable_from) unstable.push_back(names[i]);
        }
        if (unstable.empty()) continue;
        findings.add(Severity::note, "unstable-classes", layer.name(),
                     fmt::format("{} of {} regions are more likely in another class than in their own: {}",
                                 unstable.size(), present_count(layer.values), join_text(unstable, ", ")));
    }
}

/// Points of one indicator share their classes over the years, as layers of a series do.
void class_points(const Plan& plan, Prepared& prepared) {
    std::map<std::string, std::vector<double>> values;
    for (const auto& layer : prepared.points) {
        const auto present = present_numbers(layer.values());
        auto& all = values[layer.indicator.code];
        all.insert(all.end(), present.begin(), present.end());
    }
    for (std::size_t i = 0; i < prepared.points.size(); ++i) {
        auto& layer = prepared.points[i];
        const auto& planned = plan.points[i];
        ClassifyOptions options{plan.maps.scheme, plan.maps.class_count, plan.maps.round_breaks,
                                plan.maps.breaks, plan.maps.compat};
        if (planned.scheme) {
            options.scheme = *planned.scheme;
            options.fixed_breaks = planned.breaks;
        }
        const auto& numbers = values[layer.indicator.code];
        if (!numbers.empty()) layer.classes = stats::classify(numbers, options);
    }
}

}  // namespace

Prepared prepare(const Plan& plan, Findings& findings) {
    auto prepared = load(plan, findings);
    measure_layers(plan, prepared, findings);
    class_series(plan, prepared);
    rate_classes(prepared, findings);
    class_points(plan, prepared);
    return prepared;
}

}  // namespace tendik::prepare
