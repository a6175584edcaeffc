#include "tendik/model/value.h"

#include <algorithm>
#include <array>

namespace tendik {
namespace {

constexpr std::array<std::string_view, 5> state_words{"present", "missing", "suppressed", "not_applicable",
                                                      "unmatched"};

}  // namespace

std::string_view to_text(State state) { return state_words.at(static_cast<std::size_t>(state)); }

std::optional<State> state_from_text(std::string_view text) {
    const auto* const word = std::ranges::find(state_words, text);
    if (word == state_words.end()) return std::nullopt;
    return static_cast<State>(word - state_words.begin());
}

std::vector<double> present_numbers(const Column& column) {
    std::vector<double> numbers;
    for (const auto& value : column)
        if (value.present()) numbers.push_back(value.number);
    return numbers;
}

std::size_t present_count(const Column& column) {
    return static_cast<std::size_t>(std::ranges::count_if(column, &Value::present));
}

bool has_inherited(const Column& column) { return std::ranges::any_of(column, &Value::inherited); }

}  // namespace tendik
