#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tendik::test {
namespace {

TEST(TemporaryFolder, IsEmptyAndGoneAfterwards) {
    std::filesystem::path path;
    {
        const TemporaryFolder folder;
        path = folder.path();
        EXPECT_TRUE(std::filesystem::is_empty(path));
        std::ofstream(folder / "file.txt") << "content";
        EXPECT_TRUE(std::filesystem::exists(path / "file.txt"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, IsAnotherEachTime) {
    const TemporaryFolder first;
    const TemporaryFolder second;
    EXPECT_NE(first.path(), second.path());
}

}  // namespace
}  // namespace tendik::test
