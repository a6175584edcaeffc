"""Writes GeoJSON (RFC 7946) that diffs well: a property a line, a vertex a line, numbers in shortest form."""

import json


def to_text(members, features):
    """The text of a FeatureCollection; `features` are pairs of properties and polygons."""
    lines = ["{", '"type": "FeatureCollection",']
    lines += [f"{_json(key)}: {_json(value)}," for key, value in members.items()]
    lines.append('"features": [')
    for index, (properties, polygons) in enumerate(features):
        lines += _feature(properties, polygons)
        lines[-1] += "," if index + 1 < len(features) else ""
    return "\n".join(lines + ["]", "}"]) + "\n"


def _feature(properties, polygons):
    lines = ["{", ' "type": "Feature",', ' "properties": {']
    lines += _comma_separated([f"  {_json(key)}: {_json(value)}" for key, value in properties.items()])
    lines += [" },", ' "geometry": {', '  "type": "MultiPolygon",', '  "coordinates": [']
    for index, rings in enumerate(polygons):
        lines.append("   [")
        for ring_index, ring in enumerate(rings):
            vertices = [f"     [{_number(lon)}, {_number(lat)}]" for lon, lat in ring]
            lines += [
                "    [",
                *_comma_separated(vertices),
                "    ]" + ("," if ring_index + 1 < len(rings) else ""),
            ]
        lines.append("   ]" + ("," if index + 1 < len(polygons) else ""))
    return lines + ["  ]", " }", "}"]


def _comma_separated(lines):
    return [line + "," for line in lines[:-1]] + lines[-1:]


def _json(value):
    return _number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _number(value):
    """Shortest text that reads back as the same double; whole numbers without a fraction."""
    return str(int(value)) if value == int(value) else repr(value)
