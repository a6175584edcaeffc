#include "tendik/join/total_rows.h"

#include <gtest/gtest.h>

namespace tendik {
namespace {

TEST(TotalRows, AreKnownByTheUsualWords) {
    for (const auto* key :
         {"Total", "TOTAL:", "Grand total", "Всего", "ВСЕГО ", "Итого", "Итого по республике",
          "Всего:", "Барлығы", "Барлығы, оның ішінде", "Жиыны", "Жиынтығы"})
        EXPECT_TRUE(join::names_total(key)) << key;
    for (const auto* key :
         {"", "Total Wreck", "Totalitarian", "Всеволожск", "Kazakhstan", "KZ-AKM", "Жиынкүм", "11"})
        EXPECT_FALSE(join::names_total(key)) << key;
}

}  // namespace
}  // namespace tendik
