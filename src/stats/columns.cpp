// Columns from columns: parts put together, quotients, weighted means.
#include "tendik/base/compensated_sum.h"
#include "tendik/stats/disparity.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tendik::stats {
namespace {

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
