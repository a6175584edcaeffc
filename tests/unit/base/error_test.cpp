#include "tendik/base/error.h"

#include "tendik/base/finding.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

TEST(Error, KeepsItsTypeAndGathersThePathToItself) {
    try {
        while_doing("running plan 'kz.toml'", [] {
            while_doing("reading table 'pop.csv'",
                        [] { throw InputError("no such column 'gdp'", "name it"); });
        });
        FAIL() << "nothing was thrown";
    } catch (const InputError& error) {
        EXPECT_EQ(describe(error),
                  "error: no such column 'gdp'\n"
                  "  while reading table 'pop.csv'\n"
                  "  while running plan 'kz.toml'\n"
                  "hint: name it");
    }
}

TEST(Error, PassesResultsThrough) {
    EXPECT_EQ(while_doing("counting", [] { return 3; }), 3);
}

TEST(Findings, AreCountedByLevelAndCode) {
    Findings findings;
    findings.add(Severity::note, "numeric-key", "", "");
    findings.add(Severity::warning, "unmatched-key", "", "");
    findings.add(Severity::error, "unmatched-key", "", "");
    EXPECT_EQ(findings.count(Severity::note), 3U);
    EXPECT_EQ(findings.count(Severity::warning), 2U);
    EXPECT_EQ(findings.count(Severity::error), 1U);
    EXPECT_EQ(findings.count_of("unmatched-key"), 2U);
    Findings others;
    others.append(findings);
    EXPECT_EQ(others.all(), findings.all());
}

}  // namespace
}  // namespace tendik
