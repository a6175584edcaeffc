// A file system of 256 KiB is full before an atlas is whole. Mounting one needs the right to.
#include "program_run.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace tendik::test {
namespace {

using testing::HasSubstr;

/// A small file system in memory, gone at the end.
class FullDisk : public testing::Test {
protected:
    void SetUp() override {
        m_disk = m_folder / "disk";
        std::filesystem::create_directory(m_disk);
        if (::mount("tmpfs", m_disk.c_str(), "tmpfs", 0, "size=12m") != 0)
            GTEST_SKIP() << "cannot mount a small file system: " << std::strerror(errno);
        m_mounted = true;
    }
    void TearDown() override {
        if (m_mounted) ::umount2(m_disk.c_str(), MNT_DETACH);
    }
    /// Leaves `free_kib` KiB of the disk.
    void fill(std::size_t free_kib) const {
        const auto space = std::filesystem::space(m_disk).available;
        std::ofstream(m_disk / "ballast") << std::string(space - free_kib * 1024, 'x');
    }
    void expect_refused_for_want_of_space(const std::vector<std::string>& words) const {
        const auto before = contents_of(m_disk);
        const auto called = tendik_run(words);
        EXPECT_EQ(called.exit_code, 1) << called.err;
        EXPECT_EQ(called.out, "");
        EXPECT_THAT(called.err, HasSubstr("error: "));
        EXPECT_THAT(called.err,
                    testing::AnyOf(HasSubstr("No space left on device"), HasSubstr("disk is full")));
        EXPECT_THAT(called.err, testing::AnyOf(HasSubstr("hint: the disk is full"),
                                               HasSubstr("hint: is there room on the disk?")));
        EXPECT_TRUE(contents_of(m_disk) == before) << "something was left behind or touched";
    }

    TemporaryFolder m_folder;
    std::filesystem::path m_disk;
    bool m_mounted = false;
};

TEST_F(FullDisk, StopsARunWithoutATrace) {
    expect_refused_for_want_of_space({"run", "-o", (m_disk / "atlas").string()});
}

TEST_F(FullDisk, StopsEachStepOfARunWithoutATrace) {
    fill(16);
    for (const auto* step : {"layers", "tables", "rasters", "vector-tiles", "raster-tiles", "site", "report"})
        expect_refused_for_want_of_space(
            {"run", "-o", (m_disk / "atlas").string(), "--only", step, "--set", "tiles.zoom=[0, 4]"});
}

TEST_F(FullDisk, LeavesTheOldAtlasUntouched) {
    const auto atlas = (m_disk / "atlas").string();
    const std::vector<std::string> words{"run", "-o", atlas, "--only", "tables"};
    const auto made = tendik_run(words);
    ASSERT_EQ(made.exit_code, 0) << made.err;
    fill(16);
    expect_refused_for_want_of_space(words);
}

TEST_F(FullDisk, StopsAJoinWithoutATraceAndLeavesTheOldLayer) {
    for (const auto* name : {"joined.gpkg", "joined.geojson", "joined.fgb"}) {
        write_text(m_disk / name, "the layer of yesterday");
        fill(8);
        expect_refused_for_want_of_space({"join", "--indicator", "poverty_below_subsistence_min", "--year",
                                          "2018", "-o", (m_disk / name).string()});
        std::filesystem::remove(m_disk / name);
        std::filesystem::remove(m_disk / "ballast");
    }
}

TEST_F(FullDisk, StopsTilesWithoutATrace) {
    fill(8);
    for (const auto* name : {"tiles.pmtiles", "tiles.mbtiles"})
        expect_refused_for_want_of_space({"tiles", "--indicator", "poverty_below_subsistence_min", "--year",
                                          "2018", "--zoom", "0-4", "-o", (m_disk / name).string()});
}

}  // namespace
}  // namespace tendik::test
