#include "tendik/spatial/weights.h"

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace tendik {

std::string_view to_text(WeightStyle style) {
    switch (style) {
    case WeightStyle::B:
        return "B";
    case WeightStyle::W:
        return "W";
    case WeightStyle::C:
        return "C";
    case WeightStyle::U:
        return "U";
    case WeightStyle::S:
        return "S";
    }
    return "";
}

std::span<const std::uint32_t> SpatialWeights::links_of(std::size_t row) const {
    return std::span(to).subspan(begin[row], begin[row + 1] - begin[row]);
}

std::span<const double> SpatialWeights::weights_of(std::size_t row) const {
    return std::span(weight).subspan(begin[row], begin[row + 1] - begin[row]);
}

namespace spatial {
namespace {

void check_link(const Link& link, const std::vector<std::string>& keys) {
    if (link.from >= keys.size() || link.to >= keys.size())
        throw InputError(fmt::format("a link from region {} to {} of {} regions", link.from + 1, link.to + 1,
                                     keys.size()));
    if (std::isfinite(link.weight) && link.weight >= 0.0) return;
    throw InputError(fmt::format("the weight from '{}' to '{}' is {}, expected a finite number of 0 or more",
                                 keys[link.from], keys[link.to], link.weight));
}

double row_sum(const SpatialWeights& weights, std::size_t row) {
    CompensatedSum sum;
    for (const double weight : weights.weights_of(row))
        sum.add(weight);
    return sum.value();
}

void scale_row(SpatialWeights& weights, std::size_t row, double factor) {
    for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
        weights.weight[i] *= factor;
}

/// Number of regions whose row is not empty: what the styles C and S count.
double linked_count(const SpatialWeights& weights) {
    double count = 0.0;
    for (std::size_t row = 0; row < weights.size(); ++row)
        if (!weights.links_of(row).empty()) count += 1.0;
    return count;
}

void scale_rows_to_one(SpatialWeights& weights) {
    for (std::size_t row = 0; row < weights.size(); ++row)
        if (const double sum = row_sum(weights, row); sum > 0.0) scale_row(weights, row, 1.0 / sum);
}

void scale_all_to(SpatialWeights& weights, double total) {
    const double sum = sums_of(weights).s0;
    if (!(sum > 0.0)) return;
    for (std::size_t row = 0; row < weights.size(); ++row)
        scale_row(weights, row, total / sum);
}

/// Rows divided by the root of their sum of squares, then all scaled together.
void stabilise(SpatialWeights& weights) {
    for (std::size_t row = 0; row < weights.size(); ++row) {
        CompensatedSum squares;
        for (const double weight : weights.weights_of(row))
            squares.add(weight * weight);
        if (squares.value() > 0.0) scale_row(weights, row, 1.0 / std::sqrt(squares.value()));
    }
    scale_all_to(weights, linked_count(weights));
}

double weight_between(const SpatialWeights& weights, std::uint32_t from, std::uint32_t to) {
    const auto links = weights.links_of(from);
    const auto found = std::ranges::lower_bound(links, to);
    if (found == links.end() || *found != to) return 0.0;
    return weights.weights_of(from)[static_cast<std::size_t>(found - links.begin())];
}

/// Steps from one region to all others along links, up to `limit`; 0 where it is farther.
std::vector<std::size_t> steps_from(const SpatialWeights& weights, std::uint32_t from, std::size_t limit) {
    std::vector<std::size_t> steps(weights.size(), 0);
    std::vector<std::uint32_t> front{from};
    for (std::size_t step = 1; step <= limit && !front.empty(); ++step) {
        std::vector<std::uint32_t> next;
        for (const auto region : front) {
            for (const auto other : weights.links_of(region)) {
                if (other == from || steps[other] != 0) continue;
                steps[other] = step;
                next.push_back(other);
            }
        }
        front = std::move(next);
    }
    return steps;
}

}  // namespace

SpatialWeights make_weights(std::vector<std::string> keys, std::vector<Link> links, std::string description) {
    for (const auto& link : links)
        check_link(link, keys);
    std::ranges::stable_sort(links, {}, [](const Link& link) { return std::pair{link.from, link.to}; });
    SpatialWeights weights;
    weights.begin.assign(keys.size() + 1, 0);
    weights.keys = std::move(keys);
    weights.description = std::move(description);
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto& link = links[i];
        if (i > 0 && links[i - 1].from == link.from && links[i - 1].to == link.to) {
            weights.weight.back() += link.weight;
            continue;
        }
        weights.to.push_back(link.to);
        weights.weight.push_back(link.weight);
        ++weights.begin[link.from + 1];
    }
    std::partial_sum(weights.begin.begin(), weights.begin.end(), weights.begin.begin());
    return weights;
}

SpatialWeights contiguity_weights(const Neighbours& neighbours, std::vector<std::string> keys,
                                  LinkWeight kind) {
    assert(neighbours.of.size() == keys.size());
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < neighbours.of.size(); ++from) {
        for (const auto& [region, length] : neighbours.of[from]) {
            if (kind == LinkWeight::border_length && length == 0.0) continue;
            links.push_back(
                {from, static_cast<std::uint32_t>(region), kind == LinkWeight::one ? 1.0 : length});
        }
    }
    const auto* name = neighbours.contiguity == Contiguity::queen ? "queen" : "rook";
    return make_weights(
        std::move(keys), std::move(links),
        fmt::format("{} contiguity{}", name, kind == LinkWeight::one ? "" : ", length of border"));
}

SpatialWeights higher_order(const SpatialWeights& weights, std::size_t order, bool with_lower_orders) {
    if (order < 1) throw UsageError("the order of neighbours is 0, expected 1 or more");
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < weights.size(); ++from) {
        const auto steps = steps_from(weights, from, order);
        for (std::uint32_t to = 0; to < weights.size(); ++to)
            if (steps[to] == order || (with_lower_orders && steps[to] > 0)) links.push_back({from, to, 1.0});
    }
    return make_weights(
        weights.keys, std::move(links),
        fmt::format("{}, order {}{}", weights.description, with_lower_orders ? "up to " : "", order));
}

SpatialWeights with_self(const SpatialWeights& weights) {
    std::vector<Link> links;
    for (std::uint32_t from = 0; from < weights.size(); ++from) {
        double greatest = 0.0;
        for (std::size_t i = weights.begin[from]; i < weights.begin[from + 1]; ++i) {
            if (weights.to[i] == from) continue;
            links.push_back({from, weights.to[i], weights.weight[i]});
            greatest = std::max(greatest, weights.weight[i]);
        }
        links.push_back({from, from, greatest > 0.0 ? greatest : 1.0});
    }
    return make_weights(weights.keys, std::move(links), weights.description + ", itself included");
}

SpatialWeights standardise(const SpatialWeights& weights, WeightStyle style) {
    auto scaled = weights;
    scaled.style = style;
    switch (style) {
    case WeightStyle::B:
        break;
    case WeightStyle::W:
        scale_rows_to_one(scaled);
        break;
    case WeightStyle::C:
        scale_all_to(scaled, linked_count(scaled));
        break;
    case WeightStyle::U:
        scale_all_to(scaled, 1.0);
        break;
    case WeightStyle::S:
        stabilise(scaled);
        break;
    }
    return scaled;
}

SpatialWeights only(const SpatialWeights& weights, const std::vector<bool>& keep) {
    assert(keep.size() == weights.size());
    std::vector<std::uint32_t> place(weights.size(), 0);
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!keep[i]) continue;
        place[i] = static_cast<std::uint32_t>(keys.size());
        keys.push_back(weights.keys[i]);
    }
    std::vector<Link> links;
    for (std::size_t row = 0; row < weights.size(); ++row) {
        for (auto i = weights.begin[row]; keep[row] && i < weights.begin[row + 1]; ++i)
            if (keep[weights.to[i]]) links.push_back({place[row], place[weights.to[i]], weights.weight[i]});
    }
    return make_weights(std::move(keys), std::move(links), weights.description);
}

WeightSums sums_of(const SpatialWeights& weights) {
    std::vector<CompensatedSum> rows(weights.size()), columns(weights.size());
    CompensatedSum s0, s1, s2;
    for (std::uint32_t row = 0; row < weights.size(); ++row) {
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i) {
            const double weight = weights.weight[i];
            const double back = weight_between(weights, weights.to[i], row);
            rows[row].add(weight);
            columns[weights.to[i]].add(weight);
            s0.add(weight);
            // Half of (w_ij + w_ji)^2 over all ordered pairs, multiplied out: a link without one back is met
            // once only, and one of no weight adds nothing.
            s1.add(weight * weight + weight * back);
        }
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double both = rows[i].value() + columns[i].value();
        s2.add(both * both);
    }
    return {s0.value(), s1.value(), s2.value()};
}

bool is_symmetric(const SpatialWeights& weights) {
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            if (weights.weight[i] != weight_between(weights, weights.to[i], row)) return false;
    return true;
}

std::vector<std::uint32_t> isolates(const SpatialWeights& weights) {
    std::vector<bool> linked(weights.size(), false);
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            if (weights.to[i] != row) linked[row] = true;
    std::vector<std::uint32_t> alone;
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        if (!linked[row]) alone.push_back(row);
    return alone;
}

std::size_t component_count(const SpatialWeights& weights) {
    std::vector<std::uint32_t> root(weights.size());
    std::iota(root.begin(), root.end(), 0U);
    const auto find = [&root](std::uint32_t region) {
        while (root[region] != region)
            region = root[region] = root[root[region]];
        return region;
    };
    for (std::uint32_t row = 0; row < weights.size(); ++row)
        for (const auto other : weights.links_of(row))
            root[find(row)] = find(other);
    std::size_t count = 0;
    for (std::uint32_t region = 0; region < weights.size(); ++region)
        if (find(region) == region) ++count;
    return count;
}

std::vector<double> lag(const SpatialWeights& weights, std::span<const double> values) {
    assert(values.size() == weights.size());
    std::vector<double> lags(weights.size(), 0.0);
    for (std::size_t row = 0; row < weights.size(); ++row) {
        CompensatedSum sum;
        for (auto i = weights.begin[row]; i < weights.begin[row + 1]; ++i)
            sum.add(weights.weight[i] * values[weights.to[i]]);
        lags[row] = sum.value();
    }
    return lags;
}

}  // namespace spatial
}  // namespace tendik
