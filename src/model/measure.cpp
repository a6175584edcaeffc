#include "tendik/model/measure.h"

#include <algorithm>
#include <cmath>

namespace tendik {

const Measure* Measures::find(std::string_view code) const {
    const auto found = std::ranges::find(measures, code, &Measure::code);
    return found == measures.end() ? nullptr : &*found;
}

std::string_view to_text(Trend trend) {
    switch (trend) {
    case Trend::narrowed:
        return "narrowed";
    case Trend::widened:
        return "widened";
    case Trend::unchanged:
        break;
    }
    return "unchanged";
}

Trend trend_between(double before, double after, int decimals) {
    const auto smallest = 0.5 * std::pow(10.0, -decimals);
    if (std::abs(after - before) < smallest) return Trend::unchanged;
    return after < before ? Trend::narrowed : Trend::widened;
}

}  // namespace tendik
