#include "tendik/access/travel_time.h"

#include "tendik/base/error.h"
#include "tendik/geom/geodesic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <queue>
#include <random>

namespace tendik::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

const Crs utm42{"EPSG:32642"};  // metres

using Matrix = std::vector<std::vector<double>>;

MemoryRaster friction_of(const Matrix& friction, const Grid& grid, const Crs& crs = utm42) {
    std::vector<double> values;
    for (const auto& row : friction)
        values.insert(values.end(), row.begin(), row.end());
    return {"friction.tif", grid, crs, {{"friction", "min/m", std::move(values)}}};
}

/// Cells of 1 m with their north-west corner at (0, rows).
MemoryRaster metre_cells(const Matrix& friction) {
    const Grid grid{0.0, static_cast<double>(friction.size()), 1.0, 1.0, friction[0].size(), friction.size()};
    return friction_of(friction, grid);
}

Matrix everywhere(double value, std::size_t columns, std::size_t rows) {
    return Matrix(rows, std::vector<double>(columns, value));
}

TravelTimes times(const MemoryRaster& friction, const std::vector<Point>& places,
                  const TravelOptions& options = {}) {
    std::vector<TravelSource> sources;
    for (const auto& place : places)
        sources.push_back({"s" + std::to_string(sources.size() + 1), place});
    NoProgress progress;
    Findings findings;
    return travel_times(friction, 0, sources, options, progress, findings);
}

std::string fault_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return describe(error);
    }
    return "no fault";
}

TEST(TravelTime, OfUnitFrictionIsTheDistanceInSteps) {
    auto friction = everywhere(1.0, 5, 5);
    const auto plain = times(metre_cells(friction), {{2.5, 2.5}});
    // Hand arithmetic: 1, 2, sqrt 2 and 2 sqrt 2 metres at one minute each.
    EXPECT_FLOAT_EQ(plain.minutes(3, 2), 1.0F);
    EXPECT_FLOAT_EQ(plain.minutes(4, 2), 2.0F);
    EXPECT_FLOAT_EQ(plain.minutes(3, 3), 1.4142136F);
    EXPECT_FLOAT_EQ(plain.minutes(4, 4), 2.8284271F);
    EXPECT_FLOAT_EQ(plain.minutes(2, 2), 0.0F);
    friction[2][2] = 0.0;
    const auto free = times(metre_cells(friction), {{2.5, 2.5}});
    // R 4.2.2, terra 1.7-3: tests/oracles/travel_time.R, first table.
    EXPECT_NEAR(free.minutes(3, 2), 0.5, 1e-7);
    EXPECT_NEAR(free.minutes(4, 2), 1.5, 1e-7);
    EXPECT_NEAR(free.minutes(3, 3), 0.7071067812, 1e-7);
    EXPECT_NEAR(free.minutes(4, 4), 2.121320344, 1e-6);
    EXPECT_NEAR(free.minutes(1, 4), 1.707106781, 1e-7);
}

/// As in tests/oracles/travel_time.R.
Matrix rough_friction(double scale) {
    Matrix rough(6, std::vector<double>(7));
    for (int i = 1; i <= 6; ++i)
        for (int j = 1; j <= 7; ++j)
            rough[static_cast<std::size_t>(i - 1)][static_cast<std::size_t>(j - 1)] =
                scale * ((7 * i + 3 * j * j + i * j) % 11 + 1) / 8.0;
    rough[1][1] = 0.0;
    rough[4][5] = 0.0;
    for (std::size_t row = 0; row < 4; ++row)
        rough[row][3] = none;
    return rough;
}

TEST(TravelTime, AgreesWithTerraOnRoughFrictionWithAWall) {
    const auto found =
        times(friction_of(rough_friction(1.0), {0.0, 12.0, 2.0, 2.0, 7, 6}), {{3.0, 9.0}, {11.0, 3.0}});
    // R 4.2.2, terra 1.7-3: tests/oracles/travel_time.R, second table.
    const Matrix terra{
        {0.176776695, 1.375, 0.883883476, none, 3.030330086, 1.883883476, 3.008883476},
        {1.125, 0.0, 0.5, none, 1.530330086, 2.030330086, 3.780330086},
        {1.060660172, 0.875, 0.530330086, none, 1.155330086, 1.944543648, 2.185660172},
        {2.185660172, 1.944543648, 1.155330086, none, 0.530330086, 0.875, 1.060660172},
        {3.780330086, 2.030330086, 1.530330086, 1.625, 0.5, 0.0, 1.125},
        {3.008883476, 1.883883476, 3.030330086, 2.090990258, 0.883883476, 1.375, 0.176776695},
    };
    for (std::size_t row = 0; row < 6; ++row)
        for (std::size_t column = 0; column < 7; ++column) {
            const double minutes = static_cast<double>(found.minutes(column, row));
            if (std::isnan(terra[row][column]))
                EXPECT_EQ(found.state(column, row), TravelState::no_data);
            else
                EXPECT_NEAR(minutes, terra[row][column], 1e-6) << "column " << column << ", row " << row;
        }
}

TEST(TravelTime, TakesTheGeodesicOfEachRow) {
    const auto found =
        times(friction_of(everywhere(0.001, 3, 3), {70.0, 65.0, 5.0, 5.0, 3, 3}, wgs84), {{77.5, 57.5}});
    // Karney's geodesics between the centres of the cells, 0.001 min a metre.
    EXPECT_NEAR(found.minutes(0, 1), geom::geodesic_distance_m({72.5, 57.5}, {77.5, 57.5}) / 1000, 1e-4);
    EXPECT_NEAR(found.minutes(1, 0), geom::geodesic_distance_m({77.5, 62.5}, {77.5, 57.5}) / 1000, 1e-4);
    EXPECT_NEAR(found.minutes(2, 0), geom::geodesic_distance_m({82.5, 62.5}, {77.5, 57.5}) / 1000, 1e-4);
    EXPECT_NEAR(found.minutes(2, 2), geom::geodesic_distance_m({82.5, 52.5}, {77.5, 57.5}) / 1000, 1e-4);
    // 5 degrees at 57.5 N, GeographicLib's geodesic: 299.8 km; the northern diagonal is shorter.
    EXPECT_NEAR(found.minutes(0, 1), 299.8, 0.1);
    EXPECT_LT(found.minutes(2, 0), found.minutes(2, 2));
}

TEST(TravelTime, InDegreesIsNearTerras) {
    const auto found = times(friction_of(rough_friction(0.001), {70.0, 51.2, 0.2, 0.2, 7, 6}, wgs84),
                             {{70.3, 50.9}, {71.1, 50.3}});
    // R 4.2.2, terra 1.7-3: tests/oracles/travel_time.R, third table. terra's lengths of steps are not
    // geodesics of the ellipsoid: the largest difference is below 0.6 per cent.
    EXPECT_NEAR(found.minutes(0, 0), 1.64430181, 0.006 * 1.64430181);
    EXPECT_NEAR(found.minutes(6, 1), 31.83649163, 0.006 * 31.83649163);
    EXPECT_NEAR(found.minutes(2, 5), 30.03267831, 0.006 * 30.03267831);
    EXPECT_NEAR(found.minutes(3, 4), 11.57789796, 0.006 * 11.57789796);
}

TEST(TravelTime, InFeetCountsMetres) {
    const auto found =
        times(friction_of(everywhere(1.0, 3, 1), {0.0, 1.0, 1.0, 1.0, 3, 1}, {"EPSG:2263"}), {{0.5, 0.5}});
    EXPECT_NEAR(found.minutes(2, 0), 2.0 * 1200.0 / 3937.0, 1e-6);  // the US survey foot in metres
}

TEST(TravelTime, WithSixteenMovesTakesTheKnights) {
    const auto friction = metre_cells(everywhere(1.0, 5, 5));
    const auto found = times(friction, {{0.5, 0.5}}, {.moves = TravelMoves::sixteen});
    EXPECT_NEAR(found.minutes(1, 2), std::sqrt(5.0), 1e-6);        // two rows up, one column
    EXPECT_NEAR(found.minutes(2, 3), std::sqrt(5.0), 1e-6);        // one row up, two columns
    EXPECT_NEAR(found.minutes(3, 3), 1.0 + std::sqrt(5.0), 1e-6);  // a knight's move and a straight one
    EXPECT_NEAR(times(friction, {{0.5, 0.5}}).minutes(1, 2), 1.0 + std::sqrt(2.0), 1e-6);
}

TEST(TravelTime, WithSixteenMovesJumpsOverNoBarrier) {
    auto wall = everywhere(1.0, 5, 5);
    for (auto& row : wall)
        row[2] = infinite;
    const auto found = times(metre_cells(wall), {{1.5, 2.5}}, {.moves = TravelMoves::sixteen});
    for (std::size_t row = 0; row < 5; ++row) {
        EXPECT_EQ(found.state(2, row), TravelState::barrier);
        EXPECT_EQ(found.state(3, row), TravelState::unreached);
    }
}

TEST(TravelTime, TellsUnreachedBarrierAndNoDataApart) {
    const auto found = times(metre_cells({{1, 1, -9, 1}, {1, 1, -9, 1}, {none, 1, infinite, 1}}),
                             {{0.5, 2.5}}, {.barrier = -9.0});
    EXPECT_EQ(found.state(1, 0), TravelState::reached);
    EXPECT_EQ(found.state(2, 0), TravelState::barrier);    // the declared value
    EXPECT_EQ(found.state(2, 2), TravelState::barrier);    // infinite friction
    EXPECT_EQ(found.state(3, 1), TravelState::unreached);  // behind the wall
    EXPECT_EQ(found.state(0, 2), TravelState::no_data);
    EXPECT_EQ(found.source(3, 1), found.sources().size());
    std::vector<double> states(4);
    found.read(2, {0, 2, 4, 1}, states);
    EXPECT_THAT(states, ElementsAre(3, 0, 2, 1));
    std::vector<double> minutes(2);
    found.read(0, {2, 0, 2, 1}, minutes);
    EXPECT_TRUE(std::isnan(minutes[0]) && std::isnan(minutes[1]));
    EXPECT_EQ(found.info().bands, (std::vector<std::string>{"minutes", "source", "state"}));
}

TEST(TravelTime, DoesNotSlipThroughADiagonalBarrierUnlessAllowed) {
    const Matrix wall{{1, 1, none}, {1, none, 1}, {none, 1, 1}};
    EXPECT_EQ(times(metre_cells(wall), {{0.5, 2.5}}).state(2, 2), TravelState::unreached);
    const auto open = times(metre_cells(wall), {{0.5, 2.5}}, {.pass_corners = true});
    // (1, 0) -> (2, 1) between (1, 1) and (2, 0): 1 + sqrt 2 + 1 metres.
    EXPECT_NEAR(open.minutes(2, 2), 2.0 + std::sqrt(2.0), 1e-6);
}

TEST(TravelTime, StopsAtTheMaximumAndCountsItIn) {
    const auto found = times(metre_cells(everywhere(1.0, 6, 1)), {{0.5, 0.5}}, {.max_min = 3.0});
    EXPECT_EQ(found.minutes(3, 0), 3.0F);
    EXPECT_EQ(found.state(4, 0), TravelState::unreached);
}

TEST(TravelTime, GivesEveryCellItsNearestSourceAndTheFirstOfEqualOnes) {
    const auto found = times(metre_cells(everywhere(1.0, 7, 1)), {{6.5, 0.5}, {0.5, 0.5}});
    std::vector<double> sources(7);
    found.read(1, {0, 0, 7, 1}, sources);
    EXPECT_THAT(sources, ElementsAre(2, 2, 2, 1, 1, 1, 1));  // cell 3 is 3 metres from both
}

TEST(TravelTime, MovesASourceOffABarrierAndSaysSo) {
    const auto friction = metre_cells({{none, none, 1, 1}, {none, none, none, 1}, {1, none, none, 1}});
    NoProgress progress;
    Findings findings;
    const auto found =
        travel_times(friction, 0, {{"Аягөз", {1.4, 1.6}}}, {.move_source_m = 2.0}, progress, findings);
    // Centres: (2.5, 2.5) is sqrt(1.1^2 + 0.9^2) = 1.42 m away, (0.5, 0.5) the same turned: sqrt(0.9^2
    // + 1.1^2); the first in reading order is taken.
    EXPECT_EQ(found.minutes(2, 0), 0.0F);
    EXPECT_EQ(found.state(0, 2), TravelState::unreached);
    ASSERT_EQ(findings.count_of("source-moved"), 1U);
    EXPECT_THAT(findings.all()[0].where, HasSubstr("Аягөз"));
    EXPECT_THAT(findings.all()[0].text, HasSubstr("1 m"));
    EXPECT_THAT(fault_of([&] {
                    times(friction, {{1.4, 1.6}}, {.move_source_m = 1.0});
                }),
                testing::AllOf(HasSubstr("'s1' (1.4, 1.6)"), HasSubstr("within 1 m"), HasSubstr("hint")));
}

TEST(TravelTime, FindsThePassableCellNearestOnTheGround) {
    // At 60 N a degree to the east is half as long as one to the north.
    auto friction = everywhere(none, 5, 5);
    friction[2][4] = friction[0][2] = 0.01;
    const auto found = times(friction_of(friction, {70.0, 62.5, 1.0, 1.0, 5, 5}, wgs84), {{72.5, 60.0}},
                             {.move_source_m = 150'000.0});
    EXPECT_EQ(found.minutes(4, 2), 0.0F);  // 111.8 km away; the other 222.8 km
    EXPECT_EQ(found.state(2, 0), TravelState::unreached);
}

TEST(TravelTime, TellsOfSourcesThatShareACell) {
    NoProgress progress;
    Findings findings;
    travel_times(metre_cells(everywhere(1.0, 2, 1)), 0, {{"a", {0.2, 0.5}}, {"b", {0.4, 0.5}}}, {}, progress,
                 findings);
    ASSERT_EQ(findings.count_of("sources-share-cell"), 1U);
    EXPECT_THAT(findings.all()[0].text, HasSubstr("'a'"));
}

TEST(TravelTime, NamesEverySourceOutsideTheRaster) {
    const auto friction = metre_cells(everywhere(1.0, 3, 3));
    const auto fault = fault_of([&] { times(friction, {{1.0, 1.0}, {3.5, 1.0}, {1.0, -0.5}}); });
    EXPECT_THAT(fault, testing::AllOf(HasSubstr("2 of the sources"), HasSubstr("'s2' (3.5, 1)"),
                                      HasSubstr("'s3' (1, -0.5)"), HasSubstr("friction.tif")));
    EXPECT_THAT(fault_of([&] { times(friction, {}); }), HasSubstr("no source"));
    EXPECT_EQ(times(friction, {{3.0, 0.0}}).minutes(2, 2), 0.0F);  // the outer corner belongs to the last
                                                                   // cell
}

TEST(TravelTime, RefusesWhatCannotBeFriction) {
    const auto three = everywhere(1.0, 3, 3);
    auto negative = three;
    negative[1][2] = -0.5;
    EXPECT_THAT(fault_of([&] {
                    times(metre_cells(negative), {{0.5, 0.5}});
                }),
                HasSubstr("friction is -0.5 in column 3, row 2"));
    const Grid grid{0.0, 3.0, 1.0, 1.0, 3, 3};
    EXPECT_THAT(fault_of([&] {
                    times(friction_of(three, grid, {}), {{0.5, 0.5}});
                }),
                HasSubstr("no coordinate reference system"));
    EXPECT_THAT(fault_of([&] {
                    times(friction_of(three, {0, 95, 1, 1, 3, 3}, wgs84), {{0.5, 93.0}});
                }),
                HasSubstr("beyond a pole"));
    EXPECT_THAT(fault_of([&] {
                    times(metre_cells(everywhere(3e6, 3, 1)), {{0.5, 0.5}});
                }),
                HasSubstr("longer than 2097152 minutes"));
    EXPECT_THAT(fault_of([&] {
                    times(metre_cells(three), {{0.5, 0.5}}, {.max_memory_bytes = 100});
                }),
                HasSubstr("needs 1 MB"));
    EXPECT_THAT(fault_of([&] {
                    times(metre_cells(three), {{0.5, 0.5}}, {.max_min = 0.0});
                }),
                HasSubstr("expected more than 0"));
    EXPECT_THAT(fault_of([&] {
                    times(metre_cells(three), {{0.5, 0.5}}, {.move_source_m = -1.0});
                }),
                HasSubstr("expected 0 or more"));
}

TEST(TravelTime, SuspectsFrictionThatIsNotMinutesAMetre) {
    NoProgress progress;
    Findings findings;
    travel_times(metre_cells(everywhere(12.0, 3, 3)), 0, {{"a", {1.5, 1.5}}}, {}, progress, findings);
    EXPECT_EQ(findings.count_of("friction-unit"), 1U);
}

TEST(TravelTime, GoesRoundTheEarth) {
    // 36 columns of 10 degrees; a wall at 0 to 10 E leaves the way over 180 degrees.
    auto friction = everywhere(0.001, 36, 3);
    for (auto& row : friction)
        row[18] = none;
    for (const auto moves : {TravelMoves::eight, TravelMoves::sixteen}) {
        const auto found = times(friction_of(friction, {-180.0, 15.0, 10.0, 10.0, 36, 3}, wgs84),
                                 {{-175.0, 0.0}}, {.moves = moves});
        EXPECT_FLOAT_EQ(found.minutes(35, 1), found.minutes(1, 1));
        EXPECT_FLOAT_EQ(found.minutes(34, 2), found.minutes(2, 2));
        EXPECT_FLOAT_EQ(found.minutes(35, 0), found.minutes(1, 0));
        EXPECT_FLOAT_EQ(found.minutes(19, 1), found.minutes(17, 1));
    }
    // A raster over the antimeridian, from 170 E to 170 W, holds a source at 175 W.
    const auto over =
        times(friction_of(everywhere(0.001, 4, 1), {170.0, 2.5, 5.0, 5.0, 4, 1}, wgs84), {{-176.0, 0.0}});
    EXPECT_EQ(over.minutes(2, 0), 0.0F);
    EXPECT_THAT(fault_of([&] {
                    times(friction_of(everywhere(1.0, 4, 1), {170.0, 2.5, 5.0, 5.0, 4, 1}, wgs84), {{0, 0}});
                }),
                HasSubstr("outside the raster"));
}

// The twin: Dijkstra's algorithm with a heap and doubles, edges reckoned one by one.
struct Twin {
    std::vector<double> minutes;
    std::vector<std::size_t> source;
};

bool passable(const MemoryRaster& friction, long column, long row) {
    const auto& grid = friction.info().grid;
    if (column < 0 || row < 0 || column >= static_cast<long>(grid.columns) ||
        row >= static_cast<long>(grid.rows))
        return false;
    const auto& values = friction.bands()[0].values;
    return std::isfinite(
        values[static_cast<std::size_t>(row) * grid.columns + static_cast<std::size_t>(column)]);
}

/// Whether a step to (dx, dy) passes only over or between passable cells.
bool open_step(const MemoryRaster& friction, long column, long row, long dx, long dy) {
    if (!passable(friction, column + dx, row + dy)) return false;
    const auto free = [&](long x, long y) { return passable(friction, column + x, row + y); };
    if (std::abs(dx) + std::abs(dy) == 1) return true;
    if (std::abs(dx) == std::abs(dy)) return free(dx, 0) || free(0, dy);
    if (std::abs(dx) == 2) return free(dx / 2, 0) && free(dx / 2, dy);
    return free(0, dy / 2) && free(dx, dy / 2);
}

Twin slow_times(const MemoryRaster& friction, const std::vector<std::size_t>& sources, bool sixteen) {
    const auto& grid = friction.info().grid;
    const auto& values = friction.bands()[0].values;
    Twin twin{std::vector<double>(values.size(), infinite), std::vector<std::size_t>(values.size())};
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        twin.minutes[sources[i]] = 0.0;
        twin.source[sources[i]] = i;
        queue.emplace(0.0, sources[i]);
    }
    const auto centre = [&](long column, long row) {
        return grid.centre(static_cast<std::size_t>(column), static_cast<std::size_t>(row));
    };
    while (!queue.empty()) {
        const auto [minutes, cell] = queue.top();
        queue.pop();
        if (minutes > twin.minutes[cell]) continue;
        const auto column = static_cast<long>(cell % grid.columns);
        const auto row = static_cast<long>(cell / grid.columns);
        for (long dy = -2; dy <= 2; ++dy)
            for (long dx = -2; dx <= 2; ++dx) {
                const long apart = dx * dx + dy * dy;
                const bool step = apart == 1 || apart == 2 || (sixteen && apart == 5);
                if (!step || !open_step(friction, column, row, dx, dy)) continue;
                const auto target =
                    static_cast<std::size_t>(row + dy) * grid.columns + static_cast<std::size_t>(column + dx);
                const double metres =
                    geom::geodesic_distance_m(centre(column, row), centre(column + dx, row + dy));
                const double next = minutes + metres * (values[cell] + values[target]) / 2.0;
                if (next >= twin.minutes[target]) continue;
                twin.minutes[target] = next;
                twin.source[target] = twin.source[cell];
                queue.emplace(next, target);
            }
    }
    return twin;
}

/// Friction as on land: mostly slow, some fast roads, some lakes.
MemoryRaster land(std::size_t columns, std::size_t rows, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<double> values(columns * rows);
    for (auto& value : values) {
        const auto draw = random() % 100;
        const float slow = 0.012F + 0.0001F * static_cast<float>(random() % 97);
        value = draw < 12 ? none : static_cast<double>(draw < 30 ? 0.0006F : slow);
    }
    return {
        "land", {60.0, 55.0, 0.01, 0.01, columns, rows}, wgs84, {{"friction", "min/m", std::move(values)}}};
}

std::vector<std::size_t> some_cells(const MemoryRaster& friction, std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::size_t> cells;
    while (cells.size() < count) {
        const auto cell = random() % friction.bands()[0].values.size();
        if (std::isfinite(friction.bands()[0].values[cell])) cells.push_back(cell);
    }
    return cells;
}

std::vector<Point> centres(const MemoryRaster& friction, const std::vector<std::size_t>& cells) {
    const auto& grid = friction.info().grid;
    std::vector<Point> points;
    for (const auto cell : cells)
        points.push_back(grid.centre(cell % grid.columns, cell / grid.columns));
    return points;
}

TEST(TravelTime, EqualsPlainDijkstra) {
    const auto friction = land(70, 60, 1);
    const auto cells = some_cells(friction, 5, 2);
    for (const auto moves : {TravelMoves::eight, TravelMoves::sixteen}) {
        const auto fast = times(friction, centres(friction, cells), {.moves = moves});
        const auto slow = slow_times(friction, cells, moves == TravelMoves::sixteen);
        for (std::size_t cell = 0; cell < slow.minutes.size(); ++cell) {
            const auto column = cell % 70;
            const auto row = cell / 70;
            if (!std::isfinite(friction.bands()[0].values[cell])) {
                EXPECT_EQ(fast.state(column, row), TravelState::no_data);
            } else if (std::isinf(slow.minutes[cell])) {
                EXPECT_EQ(fast.state(column, row), TravelState::unreached);
            } else {
                // A float has 24 bits; friction stands in floats on both sides.
                EXPECT_NEAR(fast.minutes(column, row), slow.minutes[cell], 1e-7 * slow.minutes[cell] + 1e-7);
                EXPECT_EQ(fast.source(column, row), slow.source[cell]);
            }
        }
    }
}

TEST(TravelTime, IsTheSameAtAnyNumberOfThreads) {
    const auto friction = land(500, 400, 3);
    const auto places = centres(friction, some_cells(friction, 400, 4));
    for (const auto moves : {TravelMoves::eight, TravelMoves::sixteen}) {
        const auto alone = times(friction, places, {.moves = moves, .jobs = 1});
        const auto together = times(friction, places, {.moves = moves, .jobs = 8});
        for (std::size_t band = 0; band < 3; ++band) {
            std::vector<double> one(500 * 400);
            std::vector<double> eight(500 * 400);
            alone.read(band, {0, 0, 500, 400}, one);
            together.read(band, {0, 0, 500, 400}, eight);
            EXPECT_EQ(std::memcmp(one.data(), eight.data(), one.size() * sizeof(double)), 0);
        }
    }
}

TEST(TravelTime, CrossesFrictionOfManyMagnitudes) {
    // Steps from 1e-6 to 1e4 minutes: far more buckets than the wheel holds.
    Matrix friction{{}};
    for (int i = 0; i < 60; ++i)
        friction[0].push_back(std::pow(10.0, i % 11 - 6));
    const auto found = times(metre_cells(friction), {{0.5, 0.5}});
    double minutes = 0.0;
    for (std::size_t i = 1; i < 60; ++i) {
        minutes += (friction[0][i - 1] + friction[0][i]) / 2.0;
        EXPECT_NEAR(found.minutes(i, 0), minutes, 1e-6 * minutes);
    }
}

TEST(TravelTime, BringsPlacesToTheCrsOfTheRaster) {
    const auto moved = to_crs({{"a", {69.0, 0.0}}}, wgs84, utm42);
    EXPECT_NEAR(moved[0].place.x, 500000.0, 1e-6);  // the central meridian of UTM zone 42 is 69 E
    EXPECT_THAT(fault_of([] { to_crs({{"bad", {0.0, 100.0}}}, wgs84, {"EPSG:3857"}); }), HasSubstr("'bad'"));
}

}  // namespace
}  // namespace tendik::access
