// Local and global Moran's I of a 55 x 55 lattice (queen, rows sum to 1), Fisher's classes, all measures of
// 1,000 indicators of 3,000 districts.
//   tendik_statistics_bench [--benchmark_filter=REGEX]...   prints a line "seconds: X" for each
//   tendik_statistics_bench --write FOLDER                  inputs and what ours finds, for tools/bench_peers

#include "tendik/base/random.h"
#include "tendik/spatial/local.h"
#include "tendik/spatial/weights_file.h"
#include "tendik/stats/classify.h"
#include "tendik/stats/disparity.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tendik;

constexpr std::uint32_t side = 55;

SpatialWeights queen_lattice() {
    std::vector<std::string> keys;
    std::vector<spatial::Link> links;
    for (std::uint32_t row = 0; row < side; ++row)
        for (std::uint32_t column = 0; column < side; ++column) {
            keys.push_back(fmt::format("r{}", row * side + column));
            for (std::uint32_t y = row > 0 ? row - 1 : 0; y <= std::min(row + 1, side - 1); ++y)
                for (std::uint32_t x = column > 0 ? column - 1 : 0; x <= std::min(column + 1, side - 1); ++x)
                    if (y != row || x != column) links.push_back({row * side + column, y * side + x, 1.0});
        }
    return spatial::make_weights(std::move(keys), std::move(links), "lattice");
}

/// Likes lie together a little: p of all sizes.
std::vector<double> lattice_values() {
    RandomStream draws(1, 0, 0);
    std::vector<double> values;
    for (std::uint32_t i = 0; i < side * side; ++i)
        values.push_back(draws.next_normal() +
                         0.5 * std::sin(0.2 * (i % side)) * std::cos(0.15 * (i / side)));
    return values;
}

/// Skewed as figures of many places are, all different.
std::vector<double> skewed_values(std::size_t count) {
    RandomStream draws(2, 0, 0);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(std::exp(draws.next_normal()));
    return values;
}

PermutationOptions permutations_of(const benchmark::State& state) {
    return {static_cast<std::size_t>(state.range(0)), 1, static_cast<std::size_t>(state.range(1))};
}

void local_moran(benchmark::State& state) {
    const auto weights = spatial::standardise(queen_lattice(), WeightStyle::W);
    const auto values = lattice_values();
    for (auto _ : state)
        benchmark::DoNotOptimize(spatial::local_moran(values, weights, {permutations_of(state)}));
}

void global_moran(benchmark::State& state) {
    const auto weights = spatial::standardise(queen_lattice(), WeightStyle::W);
    const auto values = lattice_values();
    for (auto _ : state)
        benchmark::DoNotOptimize(spatial::moran(values, weights, permutations_of(state)));
}

void fisher(benchmark::State& state) {
    const auto values = skewed_values(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(stats::classify(values, {.scheme = Scheme::fisher, .class_count = 7}));
}

void measures(benchmark::State& state) {
    constexpr std::size_t districts = 3000;
    const auto values = skewed_values(districts * 1000);
    std::vector<std::string> names;
    Column people;
    for (std::size_t i = 0; i < districts; ++i) {
        names.push_back(fmt::format("d{}", i));
        people.push_back(Value::of(1000.0 * values[i]));
    }
    for (auto _ : state)
        for (std::size_t indicator = 0; indicator < static_cast<std::size_t>(state.range(0)); ++indicator) {
            Column column;
            for (std::size_t i = 0; i < districts; ++i)
                column.push_back(Value::of(values[indicator * districts + i]));
            Findings findings;
            benchmark::DoNotOptimize(stats::measure(column, &people, {.jobs = 1}, names, findings));
        }
}

BENCHMARK(local_moran)->Args({999, 1})->Args({999, 2})->Args({9999, 1})->Args({9999, 2})->UseRealTime();
BENCHMARK(global_moran)->Args({9999, 1})->Args({9999, 2})->UseRealTime();
BENCHMARK(fisher)->Arg(10'000)->Arg(1'000'000);
BENCHMARK(measures)->Arg(1000)->Iterations(1);

/// Each line once more, as tools/bench_peers reads it.
class Seconds final : public benchmark::ConsoleReporter {
public:
    /// Without colours: their signs would stand before the word that tools/bench_peers looks for.
    Seconds() : ConsoleReporter(OO_None) {}

    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs)
            GetOutputStream() << fmt::format("seconds: {:.6f}\n",
                                             run.real_accumulated_time / static_cast<double>(run.iterations));
    }
};

void write_numbers(const std::filesystem::path& file, const std::vector<double>& numbers) {
    std::ofstream out(file);
    for (const double number : numbers)
        out << fmt::format("{}\n", number);
}

void write_for_peers(const std::filesystem::path& folder) {
    const auto binary = queen_lattice();
    const auto weights = spatial::standardise(binary, WeightStyle::W);
    const auto values = lattice_values();
    std::ofstream(folder / "queen.gal") << spatial::write_weights(binary, "queen.gal");
    write_numbers(folder / "values.csv", values);
    std::vector<double> statistics, p;
    for (const auto& region : spatial::local_moran(values, weights, {{9999, 1, 0}}).regions) {
        statistics.push_back(*region.value);
        p.push_back(*region.p);
    }
    write_numbers(folder / "ours_local.csv", statistics);
    write_numbers(folder / "ours_local_p.csv", p);
    const auto global = spatial::moran(values, weights, {9999, 1, 0});
    write_numbers(folder / "ours_global.csv", {*global.value, *global.p_permutation});
    const auto skewed = skewed_values(10'000);
    write_numbers(folder / "skewed.csv", skewed);
    write_numbers(folder / "ours_breaks.csv",
                  stats::classify(skewed, {.scheme = Scheme::fisher, .class_count = 7}).breaks);
}

}  // namespace

int main(int count, char** words) {
    if (count == 3 && std::string_view(words[1]) == "--write") {
        write_for_peers(words[2]);
        return 0;
    }
    benchmark::Initialize(&count, words);
    if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
    Seconds reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
}
