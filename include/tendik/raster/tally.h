#pragma once

#include "tendik/base/compensated_sum.h"
#include "tendik/raster/distribution.h"

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace tendik::raster {

/// Mean and spread of values that each weigh something, gathered in pieces (Chan, Golub and LeVeque 1983).
struct Moments {
    CompensatedSum weight;     ///< sum of w
    CompensatedSum product;    ///< sum of w x
    double deviations = 0.0;   ///< sum of w (x - mean)^2
    double mean_so_far = 0.0;  ///< that the deviations are about

    void add(double part_weight, double part_product, double part_deviations);
    void merge(const Moments& other);
};

/// What of the cells of one region is known for one weight.
struct WeightTally {
    Moments moments;                    ///< of the value, weighing share times weight
    CompensatedSum without_weight;      ///< shares of cells with a value whose weight has no data
    CompensatedSum without_value;       ///< share times weight of cells whose value has no data
    CompensatedSum all;                 ///< share times weight, with a value or without
    std::vector<CompensatedSum> above;  ///< share times weight where the value is above each threshold
    double largest = 0.0;               ///< weight of one whole cell
    double smallest = 0.0;              ///< below 0 when there is a negative weight
    double lowest_unweighted = std::numeric_limits<double>::infinity();    ///< value of a cell without weight
    double highest_unweighted = -std::numeric_limits<double>::infinity();  ///< the same, at the other end
};

/// A cell of the grid, by row and column.
struct CellPlace {
    std::size_t row = std::numeric_limits<std::size_t>::max();
    std::size_t column = std::numeric_limits<std::size_t>::max();
    friend auto operator<=>(const CellPlace&, const CellPlace&) = default;
};

/// What of the cells of one region and band is gathered.
struct Tally {
    Moments moments;          ///< of the value, weighing the share of the cell; the weight is the count
    CompensatedSum covered;   ///< shares of all cells, with or without data
    CompensatedSum area_km2;  ///< of what is covered and has data; on the ellipsoid
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
    CellPlace min_place;  ///< the first in order of rows and columns
    CellPlace max_place;
    std::vector<WeightTally> weights;
    Distribution distribution;  ///< measure 0: shares; then one a weight; empty unless asked for

    void add_extremes(double low, const CellPlace& low_place, double high, const CellPlace& high_place);
    /// Pieces are merged in the order of the file.
    void merge(const Tally& other);
};

/// What is gathered besides counts, sums and extremes.
struct TallyNeeds {
    bool deviations = false;    ///< for variances
    bool distribution = false;  ///< for quantiles, modes, classes
    bool area = false;
    std::vector<double> thresholds = {};  ///< ascending; how much weight lies above each
};

}  // namespace tendik::raster
