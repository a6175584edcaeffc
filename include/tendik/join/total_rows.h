#pragma once

#include <string_view>

namespace tendik::join {

/// Whether a key is a usual word for the total of a table in English, Russian or Kazakh ("Total", "Всего",
/// "Итого по республике", "Барлығы", "Жиыны"): a row of that key is no region.
bool names_total(std::string_view key);

}  // namespace tendik::join
