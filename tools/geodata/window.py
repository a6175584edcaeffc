"""Cuts figures to the window of the map, 41-93 E, 37-58 N, without moving a vertex inside it."""

from osgeo import ogr

from .geodesic import MADE_VERTEX_DECIMALS

WEST, EAST, SOUTH, NORTH = 41.0, 93.0, 37.0, 58.0
# The window's own edges get a vertex every half degree, so that they bend with the parallels when projected.
EDGE_STEP_DEG = 0.5


def cut_polygons(polygons):
    """The parts of the polygons inside the window, each a list of closed rings, window edges densified."""
    shape = ogr.Geometry(ogr.wkbMultiPolygon)
    for rings in polygons:
        shape.AddGeometry(_polygon(rings))
    cut = shape.Intersection(_window())
    parts = []
    for part in _parts(cut, ogr.wkbPolygon):
        parts.append([_densified(_vertices(part.GetGeometryRef(i))) for i in range(part.GetGeometryCount())])
    return parts


def cut_lines(lines):
    """The pieces of the lines inside the window, in their own order and direction."""
    window = _window()
    pieces = []
    for line in lines:
        shape = ogr.Geometry(ogr.wkbLineString)
        for lon, lat in line:
            shape.AddPoint_2D(lon, lat)
        places = {point: index for index, point in reversed(list(enumerate(line)))}
        cut = shape.Intersection(window)  # kept: its parts are only references into it
        found = [_vertices(part) for part in _parts(cut, ogr.wkbLineString)]
        pieces += sorted(found, key=lambda piece: min(places.get(point, len(line)) for point in piece))
    return pieces


def _window():
    corners = [(WEST, SOUTH), (EAST, SOUTH), (EAST, NORTH), (WEST, NORTH), (WEST, SOUTH)]
    return _polygon([corners])


def _polygon(rings):
    polygon = ogr.Geometry(ogr.wkbPolygon)
    for vertices in rings:
        ring = ogr.Geometry(ogr.wkbLinearRing)
        for lon, lat in vertices:
            ring.AddPoint_2D(lon, lat)
        polygon.AddGeometry(ring)
    return polygon


def _parts(shape, wanted):
    """Parts of the wanted type; where a figure only touches the window, points and lines fall away."""
    if shape is None or shape.IsEmpty():
        return []
    if ogr.GT_Flatten(shape.GetGeometryType()) == wanted:
        return [shape]
    members = [shape.GetGeometryRef(index) for index in range(shape.GetGeometryCount())]
    return [part for member in members for part in _parts(member, wanted)]


def _vertices(shape):
    """Vertices with those that the cut made rounded, so that the last bits of a division leave no trace."""
    points = [shape.GetPoint_2D(index) for index in range(shape.GetPointCount())]
    return [_rounded(point) if _on_edge(point) else point for point in points]


def _rounded(point):
    return (round(point[0], MADE_VERTEX_DECIMALS), round(point[1], MADE_VERTEX_DECIMALS))


def _on_edge(point):
    return point[0] in (WEST, EAST) or point[1] in (SOUTH, NORTH)


def _densified(ring):
    dense = ring[:1]
    for start, end in zip(ring, ring[1:]):
        if start[0] == end[0] and start[0] in (WEST, EAST):
            dense += _between(start, end, 1)
        elif start[1] == end[1] and start[1] in (SOUTH, NORTH):
            dense += _between(start, end, 0)
        dense.append(end)
    return dense


def _between(start, end, axis):
    """Points at whole steps of the window's edge strictly between two of its points."""
    low, high = sorted((start[axis], end[axis]))
    first, last = int(low / EDGE_STEP_DEG) + 1, int(high / EDGE_STEP_DEG)
    steps = [step * EDGE_STEP_DEG for step in range(first, last + 1) if low < step * EDGE_STEP_DEG < high]
    points = [tuple(step if a == axis else start[a] for a in (0, 1)) for step in steps]
    return points if start[axis] < end[axis] else points[::-1]
