#include "tendik/base/atomic_file.h"

#include "support/temporary_folder.h"
#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tendik {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::size_t entries_in(const fs::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder))
        ++count;
    return count;
}

TEST(AtomicFile, AppearsOnlyWhenCommitted) {
    const test::TemporaryFolder folder;
    write_file(folder / "a.txt", "old");
    {
        const AtomicFile file(folder / "a.txt");
        write_plain_file(file.temporary_path(), "half");
        EXPECT_EQ(file.temporary_path().extension(), ".txt");
    }
    EXPECT_EQ(read_file(folder / "a.txt"), "old");
    EXPECT_EQ(entries_in(folder.path()), 1U);
    AtomicFile file(folder / "a.txt");
    write_plain_file(file.temporary_path(), "new");
    file.commit();
    EXPECT_EQ(read_file(folder / "a.txt"), "new");
    EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(AtomicFile, BelowARegularFileIsRefusedWithThePath) {
    const test::TemporaryFolder folder;
    write_file(folder / "plain", "x");
    try {
        write_file(folder / "plain" / "out.csv", "y");
        FAIL() << "nothing was thrown";
    } catch (const SystemError& error) {
        EXPECT_THAT(describe(error), HasSubstr("plain"));
        EXPECT_THAT(error.hint(), HasSubstr("regular file"));
    }
}

TEST(AtomicFolder, ReplacesOnlyWhatBearsTheMarker) {
    const test::TemporaryFolder folder;
    fs::create_directories(folder / "mine");
    write_file(folder / "mine" / "letters.txt", "precious");
    EXPECT_THROW(AtomicFolder(folder / "mine", "manifest.json"), InputError);
    EXPECT_EQ(read_file(folder / "mine" / "letters.txt"), "precious");
    EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(AtomicFolder, TakesThePlaceOfItsPredecessorAsAWhole) {
    const test::TemporaryFolder folder;
    for (const std::string content : {"one", "two"}) {
        AtomicFolder made(folder / "atlas/", "manifest.json");
        write_plain_file(made.temporary_path() / "manifest.json", content);
        if (content == "one") write_plain_file(made.temporary_path() / "only_in_one", "");
        made.commit();
    }
    EXPECT_EQ(read_file(folder / "atlas" / "manifest.json"), "two");
    EXPECT_FALSE(fs::exists(folder / "atlas" / "only_in_one"));
    EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(AtomicFolder, LeavesNothingBehindWhenGivenUp) {
    const test::TemporaryFolder folder;
    {
        const AtomicFolder given_up(folder / "atlas", "manifest.json");
        write_plain_file(given_up.temporary_path() / "half", "x");
    }
    EXPECT_EQ(entries_in(folder.path()), 0U);
}

TEST(ReadFile, SaysWhatIsWrong) {
    const test::TemporaryFolder folder;
    EXPECT_THROW(read_file(folder / "absent"), InputError);
    EXPECT_THROW(read_file(folder.path()), InputError);
}

}  // namespace
}  // namespace tendik
