// Measures between parts of the people: inside each region, in the country, and across the regions.
#include "tendik/study/disaggregate.h"

#include "cells.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/stats/disparity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace tendik {

std::string_view to_text(DimensionOrder order) {
    return order == DimensionOrder::declared ? "declared" : order == DimensionOrder::usual ? "usual" : "none";
}

std::string_view to_text(NationalBasis basis) {
    switch (basis) {
    case NationalBasis::published:
        return "published";
    case NationalBasis::weighted:
        return "weighted mean of the regions";
    case NationalBasis::unweighted:
        break;
    }
    return "unweighted mean of the regions";
}

const Measure* PartedUnit::find(std::string_view code) const {
    const auto found = std::ranges::find(measures, code, &Measure::code);
    return found == measures.end() ? nullptr : &*found;
}

}  // namespace tendik

namespace tendik::study {
namespace {

/// What is known of one unit, parallel to the values of a dimension; an empty column: nothing.
struct UnitColumns {
    Column values;
    Column weights;
    Column errors;
};

bool all_present(const Column& column) {
    return !column.empty() && std::ranges::all_of(column, &Value::present);
}

std::vector<std::string> codes_for(const Dimension& dimension, const DisaggregationChoice& choice) {
    if (!choice.measures.empty()) {
        // By D regions are ranked.
        auto codes = choice.measures;
        std::erase(codes, "D");
        codes.insert(codes.begin(), "D");
        return codes;
    }
    if (dimension.values.size() < 3) return {"D", "R"};
    if (dimension.order != DimensionOrder::none) return {"D", "R", "SII", "RII", "ACI", "RCI"};
    return {"D", "R", "MDMW", "IDISW", "TI"};
}

/// "no figure of 'rural' (not_applicable)"; empty: all have one.
std::string lacking(const Column& column, const Dimension& dimension, const char* what) {
    std::vector<std::string> parts;
    for (std::size_t v = 0; v < column.size(); ++v)
        if (!column[v].present())
            parts.push_back(fmt::format("'{}' ({})", dimension.values[v],
                                        column[v].inherited ? "inherited" : to_text(column[v].state)));
    return parts.empty() ? std::string() : fmt::format("no {} of {}", what, join_text(parts, ", "));
}

/// Measures one unit by one dimension.
class UnitMeasures {
public:
    UnitMeasures(const Dimension& dimension, const MeasureOptions& options, std::vector<std::string> codes)
        : m_dimension(dimension),
          m_options(options),
          m_codes(std::move(codes)) {
        // The influence of one part of the people is no question of this study.
        m_options.influence_region_limit = 0;
        for (std::size_t v = 0; v < dimension.values.size(); ++v)
            m_ranks.push_back(Value::of(static_cast<double>(v + 1)));
    }

    PartedUnit operator()(UnitColumns columns) const {
        PartedUnit unit;
        find_ends(columns.values, unit);
        const auto no_figure = lacking(columns.values, m_dimension, "figure");
        const auto no_people = lacking(columns.weights, m_dimension, "population");
        const auto ends = pair_of(columns);
        const auto all = no_figure.empty() ? measured(columns, no_people.empty()) : Measures{};
        for (const auto& code : m_codes) {
            const bool is_pair = code == "D" || code == "R";
            const auto* found = is_pair && ordered() ? find(ends, code) : find(all.measures, code);
            unit.measures.push_back(found != nullptr ? *found : Measure{.code = code});
            auto& measure = unit.measures.back();
            if (!no_figure.empty() && !measure.value) measure.note = no_figure;
            if (no_figure.empty() && !no_people.empty() && !is_pair) {
                measure = Measure{.code = code, .unit = measure.unit};
                measure.note = no_people;
            }
        }
        unit.values = std::move(columns.values);
        return unit;
    }

private:
    bool ordered() const { return m_dimension.order != DimensionOrder::none; }

    static const Measure* find(const std::vector<Measure>& measures, const std::string& code) {
        const auto found = std::ranges::find(measures, code, &Measure::code);
        return found == measures.end() ? nullptr : &*found;
    }

    static void find_ends(const Column& values, PartedUnit& unit) {
        for (std::size_t v = 0; v < values.size(); ++v) {
            if (!values[v].present()) continue;
            if (!unit.highest || values[v].number > values[*unit.highest].number) unit.highest = v;
            if (!unit.lowest || values[v].number < values[*unit.lowest].number) unit.lowest = v;
        }
    }

    /// Of an order its ends are compared: in an adverse indicator first less last.
    std::vector<Measure> pair_of(const UnitColumns& columns) const {
        if (!ordered()) return {};
        std::size_t more = m_dimension.values.size() - 1;
        std::size_t less = 0;
        if (m_options.direction == Direction::adverse) std::swap(more, less);
        const auto error = [&](std::size_t v) {
            return columns.errors.empty() ? Value{} : columns.errors[v];
        };
        return stats::compare_two(columns.values[more], columns.values[less], error(more), error(less));
    }

    Measures measured(const UnitColumns& columns, bool weighted) const {
        Findings of_parts;  // what they would say stands in the notes
        const bool weigh = weighted && all_present(columns.weights);
        return stats::measure({.values = columns.values,
                               .weights = weigh ? &columns.weights : nullptr,
                               .errors = all_present(columns.errors) ? &columns.errors : nullptr,
                               .ranks = ordered() ? &m_ranks : nullptr},
                              m_options, m_dimension.values, of_parts);
    }

    const Dimension& m_dimension;
    MeasureOptions m_options;
    std::vector<std::string> m_codes;
    Column m_ranks;
};

/// The layers of the values of one dimension; null: there is no such cell.
using PartLayers = std::vector<const Layer*>;

UnitColumns columns_of_region(const PartLayers& layers, std::size_t region) {
    UnitColumns columns;
    const bool weighted =
        std::ranges::all_of(layers, [](const auto* one) { return one == nullptr || one->weights; });
    const bool errors =
        std::ranges::all_of(layers, [](const auto* one) { return one == nullptr || one->measuring.errors; });
    for (const auto* layer : layers) {
        columns.values.push_back(layer == nullptr ? Value{} : layer->values[region]);
        if (weighted) columns.weights.push_back(layer == nullptr ? Value{} : layer->weights->column[region]);
        if (errors) columns.errors.push_back(layer == nullptr ? Value{} : (*layer->measuring.errors)[region]);
    }
    return columns;
}

/// sum p y of the regions that have a value (and a weight), the sum of their people, and the error of the
/// mean.
struct NationalMean {
    Value mean;
    Value people;
    Value error;
};

NationalMean mean_of_regions(const Layer& layer) {
    CompensatedSum people, sum, variance;
    const auto* weights = layer.weights ? &layer.weights->column : nullptr;
    bool errors = layer.measuring.errors.has_value();
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
        if (!layer.values[i].present() || (weights != nullptr && !(*weights)[i].present())) continue;
        const double weight = weights == nullptr ? 1.0 : (*weights)[i].number;
        people.add(weight);
        sum.add(weight * layer.values[i].number);
        errors = errors && (*layer.measuring.errors)[i].present();
        const double part = errors ? weight * (*layer.measuring.errors)[i].number : 0.0;
        variance.add(part * part);
    }
    if (people.value() <= 0.0) return {};
    return {Value::of(sum.value() / people.value()), Value::of(people.value()),
            errors ? Value::of(std::sqrt(variance.value()) / people.value()) : Value{}};
}

UnitColumns columns_of_nation(const PartLayers& layers, NationalBasis& basis) {
    const auto holds = [&layers](const auto& has) {
        return std::ranges::all_of(layers, [&](const auto* one) { return one == nullptr || has(*one); });
    };
    const bool published = holds([](const Layer& layer) { return layer.published.has_value(); });
    const bool weighted = holds([](const Layer& layer) { return layer.weights.has_value(); });
    basis = published  ? NationalBasis::published
            : weighted ? NationalBasis::weighted
                       : NationalBasis::unweighted;
    UnitColumns columns;
    for (const auto* layer : layers) {
        const auto of_regions = layer == nullptr ? NationalMean{} : mean_of_regions(*layer);
        columns.values.push_back(published && layer != nullptr ? Value::of(layer->published->value)
                                                               : of_regions.mean);
        if (weighted) columns.weights.push_back(of_regions.people);
        if (!published) columns.errors.push_back(of_regions.error);
    }
    return columns;
}

void rank_by_difference(std::vector<PartedUnit>& regions) {
    std::vector<std::size_t> order;
    const auto gap = [&regions](std::size_t i) { return *regions[i].find("D")->value; };
    for (std::size_t i = 0; i < regions.size(); ++i)
        if (const auto* difference = regions[i].find("D"); difference != nullptr && difference->value)
            order.push_back(i);
    std::ranges::stable_sort(order, std::greater{}, gap);
    for (std::size_t k = 0; k < order.size(); ++k)
        regions[order[k]].rank =
            k > 0 && gap(order[k]) == gap(order[k - 1]) ? regions[order[k - 1]].rank : k + 1;
}

/// Out of the layers of one year and one set of boundaries.
class YearStudy {
public:
    YearStudy(const Disaggregated& study, const DisaggregationChoice& choice, const Plan& plan)
        : m_study(study),
          m_choice(choice),
          m_plan(plan) {}

    void complete(DisaggregatedYear& year) const {
        for (std::size_t d = 0; d < m_study.dimensions.size(); ++d)
            for (const auto& others : contexts(year, d))
                if (auto parted = part(year, d, others)) year.inside.push_back(std::move(*parted));
    }

private:
    /// The values of the other dimensions for which there are cells.
    static std::vector<std::vector<std::string>> contexts(const DisaggregatedYear& year,
                                                          std::size_t dimension) {
        std::vector<std::vector<std::string>> all;
        for (const auto& cell : year.cells) {
            auto others = cell.values;
            if (others[dimension].empty()) continue;
            others[dimension].clear();
            if (std::ranges::find(all, others) == all.end()) all.push_back(std::move(others));
        }
        return all;
    }

    std::optional<Parted> part(const DisaggregatedYear& year, std::size_t d,
                               const std::vector<std::string>& others) const {
        const auto& dimension = m_study.dimensions[d];
        PartLayers layers;
        for (const auto& value : dimension.values) {
            auto wanted = others;
            wanted[d] = value;
            const auto cell = std::ranges::find(year.cells, wanted, &CellLayer::values);
            layers.push_back(cell == year.cells.end() ? nullptr
                                                      : &m_study.prepared.atlas.layers[cell->layer]);
        }
        const auto known = std::ranges::find_if(layers, [](const auto* one) { return one != nullptr; });
        if (std::ranges::count(layers, nullptr) + 1 >= std::ssize(layers)) return std::nullopt;
        auto options = m_plan.measures;
        options.direction = (*known)->indicator.direction;
        options.scale = (*known)->measuring.scale;
        options.jobs = m_plan.jobs;
        const UnitMeasures measure(dimension, options, codes_for(dimension, m_choice));
        const auto& boundaries = m_study.prepared.atlas.boundaries_of(**known);
        Parted parted{d, others, {}, {}, {}};
        for (std::size_t i = 0; i < boundaries.regions.size(); ++i)
            parted.regions.push_back(
                while_doing(fmt::format("parting '{}' by {}", boundaries.regions[i].key, dimension.name),
                            [&] { return measure(columns_of_region(layers, i)); }));
        parted.nation = measure(columns_of_nation(layers, parted.basis));
        rank_by_difference(parted.regions);
        return parted;
    }

    const Disaggregated& m_study;
    const DisaggregationChoice& m_choice;
    const Plan& m_plan;
};

/// Layers of one year and vintage stand together; without boundaries each layer has its own, which are the
/// same.
std::vector<DisaggregatedYear> years_of(const Prepared& prepared, const CellPlan& cells) {
    std::vector<std::pair<std::string, DisaggregatedYear>> all;
    for (std::size_t c = 0; c < cells.codes.size(); ++c) {
        for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
            const auto& layer = prepared.atlas.layers[i];
            if (layer.indicator.code != cells.codes[c]) continue;
            const auto& vintage = prepared.atlas.boundaries_of(layer).vintage;
            auto found = std::ranges::find_if(
                all, [&](const auto& one) { return one.first == vintage && one.second.year == layer.year; });
            if (found == all.end()) found = all.insert(all.end(), {vintage, {layer.year, {}, {}}});
            found->second.cells.push_back({cells.cells[c], i});
        }
    }
    std::ranges::stable_sort(all, {}, [](const auto& one) { return one.second.year; });
    std::vector<DisaggregatedYear> years;
    for (auto& [vintage, year] : all)
        years.push_back(std::move(year));
    return years;
}

}  // namespace

Disaggregated disaggregate(const Plan& plan, const DisaggregationChoice& choice, Findings& findings) {
    auto cells = plan_cells(plan, choice);
    Disaggregated result;
    result.prepared = prepare::prepare(cells.plan, findings);
    result.indicator = cells.indicator;
    result.dimensions = cells.dimensions;
    result.years = years_of(result.prepared, cells);
    const YearStudy study(result, choice, plan);
    for (auto& year : result.years)
        study.complete(year);
    return result;
}

}  // namespace tendik::study
