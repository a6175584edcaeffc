#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/arcs.h"
#include "tendik/model/boundaries.h"

namespace tendik::topology {

/// Cuts the borders into arcs: edges that two regions share (equal vertices, either direction) are stored
/// once. Nodes stand where the pair of neighbours changes. A closed arc starts at its smallest point, so that
/// the result does not depend on where rings begin. Works on any valid boundaries; regions that do not share
/// vertices simply get arcs of their own.
ArcNetwork cut_arcs(const Boundaries& boundaries);

/// Douglas-Peucker on every arc, nodes kept, tolerance in the units of the coordinates (planar). A closed arc
/// keeps at least four points; simplification that would make arcs cross or a ring collapse is undone for the
/// arcs concerned.
ArcNetwork simplify(ArcNetwork network, double tolerance);

/// The same, but closed arcs (islands, enclaves, generalised outlines of cities) stay as they are: the
/// smaller the area, the more of it simplification takes.
ArcNetwork simplify_open_arcs(ArcNetwork network, double tolerance);

/// The regions' shapes put together again from arcs; rings with fewer than four points are dropped, except
/// that a region never loses its largest part.
std::vector<Shape> assemble(const ArcNetwork& network);

}  // namespace tendik::topology
