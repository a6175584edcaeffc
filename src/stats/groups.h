#pragma once

#include "tendik/stats/disparity.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik::stats {

/// The regions that count, and what formulas need to know of them. Vectors are parallel; a place in them is
/// called a position.
struct Groups {
    std::vector<std::size_t> index;  ///< in the column
    std::vector<double> value;       ///< y
    std::vector<double> share;       ///< p, adds up to 1
    std::vector<double> size;        ///< N, as given
    std::vector<double> error;       ///< s; empty: not known
    std::vector<double> order;       ///< as given; empty: none
    std::vector<double> ridit;       ///< X, share of people below the middle of the group; empty: no order
    std::optional<std::size_t> reference;  ///< position
    std::string order_fault;               ///< why there is no order
    std::string reference_fault;           ///< why there is no reference; empty with none asked for
    bool wants_reference = false;
    Direction direction = Direction::adverse;
    std::optional<double> scale;
    double atkinson_aversion = 0.5;
    double kolm_aversion = 1.0;
    double concentration_aversion = 3.0;
    // Known from the above.
    double mean = 0.0;
    bool mean_is_zero = false;
    std::vector<std::size_t> by_value;  ///< positions, ascending
    std::vector<std::size_t> top;       ///< positions of the most advantaged, all of one rank; with an order
    std::vector<std::size_t> bottom;

    std::size_t count() const { return value.size(); }
    bool ordered() const { return !ridit.empty(); }
    std::size_t lowest() const { return by_value.front(); }
    std::size_t highest() const { return by_value.back(); }
    double least() const { return value[by_value.front()]; }
    double greatest() const { return value[by_value.back()]; }
};

/// Throws InputError for what is no weight, no error, or beyond the scale.
Groups make_groups(const MeasureInputs& inputs, const MeasureOptions& options,
                   const std::vector<std::string>& names, Findings& findings);

/// Mean and order of the values anew, after those have changed.
void describe_values(Groups& groups);

/// Share of people below the middle of each group, in ascending order of `key`; groups of equal key share the
/// middle of all their people.
std::vector<double> ridits_by(const Groups& groups, const std::vector<double>& key);

/// Mean of the positions, which are at least one, weighted by their people: those of one rank are one group.
double mean_of(const Groups& groups, const std::vector<std::size_t>& positions);

/// The same without one position; at least one must remain.
Groups without(const Groups& groups, std::size_t position);

/// Only the positions named, which are ascending and at least one. Order and reference are lost.
Groups only(const Groups& groups, const std::vector<std::size_t>& positions);

}  // namespace tendik::stats
