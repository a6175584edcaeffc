#include "tendik/stats/classify.h"

#include "break_rules.h"
#include "round_breaks.h"
#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace tendik {
namespace {

constexpr std::array<std::pair<Scheme, std::string_view>, 11> scheme_names{
    {{Scheme::quantile, "quantile"},
     {Scheme::equal, "equal"},
     {Scheme::fisher, "fisher"},
     {Scheme::head_tail, "head-tail"},
     {Scheme::standard_deviation, "std"},
     {Scheme::box, "box"},
     {Scheme::percentile, "percentile"},
     {Scheme::pretty, "pretty"},
     {Scheme::geometric, "geometric"},
     {Scheme::max_breaks, "max-breaks"},
     {Scheme::fixed, "fixed"}}};

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

std::vector<std::string> scheme_words() {
    std::vector<std::string> words;
    for (const auto& [scheme, name] : scheme_names)
        words.emplace_back(name);
    return words;
}

namespace stats {
namespace {

constexpr std::size_t most_classes = 12;

void check_fixed(const ClassifyOptions& options) {
    const auto& breaks = options.fixed_breaks;
    if (options.scheme != Scheme::fixed) {
        if (breaks.empty()) return;
        throw InputError(fmt::format("breaks are given, and the scheme is {}", to_text(options.scheme)),
                         "breaks of one's own go with the scheme fixed");
    }
    if (breaks.empty())
        throw InputError("fixed classes without breaks",
                         "give them in ascending order, such as 5,10,15,25,35");
    if (breaks.size() > most_classes)
        throw InputError(fmt::format("{} breaks given; {} are possible", breaks.size(), most_classes),
                         "a map with more colours cannot be read");
    for (std::size_t i = 0; i < breaks.size(); ++i) {
        if (std::isfinite(breaks[i]) && (i == 0 || breaks[i] > breaks[i - 1])) continue;
        throw InputError(fmt::format("break {} of {} is {}; each has to be above the one before", i + 1,
                                     breaks.size(), shortest(breaks[i])),
                         "give breaks in ascending order, such as 5,10,15,25,35");
    }
}

void check(std::span<const double> values, const ClassifyOptions& options) {
    if (options.class_count < 1 || options.class_count > most_classes) {
        throw InputError(
            fmt::format("{} classes asked for; 1 to {} are possible", options.class_count, most_classes),
            "five classes are a good start for a map");
    }
    check_fixed(options);
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

/// Sum of distances to the median of the own class.
double absolute_deviation(std::span<const double> ascending, const std::vector<double>& breaks) {
    CompensatedSum sum;
    auto start = ascending.begin();
    for (std::size_t k = 1; k < breaks.size(); ++k) {
        const auto end = std::ranges::upper_bound(start, ascending.end(), breaks[k]);
        const auto size = end - start;
        if (size == 0) continue;
        const double median = std::midpoint(start[(size - 1) / 2], start[size / 2]);
        for (; start != end; ++start)
            sum.add(std::abs(*start - median));
    }
    return sum.value();
}

/// Schemes that make as many classes as are asked for, or say why they do not.
bool takes_count(Scheme scheme) {
    switch (scheme) {
    case Scheme::quantile:
    case Scheme::equal:
    case Scheme::fisher:
    case Scheme::geometric:
    case Scheme::max_breaks:
        return true;
    default:
        return false;
    }
}

struct Ordered {
    std::span<const double> ascending;
    const DistinctValues& distinct;
    const SpreadTable& table;
};

std::vector<double> breaks_of(const ClassifyOptions& options, const Ordered& data, std::size_t count) {
    constexpr std::size_t percent = 100;
    switch (options.scheme) {
    case Scheme::quantile:
        return quantile_breaks(data.ascending, count);
    case Scheme::equal:
        return equal_breaks(data.ascending, count);
    case Scheme::fisher:
        return fisher_breaks(data.table, data.distinct, count,
                             options.compat == Compat::pysal ? CutAt::maximum : CutAt::middle);
    case Scheme::head_tail:
        // The limit is that of R's classInt.
        return head_tail_breaks(data.ascending, options.compat == Compat::pysal ? 1.0 : 0.4);
    case Scheme::standard_deviation:
        return deviation_breaks(data.ascending);
    case Scheme::box:
        return box_breaks(data.ascending);
    case Scheme::percentile:
        return share_breaks(data.ascending, {1, 10, 50, 90, 99}, percent);
    case Scheme::pretty:
        return pretty_breaks(data.ascending, options.class_count);
    case Scheme::geometric:
        return geometric_breaks(data.ascending, count);
    case Scheme::max_breaks:
        return gap_breaks(data.distinct, count);
    case Scheme::fixed:
        return fixed_breaks(data.ascending, options.fixed_breaks);
    }
    throw std::logic_error("a scheme without a rule");
}

/// Why there are other classes than asked for.
void note_count(const ClassifyOptions& options, std::size_t count, Classes& classes) {
    if (takes_count(options.scheme))
        classes.notes.push_back(fmt::format("breaks that coincide are merged: {} classes instead of {}",
                                            classes.class_count(), count));
    else if (options.scheme != Scheme::fixed)
        classes.notes.push_back(fmt::format("{} finds the number of classes itself: {} instead of {}",
                                            to_text(options.scheme), classes.class_count(),
                                            options.class_count));
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
    if (count < options.class_count && takes_count(options.scheme)) {
        classes.notes.push_back(fmt::format("fewer distinct values than classes asked for: {} instead of {}",
                                            count, options.class_count));
    }
    classes.breaks = breaks_of(options, {ascending, distinct, table}, count);
    merge_repeated(classes.breaks);
    if (classes.class_count() != count) note_count(options, count, classes);
    if (options.round_breaks && options.scheme != Scheme::pretty && options.scheme != Scheme::fixed)
        classes.breaks = round_breaks(ascending, classes.breaks);
    classes.goodness_of_variance_fit = goodness_of_fit(table, distinct, classes.breaks);
    classes.absolute_deviation_around_medians = absolute_deviation(ascending, classes.breaks);
    if (options.compat == Compat::pysal &&
        (options.scheme == Scheme::fisher || options.scheme == Scheme::head_tail))
        classes.notes.emplace_back("breaks as PySAL's mapclassify has them");
    note_ties(distinct, classes);
    return classes;
}

}  // namespace stats
}  // namespace tendik
