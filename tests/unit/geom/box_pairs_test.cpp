#include "tendik/geom/box_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace tendik {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(MeetingPairs, TouchingBoxesMeetAndEmptyOnesDoNot) {
    const std::vector<Box> boxes{{0, 0, 1, 1}, {1, 1, 2, 2}, {}, {5, 5, 6, 6}, {0.5, 0.5, 5.5, 5.5}};
    EXPECT_THAT(geom::meeting_pairs(boxes), ElementsAre(Pair(0, 1), Pair(0, 4), Pair(1, 4), Pair(3, 4)));
    EXPECT_TRUE(geom::meeting_pairs({}).empty());
}

TEST(MeetingPairs, EqualThoseOfComparingAllWithAll) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(0.0, 100.0);
    std::uniform_real_distribution<double> size(0.0, 10.0);
    std::vector<Box> boxes;
    for (int i = 0; i < 300; ++i) {
        const auto x = place(random);
        const auto y = place(random);
        boxes.push_back({x, y, x + size(random), y + size(random)});
    }
    std::vector<std::pair<std::size_t, std::size_t>> all;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t j = i + 1; j < boxes.size(); ++j)
            if (boxes[i].intersects(boxes[j])) all.emplace_back(i, j);
    EXPECT_GT(all.size(), 100U);
    EXPECT_EQ(geom::meeting_pairs(boxes), all);
}

}  // namespace
}  // namespace tendik
