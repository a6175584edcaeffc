#include "tendik/score/index_file.h"

#include "tendik/base/error.h"

#include <gtest/gtest.h>

namespace tendik::test {
namespace {

TEST(TakeDraws, AStepGoesBeforeTheFileAndASeedNeedsDraws) {
    PlannedIndex planned;
    EXPECT_THROW(score::take_draws({"", "", std::nullopt, 7}, 1, planned), UsageError);
    score::take_draws({"", "", 200, 7}, 3, planned);
    ASSERT_TRUE(planned.robustness);
    EXPECT_EQ(planned.robustness->draws, 200U);
    EXPECT_EQ(planned.robustness->seed, 7U);
    EXPECT_EQ(planned.robustness->jobs, 3U);
    score::take_draws({"", "", std::nullopt, std::nullopt}, 1, planned);
    EXPECT_EQ(planned.robustness->draws, 200U);
}

}  // namespace
}  // namespace tendik::test
