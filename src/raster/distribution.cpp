#include "tendik/raster/distribution.h"

#include "tendik/base/compensated_sum.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

namespace tendik::raster {
namespace {

constexpr std::size_t first_slots = 16;
constexpr double free_slot = std::numeric_limits<double>::quiet_NaN();

/// Mixes all bits of a double (the finaliser of SplitMix64).
std::size_t hash_of(double value) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>(bits ^ (bits >> 31U));
}

}  // namespace

Distribution::Distribution(std::size_t measures) : m_measures(measures), m_stride(1 + 4 * measures) {}

void Distribution::grow() {
    const auto old = std::move(m_slots);
    const auto count = old.empty() ? first_slots : 2 * (old.size() / m_stride);
    m_slots.assign(count * m_stride, free_slot);
    m_count = 0;
    for (std::size_t i = 0; i < old.size(); i += m_stride)
        if (!std::isnan(old[i])) std::copy_n(&old[i], m_stride, slot_of(old[i]));
}

/// The slot of a value, made when it is new.
double* Distribution::slot_of(double value) {
    const double key = value == 0.0 ? 0.0 : value;  // -0 is 0
    if (2 * (m_count + 1) * m_stride > m_slots.size()) grow();
    const auto mask = m_slots.size() / m_stride - 1;
    for (auto i = hash_of(key) & mask;; i = (i + 1) & mask) {
        double* slot = &m_slots[i * m_stride];
        if (*slot == key) return slot;
        if (!std::isnan(*slot)) continue;
        ++m_count;
        slot[0] = key;
        for (std::size_t measure = 0; measure < m_measures; ++measure) {
            double* part = slot + 1 + 4 * measure;
            part[0] = 0.0;
            part[1] = 0.0;
            part[2] = std::numeric_limits<double>::infinity();
            part[3] = -std::numeric_limits<double>::infinity();
        }
        return slot;
    }
}

void Distribution::add(double value, std::span<const double> shares) {
    assert(shares.size() == m_measures && !std::isnan(value));
    double* slot = slot_of(value);
    for (std::size_t measure = 0; measure < m_measures; ++measure) {
        const double share = shares[measure];
        if (!(share > 0.0)) continue;
        double* part = slot + 1 + 4 * measure;
        part[0] += 1.0;
        part[1] += share;
        part[2] = std::min(part[2], share);
        part[3] = std::max(part[3], share);
    }
}

void Distribution::add_whole(std::span<const double> values) {
    assert(m_measures == 1);
    for (const double value : values) {
        if (std::isnan(value)) continue;
        double* slot = slot_of(value);
        slot[1] += 1.0;
        slot[2] += 1.0;
        slot[3] = std::min(slot[3], 1.0);
        slot[4] = 1.0;
    }
}

void Distribution::merge(const Distribution& other) {
    assert(other.m_measures == m_measures);
    for (std::size_t i = 0; i < other.m_slots.size(); i += m_stride) {
        if (std::isnan(other.m_slots[i])) continue;
        double* slot = slot_of(other.m_slots[i]);
        for (std::size_t measure = 0; measure < m_measures; ++measure) {
            double* part = slot + 1 + 4 * measure;
            const double* added = &other.m_slots[i + 1 + 4 * measure];
            part[0] += added[0];
            part[1] += added[1];
            part[2] = std::min(part[2], added[2]);
            part[3] = std::max(part[3], added[3]);
        }
    }
}

std::vector<ValueShare> Distribution::sorted(std::size_t measure) const {
    std::vector<ValueShare> values;
    values.reserve(m_count);
    for (std::size_t i = 0; i < m_slots.size(); i += m_stride) {
        const double* part = m_slots.data() + i + 1 + 4 * measure;
        if (!std::isnan(m_slots[i]) && part[0] > 0.0)
            values.push_back({m_slots[i], part[0], part[1], part[2], part[3]});
    }
    std::ranges::sort(values, {}, &ValueShare::value);
    return values;
}

std::optional<double> quantile(std::span<const ValueShare> values, double q) {
    if (values.empty()) return std::nullopt;
    double cells = 0.0;
    CompensatedSum total;
    for (const auto& entry : values) {
        cells += entry.cells;
        total.add(entry.sum);
    }
    const double target = q * (cells - 1.0) * total.value();
    double cells_before = 0.0;
    CompensatedSum before;
    double last_position = 0.0;
    double last_value = values.front().value;
    for (const auto& entry : values) {
        // The first and the last cell of the value: between them nothing changes.
        const double first = cells_before * entry.smallest + (cells - 1.0) * before.value();
        const double last = (cells_before + entry.cells - 1.0) * entry.largest +
                            (cells - 1.0) * (before.value() + entry.sum - entry.largest);
        if (target < first) {
            const double t = (target - last_position) / (first - last_position);
            return last_value + t * (entry.value - last_value);
        }
        if (target <= last) return entry.value;
        cells_before += entry.cells;
        before.add(entry.sum);
        last_position = last;
        last_value = entry.value;
    }
    return values.back().value;
}

std::optional<double> mode(std::span<const ValueShare> values) {
    if (values.empty()) return std::nullopt;
    const auto* best = values.data();
    for (const auto& entry : values)
        if (entry.sum >= best->sum) best = &entry;
    return best->value;
}

std::optional<double> minority(std::span<const ValueShare> values) {
    if (values.empty()) return std::nullopt;
    const auto* best = values.data();
    for (const auto& entry : values)
        if (entry.sum < best->sum) best = &entry;
    return best->value;
}

std::optional<double> gini(std::span<const ValueShare> values) {
    if (values.empty() || values.front().value < 0.0) return std::nullopt;
    // With W_i the weight up to and x_i the value of entry i: sum w_i x_i (2 W_(i-1) + w_i - W) / (W sum w
    // x).
    CompensatedSum weight;
    CompensatedSum total;
    for (const auto& entry : values) {
        weight.add(entry.sum);
        total.add(entry.sum * entry.value);
    }
    if (!(total.value() > 0.0)) return std::nullopt;
    CompensatedSum before;
    CompensatedSum spread;
    for (const auto& entry : values) {
        spread.add(entry.sum * entry.value * (2.0 * before.value() + entry.sum - weight.value()));
        before.add(entry.sum);
    }
    return spread.value() / (weight.value() * total.value());
}

}  // namespace tendik::raster
