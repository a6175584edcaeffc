"""Writes GeoJSON (RFC 7946) that diffs well: a property a line, a vertex a line, numbers in shortest form."""

import json


class Lines(list):
    """Lines of (lon, lat), written as a MultiLineString."""


class Point(tuple):
    """One (lon, lat)."""


def to_text(members, features):
    """The text of a FeatureCollection; `features` are pairs of properties and a figure.

    A figure is a list of polygons (lists of rings), a Lines or a Point.
    """
    lines = ["{", '"type": "FeatureCollection",']
    lines += [f"{_json(key)}: {_json(value)}," for key, value in members.items()]
    lines.append('"features": [')
    for index, (properties, polygons) in enumerate(features):
        lines += _feature(properties, polygons)
        lines[-1] += "," if index + 1 < len(features) else ""
    return "\n".join(lines + ["]", "}"]) + "\n"


def _feature(properties, figure):
    lines = ["{", ' "type": "Feature",', ' "properties": {']
    lines += _comma_separated([f"  {_json(key)}: {_json(value)}" for key, value in properties.items()])
    lines += [" },", ' "geometry": {']
    if isinstance(figure, Point):
        return lines + ['  "type": "Point",', f'  "coordinates": {_vertex(figure)}', " }", "}"]
    if isinstance(figure, Lines):
        inner = _vertex_lists(figure, "   ")
        return lines + ['  "type": "MultiLineString",', '  "coordinates": [', *inner, "  ]", " }", "}"]
    lines += ['  "type": "MultiPolygon",', '  "coordinates": [']
    for index, rings in enumerate(figure):
        lines += ["   [", *_vertex_lists(rings, "    "), "   ]" + ("," if index + 1 < len(figure) else "")]
    return lines + ["  ]", " }", "}"]


def _vertex_lists(lists, indent):
    lines = []
    for index, vertices in enumerate(lists):
        inner = _comma_separated([f"{indent} {_vertex(vertex)}" for vertex in vertices])
        lines += [f"{indent}[", *inner, f"{indent}]" + ("," if index + 1 < len(lists) else "")]
    return lines


def _vertex(vertex):
    return f"[{_number(vertex[0])}, {_number(vertex[1])}]"


def _comma_separated(lines):
    return [line + "," for line in lines[:-1]] + lines[-1:]


def _json(value):
    return _number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _number(value):
    """Shortest text that reads back as the same double; whole numbers without a fraction."""
    return str(int(value)) if value == int(value) else repr(value)
