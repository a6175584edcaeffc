#include "tendik/base/parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

namespace tendik {
namespace {

using testing::Each;

TEST(ParallelFor, RunsEachIndexOnceWithAnyNumberOfThreads) {
    for (const std::size_t jobs : {0U, 1U, 2U, 7U, 300U}) {
        SCOPED_TRACE(jobs);
        std::vector<int> runs(100, 0);
        parallel_for(runs.size(), jobs, [&](std::size_t index) { ++runs[index]; });
        EXPECT_THAT(runs, Each(1));
    }
}

TEST(ParallelFor, DoesNothingForNothing) {
    parallel_for(0, 0, [](std::size_t) { FAIL() << "there is no index"; });
}

TEST(ParallelFor, RunsToTheEndAndThrowsWhatTheSmallestIndexThrew) {
    for (const std::size_t jobs : {0U, 1U, 3U}) {
        std::atomic<int> runs = 0;
        std::string message;
        try {
            parallel_for(50, jobs, [&](std::size_t index) {
                ++runs;
                if (index % 10 == 7) throw std::runtime_error(std::to_string(index));
            });
        } catch (const std::runtime_error& error) {
            message = error.what();
        }
        EXPECT_EQ(message, "7");  // of 7, 17, 27, 37, 47
        EXPECT_EQ(runs, 50);
    }
}

TEST(ParallelFor, MayStandInsideOfAnother) {
    std::vector<int> runs(64, 0);
    parallel_for(8, 2, [&](std::size_t row) {
        parallel_for(8, 2, [&](std::size_t column) { ++runs[row * 8 + column]; });
    });
    EXPECT_THAT(runs, Each(1));
}

}  // namespace
}  // namespace tendik
