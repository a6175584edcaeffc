#include "tendik/spatial/multiple_testing.h"

#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>

namespace tendik {
namespace {

constexpr std::array<std::pair<std::string_view, Correction>, 5> names{
    {{"none", Correction::none},
     {"bh", Correction::bh},
     {"by", Correction::by},
     {"holm", Correction::holm},
     {"bonferroni", Correction::bonferroni}}};

/// What the p of a rank (from 1, of m) is multiplied with.
double factor_of(Correction correction, std::size_t rank, std::size_t m) {
    const auto count = static_cast<double>(m);
    const auto place = static_cast<double>(rank);
    switch (correction) {
    case Correction::none:
        return 1.0;
    case Correction::bonferroni:
        return count;
    case Correction::holm:
        return count - place + 1.0;
    case Correction::bh:
        return count / place;
    case Correction::by: {
        double harmonic = 0.0;
        for (std::size_t i = 1; i <= m; ++i)
            harmonic += 1.0 / static_cast<double>(i);
        return harmonic * count / place;
    }
    }
    return 1.0;
}

}  // namespace

std::string_view to_text(Correction correction) {
    return std::ranges::find(names, correction, [](const auto& name) { return name.second; })->first;
}

std::optional<Correction> correction_from_text(std::string_view name) {
    for (const auto& [known, correction] : names)
        if (known == name) return correction;
    return std::nullopt;
}

namespace spatial {

std::vector<double> adjust(std::span<const double> p, Correction correction) {
    for (const double value : p)
        if (!(value >= 0.0 && value <= 1.0))
            throw InputError(fmt::format("a p value is {}, expected a number from 0 to 1", value));
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&p](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    for (std::size_t rank = 1; rank <= order.size(); ++rank)
        adjusted[order[rank - 1]] = factor_of(correction, rank, p.size()) * p[order[rank - 1]];
    // Step-down takes the greatest so far from the smallest p on, step-up the smallest so far from the
    // greatest p on.
    if (correction == Correction::holm)
        for (std::size_t i = 1; i < order.size(); ++i)
            adjusted[order[i]] = std::max(adjusted[order[i]], adjusted[order[i - 1]]);
    if (correction == Correction::bh || correction == Correction::by)
        for (std::size_t i = order.size(); i-- > 1;)
            adjusted[order[i - 1]] = std::min(adjusted[order[i - 1]], adjusted[order[i]]);
    for (double& value : adjusted)
        value = std::min(value, 1.0);
    return adjusted;
}

}  // namespace spatial
}  // namespace tendik
