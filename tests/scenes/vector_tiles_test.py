#!/usr/bin/python3
"""GDAL reads every tile of every PMTiles archive, and no region, no figure and no border is lost in any zoom:

vector_tiles_test.py FOLDER   (as make_atlas.py left it)

Coordinates are compared as whole tile units, so every comparison is exact.
"""
import pathlib
import sys

import pmtiles_archive
import scene

try:
    from osgeo import gdal, ogr, osr
except ImportError as error:
    scene.skip(f"GDAL for Python is not installed ({error}); install python3-gdal")

EXTENT = 4096
HALF_WORLD_M = 20037508.342789244
KINDS = {"regions": {"POLYGON", "MULTIPOLYGON"}, "borders": {"LINESTRING", "MULTILINESTRING"},
         "labels": {"POINT", "MULTIPOINT"}}


def open_tile(number, content):
    """GDAL places a tile by its path. Not clipped, so that the neighbours' part beyond the edge is seen too."""
    zoom, x, y = number
    path = f"/vsimem/scene/{zoom}/{x}/{y}.pbf"
    gdal.FileFromMemBuffer(path, content)
    source = gdal.OpenEx(path, gdal.OF_VECTOR, allowed_drivers=["MVT"], open_options=["CLIP=NO"])
    if source is None:
        raise RuntimeError(f"GDAL does not open the tile {number}: {gdal.GetLastErrorMsg()}")
    return source


def in_units(faults, shape, zoom, where):
    """The shape in whole units of the zoom's grid, y downwards."""
    units_a_metre = EXTENT * 2**zoom / (2 * HALF_WORLD_M)
    off = 0.0

    def turn(part):
        nonlocal off
        if part.GetGeometryCount():
            for i in range(part.GetGeometryCount()):
                turn(part.GetGeometryRef(i))
            return
        for i in range(part.GetPointCount()):
            x = (part.GetX(i) + HALF_WORLD_M) * units_a_metre
            y = (HALF_WORLD_M - part.GetY(i)) * units_a_metre
            off = max(off, abs(x - round(x)), abs(y - round(y)))
            part.SetPoint_2D(i, round(x), round(y))

    turn(shape)
    faults.expect(off < 1e-3, f"{where}: {off} units beside the grid")
    shape.FlattenTo2D()
    return shape


POLYGONS = ("POLYGON", "MULTIPOLYGON")
LINES = ("LINESTRING", "MULTILINESTRING")


def edges_of(shape):
    """Edges of all rings; a neighbour's edge is the same one the other way round, or the same way."""
    if shape.GetGeometryName() == "LINEARRING":
        points = [shape.GetPoint_2D(i) for i in range(shape.GetPointCount())]
        for start, end in zip(points, points[1:]):
            yield (start, end) if start < end else (end, start)
        return
    for i in range(shape.GetGeometryCount()):
        yield from edges_of(shape.GetGeometryRef(i))


def length_of(edges):
    return sum(((a[0] - b[0])**2 + (a[1] - b[1])**2)**0.5 for a, b in edges)


def country_inside(atlas, layer, zoom):
    """The country in units of the zoom's grid, one unit taken off all around."""
    source = ogr.Open(str(atlas / "atlas.gpkg"))
    web = osr.SpatialReference()
    web.ImportFromEPSG(3857)
    country = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in source.GetLayerByName(layer):
        shape = feature.GetGeometryRef().Clone()
        shape.TransformTo(web)
        for part in shape:
            country.AddGeometry(part)
    units_a_metre = EXTENT * 2**zoom / (2 * HALF_WORLD_M)
    inside = country.UnionCascaded().Buffer(-1 / units_a_metre)

    def turn(part):
        for i in range(part.GetGeometryCount()):
            turn(part.GetGeometryRef(i))
        for i in range(part.GetPointCount() if part.GetGeometryCount() == 0 else 0):
            part.SetPoint_2D(i, (part.GetX(i) + HALF_WORLD_M) * units_a_metre,
                             (HALF_WORLD_M - part.GetY(i)) * units_a_metre)

    turn(inside)
    inside.FlattenTo2D()
    return inside


def check_holes(faults, parts, inside, where):
    """A bay with a mouth below one unit becomes a hole of the outline; a gap between regions lies in the country."""
    for part in parts:
        for i in range(1, part.GetGeometryCount()):
            hole = ogr.Geometry(ogr.wkbPolygon)
            hole.AddGeometry(part.GetGeometryRef(i))
            faults.expect(not hole.Intersects(inside), f"{where}: a gap between regions, {hole.ExportToWkt()}")


def check_coverage(faults, shapes, inside, where):
    """No gap, no overlap: areas add up to that of the union, the union has no hole in the country, and what is not an
    edge of exactly two regions is the union's own boundary. An edge met by two shorter ones would be seen as well."""
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for shape in shapes:
        for part in [shape] if shape.GetGeometryName() == "POLYGON" else shape:
            union.AddGeometry(part)
    union = union.UnionCascaded()
    faults.near(sum(shape.Area() for shape in shapes), union.Area(), 0.5, f"{where}: areas against their union")
    parts = [union] if union.GetGeometryName() == "POLYGON" else list(union)
    check_holes(faults, parts, inside, where)
    times = {}
    for shape in shapes:
        for edge in edges_of(shape):
            times[edge] = times.get(edge, 0) + 1
    faults.expect(max(times.values()) <= 2, f"{where}: an edge of more than two regions")
    outer = length_of([edge for edge, count in times.items() if count == 1])
    faults.near(outer, union.Boundary().Length(), 1e-3, f"{where}: edges of one region against the union's boundary")


def check_properties(faults, feature, layers, where):
    key = feature["key"]
    for name, rows in layers.items():
        row = rows[key]
        index = feature.GetFieldIndex(name)
        value = feature.GetField(index) if index >= 0 and feature.IsFieldSetAndNotNull(index) else None
        faults.same(value, scene.number(row["value"]), f"{where}: {name} of {key}")
        faults.same(feature[f"{name}_state"], row["state"], f"{where}: state of {name} of {key}")
        index = feature.GetFieldIndex(f"{name}_class")
        group = feature.GetField(index) if index >= 0 and feature.IsFieldSetAndNotNull(index) else None
        faults.same(group, scene.number(row["class"]), f"{where}: class of {name} of {key}")
    for language in ("en", "ru", "kk"):
        wanted = next(iter(layers.values()))[key][f"name_{language}"]
        faults.same(feature[f"name_{language}"], wanted, f"{where}: name of {key}")


def check_tile(faults, number, content, layers, seen, inside):
    zoom = number[0]
    where = "tile " + "/".join(map(str, number))
    source = open_tile(number, content)
    names = [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())]
    faults.expect(set(names) <= set(KINDS) and names, f"{where}: layers {names}")
    shapes = []
    for name in names:
        for feature in source.GetLayerByName(name):
            shape = feature.GetGeometryRef().Clone()
            faults.expect(shape.GetGeometryName() in KINDS[name], f"{where}: {shape.GetGeometryName()} in {name}")
            if name == "borders":
                faults.expect(feature["kind"] in ("outer", "inner", "generalised"), f"{where}: {feature['kind']}")
                continue
            check_properties(faults, feature, layers, f"{where}, {name}")
            seen.setdefault((zoom, name), set()).add(feature["key"])
            if name == "regions":
                shapes.append(in_units(faults, shape, zoom, f"{where}, {feature['key']}"))
                faults.expect(shape.IsValid(), f"{where}: {feature['key']} is not valid")
    if shapes:
        check_coverage(faults, shapes, inside[zoom], where)


def check_archive(faults, path, layers, atlas):
    archive = pmtiles_archive.Archive(path)
    faults.same(archive.tile_type, pmtiles_archive.MVT, f"{path.name}: tile type")
    faults.same((archive.min_zoom, archive.max_zoom), (0, 6), f"{path.name}: zooms")
    faults.same(sorted(entry["id"] for entry in archive.metadata["vector_layers"]), sorted(KINDS),
                f"{path.name}: layers of the metadata")
    keys = set(next(iter(layers.values())))
    seen = {}
    inside = {zoom: country_inside(atlas, next(iter(layers)), zoom) for zoom in range(7)}
    # The country measures some 465 by 250 units at zoom 0.
    faults.expect(50_000 < inside[0].Area() < 120_000, f"{path.name}: the country at zoom 0, {inside[0].Area()} units")
    tiles = archive.tiles()
    for number, content in sorted(tiles.items()):
        check_tile(faults, number, content, layers, seen, inside)
    for zoom in range(7):
        for name in ("regions", "labels"):
            faults.same(seen.get((zoom, name), set()), keys, f"{path.name}: keys in {name} at zoom {zoom}")
    print(f"{path.name}: {len(tiles)} tiles read")


def check_context(faults, path):
    """What lies round the regions: GDAL reads each tile; names are those of the files in three languages."""
    archive = pmtiles_archive.Archive(path)
    kinds = {"neighbours": POLYGONS, "neighbour_borders": LINES, "lakes": POLYGONS, "rivers": LINES,
             "settlements": ("POINT",), "context_labels": ("POINT",)}
    faults.same([entry["id"] for entry in archive.metadata["vector_layers"]], list(kinds), "layers of context")
    for owner in ("GeoNames", "CC BY 4.0", "Natural Earth"):
        faults.expect(owner in archive.metadata["attribution"], f"attribution of context names {owner}")
    names = {}
    for number, content in sorted(archive.tiles().items()):
        source = open_tile(number, content)
        for layer in (source.GetLayer(place) for place in range(source.GetLayerCount())):
            for feature in layer:
                kind = feature.GetGeometryRef().GetGeometryName()
                faults.expect(kind in kinds[layer.GetName()], f"{number}: {kind} in {layer.GetName()}")
                row = feature.items()
                if number[0] == 6 and row.get("name_en"):
                    names[row["name_en"]] = (row.get("name_ru"), row.get("name_kk"), row.get("outline_years"))
    wanted = {"Aral Sea": ("Аральское море", "Арал теңізі", "1990-2005"), "Russia": ("Россия", "Ресей", None),
              "Karaganda": ("Караганда", "Қарағанды", None), "Ertis (Irtysh)": (None, None, None)}
    faults.same({name: names.get(name) for name in wanted}, wanted, "names of context at zoom 6")
    print(f"{path.name}: {len(archive.tiles())} tiles read")


def main():
    gdal.UseExceptions()
    if gdal.GetDriverByName("MVT") is None:
        scene.skip("GDAL has no MVT driver")
    # The path says where a tile lies; a metadata.json beside it is not looked for in memory.
    atlas = pathlib.Path(sys.argv[1]).resolve() / "atlas"
    faults = scene.Faults()
    layers = scene.layer_rows(scene.read_rows(atlas / "tables" / "values.csv"))
    for vintage in scene.REGION_COUNTS:
        own = {name: rows for name, rows in layers.items() if scene.LAYERS[name][2] == vintage}
        check_archive(faults, atlas / "tiles" / f"regions_{vintage}.pmtiles", own, atlas)
    check_context(faults, atlas / "tiles" / "context.pmtiles")
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
