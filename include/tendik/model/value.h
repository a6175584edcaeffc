#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// Missing (a row without a value), suppressed, not applicable and unmatched (a region without a row) are
/// different.
enum class State : std::uint8_t { present, missing, suppressed, not_applicable, unmatched };

std::string_view to_text(State state);
std::optional<State> state_from_text(std::string_view text);

struct Value {
    double number = std::numeric_limits<double>::quiet_NaN();  ///< finite when present, else NaN
    State state = State::missing;

    bool present() const noexcept { return state == State::present; }
    static Value of(double number) { return {number, State::present}; }
    static Value without(State state) { return {std::numeric_limits<double>::quiet_NaN(), state}; }
};

/// One number for each region of a Boundaries, in the order of its regions.
using Column = std::vector<Value>;

/// The numbers that are present, in order.
std::vector<double> present_numbers(const Column& column);
std::size_t present_count(const Column& column);

}  // namespace tendik
