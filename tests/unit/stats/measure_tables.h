#pragma once

#include "tendik/stats/disparity.h"

#include <initializer_list>
#include <limits>
#include <string>
#include <vector>

namespace tendik {

inline Column column(std::initializer_list<double> numbers) {
    Column result;
    for (const double number : numbers)
        result.push_back(Value::of(number));
    return result;
}

inline std::vector<std::string> names_for(const Column& values) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < values.size(); ++i)
        names.push_back("R" + std::to_string(i + 1));
    return names;
}

inline Measures measured(const Column& values, const Column* weights = nullptr,
                         Direction direction = Direction::adverse) {
    Findings findings;
    return stats::measure(values, weights, {.direction = direction}, names_for(values), findings);
}

inline Measures measured(const MeasureInputs& inputs, const MeasureOptions& options) {
    Findings findings;
    return stats::measure(inputs, options, names_for(inputs.values), findings);
}

inline const Measure& one(const Measures& measures, const std::string& code) {
    static const Measure none{.code = "none", .note = "no such measure"};
    const Measure* found = measures.find(code);
    return found ? *found : none;
}

inline double value_of(const Measures& measures, const std::string& code) {
    return one(measures, code).value.value_or(std::numeric_limits<double>::quiet_NaN());
}

inline double se_of(const Measures& measures, const std::string& code) {
    return one(measures, code).se.value_or(std::numeric_limits<double>::quiet_NaN());
}

inline double lower_of(const Measures& measures, const std::string& code) {
    return one(measures, code).lower.value_or(std::numeric_limits<double>::quiet_NaN());
}

inline double upper_of(const Measures& measures, const std::string& code) {
    return one(measures, code).upper.value_or(std::numeric_limits<double>::quiet_NaN());
}

inline std::string note_of(const Measures& measures, const std::string& code) {
    return one(measures, code).value ? "has a value" : one(measures, code).note;
}

/// Five ordered groups, the test data of WHO's healthequal (tests/testthat/test-aci.R).
struct H5 {
    Column values = column({20, 30, 40, 50, 60});
    Column weights = column({78, 91, 162, 103, 105});
    Column errors = column({5, 7, 10, 12, 14});
    Column ranks = column({1, 2, 3, 4, 5});
    MeasureOptions options{.direction = Direction::favourable, .scale = 100.0};

    MeasureInputs inputs() const { return {.values = values, .weights = &weights, .ranks = &ranks}; }
    MeasureInputs with_errors() const {
        return {.values = values, .weights = &weights, .errors = &errors, .ranks = &ranks};
    }
};

/// Twenty-five groups without an order, of the same tests (tests/testthat/test-bgv.R).
struct H25 {
    Column values = column(
        {61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66, 62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60});
    Column weights = column({832,  931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120,
                             1033, 833, 1536, 1149, 410,  1210, 858,  680, 935, 692, 781,  812});
    Column errors = column({5, 3, 3, 3, 4, 9, 2, 2, 2, 5, 5, 7, 5, 6, 4, 5, 6, 6, 9, 4, 3, 4, 1, 3, 7});
    RegionIndex reference{13};
    MeasureOptions options{.direction = Direction::favourable, .scale = 100.0};

    MeasureInputs inputs() const { return {.values = values, .weights = &weights, .reference = reference}; }
    MeasureInputs with_errors() const {
        return {.values = values, .weights = &weights, .errors = &errors, .reference = reference};
    }
};

}  // namespace tendik
