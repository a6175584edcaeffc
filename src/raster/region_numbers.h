#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"
#include "tendik/raster/exposure.h"
#include "tendik/raster/tally_regions.h"
#include "tendik/raster/zonal.h"

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik::raster {

/// The figures of one region and band, from its tally.
class RegionNumbers {
public:
    RegionNumbers(const Tally& tally, double surface_cells, const Grid& grid, const ZonalOptions& options,
                  const std::pair<double, double>& nodata_range);

    State state() const;
    /// The number, or why there is none.
    Value value(std::optional<double> number) const;
    double surface_cells() const { return m_surface_cells; }
    const Tally& tally() const { return m_tally; }

    double share_covered() const;
    double share_without_data() const;
    std::optional<double> share_without_weight() const;
    /// None where it is not defined: a mean without cells, a cv about 0.
    std::optional<double> statistic(std::string_view name) const;
    std::optional<double> quantile(std::size_t measure, double q) const;
    std::optional<double> fraction(std::size_t measure, double value) const;
    /// Lowest and highest figure that the cells without data allow.
    std::pair<std::optional<double>, std::optional<double>> bounds(std::string_view name) const;
    std::vector<ValueShare> sorted(std::size_t measure) const;

    static bool has_unit_of_value(std::string_view name);
    static bool has_bounds(std::string_view name);

private:
    double outside_cells() const;
    double cells_without_data() const;
    bool is_withheld(bool weighted) const;
    static std::optional<double> moment(const Moments& moments, std::string_view name);
    std::optional<double> of_distribution(std::size_t measure, std::string_view name) const;
    std::pair<std::optional<double>, std::optional<double>> weighted_bounds(std::string_view name) const;

    const Tally& m_tally;
    double m_surface_cells;
    const Grid& m_grid;
    const ZonalOptions& m_options;
    std::pair<double, double> m_nodata_range;
};

/// Checks a raster that weighs cells: one band, the CRS of the values. Throws InputError.
WeightBand weight_band(const RasterSource& weights, const RasterInfo& values, WeightKind kind);
/// Weights below 0 and infinite ones. Throws InputError naming raster and region.
void refuse_bad_weights(std::span<const RegionNumbers> regions, const Boundaries& boundaries,
                        const RasterSource* weights);
/// Regions off the raster, without data, partly covered, smaller than a cell. Throws InputError when no
/// region lies on the raster.
void report_gaps(std::span<const RegionNumbers> regions, const Boundaries& boundaries,
                 const RasterInfo& raster, Findings& findings);
/// Cells that hold infinity: sums and means about them are no numbers.
void report_infinite(std::span<const RegionNumbers> regions, const Boundaries& boundaries,
                     const RasterInfo& raster, Findings& findings);
/// Throws InputError when two population rasters have one name.
void refuse_same_names(const std::vector<PopulationRaster>& populations);
/// What a population raster counts in each region, wherever another raster ends; missing: no cell has data.
/// Finding: "coarse-grid". Throws InputError for a cell below 0 or infinite, which is named.
Column total_amounts(const PopulationRaster& population, const Boundaries& boundaries,
                     const PassOptions& options, Progress& progress, Findings& findings);
std::size_t vertex_count(std::span<const PlacedRegion> regions);

}  // namespace tendik::raster
