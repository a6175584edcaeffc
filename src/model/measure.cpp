#include "tendik/model/measure.h"

#include <algorithm>

namespace tendik {

const Measure* Measures::find(std::string_view code) const {
    const auto found = std::ranges::find(measures, code, &Measure::code);
    return found == measures.end() ? nullptr : &*found;
}

}  // namespace tendik
