// Zonal sum, mean and max of a raster file, beside only decoding the blocks that regions touch, by the same
// threads, in turn; medians of five, and the peak of memory.
//   tendik_zonal_bench RASTER BOUNDARIES KEY MEMORY_MB [WEIGHTS]
// tools/bench_peers/make_raster.py makes the raster.

#include "tendik/base/parallel.h"
#include "tendik/io/open_raster.h"
#include "tendik/io/read_boundaries.h"
#include "tendik/raster/place_regions.h"
#include "tendik/raster/zonal.h"

#include <fmt/format.h>
#include <gdal_priv.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace tendik;

template <class Work>
double seconds_of(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

using Block = std::pair<std::size_t, std::size_t>;  // row, column

std::vector<Block> touched_blocks(const RasterSource& raster, const Boundaries& boundaries) {
    Findings findings;
    const auto& info = raster.info();
    std::set<Block> blocks;
    for (const auto& region : raster::place_regions(boundaries, info, 0, findings)) {
        const auto coverage = raster::cover(region.shape, info.grid);
        for (auto row = coverage.first_row(); row < coverage.end_row(); ++row)
            for (const auto& span : coverage.row(row))
                for (auto column = span.column / info.block_columns;
                     column <= (span.column + span.columns - 1) / info.block_columns; ++column)
                    blocks.emplace(row / info.block_rows, column);
    }
    return {blocks.begin(), blocks.end()};
}

/// Each thread with a handle of its own, as GDAL gives the blocks.
void decode(const std::string& file, const std::vector<Block>& blocks, std::size_t threads) {
    parallel_for(threads, threads, [&](std::size_t thread) {
        const std::unique_ptr<GDALDataset> dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
        auto& band = *dataset->GetRasterBand(1);
        int columns = 0;
        int rows = 0;
        band.GetBlockSize(&columns, &rows);
        std::vector<std::byte> cells(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) * 8);
        const auto begin = blocks.size() * thread / threads;
        const auto end = blocks.size() * (thread + 1) / threads;
        for (auto i = begin; i < end; ++i)
            if (band.ReadBlock(static_cast<int>(blocks[i].second), static_cast<int>(blocks[i].first),
                               cells.data()) != CE_None)
                std::abort();
    });
}

std::string peak_memory() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmHWM")) return line;
    return {};
}

}  // namespace

int main(int count, char** words) {
    if (count < 5) return 2;
    Findings findings;
    NoProgress progress;
    const auto raster = io::open_raster({words[1], {}}, findings);
    const auto weights = count > 5 ? io::open_raster({words[5], {}}, findings) : nullptr;
    const auto boundaries = io::read_boundaries({.file = words[2], .key = words[3]}, findings);
    ZonalOptions options;
    options.statistics = {"sum", "mean", "max"};
    if (weights) options.statistics.emplace_back("weighted_mean");
    options.jobs = 2;
    options.max_memory_bytes = std::strtoull(words[4], nullptr, 10) << 20U;
    io::limit_raster_cache(options.max_memory_bytes / 8);
    const auto blocks = touched_blocks(*raster, boundaries);
    std::vector<double> decoding;
    std::vector<double> whole;
    std::vector<double> ratios;
    for (int round = 0; round < 5; ++round) {
        whole.push_back(seconds_of(
            [&] { raster::summarise(*raster, weights.get(), boundaries, options, progress, findings); }));
        if (round == 0) fmt::print("after the first round {}\n", peak_memory());
        decoding.push_back(seconds_of([&] { decode(words[1], blocks, 2); }));
        ratios.push_back(whole.back() / decoding.back());
    }
    const double alone = seconds_of([&] { decode(words[1], blocks, 1); });
    fmt::print("{} blocks touched; decoding on one thread {:.2f} s, once\n", blocks.size(), alone);
    fmt::print("on two threads decoding {:.2f} s, zonal {:.2f} s, ratio {:.2f} (medians of five)\n",
               median(decoding), median(whole), median(ratios));
}
