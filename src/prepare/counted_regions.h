#pragma once

#include "tendik/base/compensated_sum.h"
#include "tendik/base/error.h"
#include "tendik/model/boundaries.h"
#include "tendik/prepare/proximity.h"
#include "tendik/raster/band_amounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tendik::prepare {

/// What lies in each region by numbered bands, of one amount and one band of the raster of numbers.
class CountedRegions {
public:
    CountedRegions(const AmountsByBand& amounts, std::size_t amount, std::size_t band)
        : m_all(amounts.all[amount]),
          m_regions(amounts.by_band[amount][band]) {}

    std::size_t size() const { return m_all.size(); }
    const Value& all(std::size_t region) const { return m_all[region]; }
    /// The number, or why the region has none.
    Value value(std::size_t region, double number) const {
        return m_all[region].present() ? Value::of(number) : m_all[region];
    }
    double in_number(std::size_t region, std::size_t number) const {
        return m_regions[region].whole[number] + m_regions[region].cut[number];
    }
    /// In the bands up to and with a number.
    double within(std::size_t region, std::size_t number) const {
        double sum = 0.0;
        for (std::size_t i = 0; i <= number; ++i)
            sum += in_number(region, i);
        return sum;
    }
    /// Without the cells that the outer edge of that band runs through, and with all of them.
    double low(std::size_t region, std::size_t number) const {
        return within(region, number) - m_regions[region].cut[number];
    }
    double high(std::size_t region, std::size_t number) const {
        return within(region, number) + m_regions[region].cut[number + 1];
    }
    Value share(std::size_t region, double part) const {
        if (!m_all[region].present()) return m_all[region];
        if (m_all[region].number <= 0.0) return Value::without(State::not_applicable);
        return Value::of(std::min(1.0, part / m_all[region].number));
    }

private:
    const Column& m_all;
    const std::vector<BandAmounts>& m_regions;
};

/// What is counted where no population is named.
inline constexpr const char* ground_name = "area_km2";

/// Sums over all regions that have a number.
class Sums {
public:
    void add(const Value& value) {
        if (!value.present()) return;
        m_sum.add(value.number);
        m_any = true;
    }
    Value value() const { return m_any ? Value::of(m_sum.value()) : Value::without(State::missing); }

private:
    CompensatedSum m_sum;
    bool m_any = false;
};

/// Throws InputError: their columns would have one name.
inline void refuse_same_names(const std::vector<PlannedPopulation>& populations) {
    for (std::size_t i = 0; i < populations.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (populations[i].name == populations[k].name)
                throw InputError(fmt::format("two population rasters are called '{}'", populations[i].name),
                                 "name them apart: --population-raster NAME=FILE");
}

/// A column of one number a region; without a unit it is a share.
template <class Number>
ZonalColumn counted_column(const CountedRegions& regions, const std::string& name, const std::string& unit,
                           const Number& number) {
    ZonalColumn column{name, unit == "people" ? "people" : unit == "km2" ? "area" : "share", unit, {}, {}};
    for (std::size_t i = 0; i < regions.size(); ++i)
        column.values.push_back(number(i));
    return column;
}

}  // namespace tendik::prepare
