#include "tendik/base/document.h"

#include "tendik/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>

namespace tendik {
namespace {

using testing::HasSubstr;

std::string fault_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return describe(error);
    }
    return "nothing was thrown";
}

TEST(Document, KeepsTheOrderOfTheFile) {
    const auto root = read_toml_text("z = 1\na = 2\n[m]\nx = true\n", "plan.toml");
    const auto& table = root.as_table();
    ASSERT_EQ(table.size(), 3U);
    EXPECT_EQ(table[0].first, "z");
    EXPECT_EQ(table[1].first, "a");
    EXPECT_EQ(table[2].first, "m");
    EXPECT_TRUE(root.at("m").at("x").as_bool());
}

TEST(Document, AWrongKindNamesPlacePathAndExpectation) {
    const auto root = read_toml_text("a = 1\n[[list]]\nvalue = \"text\"\n", "plan.toml");
    const auto text = fault_of([&] { root.at("list").as_array()[0].at("value").as_integer(); });
    EXPECT_EQ(text, "error: plan.toml, line 3, column 9: 'list[0].value' is a text, expected a whole number");
}

TEST(Document, AnUnknownKeyNamesTheNearestKnownOne) {
    const auto root = read_toml_text("\nbondaries = 1\n", "plan.toml");
    constexpr std::array<std::string_view, 2> known{"boundaries", "indicators"};
    EXPECT_EQ(
        fault_of([&] { root.refuse_unknown_keys(known); }),
        "error: plan.toml, line 2, column 13: unknown key 'bondaries'\nhint: did you mean 'boundaries'?");
}

TEST(Document, BrokenSyntaxNamesLineAndColumn) {
    const auto text = fault_of([] { read_toml_text("a = 1\nb = = 2\n", "plan.toml"); });
    EXPECT_THAT(text, HasSubstr("plan.toml, line 2, column 5"));
    EXPECT_THAT(fault_of([] { read_toml_text("a = \"\xFF\"", "p.toml"); }),
                HasSubstr("'p.toml' is not UTF-8: byte 6"));
}

TEST(Document, SettingsAreLaidOverTheFile) {
    const auto root = read_toml_text("[maps]\nclasses = 5\nscheme = \"fisher\"\n", "plan.toml");
    const auto changed =
        with_value(with_value(root, "maps.classes", "4", "--set"), "tiles.zoom", "[0, 3]", "--set");
    EXPECT_EQ(changed.at("maps").at("classes").as_integer(), 4);
    EXPECT_EQ(changed.at("maps").at("scheme").as_text(), "fisher");
    EXPECT_EQ(changed.at("tiles").at("zoom").as_array()[1].as_integer(), 3);
    EXPECT_EQ(with_value(root, "maps.scheme", "quantile", "--set").at("maps").at("scheme").as_text(),
              "quantile");
    EXPECT_THROW(with_value(root, "maps.", "1", "--set"), UsageError);
}

}  // namespace
}  // namespace tendik
