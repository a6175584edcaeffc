#pragma once

#include "tendik/index/tree.h"

#include <span>
#include <vector>

namespace tendik::index {

/// The weighted mean of numbers that are all there; `weights` add up to 1. Arithmetic: sum w x; geometric:
/// prod x^w; harmonic: 1 / sum (w / x); generalised: (sum w x^power)^(1 / power), power 0 the geometric one.
/// All but the arithmetic want numbers above 0 (generalised with a power of 1 or more: not below 0). Not for
/// Copeland, which looks at all regions at once.
double mean_of_children(std::span<const double> values, std::span<const double> weights,
                        Aggregation aggregation, double power);

/// How the mean grows with each of the numbers. These means are homogeneous of degree 1, so that the numbers
/// times their gradient add up to the mean (Euler): the part of each number in it.
std::vector<double> mean_gradient(std::span<const double> values, std::span<const double> weights,
                                  Aggregation aggregation, double power);

/// Duels between regions: entry (a, b), row by row, is the weight of the columns in which a beats b, half of
/// it in those where they are equal, over the weight of the columns that both have; NaN on the diagonal and
/// where they share none. Munda & Nardo, Applied Economics 41:1513 (2009); COINr's outranking matrix.
std::vector<double> outranking_matrix(const std::vector<std::vector<double>>& columns,
                                      std::span<const double> weights);

/// Copeland: the share of duels that a region wins (more than half of the weight), a draw half a duel: 0
/// .. 1. NaN for a region without a duel.
std::vector<double> copeland_scores(const std::vector<std::vector<double>>& columns,
                                    std::span<const double> weights);

}  // namespace tendik::index
