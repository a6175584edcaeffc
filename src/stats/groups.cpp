#include "groups.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace tendik::stats {
namespace {

double checked_weight(const Value& weight, const std::string& name) {
    if (std::isfinite(weight.number) && weight.number > 0.0) return weight.number;
    throw InputError(
        fmt::format("the weight of region '{}' is {}; weights are populations, above zero and finite", name,
                    shortest(weight.number)),
        "leave the weight empty to leave the region out, or choose another weight");
}

double checked_error(const Value& error, const std::string& name) {
    if (std::isfinite(error.number) && error.number >= 0.0) return error.number;
    throw InputError(fmt::format("the standard error of region '{}' is {}; errors are zero or above", name,
                                 shortest(error.number)),
                     "leave the error empty where it is not known");
}

void refuse_beyond_scale(double value, const std::optional<double>& scale, const std::string& name) {
    if (!scale || (value >= 0.0 && value <= *scale)) return;
    throw InputError(fmt::format("the value of region '{}' is {}, beyond the declared scale of 0 to {}", name,
                                 shortest(value), shortest(*scale)),
                     "correct the value, declare another scale, or leave the scale out");
}

void find_mean(Groups& groups) {
    CompensatedSum mean, magnitude;
    for (std::size_t k = 0; k < groups.count(); ++k) {
        mean.add(groups.share[k] * groups.value[k]);
        magnitude.add(groups.share[k] * std::abs(groups.value[k]));
    }
    groups.mean = mean.value();
    // Values of both signs may cancel to a rest that is rounding alone: no number to divide by.
    groups.mean_is_zero =
        std::abs(groups.mean) <= 4.0 * std::numeric_limits<double>::epsilon() * magnitude.value();
    if (groups.mean_is_zero) groups.mean = 0.0;
}

void find_shares(Groups& groups) {
    CompensatedSum total;
    for (const double size : groups.size)
        total.add(size);
    groups.share.clear();
    for (const double size : groups.size)
        groups.share.push_back(size / total.value());
}

void check_aversion(const char* code, double aversion, double least) {
    if (aversion > least && std::isfinite(aversion)) return;
    throw InputError(fmt::format("the aversion of {} is {}, expected a number above {}", code,
                                 shortest(aversion), shortest(least)));
}

void find_order(Groups& groups) {
    groups.ridit.clear();
    groups.bottom.clear();
    groups.top.clear();
    if (groups.order.empty()) return;
    const auto [bottom, top] = std::ranges::minmax(groups.order);
    if (bottom == top) {
        groups.order.clear();
        groups.order_fault = "all regions have the same rank";
        return;
    }
    groups.ridit = ridits_by(groups, groups.order);
    for (std::size_t k = 0; k < groups.count(); ++k) {
        if (groups.order[k] == bottom) groups.bottom.push_back(k);
        if (groups.order[k] == top) groups.top.push_back(k);
    }
}

void complete(Groups& groups) {
    find_shares(groups);
    find_order(groups);
    describe_values(groups);
}

/// Errors count when every region has one: a region without would look as if it were known exactly.
void take_errors(Groups& groups, const Column* errors, const std::vector<std::string>& names,
                 Findings& findings) {
    if (errors == nullptr) return;
    std::vector<std::string> lacking;
    for (const auto i : groups.index) {
        if ((*errors)[i].present())
            groups.error.push_back(checked_error((*errors)[i], names[i]));
        else
            lacking.push_back(names[i]);
    }
    if (lacking.empty()) return;
    groups.error.clear();
    findings.add(Severity::warning, "errors-missing", "",
                 fmt::format("{} of {} regions have no standard error, so that no measure has one: {}",
                             lacking.size(), groups.count(), join_text(lacking, ", ")));
}

void take_order(Groups& groups, const Column* ranks, const std::vector<std::string>& names) {
    if (ranks == nullptr) {
        groups.order_fault = "no order of the regions is given";
        return;
    }
    for (const auto i : groups.index) {
        if (!(*ranks)[i].present()) {
            groups.order_fault = fmt::format("region '{}' has no rank", names[i]);
            groups.order.clear();
            return;
        }
        groups.order.push_back((*ranks)[i].number);
    }
    if (groups.count() < 3) {
        groups.order_fault = "fewer than three groups in order";
        groups.order.clear();
    }
}

void take_reference(Groups& groups, const MeasureInputs& inputs, const std::vector<std::string>& names) {
    groups.wants_reference = inputs.reference.has_value() || !inputs.reference_fault.empty();
    groups.reference_fault = inputs.reference_fault;
    if (!inputs.reference) return;
    const auto wanted = static_cast<std::size_t>(*inputs.reference);
    const auto found = std::ranges::find(groups.index, wanted);
    if (found == groups.index.end())
        groups.reference_fault =
            fmt::format("the reference '{}' has no value or no weight", names.at(wanted));
    else
        groups.reference = static_cast<std::size_t>(found - groups.index.begin());
}

}  // namespace

std::vector<double> ridits_by(const Groups& groups, const std::vector<double>& key) {
    std::vector<std::size_t> positions(groups.count());
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    std::ranges::stable_sort(positions, {}, [&](std::size_t k) { return key[k]; });
    std::vector<double> ridits(groups.count());
    CompensatedSum below;
    for (std::size_t first = 0; first < positions.size();) {
        const double start = below.value();
        std::size_t last = first;
        for (; last < positions.size() && key[positions[last]] == key[positions[first]]; ++last)
            below.add(groups.share[positions[last]]);
        for (; first < last; ++first)
            ridits[positions[first]] = (start + below.value()) / 2.0;
    }
    return ridits;
}

double mean_of(const Groups& groups, const std::vector<std::size_t>& positions) {
    if (positions.size() == 1) return groups.value[positions.front()];
    CompensatedSum sum, people;
    for (const auto k : positions) {
        sum.add(groups.share[k] * groups.value[k]);
        people.add(groups.share[k]);
    }
    return sum.value() / people.value();
}

void describe_values(Groups& groups) {
    find_mean(groups);
    if (groups.by_value.size() != groups.count()) {
        groups.by_value.resize(groups.count());
        std::iota(groups.by_value.begin(), groups.by_value.end(), std::size_t{0});
    }
    std::ranges::sort(groups.by_value, [&](std::size_t a, std::size_t b) {
        return groups.value[a] != groups.value[b] ? groups.value[a] < groups.value[b] : a < b;
    });
    // Shares add up to 1 but for their last bits; then no group is off the mean by these.
    if (groups.count() > 0 && groups.least() == groups.greatest()) groups.mean = groups.least();
}

Groups make_groups(const MeasureInputs& inputs, const MeasureOptions& options,
                   const std::vector<std::string>& names, Findings& findings) {
    Groups groups;
    groups.direction = options.direction;
    groups.scale = options.scale;
    check_aversion("ATKINSON", options.atkinson_aversion, 0.0);
    check_aversion("KOLM", options.kolm_aversion, 0.0);
    check_aversion("SGINI", options.concentration_aversion, 1.0);
    groups.atkinson_aversion = options.atkinson_aversion;
    groups.kolm_aversion = options.kolm_aversion;
    groups.concentration_aversion = options.concentration_aversion;
    for (std::size_t i = 0; i < inputs.values.size(); ++i) {
        if (!inputs.values[i].present() || (inputs.weights && !(*inputs.weights)[i].present())) continue;
        refuse_beyond_scale(inputs.values[i].number, options.scale, names[i]);
        groups.index.push_back(i);
        groups.value.push_back(inputs.values[i].number);
        groups.size.push_back(inputs.weights ? checked_weight((*inputs.weights)[i], names[i]) : 1.0);
    }
    take_errors(groups, inputs.errors, names, findings);
    take_order(groups, inputs.ranks, names);
    take_reference(groups, inputs, names);
    if (groups.count() > 0) complete(groups);
    return groups;
}

Groups without(const Groups& groups, std::size_t position) {
    Groups rest = groups;
    const auto drop = [position](auto& numbers) {
        if (!numbers.empty()) numbers.erase(numbers.begin() + static_cast<std::ptrdiff_t>(position));
    };
    drop(rest.index);
    drop(rest.value);
    drop(rest.size);
    drop(rest.error);
    drop(rest.order);
    if (rest.order.size() < 3 && rest.ordered()) {
        rest.order.clear();
        rest.order_fault = "fewer than three groups in order";
    }
    if (rest.reference == position) {
        rest.reference.reset();
        rest.reference_fault = "left out";
    } else if (rest.reference && *rest.reference > position) {
        --*rest.reference;
    }
    complete(rest);
    return rest;
}

Groups only(const Groups& groups, const std::vector<std::size_t>& positions) {
    Groups part;
    part.direction = groups.direction;
    part.scale = groups.scale;
    for (const auto k : positions) {
        part.index.push_back(groups.index[k]);
        part.value.push_back(groups.value[k]);
        part.size.push_back(groups.size[k]);
    }
    complete(part);
    return part;
}

}  // namespace tendik::stats
