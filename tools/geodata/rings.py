"""Closed rings of (lon, lat) in degrees: joined, cut out and ordered without ever moving a vertex.

A polygon is a list of rings, the outer one first and counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
"""

import heapq
import math

from .geodesic import ring_area_km2
from .packages import GeodataError


def dissolve(polygons):
    """The union of polygons that meet edge to edge: common edges cancel, the others are tied into rings."""
    left = set()
    for ring in (ring for polygon in polygons for ring in polygon):
        for edge in zip(ring, ring[1:]):
            if (edge[1], edge[0]) in left:
                left.remove((edge[1], edge[0]))
            else:
                left.add(edge)
    following = dict(left)
    if len(following) != len(left):
        raise GeodataError("outlines to be joined touch in a single point: the rings cannot be told apart")
    rings = []
    while following:
        start = min(following)
        ring = [start]
        while ring[-1] != start or len(ring) == 1:
            ring.append(following.pop(ring[-1]))
        rings.append(ring)
    outer = [ring for ring in rings if ring_area_km2(ring) > 0]
    holes = [ring for ring in rings if ring_area_km2(ring) < 0]
    if len(outer) != 1:
        raise GeodataError(f"outlines to be joined give {len(outer)} outer rings, expected one")
    return outer + holes


def cut_out(polygon, ring):
    """The polygon with a hole along the ring, which must lie wholly inside."""
    return polygon + [ring[::-1]]


def ordered(polygons):
    """One writing of a figure: outer rings counter-clockwise, rings from their smallest vertex, parts by size."""
    turned = []
    for polygon in polygons:
        rings = [_turned(ring, outer=index == 0) for index, ring in enumerate(polygon)]
        turned.append(rings[:1] + sorted(rings[1:]))
    return sorted(turned, key=lambda rings: (-round(ring_area_km2(rings[0]), 6), rings[0][0]))


def _turned(ring, outer):
    if (ring_area_km2(ring) > 0) != outer:
        ring = ring[::-1]
    vertices = ring[:-1]
    first = vertices.index(min(vertices))
    return vertices[first:] + vertices[:first] + [vertices[first]]


def contains(polygon, point):
    """Even-odd rule over all rings, in the plane of longitude and latitude."""
    inside = False
    for ring in polygon:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > point[1]) != (y2 > point[1]) and point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside


def label_point(polygon, precision_deg=0.01):
    """The inner point farthest from every edge, rounded to 3 decimals of a degree.

    Cells are halved where they may still hold a farther point. Longitudes are shrunk by the cosine of the
    middle latitude, so that distances mean the same in both directions.
    """
    lats = [lat for _, lat in polygon[0]]
    shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
    plane = [[(lon * shrink, lat) for lon, lat in ring] for ring in polygon]
    xs, ys = zip(*plane[0])
    half = max(max(xs) - min(xs), max(ys) - min(ys)) / 2
    best = (-math.inf, None)
    centre = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    cells = [_cell(plane, centre, half)]
    while cells:
        most, _, point, half, distance = heapq.heappop(cells)
        if distance > best[0]:
            best = (distance, point)
        if -most <= best[0] + precision_deg:
            continue
        for dx, dy in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
            inner = (point[0] + dx * half / 2, point[1] + dy * half / 2)
            heapq.heappush(cells, _cell(plane, inner, half / 2))
    return round(best[1][0] / shrink, 3), round(best[1][1], 3)


def _cell(plane, point, half):
    distance = _inner_distance(plane, point)
    return (-(distance + half * math.sqrt(2)), point, point, half, distance)


def _inner_distance(plane, point):
    nearest = min(_segment_distance(point, *edge) for ring in plane for edge in zip(ring, ring[1:]))
    return nearest if contains(plane, point) else -nearest


def _segment_distance(point, start, end):
    dx, dy = end[0] - start[0], end[1] - start[1]
    length2 = dx * dx + dy * dy
    along = 0.0 if length2 == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length2
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
