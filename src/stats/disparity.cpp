#include "tendik/stats/disparity.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace tendik::stats {
namespace {

/// A region that counts: its place in the column, value y and population share p.
struct Counted {
    std::size_t index = 0;
    double value = 0.0;
    double share = 0.0;
};

/// The regions that count and what the formulas need to know of them.
struct Sample {
    std::vector<Counted> regions;
    double mean = 0.0;
    double least = 0.0;
    double greatest = 0.0;
    bool mean_is_zero = false;
};

void check_sizes(const Column& values, const Column* weights, const std::vector<std::string>& names) {
    if ((weights && weights->size() != values.size()) || names.size() != values.size()) {
        throw std::invalid_argument(fmt::format("measure: {} values, {} weights, {} names", values.size(),
                                                weights ? weights->size() : values.size(), names.size()));
    }
}

double checked_weight(const Value& weight, const std::string& name) {
    if (std::isfinite(weight.number) && weight.number > 0.0) return weight.number;
    throw InputError(
        fmt::format("the weight of region '{}' is {}; weights are populations, above zero and finite", name,
                    shortest(weight.number)),
        "leave the weight empty to leave the region out, or choose another weight");
}

void find_mean(Sample& sample) {
    CompensatedSum mean, magnitude;
    for (const auto& region : sample.regions) {
        mean.add(region.share * region.value);
        magnitude.add(region.share * std::abs(region.value));
    }
    sample.mean = mean.value();
    // Values of both signs may cancel to a rest that is rounding alone: no number to divide by.
    sample.mean_is_zero =
        std::abs(sample.mean) <= 4.0 * std::numeric_limits<double>::epsilon() * magnitude.value();
    if (sample.mean_is_zero) sample.mean = 0.0;
}

Sample make_sample(const Column& values, const Column* weights, const std::vector<std::string>& names) {
    Sample sample;
    CompensatedSum total;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i].present() || (weights && !(*weights)[i].present())) continue;
        const double weight = weights ? checked_weight((*weights)[i], names[i]) : 1.0;
        sample.regions.push_back({i, values[i].number, weight});
        total.add(weight);
    }
    if (sample.regions.empty()) return sample;
    for (auto& region : sample.regions)
        region.share /= total.value();
    const auto [least, greatest] = std::ranges::minmax_element(sample.regions, {}, &Counted::value);
    sample.least = least->value;
    sample.greatest = greatest->value;
    find_mean(sample);
    return sample;
}

void report_left_out(const Measures& result, const Column& values, const MeasureOptions& options,
                     const std::vector<std::string>& names, Findings& findings) {
    if (result.left_out.empty()) return;
    std::vector<std::string> parts;
    for (const auto region : result.left_out) {
        const auto i = static_cast<std::size_t>(region);
        const auto why = values[i].inherited   ? std::string_view("inherited")
                         : values[i].present() ? std::string_view("no weight")
                                               : to_text(values[i].state);
        parts.push_back(fmt::format("{} ({})", names[i], why));
    }
    // A region to which the indicator does not apply, or whose people are counted in a larger unit of the
    // time, is left out, but nothing of it is missing.
    const auto without = static_cast<double>(std::ranges::count_if(result.left_out, [&](RegionIndex region) {
        const auto& value = values[static_cast<std::size_t>(region)];
        return value.state != State::not_applicable && !value.inherited;
    }));
    const auto concerned = static_cast<double>(values.size() - result.left_out.size()) + without;
    const double share = concerned > 0.0 ? without / concerned : 0.0;
    const bool many = share > options.missing_share_warning;
    findings.add(many ? Severity::warning : Severity::note, many ? "many-missing" : "regions-left-out", "",
                 fmt::format("{} of {} regions are left out of the measures: {}", result.left_out.size(),
                             values.size(), join_text(parts, ", ")));
}

/// sum_j p_j |y_i - y_j| for every region, parallel to the sample. Going up the sorted values, each step adds
/// the shares below times the width of the step: only positive terms, O(n log n).
std::vector<double> mean_distances(const Sample& sample) {
    const auto& regions = sample.regions;
    std::vector<std::size_t> order(regions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return regions[i].value; });
    std::vector<double> distances(regions.size(), 0.0);
    const auto sweep = [&] {
        CompensatedSum passed, distance;
        for (std::size_t k = 1; k < order.size(); ++k) {
            const auto& before = regions[order[k - 1]];
            passed.add(before.share);
            distance.add(passed.value() * std::abs(regions[order[k]].value - before.value));
            distances[order[k]] += distance.value();
        }
    };
    sweep();
    std::ranges::reverse(order);
    sweep();
    return distances;
}

/// r ln r with its limit 0 at r = 0.
double r_ln_r(double r) { return r == 0.0 ? 0.0 : r * std::log(r); }

/// What each region adds to a measure, parallel to the sample.
std::vector<double> contributions(const std::string& code, const Sample& sample) {
    if (code == "GINI") {
        auto parts = mean_distances(sample);
        for (std::size_t k = 0; k < parts.size(); ++k) {
            parts[k] *= sample.regions[k].share / (2.0 * sample.mean);
        }
        return parts;
    }
    std::vector<double> parts;
    for (const auto& [index, value, share] : sample.regions) {
        const double gap = value - sample.mean;
        const double ratio = sample.mean_is_zero ? 0.0 : value / sample.mean;
        if (code == "BGV") parts.push_back(share * gap * gap);
        if (code == "TI") parts.push_back(1000.0 * share * r_ln_r(ratio));
        if (code == "MLD") parts.push_back(-1000.0 * share * std::log(ratio));
    }
    return parts;
}

/// Why a measure has no value; empty when it has one.
std::string undefined_because(const std::string& code, const Sample& sample) {
    if (sample.regions.size() < 2) return "fewer than two regions";
    const bool is_index = code == "TI" || code == "MLD" || code == "GINI";
    if ((is_index || code == "R") && sample.least < 0.0) return "negative value";
    if ((is_index || code == "COV") && sample.mean_is_zero) return "zero mean";
    if (code == "COV" && sample.mean < 0.0) return "negative mean";
    if (code == "R" && sample.least == 0.0) return "zero denominator";
    if (code == "MLD" && sample.least == 0.0) return "zero value";
    return "";
}

double sum_of(const std::vector<double>& parts) {
    CompensatedSum sum;
    for (const double part : parts)
        sum.add(part);
    return sum.value();
}

double value_of(const std::string& code, const Sample& sample) {
    if (code == "D") return sample.greatest - sample.least;
    if (code == "R") return sample.greatest / sample.least;
    if (code == "BGSD") return std::sqrt(sum_of(contributions("BGV", sample)));
    if (code == "COV") return 100.0 * std::sqrt(sum_of(contributions("BGV", sample))) / sample.mean;
    return sum_of(contributions(code, sample));
}

struct KnownMeasure {
    const char* code;
    const char* unit;
    bool has_contributions;
};

constexpr KnownMeasure known_measures[] = {
    {"D", "points", false},    {"R", "ratio", false},      {"BGV", "squared points", true},
    {"BGSD", "points", false}, {"COV", "percent", false},  {"TI", "x1000", true},
    {"MLD", "x1000", true},    {"GINI", "fraction", true},
};

void add_measures(Measures& result, const Sample& sample) {
    for (const auto& [code, unit, has_contributions] : known_measures) {
        Measure measure{code, std::nullopt, unit, undefined_because(code, sample)};
        if (measure.note.empty()) {
            measure.value = value_of(code, sample);
            if (has_contributions) {
                const auto parts = contributions(code, sample);
                for (std::size_t k = 0; k < parts.size(); ++k) {
                    result.regions[sample.regions[k].index].contribution.emplace_back(code, parts[k]);
                }
            }
        }
        result.measures.push_back(std::move(measure));
    }
}

void add_shares_and_gaps(Measures& result, const Sample& sample) {
    for (const auto& [index, value, share] : sample.regions) {
        auto& region = result.regions[index];
        region.weight_share = share;
        region.gap = value - sample.mean;
        if (!sample.mean_is_zero) region.relative_gap = value / sample.mean;
    }
}

void find_extremes(Measures& result, const Sample& sample, Direction direction) {
    const auto first_with = [&](double value) {
        const auto found = std::ranges::find(sample.regions, value, &Counted::value);
        return RegionIndex{static_cast<std::uint32_t>(found->index)};
    };
    result.highest = first_with(sample.greatest);
    result.lowest = first_with(sample.least);
    if (direction == Direction::neutral) return;
    const bool adverse = direction == Direction::adverse;
    result.worst = adverse ? result.highest : result.lowest;
    result.best = adverse ? result.lowest : result.highest;
}

/// Region `i` of combine_parts().
Value combine_region(const std::vector<Column>& parts, const std::vector<Column>& weights, std::size_t i) {
    CompensatedSum sum, total;
    std::size_t unmatched = 0, not_applicable = 0;
    bool missing = false, suppressed = false;
    const auto note = [&](State state) {
        suppressed = suppressed || state == State::suppressed;
        missing = missing || state != State::suppressed;
    };
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const Value& part = parts[k][i];
        const Value& weight = weights[k][i];
        if (part.state == State::not_applicable || weight.state == State::not_applicable) {
            ++not_applicable;
            continue;
        }
        if (part.state == State::unmatched) ++unmatched;
        if (!weight.present()) {
            note(weight.state);
        } else if (weight.number != 0.0 && !part.present()) {
            note(part.state);
        } else if (weight.number != 0.0) {
            sum.add(part.number * weight.number);
            total.add(weight.number);
        }
    }
    if (not_applicable == parts.size()) return Value::without(State::not_applicable);
    if (unmatched == parts.size()) return Value::without(State::unmatched);
    if (missing) return Value::without(State::missing);
    if (suppressed) return Value::without(State::suppressed);
    if (total.value() == 0.0) return Value::without(State::missing);
    return Value::of(sum.value() / total.value());
}

}  // namespace

Measures measure(const Column& values, const Column* weights, const MeasureOptions& options,
                 const std::vector<std::string>& names, Findings& findings) {
    check_sizes(values, weights, names);
    const Sample sample = make_sample(values, weights, names);
    Measures result;
    result.counted = sample.regions.size();
    result.weighted = weights != nullptr;
    result.regions.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const RegionIndex index{static_cast<std::uint32_t>(i)};
        result.regions[i].region = index;
        result.regions[i].value = values[i];
        if (!values[i].present() || (weights && !(*weights)[i].present())) result.left_out.push_back(index);
    }
    report_left_out(result, values, options, names, findings);
    if (!sample.regions.empty()) {
        result.mean = sample.mean;
        add_shares_and_gaps(result, sample);
        find_extremes(result, sample, options.direction);
    }
    add_measures(result, sample);
    return result;
}

Measures describe_total(const Column& values) {
    Measures result;
    CompensatedSum sum;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const RegionIndex index{static_cast<std::uint32_t>(i)};
        result.regions.emplace_back();
        result.regions.back().region = index;
        result.regions.back().value = values[i];
        if (!values[i].present()) {
            result.left_out.push_back(index);
            continue;
        }
        ++result.counted;
        sum.add(values[i].number);
        const auto number_at = [&](RegionIndex at) { return values[static_cast<std::size_t>(at)].number; };
        if (!result.highest || values[i].number > number_at(*result.highest)) result.highest = index;
        if (!result.lowest || values[i].number < number_at(*result.lowest)) result.lowest = index;
    }
    if (result.counted > 0) result.sum = sum.value();
    return result;
}

Measures describe_partial(const Column& values) {
    Measures result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const RegionIndex index{static_cast<std::uint32_t>(i)};
        result.regions.emplace_back();
        result.regions.back().region = index;
        result.regions.back().value = values[i];
        if (values[i].present())
            ++result.counted;
        else
            result.left_out.push_back(index);
    }
    for (const auto& [code, unit, has_contributions] : known_measures)
        result.measures.push_back({code, std::nullopt, unit, "figures of some regions only"});
    return result;
}

std::optional<Change> change_between(const Measures& before, int from_year, const Measures& after,
                                     int to_year) {
    const auto value_in = [](const Measures& measures, std::string_view code) -> std::optional<double> {
        const Measure* found = measures.find(code);
        return found ? found->value : std::nullopt;
    };
    const auto absolute_before = value_in(before, "D");
    const auto absolute_after = value_in(after, "D");
    if (!absolute_before || !absolute_after) return std::nullopt;
    return Change{from_year,           to_year, *absolute_before, *absolute_after, value_in(before, "R"),
                  value_in(after, "R")};
}

Column combine_parts(const std::vector<Column>& parts, const std::vector<Column>& weights) {
    if (parts.empty() || parts.size() != weights.size()) {
        throw std::invalid_argument(
            fmt::format("combine_parts: {} parts and {} weights", parts.size(), weights.size()));
    }
    const std::size_t region_count = parts.front().size();
    const auto fits = [&](const Column& column) { return column.size() == region_count; };
    if (!std::ranges::all_of(parts, fits) || !std::ranges::all_of(weights, fits)) {
        throw std::invalid_argument("combine_parts: columns of different lengths");
    }
    Column result;
    result.reserve(region_count);
    for (std::size_t i = 0; i < region_count; ++i)
        result.push_back(combine_region(parts, weights, i));
    return result;
}

Column divide(const Column& totals, const Column& denominators, double times) {
    if (totals.size() != denominators.size())
        throw std::invalid_argument(
            fmt::format("divide: {} totals and {} denominators", totals.size(), denominators.size()));
    Column result;
    result.reserve(totals.size());
    for (std::size_t i = 0; i < totals.size(); ++i) {
        const auto& denominator = denominators[i];
        if (!totals[i].present())
            result.push_back(totals[i]);
        else if (denominator.state == State::not_applicable)
            result.push_back(denominator);
        else if (!denominator.present() || !(denominator.number > 0.0))
            result.push_back(Value::without(State::missing));
        else
            result.push_back(Value::of(totals[i].number / denominator.number * times));
    }
    return result;
}

std::optional<double> weighted_mean(const Column& values, const Column* weights) {
    if (weights && weights->size() != values.size()) {
        throw std::invalid_argument(
            fmt::format("weighted_mean: {} values and {} weights", values.size(), weights->size()));
    }
    CompensatedSum sum, total;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i].present() || (weights && !(*weights)[i].present())) continue;
        const double weight = weights ? (*weights)[i].number : 1.0;
        sum.add(values[i].number * weight);
        total.add(weight);
    }
    if (total.value() == 0.0) return std::nullopt;
    return sum.value() / total.value();
}

}  // namespace tendik::stats
