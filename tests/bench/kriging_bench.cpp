// Ordinary kriging with standard errors from 200 stations over a grid of 5/2 as many columns as rows.
//   tendik_kriging_bench ROWS JOBS plane|degrees [STEM]
// 2000 rows: 10 M cells. With STEM the stations go to STEM_stations.csv and the cells, value and error, to
// STEM_cells.csv, for tools/bench_peers.

#include "tendik/surface/interpolate.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace {

using namespace tendik;

double uniform(std::uint64_t x) {  // SplitMix64 (Steele, Lea and Flood 2014)
    x = (x + 1) * 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<double>((x ^ (x >> 31U)) >> 11U) * 0x1p-53;
}

Stations stations_in(const Box& box, const Crs& crs) {
    Stations stations{"bench", crs, "pm25", "", {}};
    for (std::uint64_t i = 0; i < 200; ++i) {
        const double x = uniform(3 * i);
        const double y = uniform(3 * i + 1);
        const double value = 30.0 + 15.0 * std::sin(7.0 * x) * std::cos(5.0 * y) + 10.0 * uniform(3 * i + 2);
        stations.stations.push_back(
            {fmt::format("s{}", i),
             {box.min_x + x * (box.max_x - box.min_x), box.min_y + y * (box.max_y - box.min_y)},
             value,
             0.0,
             {}});
    }
    return stations;
}

void write_for_peers(const Stations& stations, const MemoryRaster& raster, const std::string& stem) {
    std::ofstream places(stem + "_stations.csv");
    places << "x,y,value\n";
    for (const auto& station : stations.stations)
        places << fmt::format("{},{},{}\n", station.place.x, station.place.y, station.value);
    std::ofstream cells(stem + "_cells.csv");
    const auto& bands = raster.bands();
    for (std::size_t i = 0; i < bands[0].values.size(); ++i)
        cells << fmt::format("{},{}\n", bands[0].values[i], bands[1].values[i]);
}

double sum_of(const RasterBand& band) {
    double sum = 0.0;
    for (const double value : band.values)
        sum += value;
    return sum;
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) return 2;
    const std::size_t rows = std::strtoull(words[1], nullptr, 10);
    const bool degrees = std::string_view(words[3]) == "degrees";
    const double cell = (degrees ? 16.0 : 1'000'000.0) / static_cast<double>(rows);
    const Grid grid{degrees ? 46.0 : 0.0, degrees ? 56.0 : 1'000'000.0, cell, cell, rows * 5 / 2, rows};
    const Crs crs = degrees ? wgs84 : Crs{"EPSG:32642"};
    const auto stations = stations_in(grid.box(), crs);
    SurfaceOptions options;
    options.jobs = std::strtoull(words[2], nullptr, 10);
    options.model = VariogramModel{VariogramShape::exponential, 20.0, 80.0, 300'000.0};
    NoProgress progress;
    Findings findings;
    const auto begin = std::chrono::steady_clock::now();
    const auto made = surface::interpolate(stations, grid, crs, options, progress, findings);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    const auto& bands = made.raster.bands();
    fmt::print("{} x {} cells, jobs {}, {}: sums {} {}\nseconds: {:.3f}\n", grid.columns, grid.rows,
               options.jobs, words[3], sum_of(bands[0]), sum_of(bands[1]), seconds.count());
    if (count > 4) write_for_peers(stations, made.raster, words[4]);
}
