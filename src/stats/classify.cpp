#include "tendik/stats/classify.h"

#include "fisher.h"
#include "round_breaks.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace tendik {
namespace {

constexpr std::array<std::pair<Scheme, std::string_view>, 3> scheme_names{
    {{Scheme::quantile, "quantile"}, {Scheme::equal, "equal"}, {Scheme::fisher, "fisher"}}};

}  // namespace

std::string_view to_text(Scheme scheme) {
    return std::ranges::find(scheme_names, scheme, &std::pair<Scheme, std::string_view>::first)->second;
}

std::optional<Scheme> scheme_from_text(std::string_view text) {
    for (const auto& [scheme, name] : scheme_names) {
        if (name == text) return scheme;
    }
    return std::nullopt;
}

namespace stats {
namespace {

constexpr std::size_t most_classes = 12;

void check(std::span<const double> values, const ClassifyOptions& options) {
    if (options.class_count < 1 || options.class_count > most_classes) {
        throw InputError(
            fmt::format("{} classes asked for; 1 to {} are possible", options.class_count, most_classes),
            "five classes are a good start for a map");
    }
    if (values.empty()) {
        throw InputError("there is no value to classify", "look for regions with a value in this column");
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) continue;
        throw InputError(fmt::format("value {} of {} is {}; class breaks need finite numbers", i + 1,
                                     values.size(), shortest(values[i])),
                         "leave the cell empty where there is no value");
    }
}

DistinctValues distinct_of(std::span<const double> ascending) {
    DistinctValues distinct;
    for (const double value : ascending) {
        if (distinct.values.empty() || distinct.values.back() != value) {
            distinct.values.push_back(value);
            distinct.counts.push_back(0);
        }
        ++distinct.counts.back();
    }
    return distinct;
}

/// Inner breaks at the quantiles i/k, R type 7: position (n - 1) i/k among the sorted values, split in whole
/// numbers.
std::vector<double> quantile_breaks(std::span<const double> ascending, std::size_t k) {
    std::vector<double> breaks{ascending.front()};
    for (std::size_t i = 1; i < k; ++i) {
        const std::size_t position = (ascending.size() - 1) * i;
        const std::size_t below = position / k;
        const std::size_t above = std::min(below + 1, ascending.size() - 1);
        const double part = static_cast<double>(position % k) / static_cast<double>(k);
        breaks.push_back(std::lerp(ascending[below], ascending[above], part));
    }
    breaks.push_back(ascending.back());
    return breaks;
}

std::vector<double> equal_breaks(std::span<const double> ascending, std::size_t k) {
    std::vector<double> breaks;
    for (std::size_t i = 0; i <= k; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(k);
        breaks.push_back(std::lerp(ascending.front(), ascending.back(), part));
    }
    return breaks;
}

std::vector<double> fisher_breaks(const SpreadTable& table, const DistinctValues& distinct, std::size_t k) {
    const auto& values = distinct.values;
    std::vector<double> breaks{values.front()};
    for (const std::size_t start : fisher_partition(table, k)) {
        // std::midpoint rounds towards its first argument: the break never reaches the class above.
        if (start > 0) breaks.push_back(std::midpoint(values[start - 1], values[start]));
    }
    breaks.push_back(values.back());
    return breaks;
}

/// Equal neighbours become one, as ties make them for quantiles; at least the two ends stay.
void merge_repeated(std::vector<double>& breaks) {
    const auto repeated = std::ranges::unique(breaks);
    breaks.erase(repeated.begin(), repeated.end());
    if (breaks.size() == 1) breaks.push_back(breaks.front());
}

/// The index in `distinct` of the first value above each upper end: where each class ends.
std::vector<std::size_t> class_ends(const DistinctValues& distinct, const std::vector<double>& breaks) {
    std::vector<std::size_t> ends;
    for (std::size_t k = 1; k < breaks.size(); ++k) {
        const auto above = std::ranges::upper_bound(distinct.values, breaks[k]);
        ends.push_back(static_cast<std::size_t>(above - distinct.values.begin()));
    }
    return ends;
}

double goodness_of_fit(const SpreadTable& table, const DistinctValues& distinct,
                       const std::vector<double>& breaks) {
    const long double whole = table.spread(0, table.size());
    if (whole == 0.0L) return 1.0;
    long double within = 0.0L;
    std::size_t start = 0;
    for (const std::size_t end : class_ends(distinct, breaks)) {
        within += table.spread(start, end);
        start = end;
    }
    return static_cast<double>(1.0L - within / whole);
}

void note_ties(const DistinctValues& distinct, Classes& classes) {
    std::size_t on_break = 0;
    for (std::size_t k = 1; k + 1 < classes.breaks.size(); ++k) {
        const auto found = std::ranges::lower_bound(distinct.values, classes.breaks[k]);
        if (found == distinct.values.end() || *found != classes.breaks[k]) continue;
        on_break += distinct.counts[static_cast<std::size_t>(found - distinct.values.begin())];
    }
    if (on_break == 1)
        classes.notes.emplace_back("1 value lies on a break and belongs to the class below it");
    if (on_break > 1) {
        classes.notes.push_back(
            fmt::format("{} values lie on a break and belong to the class below it", on_break));
    }
}

}  // namespace

Classes classify(std::span<const double> values, const ClassifyOptions& options) {
    check(values, options);
    std::vector<double> ascending(values.begin(), values.end());
    std::ranges::sort(ascending);
    const auto distinct = distinct_of(ascending);
    const SpreadTable table(distinct);
    Classes classes;
    classes.scheme = to_text(options.scheme);
    const std::size_t count = std::min(options.class_count, distinct.values.size());
    if (count < options.class_count) {
        classes.notes.push_back(fmt::format("fewer distinct values than classes asked for: {} instead of {}",
                                            count, options.class_count));
    }
    switch (options.scheme) {
    case Scheme::quantile:
        classes.breaks = quantile_breaks(ascending, count);
        break;
    case Scheme::equal:
        classes.breaks = equal_breaks(ascending, count);
        break;
    case Scheme::fisher:
        classes.breaks = fisher_breaks(table, distinct, count);
        break;
    }
    merge_repeated(classes.breaks);
    if (classes.class_count() < count) {
        classes.notes.push_back(fmt::format("breaks that coincide are merged: {} classes instead of {}",
                                            classes.class_count(), count));
    }
    if (options.round_breaks) classes.breaks = round_breaks(ascending, classes.breaks);
    classes.goodness_of_variance_fit = goodness_of_fit(table, distinct, classes.breaks);
    note_ties(distinct, classes);
    return classes;
}

}  // namespace stats
}  // namespace tendik
