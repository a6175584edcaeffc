#include "tendik/join/nesting.h"

#include "region_finder.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tendik::join {
namespace {

std::size_t column_of(const Boundaries& regions, const std::string& column) {
    std::vector<std::string> names;
    for (const auto& [name, text] : regions.regions.front().attributes)
        names.push_back(name);
    const auto found = std::ranges::find(names, column);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const auto near = nearest(column, names);
    throw InputError(fmt::format("{}: no column '{}' that names the parent of a region{}", regions.source,
                                 column, near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     fmt::format("the columns are: {}", quoted_list(names)));
}

std::string named(const Region& region) {
    return region.name.en.empty() || region.name.en == region.key
               ? fmt::format("'{}'", region.key)
               : fmt::format("'{}' ({})", region.key, region.name.en);
}

/// A sum and what is missing from it.
struct Sum {
    double weighted = 0.0;
    double weights = 0.0;
    std::size_t counted = 0;
    std::size_t applies_to = 0;
    std::vector<std::string> without_value;
};

bool is_summed(const Layer& layer) {
    return layer.indicator.kind == IndicatorKind::total || layer.indicator.kind == IndicatorKind::count;
}

void add_region(const Layer& layer, const Region& region, std::size_t index, Sum& sum) {
    const auto& value = layer.values[index];
    if (value.state == State::not_applicable) return;
    ++sum.applies_to;
    const auto weight = is_summed(layer) ? Value::of(1.0) : layer.weights->column[index];
    if (!value.present() || !weight.present()) {
        const auto lacking = value.present() ? std::string("no weight") : std::string(to_text(value.state));
        sum.without_value.push_back(fmt::format("{}: {}", named(region), lacking));
        return;
    }
    ++sum.counted;
    sum.weighted += weight.number * value.number;
    sum.weights += weight.number;
}

Value value_of(const Layer& layer, const Sum& sum) {
    if (sum.applies_to == 0) return Value::without(State::not_applicable);
    if (sum.counted < sum.applies_to) return Value::without(State::missing);
    return Value::of(is_summed(layer) ? sum.weighted : sum.weighted / sum.weights);
}

std::string layer_text(const Layer& layer) {
    return layer.year ? fmt::format("'{}' of {}", layer.indicator.code, *layer.year)
                      : fmt::format("'{}'", layer.indicator.code);
}

/// Whether what is published is another figure.
bool compare(const Layer& layer, const Region& parent, const Value& rolled, const Value& published,
             double tolerance, Findings& findings) {
    if (!rolled.present() || !published.present()) return false;
    const auto difference = rolled.number - published.number;
    if (!(std::abs(difference) > tolerance * std::abs(published.number))) return false;
    const auto relative = published.number == 0.0
                              ? std::string{}
                              : fmt::format(", {:+.3g} %", 100.0 * difference / std::abs(published.number));
    findings.add(Severity::warning, "roll-up-differs", fmt::format("parent {}", named(parent)),
                 fmt::format("{}: the regions make {}, published is {}: {}{}{} (tolerance {:.3g} %)",
                             layer_text(layer), shortest(rolled.number), shortest(published.number),
                             difference > 0.0 ? "+" : "", shortest(difference), relative, tolerance * 100.0));
    return true;
}

}  // namespace

Nesting nest(const Boundaries& regions, Boundaries parents, const std::string& column, const Register* reg,
             Findings& findings) {
    Nesting nesting;
    nesting.parents = std::move(parents);
    const auto position = column_of(regions, column);
    const RegionFinder finder(nesting.parents, reg);
    std::vector<std::size_t> counts(nesting.parents.regions.size(), 0);
    std::string faults;
    for (const auto& region : regions.regions) {
        const auto key = std::string(trim(region.attributes[position].second));
        const auto found = key.empty() ? FoundRegion{} : finder.find(key, nesting.parents.vintage);
        if (!found.region) {
            faults += key.empty() ? fmt::format("\n  region {}: the column is empty", named(region))
                                  : fmt::format("\n  region {}: '{}'{}", named(region), key,
                                                found.text.empty() ? std::string() : ", " + found.text);
            continue;
        }
        nesting.parent_of.push_back(*found.region);
        ++counts[static_cast<std::size_t>(*found.region)];
    }
    if (!faults.empty())
        throw InputError(fmt::format("{}: column '{}' names no parent of {} for{}", regions.source, column,
                                     nesting.parents.source, faults),
                         fmt::format("write the parent's key as in column '{}' of {}",
                                     nesting.parents.key_column, nesting.parents.source));
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] == 0)
            findings.add(
                Severity::warning, "parent-without-regions",
                fmt::format("parent {}", named(nesting.parents.regions[i])),
                fmt::format("no region of {} lies in it by its column '{}'", regions.source, column));
    return nesting;
}

RolledUp roll_up(const Layer& layer, const Boundaries& regions, const Nesting& nesting, Column published,
                 double tolerance, Findings& findings) {
    const auto& parents = nesting.parents.regions;
    RolledUp result;
    published.resize(parents.size(), Value::without(State::unmatched));
    result.published = std::move(published);
    result.region_counts.resize(parents.size(), 0);
    for (const auto parent : nesting.parent_of)
        ++result.region_counts[static_cast<std::size_t>(parent)];
    if (!is_summed(layer) && !layer.weights) {
        result.values.resize(parents.size(), Value::without(State::missing));
        findings.add(Severity::warning, "roll-up-unweighted", layer_text(layer),
                     "a rate or mean is put together by the population it speaks of, and none is named: name "
                     "its column with --weight, or weight = \"...\" in the plan");
        return result;
    }
    std::vector<Sum> sums(parents.size());
    for (std::size_t i = 0; i < regions.regions.size(); ++i)
        add_region(layer, regions.regions[i], i, sums[static_cast<std::size_t>(nesting.parent_of[i])]);
    for (std::size_t i = 0; i < parents.size(); ++i) {
        result.values.push_back(value_of(layer, sums[i]));
        if (!sums[i].without_value.empty())
            findings.add(Severity::warning, "roll-up-incomplete", fmt::format("parent {}", named(parents[i])),
                         fmt::format("{} is not put together, {} of its {} regions have no value: {}",
                                     layer_text(layer), sums[i].without_value.size(), sums[i].applies_to,
                                     join_text(sums[i].without_value, ", ")));
        if (compare(layer, parents[i], result.values[i], result.published[i], tolerance, findings))
            ++result.differing_count;
    }
    return result;
}

}  // namespace tendik::join
