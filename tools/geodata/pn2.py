"""Reads PN2, the compact vector format of Marble, as it is laid out in version 2 (big-endian):

a header of u8 version, u32 count, u8 colour flag; then, until the end of the file, u8 kind (0 line, 1 ring,
2 outer ring, 3 inner ring, 4 multi), u32 id, u8 colour where the flag is set and the id is new. A multi holds
u8 n and n times u8 kind, u32 id and nodes; everything else holds nodes. Nodes are u32 count and, each, i16 lat,
i16 lon, i16 k and k pairs of i8 steps from that node. The unit is 1/120 of a degree.
"""

import struct
from dataclasses import dataclass, field

from .packages import GeodataError

OUTER_KINDS = (1, 2)
INNER = 3
MULTI = 4
UNITS_PER_DEGREE = 120


@dataclass
class Figure:
    id: int
    rings: list = field(
        default_factory=list
    )  # outer ring first, then its holes; closed, (lon, lat) in degrees


class _Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, layout):
        values = struct.unpack_from(">" + layout, self.data, self.at)
        self.at += struct.calcsize(">" + layout)
        return values if len(values) > 1 else values[0]

    def left(self):
        return self.at < len(self.data)


def read_polygons(data, what):
    """The polygons of a file's bytes, in its order; lines are left out. `what` names the file in errors."""
    source = _Bytes(data)
    try:
        version, _, coloured = source.take("BIB")
        if version != 2:
            raise GeodataError(f"'{what}' is PN2 of version {version}, expected 2")
        figures, seen = [], set()
        while source.left():
            kind, identity = source.take("BI")
            if coloured and identity not in seen:
                source.take("B")
            seen.add(identity)
            members = source.take("B") if kind == MULTI else None
            if members is None:
                _add(figures, kind, identity, _nodes(source), what)
                continue
            for _ in range(members):
                kind, identity = source.take("BI")
                _add(figures, kind, identity, _nodes(source), what)
    except struct.error as error:
        raise GeodataError(f"'{what}' breaks off at byte {source.at}: {error}") from error
    return figures


def _nodes(source):
    points = []
    for _ in range(source.take("I")):
        lat, lon, steps = source.take("hhh")
        points.append((lon, lat))
        for _ in range(steps):
            dlat, dlon = source.take("bb")
            points.append((lon + dlon, lat + dlat))
    return points


def _add(figures, kind, identity, points, what):
    if kind not in (*OUTER_KINDS, INNER):
        return
    ring = _closed_ring(points)
    if len(ring) < 4:
        return  # nothing is left of it on the grid
    if kind == INNER:
        if not figures:
            raise GeodataError(f"'{what}' has an inner ring ({identity}) before any outer one")
        figures[-1].rings.append(ring)
    else:
        figures.append(Figure(identity, [ring]))


def _closed_ring(points):
    """Repeated points dropped, the ring closed where the file left it open, units turned into degrees."""
    kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    if kept and kept[0] != kept[-1]:
        kept.append(kept[0])
    return [(round(lon / UNITS_PER_DEGREE, 9), round(lat / UNITS_PER_DEGREE, 9)) for lon, lat in kept]
