#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/neighbours.h"

namespace tendik {

struct NeighbourOptions {
    Contiguity contiguity = Contiguity::queen;
    /// In units of the CRS, 0 or more. The default is that of R's spdep: sqrt of the precision of doubles.
    double snap = 1.4901161193847656e-08;
};

namespace topology {

/// Which regions border on each other. Borders need not share vertices: edges are compared, so a border with
/// more vertices on one side than on the other is one border. A city inside of a region is its neighbour.
/// O(n log n) in the number of edges for borders of even detail. Throws UsageError for a negative or infinite
/// snap.
Neighbours find_neighbours(const Boundaries& boundaries, const NeighbourOptions& options);

}  // namespace topology
}  // namespace tendik
