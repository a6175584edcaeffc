#pragma once

#include "tendik/base/atomic_file.h"
#include "tendik/base/text.h"
#include "tendik/spatial/weights.h"
#include "tendik/spatial/weights_file.h"

#include <string>
#include <vector>

namespace tendik::test {

/// Crime in 49 neighbourhoods of Columbus, Ohio; tests/oracles/autocorrelation.R tells the origin.
struct Columbus {
    std::vector<std::string> keys;
    std::vector<double> crime;
    std::vector<double> hoval;
    spatial::Places places{{}, false};  ///< centroids

    SpatialWeights queen() const { return read("columbus_queen.gal"); }
    SpatialWeights rook() const { return read("columbus_rook.gal"); }

private:
    SpatialWeights read(const std::string& file) const {
        return spatial::read_weights(std::string(TENDIK_SOURCE_DIR "/tests/oracles/") + file, keys);
    }
};

inline Columbus columbus() {
    Columbus data;
    const auto content = read_file(TENDIK_SOURCE_DIR "/tests/oracles/columbus.csv");
    bool heading = true;
    for (const auto& line : split(content, '\n')) {
        const auto fields = split(line, ',');
        if (heading || fields.size() != 5) {
            heading = false;
            continue;
        }
        data.keys.push_back(fields[0]);
        data.crime.push_back(*parse_number(fields[1]));
        data.hoval.push_back(*parse_number(fields[2]));
        data.places.points.push_back({*parse_number(fields[3]), *parse_number(fields[4])});
    }
    return data;
}

}  // namespace tendik::test
