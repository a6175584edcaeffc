#include "tendik/join/total_rows.h"

#include "tendik/base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace tendik::join {

bool names_total(std::string_view key) {
    // "Итого по республике", "Всего по области", "Барлығы, оның ішінде": the first word says it.
    constexpr std::array<std::string_view, 5> first_words{"всего", "итого", "барлығы", "жиыны", "жиынтығы"};
    // A place may be called Total Wreck.
    constexpr std::array<std::string_view, 3> whole_keys{"total", "totals", "grand total"};
    auto folded = fold(key);
    while (!folded.empty() && (folded.back() == ':' || folded.back() == '.' || folded.back() == ' '))
        folded.pop_back();
    const auto first = folded.substr(0, folded.find_first_of(" ,:("));
    return std::ranges::find(first_words, first) != first_words.end() ||
           std::ranges::find(whole_keys, folded) != whole_keys.end();
}

}  // namespace tendik::join
