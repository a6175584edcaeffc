// Travel time from 1,000 sources over 10 M and 100 M cells in degrees.
//   tendik_travel_time_bench [ROWS [JOBS [FILE]]]
// ROWS: the raster has 5/2 as many columns (2000 rows: 10 M cells; 6325 rows: 100 M). With FILE the friction
// is only written, as FILE.bil, FILE.hdr and FILE.prj, and the sources as FILE.csv, for tools/bench_peers.

#include "tendik/access/travel_time.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>

namespace {

using namespace tendik;

std::uint64_t mixed(std::uint64_t x) {  // SplitMix64 (Steele, Lea and Flood 2014)
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

double uniform(std::uint64_t a, std::uint64_t b, std::uint64_t seed) {
    return static_cast<double>(mixed(mixed(mixed(seed) ^ a) ^ b) >> 11U) * 0x1p-53;
}

/// Friction as that of land: slopes that change over some 60 cells, roads, lakes without data.
class Land final : public RasterSource {
public:
    Land(std::size_t columns, std::size_t rows) {
        const double cell_deg = 42.0 / static_cast<double>(columns);  // 46 to 88 E
        m_info = {"land",   {46.0, 56.0, cell_deg, cell_deg, columns, rows}, wgs84, {"friction"}, columns, 64,
                  {"min/m"}};
    }
    const RasterInfo& info() const override { return m_info; }
    void read(std::size_t, const Window& window, std::span<double> values) const override {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = friction(window.column + i % window.columns, window.row + i / window.columns);
    }

private:
    static double noise(std::size_t column, std::size_t row, std::size_t size, std::uint64_t seed) {
        const auto corner = [&](std::size_t dx, std::size_t dy) {
            return uniform(column / size + dx, row / size + dy, seed);
        };
        const double x = static_cast<double>(column % size) / static_cast<double>(size);
        const double y = static_cast<double>(row % size) / static_cast<double>(size);
        return (1 - y) * ((1 - x) * corner(0, 0) + x * corner(1, 0)) +
               y * ((1 - x) * corner(0, 1) + x * corner(1, 1));
    }
    static double friction(std::size_t column, std::size_t row) {
        if (noise(column, row, 90, 1) < 0.12) return std::numeric_limits<double>::quiet_NaN();
        const bool road = (column + row / 3) % 150 == 0 || (row + column / 4) % 130 == 0;
        if (road) return 0.0006;                                       // 100 km/h
        const double slow = 0.012 + 0.03 * noise(column, row, 60, 2);  // 5 km/h and less
        return static_cast<double>(static_cast<float>(slow * (0.9 + 0.2 * uniform(column, row, 3))));
    }

    RasterInfo m_info;
};

std::vector<TravelSource> sources_on(const Land& land, std::size_t count) {
    std::vector<TravelSource> sources;
    const auto& grid = land.info().grid;
    for (std::uint64_t i = 0; sources.size() < count; ++i) {
        const auto column = mixed(2 * i) % grid.columns;
        const auto row = mixed(2 * i + 1) % grid.rows;
        double value = 0.0;
        land.read(0, {column, row, 1, 1}, {&value, 1});
        if (!std::isnan(value)) sources.push_back({fmt::format("s{}", i), grid.centre(column, row)});
    }
    return sources;
}

void write_for_peers(const Land& land, const std::vector<TravelSource>& sources, const std::string& file) {
    const auto& grid = land.info().grid;
    std::ofstream cells(file + ".bil", std::ios::binary);
    std::vector<double> row(grid.columns);
    std::vector<float> narrow(grid.columns);
    for (std::size_t r = 0; r < grid.rows; ++r) {
        land.read(0, {0, r, grid.columns, 1}, row);
        for (std::size_t c = 0; c < row.size(); ++c)
            narrow[c] = std::isnan(row[c]) ? -9999.0F : static_cast<float>(row[c]);
        cells.write(reinterpret_cast<const char*>(narrow.data()),
                    static_cast<std::streamsize>(narrow.size() * sizeof(float)));
    }
    std::ofstream(file + ".hdr") << fmt::format(
        "NROWS {}\nNCOLS {}\nNBANDS 1\nNBITS 32\nPIXELTYPE FLOAT\nBYTEORDER I\nLAYOUT BIL\nULXMAP {}\nULYMAP "
        "{}\n"
        "XDIM {}\nYDIM {}\nNODATA -9999\n",
        grid.rows, grid.columns, grid.centre(0, 0).x, grid.centre(0, 0).y, grid.cell_width, grid.cell_height);
    std::ofstream(file + ".prj")
        << "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
           "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]\n";
    std::ofstream places(file + ".csv");
    for (const auto& source : sources)
        places << fmt::format("{},{}\n", source.place.x, source.place.y);
}

/// When the search begins: until then friction is made and read.
class Watch final : public Progress {
public:
    void begin(const std::string& step, std::size_t) override {
        if (step != "spreading travel time") return;
        m_begin = std::chrono::steady_clock::now();
        m_cpu_begin = std::clock();
    }
    void advance(std::size_t) override {}
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    }
    double cpu_seconds() const {
        return static_cast<double>(std::clock() - m_cpu_begin) / static_cast<double>(CLOCKS_PER_SEC);
    }

private:
    std::chrono::steady_clock::time_point m_begin;
    std::clock_t m_cpu_begin = 0;
};

double checksum(const access::TravelTimes& times) {
    const auto& grid = times.info().grid;
    double sum = 0.0;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column)
            if (times.state(column, row) == TravelState::reached)
                sum += static_cast<double>(times.minutes(column, row));
    return sum;
}

}  // namespace

int main(int count, char** arguments) {
    const std::size_t rows = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 2000;
    TravelOptions options;
    options.jobs = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 0;
    const Land land(rows * 5 / 2, rows);
    const auto sources = sources_on(land, 1000);
    if (count > 3) {
        write_for_peers(land, sources, arguments[3]);
        return 0;
    }
    for (const auto moves : {TravelMoves::eight, TravelMoves::sixteen}) {
        options.moves = moves;
        Findings findings;
        Watch watch;
        const auto times = access::travel_times(land, 0, sources, options, watch, findings);
        const double seconds = watch.seconds();
        const double cpu_seconds = watch.cpu_seconds();
        fmt::print(
            "{} x {} cells, {} sources, {} moves, jobs {}: {:.2f} s, {:.2f} s of processors; sum of minutes "
            "{}\n",
            land.info().grid.columns, rows, sources.size(), moves == TravelMoves::eight ? 8 : 16,
            options.jobs, seconds, cpu_seconds, checksum(times));
        // Of the moves that others have, too.
        if (moves == TravelMoves::eight)
            fmt::print("seconds: {:.3f}\nprocessors: {:.3f}\n", seconds, cpu_seconds);
    }
}
