#include "tendik/spatial/weights.h"

#include "columbus.h"
#include "support/message.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

namespace tendik {
namespace {

using spatial::Link;
using spatial::make_weights;
using test::message_of;
using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

/// A - B - C in a row, D alone.
SpatialWeights row_of_three() {
    return make_weights({"A", "B", "C", "D"}, {{1, 0}, {0, 1}, {1, 2}, {2, 1}}, "drawn");
}

TEST(Weights, LinksAreSortedAndRepeatedOnesAddedUp) {
    const auto weights = make_weights({"A", "B"}, {{1, 0, 2.0}, {0, 1, 1.0}, {0, 1, 0.5}}, "drawn");
    EXPECT_THAT(weights.weights_of(0), ElementsAre(1.5));
    EXPECT_THAT(weights.links_of(1), ElementsAre(0));
    EXPECT_FALSE(spatial::is_symmetric(weights));
}

TEST(Weights, RefusesALinkToNobodyAndANegativeWeight) {
    EXPECT_THAT(message_of([] { make_weights({"A"}, {{0, 1}}, ""); }), HasSubstr("region 1 to 2 of 1"));
    EXPECT_THAT(message_of([] {
                    make_weights({"A", "B"}, {{0, 1, -1.0}}, "");
                }),
                HasSubstr("from 'A' to 'B' is -1"));
    EXPECT_THAT(message_of([] {
                    make_weights({"A", "B"}, {{0, 1, std::numeric_limits<double>::infinity()}}, "");
                }),
                HasSubstr("from 'A' to 'B' is inf"));
    EXPECT_THROW(spatial::higher_order(row_of_three(), 0, false), UsageError);
}

TEST(Weights, IsolatesAndPartsAreCounted) {
    const auto weights = row_of_three();
    EXPECT_THAT(spatial::isolates(weights), ElementsAre(3));
    EXPECT_EQ(spatial::component_count(weights), 2U);
    EXPECT_TRUE(spatial::is_symmetric(weights));
}

TEST(Weights, RowsOfStyleWAddUpToOneAndAnEmptyRowStaysEmpty) {
    const auto weights = spatial::standardise(row_of_three(), WeightStyle::W);
    EXPECT_THAT(weights.weights_of(1), ElementsAre(0.5, 0.5));
    EXPECT_THAT(weights.weights_of(0), ElementsAre(1.0));
    EXPECT_TRUE(weights.weights_of(3).empty());
}

TEST(Weights, StylesCAndUAddUpToRegionsWithNeighboursAndToOne) {
    EXPECT_DOUBLE_EQ(spatial::sums_of(spatial::standardise(row_of_three(), WeightStyle::C)).s0, 3.0);
    EXPECT_DOUBLE_EQ(spatial::sums_of(spatial::standardise(row_of_three(), WeightStyle::U)).s0, 1.0);
    EXPECT_DOUBLE_EQ(spatial::sums_of(spatial::standardise(row_of_three(), WeightStyle::S)).s0, 3.0);
}

TEST(Weights, SumsOfBinaryWeightsFollowByHand) {
    // Four links: S0 = 4. S1 = 1/2 * 4 * (1 + 1)^2 = 8. Row + column sums 2, 4, 2, 0: S2 = 4 + 16 + 4 = 24.
    const auto sums = spatial::sums_of(row_of_three());
    EXPECT_DOUBLE_EQ(sums.s0, 4.0);
    EXPECT_DOUBLE_EQ(sums.s1, 8.0);
    EXPECT_DOUBLE_EQ(sums.s2, 24.0);
}

TEST(Weights, SumsOfOneWayLinksCountBothOrderedPairs) {
    // One link of weight 3: S1 = 1/2 ((3 + 0)^2 + (0 + 3)^2) = 9, S2 = 3^2 + 3^2 = 18.
    const auto sums = spatial::sums_of(make_weights({"A", "B"}, {{0, 1, 3.0}}, ""));
    EXPECT_DOUBLE_EQ(sums.s1, 9.0);
    EXPECT_DOUBLE_EQ(sums.s2, 18.0);
}

TEST(Weights, ALinkOfNoWeightBackCountsAsNone) {
    // A triangular kernel ends in 0 at the farthest neighbour: S1 and S2 as without that link.
    const auto sums = spatial::sums_of(make_weights({"A", "B"}, {{0, 1, 3.0}, {1, 0, 0.0}}, ""));
    EXPECT_DOUBLE_EQ(sums.s1, 9.0);
    EXPECT_DOUBLE_EQ(sums.s2, 18.0);
    // With itself both ways are one: S1 = 1/2 (3 + 3)^2 = 18.
    EXPECT_DOUBLE_EQ(spatial::sums_of(make_weights({"A"}, {{0, 0, 3.0}}, "")).s1, 18.0);
}

TEST(Weights, BordersWithoutALengthAreNoLinksByLength) {
    Neighbours neighbours;
    neighbours.contiguity = Contiguity::queen;
    neighbours.of = {
        {{RegionIndex{1}, 0.0}, {RegionIndex{2}, 7.5}}, {{RegionIndex{0}, 0.0}}, {{RegionIndex{0}, 7.5}}};
    const auto by_length =
        spatial::contiguity_weights(neighbours, {"A", "B", "C"}, spatial::LinkWeight::border_length);
    EXPECT_THAT(by_length.weights_of(0), ElementsAre(7.5));
    EXPECT_THAT(spatial::isolates(by_length), ElementsAre(1));
    EXPECT_EQ(spatial::contiguity_weights(neighbours, {"A", "B", "C"}, spatial::LinkWeight::one).link_count(),
              4U);
}

TEST(Weights, ARegionLinkedToItselfAloneIsAnIsolateAndIsLinkedOnce) {
    const auto twice = spatial::with_self(spatial::with_self(row_of_three()));
    EXPECT_THAT(twice.weights_of(0), ElementsAre(1.0, 1.0));
    EXPECT_THAT(spatial::isolates(twice), ElementsAre(3));
}

TEST(Weights, NeighboursOfNeighboursAreTwoStepsAway) {
    const auto second = spatial::higher_order(row_of_three(), 2, false);
    EXPECT_THAT(second.links_of(0), ElementsAre(2));
    EXPECT_TRUE(second.links_of(1).empty());
    EXPECT_THAT(spatial::higher_order(row_of_three(), 2, true).links_of(0), ElementsAre(1, 2));
}

TEST(Weights, HigherOrdersOfColumbusAgreeWithSpdep) {
    const auto queen = test::columbus().queen();
    EXPECT_EQ(queen.link_count(), 236U);  // R 4.2.2, spdep 1.2-7: sum(card(poly2nb(columbus)))
    EXPECT_EQ(test::columbus().rook().link_count(), 200U);  // poly2nb(columbus, queen = FALSE)
    // sum(card(nblag(queen, 3)[[2]])), [[3]], sum(card(nblag_cumul(nblag(queen, 3))))
    EXPECT_EQ(spatial::higher_order(queen, 2, false).link_count(), 416U);
    EXPECT_EQ(spatial::higher_order(queen, 3, false).link_count(), 486U);
    EXPECT_EQ(spatial::higher_order(queen, 3, true).link_count(), 1138U);
}

TEST(Weights, ARegionLinkedToItselfTakesTheGreatestWeightOfItsRow) {
    const auto weights = spatial::with_self(make_weights({"A", "B", "C"}, {{0, 1, 2.0}, {0, 2, 5.0}}, ""));
    EXPECT_THAT(weights.links_of(0), ElementsAre(0, 1, 2));
    EXPECT_THAT(weights.weights_of(0), ElementsAre(5.0, 2.0, 5.0));
    EXPECT_THAT(weights.weights_of(1), ElementsAre(1.0));
}

TEST(Weights, RegionsThatLeaveTakeTheirLinksAlong) {
    const auto kept = spatial::only(row_of_three(), {true, false, true, true});
    EXPECT_THAT(kept.keys, ElementsAre("A", "C", "D"));
    EXPECT_EQ(kept.link_count(), 0U);
}

TEST(Weights, LagsAreSumsOverNeighbours) {
    EXPECT_THAT(spatial::lag(row_of_three(), std::vector{1.0, 2.0, 4.0, 8.0}),
                ElementsAre(2.0, 5.0, 2.0, 0.0));
}

spatial::Places line_of_points() { return {{{0, 0}, {1, 0}, {3, 0}, {7, 0}}, false}; }

TEST(DistanceWeights, TheNearestAreFoundAndTiesGoByOrder) {
    const auto weights = spatial::nearest_weights({{{0, 0}, {1, 0}, {2, 0}}, false}, {"A", "B", "C"}, 1);
    EXPECT_THAT(weights.links_of(1), ElementsAre(0));
    EXPECT_THROW(spatial::nearest_weights(line_of_points(), {"A", "B", "C", "D"}, 4), UsageError);
}

TEST(DistanceWeights, ABandReachesTheMostRemoteRegion) {
    EXPECT_DOUBLE_EQ(spatial::smallest_band(line_of_points()), 4.0);  // from 7 to 3
    const auto weights = spatial::band_weights(line_of_points(), {"A", "B", "C", "D"}, 2.0, 1.0);
    EXPECT_THAT(weights.weights_of(1), ElementsAre(1.0, 0.5));
    EXPECT_THAT(spatial::isolates(weights), ElementsAre(3));
}

TEST(DistanceWeights, TheBandOfColumbusAgreesWithSpdep) {
    const auto data = test::columbus();
    const double band = spatial::smallest_band(data.places);
    EXPECT_NEAR(band, 0.618864158076845, 1e-12);  // max(unlist(nbdists(knn2nb(knearneigh(xy, 1)), xy)))
    EXPECT_EQ(spatial::band_weights(data.places, data.keys, band, 0.0).link_count(), 252U);  // dnearneigh
}

TEST(DistanceWeights, DistancesOnTheEarthAreMetres) {
    const spatial::Places places{{{70.0, 50.0}, {70.0, 51.0}}, true};
    // Meridian arc of WGS 84 from 50 to 51 degrees, integrated numerically: 111238.681 m
    EXPECT_NEAR(spatial::distances_from(places, 0)[1], 111238.681, 0.01);
}

TEST(DistanceWeights, InverseDistanceRefusesTwoRegionsAtOnePlace) {
    const spatial::Places twins{{{0, 0}, {0, 0}, {1, 0}}, false};
    EXPECT_THAT(message_of([&] {
                    spatial::band_weights(twins, {"A", "B", "C"}, 2.0, 1.0);
                }),
                HasSubstr("'A' and 'B' stand at one place"));
}

TEST(DistanceWeights, KernelsFollowTheirFormulas) {
    const auto of = [](spatial::Kernel kernel) {
        return spatial::kernel_weights(line_of_points(), {"A", "B", "C", "D"}, kernel, 2.0, std::nullopt)
            .weights_of(0)
            .front();
    };
    // u = 1/2: 0.5; 1 - u; 3/4 (1 - u^2); 15/16 (1 - u^2)^2; exp(-u^2 / 2) / sqrt(2 pi)
    EXPECT_DOUBLE_EQ(of(spatial::Kernel::uniform), 0.5);
    EXPECT_DOUBLE_EQ(of(spatial::Kernel::triangular), 0.5);
    EXPECT_DOUBLE_EQ(of(spatial::Kernel::epanechnikov), 0.5625);
    EXPECT_DOUBLE_EQ(of(spatial::Kernel::quartic), 0.52734375);
    EXPECT_NEAR(of(spatial::Kernel::gaussian), std::exp(-0.125) / std::sqrt(2.0 * std::numbers::pi), 1e-15);
}

TEST(DistanceWeights, AnAdaptiveKernelReachesTheKthNearest) {
    const auto weights = spatial::kernel_weights(line_of_points(), {"A", "B", "C", "D"},
                                                 spatial::Kernel::triangular, std::nullopt, 2);
    // From 0 the second nearest is at 3: 1 - 1/3 and 1 - 3/3.
    EXPECT_THAT(weights.weights_of(0), ElementsAre(DoubleNear(2.0 / 3.0, 1e-15), DoubleEq(0.0)));
    EXPECT_THROW(
        spatial::kernel_weights(line_of_points(), {"A", "B", "C", "D"}, spatial::Kernel::uniform, 1.0, 2),
        UsageError);
}

TEST(DistanceWeights, RefuseWhatIsNoDistanceNoPowerAndNoNumber) {
    const std::vector<std::string> keys{"A", "B", "C", "D"};
    constexpr double inf = std::numeric_limits<double>::infinity();
    for (const auto& [limit, power] : {std::pair{0.0, 1.0}, {inf, 1.0}, {2.0, -1.0}, {2.0, inf}})
        EXPECT_THROW(spatial::band_weights(line_of_points(), keys, limit, power), UsageError)
            << limit << " " << power;
    EXPECT_THROW(spatial::nearest_weights(line_of_points(), keys, 0), UsageError);
    const auto kernel = [&](std::optional<double> bandwidth, std::optional<std::size_t> nearest) {
        spatial::kernel_weights(line_of_points(), keys, spatial::Kernel::uniform, bandwidth, nearest);
    };
    EXPECT_THROW(kernel(0.0, {}), UsageError);
    EXPECT_THROW(kernel({}, 4), UsageError);
}

TEST(DistanceWeights, AGaussianKernelReachesBeyondItsBandwidthAndTwinsAreAtItsMiddle) {
    const double middle = 1.0 / std::sqrt(2.0 * std::numbers::pi);
    const spatial::Places line{{{0, 0}, {1, 0}, {3, 0}}, false};
    const auto far = spatial::kernel_weights(line, {"A", "B", "C"}, spatial::Kernel::gaussian, 1.0, {});
    // u = 1 and 3: exp(-u^2 / 2) / sqrt(2 pi)
    EXPECT_THAT(far.weights_of(0), ElementsAre(DoubleNear(std::exp(-0.5) * middle, 1e-15),
                                               DoubleNear(std::exp(-4.5) * middle, 1e-15)));
    const spatial::Places twins{{{0, 0}, {0, 0}, {3, 0}}, false};  // the nearest is no distance away
    const auto near =
        spatial::kernel_weights(twins, {"A", "B", "C"}, spatial::Kernel::triangular, {}, std::size_t{1});
    EXPECT_EQ(near.weights_of(0)[0], 1.0);
}

class WeightsFile : public testing::Test {
protected:
    std::string refusal(const std::string& name, const std::string& content) {
        write_file(folder / name, content);
        return message_of([&] { spatial::read_weights(folder / name, keys); });
    }
    test::TemporaryFolder folder;
    std::vector<std::string> keys{"A", "B", "C", "D"};
};

TEST_F(WeightsFile, EveryFormatGivesBackWhatWasWritten) {
    auto weights = row_of_three();
    for (const auto* name : {"w.gal", "w.gwt", "w.json"}) {
        if (std::string(name) != "w.gal") weights.weight[1] = 0.25;
        write_file(folder / name, spatial::write_weights(weights, name));
        const auto back = spatial::read_weights(folder / name, keys);
        EXPECT_EQ(back.to, weights.to) << name;
        EXPECT_EQ(back.weight, weights.weight) << name;
        EXPECT_EQ(back.begin, weights.begin) << name;
    }
}

TEST_F(WeightsFile, WeightsOfAnotherLayerAreRefusedWithTheirLine) {
    EXPECT_THAT(refusal("w.gal", "4\nA 1\nX\nB 0\nC 0\nD 0\n"), HasSubstr("line 3: region 'X' is none"));
    EXPECT_THAT(refusal("w.gal", "3\nA 0\nB 0\nC 0\n"),
                HasSubstr("speaks of 3 regions, the boundaries have 4"));
    EXPECT_THAT(refusal("w.gal", "4\nA 0\nB 0\nC 0\n"), HasSubstr("region 'D' is not in the file"));
    EXPECT_THAT(refusal("w.gal", "4\nA 2\nB\nC 0\nD 0\n"), HasSubstr("2 neighbours are announced, 1 follow"));
}

TEST_F(WeightsFile, DamagedFilesAreRefused) {
    EXPECT_THAT(refusal("w.gwt", "4\nA B x\n"), HasSubstr("line 2: the weight is 'x'"));
    EXPECT_THAT(refusal("w.gwt", "4\nA B\n"), HasSubstr("expected two regions and a weight"));
    EXPECT_THAT(refusal("w.json", "{"), HasSubstr("no JSON"));
    EXPECT_THAT(refusal("w.json", "{\"schema\":\"other\"}"), HasSubstr("no document of schema"));
    EXPECT_THROW(spatial::read_weights(folder / "w.txt", keys), UsageError);
}

TEST_F(WeightsFile, AKeyWithABlankGoesIntoJsonOnly) {
    const auto weights = make_weights({"East Kazakhstan"}, {}, "");
    EXPECT_THROW(spatial::write_weights(weights, "w.gal"), UsageError);
    EXPECT_NE(spatial::write_weights(weights, "w.json").find("East Kazakhstan"), std::string::npos);
}

/// Of the centroids of Columbus, as R's spdep writes them (tests/oracles/place_graphs.R).
void expect_graph(spatial::PlaceGraph graph, const std::string& file, std::size_t links) {
    const auto data = test::columbus();
    const auto ours = spatial::graph_weights(data.places, data.keys, graph);
    const auto theirs =
        spatial::read_weights(std::string(TENDIK_SOURCE_DIR "/tests/oracles/") + file, data.keys);
    EXPECT_EQ(ours.link_count(), links);
    EXPECT_EQ(ours.begin, theirs.begin);
    EXPECT_EQ(ours.to, theirs.to);
}

TEST(PlaceGraphs, OfColumbusAreThoseOfSpdep) {
    // sum(card(...)) of tri2nb, gabrielneigh, relativeneigh: spdep 1.2-7, deldir 1.0-6
    expect_graph(spatial::PlaceGraph::delaunay, "columbus_delaunay.gal", 268);
    expect_graph(spatial::PlaceGraph::gabriel, "columbus_gabriel.gal", 184);
    expect_graph(spatial::PlaceGraph::relative_neighbour, "columbus_relative.gal", 118);
}

TEST(PlaceGraphs, ASquareHasOneDiagonalByDelaunayAndNoneByTheOthers) {
    const spatial::Places square{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, false};
    const auto links = [&](spatial::PlaceGraph graph) {
        return spatial::graph_weights(square, {"A", "B", "C", "D"}, graph).link_count();
    };
    EXPECT_EQ(links(spatial::PlaceGraph::delaunay), 10U);
    EXPECT_EQ(links(spatial::PlaceGraph::gabriel), 8U);  // a corner lies on the circle over the diagonal
    EXPECT_EQ(links(spatial::PlaceGraph::relative_neighbour), 8U);
}

TEST(PlaceGraphs, AThirdPlacePartsAPairOnTheCircleButNotAtTheirOwnDistance) {
    // An equilateral triangle: each is as near to both others as these are to each other.
    const spatial::Places triangle{{{0, 0}, {2, 0}, {1, std::sqrt(3.0)}}, false};
    EXPECT_EQ(spatial::graph_weights(triangle, {"A", "B", "C"}, spatial::PlaceGraph::relative_neighbour)
                  .link_count(),
              6U);
    // C sees A and B at a right angle: it lies on the circle over them.
    const spatial::Places right{{{0, 0}, {2, 0}, {1, 1}}, false};
    const auto weights = spatial::graph_weights(right, {"A", "B", "C"}, spatial::PlaceGraph::gabriel);
    EXPECT_THAT(weights.links_of(0), ElementsAre(2));
}

TEST(PlaceGraphs, DegreesAreTakenAsPlacesOnASphere) {
    // At 60 degrees north a degree of longitude is half as long as one of latitude: the circle over A and B
    // reaches half a degree above their middle on the Earth, and a whole one in a plane of degrees.
    const auto linked = [](double lat) {
        const spatial::Places places{{{70.0, 60.0}, {72.0, 60.0}, {71.0, lat}}, true};
        return spatial::graph_weights(places, {"A", "B", "C"}, spatial::PlaceGraph::gabriel)
                   .links_of(0)
                   .size() == 2U;
    };
    EXPECT_TRUE(linked(60.6));
    EXPECT_FALSE(linked(60.4));
}

TEST(PlaceGraphs, TheTriangulationIsThatOfTheSphere) {
    // At 60 degrees north A and B, two degrees apart, are nearer than C and D, 1.2 degrees: theirs is the
    // diagonal. In a plane of degrees it were the other.
    const spatial::Places places{{{70.0, 60.0}, {72.0, 60.0}, {71.0, 60.6}, {71.0, 59.4}}, true};
    const auto weights = spatial::graph_weights(places, {"A", "B", "C", "D"}, spatial::PlaceGraph::delaunay);
    EXPECT_THAT(weights.links_of(0), ElementsAre(1, 2, 3));
    EXPECT_THAT(weights.links_of(2), ElementsAre(0, 1));
    EXPECT_THAT(message_of([&] { spatial::graph_weights(places, {"A"}, spatial::PlaceGraph::delaunay); }),
                HasSubstr("4 places for 1 regions"));
}

TEST(PlaceGraphs, RefuseTooFewPlacesAndTwoInOne) {
    EXPECT_THAT(
        message_of([] {
            spatial::graph_weights({{{0, 0}, {1, 0}}, false}, {"A", "B"}, spatial::PlaceGraph::gabriel);
        }),
        HasSubstr("2 regions, and a triangulation wants 3 or more"));
    EXPECT_THAT(message_of([] {
                    spatial::graph_weights({{{0, 0}, {1, 0}, {0, 0}}, false}, {"A", "B", "C"},
                                           spatial::PlaceGraph::delaunay);
                }),
                HasSubstr("'A' and 'C' stand at one place"));
}

TEST(Gravity, IsTheProductOfPeopleOverAPowerOfDistance) {
    const Column people{Value::of(2), Value::of(3), Value::of(5), Value::without(State::missing)};
    const auto weights = spatial::gravity_weights(line_of_points(), {"A", "B", "C", "D"}, people, 2.0);
    // By hand: 2 * 3 / 1^2, 2 * 5 / 3^2; 3 * 5 / 2^2.
    EXPECT_THAT(weights.weights_of(0), ElementsAre(DoubleEq(6.0), DoubleEq(10.0 / 9.0)));
    EXPECT_THAT(weights.weights_of(1), ElementsAre(DoubleEq(6.0), DoubleEq(15.0 / 4.0)));
    EXPECT_THAT(spatial::isolates(weights), ElementsAre(3));
    EXPECT_TRUE(spatial::is_symmetric(weights));
}

TEST(Gravity, RefusesNobodyAndTwoRegionsAtOnePlace) {
    const auto of = [](double first, double place, double power) {
        spatial::gravity_weights({{{0, 0}, {place, 0}}, false}, {"A", "B"},
                                 {first < 0.0 ? Value{} : Value::of(first), Value::of(first)}, power);
    };
    EXPECT_THAT(message_of([&] { of(0.0, 1.0, 2.0); }), HasSubstr("the population of 'A' is 0"));
    EXPECT_THAT(message_of([&] { of(1.0, 0.0, 2.0); }), HasSubstr("'A' and 'B' stand at one place"));
    EXPECT_THROW(of(1.0, 1.0, 0.0), UsageError);
    EXPECT_THAT(message_of([] {
                    spatial::gravity_weights({{{0, 0}}, false}, {"A"}, {Value{}}, 2.0);
                }),
                HasSubstr("no region has a population"));
}

}  // namespace
}  // namespace tendik
