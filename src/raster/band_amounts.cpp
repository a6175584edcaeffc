#include "tendik/raster/band_amounts.h"

#include "region_numbers.h"

#include <algorithm>

namespace tendik::raster {
namespace {

/// Between the numbers, so that rounding of a stored number does no harm: 0.25, 0.75, 1.25, ...
std::vector<double> limits_between(std::size_t number_count) {
    std::vector<double> limits;
    for (std::size_t i = 0; i < number_count; ++i) {
        limits.push_back(static_cast<double>(i) + 0.25);
        limits.push_back(static_cast<double>(i) + 0.75);
    }
    return limits;
}

BandAmounts amounts_of(const WeightTally& tally, std::size_t number_count) {
    // What lies above the limits falls; the difference between two of them is what lies between.
    double before = tally.moments.weight.value();
    const auto next = [&](std::size_t limit) {
        const double above = limit < tally.above.size() ? tally.above[limit].value() : 0.0;
        const double between = std::max(0.0, before - above);
        before = above;
        return between;
    };
    BandAmounts amounts;
    for (std::size_t i = 0; i < number_count; ++i) {
        amounts.whole.push_back(next(2 * i));
        amounts.cut.push_back(next(2 * i + 1));
    }
    return amounts;
}

/// Regions off the raster of numbers or partly covered by it.
void report(const std::vector<Tally>& tallies, const std::vector<PlacedRegion>& placed, std::size_t bands,
            const Boundaries& boundaries, const RasterInfo& info, CoverMethod method, Findings& findings) {
    ZonalOptions plain;
    plain.method = method;
    std::vector<RegionNumbers> regions;
    for (std::size_t i = 0; i < placed.size(); ++i)
        regions.emplace_back(tallies[i * bands], placed[i].surface_cells, info.grid, plain,
                             std::pair(0.0, 0.0));
    report_gaps(regions, boundaries, info, findings);
}

}  // namespace

AmountsByBand amounts_by_band(const RasterSource& numbers, std::size_t number_count,
                              const std::vector<PopulationRaster>& amounts, const Boundaries& boundaries,
                              const PassOptions& options, Progress& progress, Findings& findings) {
    const auto& info = numbers.info();
    const auto bands = info.bands.size();
    refuse_same_names(amounts);
    std::vector<WeightBand> weights;
    AmountsByBand result;
    for (const auto& amount : amounts) {
        weights.push_back(weight_band(*amount.raster, info, WeightKind::amount));
        result.all.push_back(total_amounts(amount, boundaries, options, progress, findings));
    }
    const auto placed = place_regions(boundaries, info, options.jobs, findings);
    TallyNeeds needs;
    needs.thresholds = limits_between(number_count);
    const auto plan = plan_pass(numbers, weights, placed.size(), vertex_count(placed), needs, options);
    const auto tallies = tally_regions(numbers, weights, placed, needs, plan, options.method, progress);
    report(tallies, placed, bands, boundaries, info, options.method, findings);
    for (std::size_t region = 0; region < placed.size(); ++region)
        result.states.push_back(tallies[region * bands].covered.value() == 0.0 ? State::unmatched
                                                                               : State::present);
    for (std::size_t amount = 0; amount < amounts.size(); ++amount) {
        auto& of_amount = result.by_band.emplace_back(bands);
        for (std::size_t band = 0; band < bands; ++band)
            for (std::size_t region = 0; region < placed.size(); ++region)
                of_amount[band].push_back(
                    amounts_of(tallies[region * bands + band].weights[amount], number_count));
    }
    return result;
}

}  // namespace tendik::raster
