// A program of somebody else: reads the built-in boundaries and measures four values.
#include "tendik/io/read_boundaries.h"
#include "tendik/stats/disparity.h"

#include <cstdio>

int main(int, char** words) {
    tendik::Findings findings;
    tendik::BoundarySource source;
    source.file = words[1];
    const auto boundaries = tendik::io::read_boundaries(source, findings);
    const tendik::Column values{tendik::Value::of(10), tendik::Value::of(20), tendik::Value::of(30),
                                tendik::Value::of(40)};
    const auto measures = tendik::stats::measure(values, nullptr, {}, {"a", "b", "c", "d"}, findings);
    std::printf("%zu regions, difference %g\n", boundaries.regions.size(), *measures.find("D")->value);
}
