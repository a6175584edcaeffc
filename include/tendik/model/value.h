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
    double number = std::numeric_limits<double>::quiet_NaN();  ///< finite when shown, else NaN
    State state = State::missing;
    /// Published for a larger unit of another time and shown for its part: counted nowhere.
    bool inherited = false;

    /// Counts: in n, means, measures, ranks and classes.
    bool present() const noexcept { return state == State::present && !inherited; }
    /// Has a number to show, be it one of its own or an inherited one.
    bool shown() const noexcept { return state == State::present; }
    static Value of(double number) { return {number, State::present, false}; }
    static Value inherit(double number) { return {number, State::present, true}; }
    static Value without(State state) { return {std::numeric_limits<double>::quiet_NaN(), state, false}; }
};

/// One number for each region of a Boundaries, in the order of its regions.
using Column = std::vector<Value>;

/// The numbers that are present, in order.
std::vector<double> present_numbers(const Column& column);
std::size_t present_count(const Column& column);
bool has_inherited(const Column& column);

}  // namespace tendik
