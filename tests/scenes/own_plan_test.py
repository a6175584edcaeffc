#!/usr/bin/python3
"""Plans like a user's own, from drawn districts: three file formats, a projected CRS, own column names, no catalogue:

own_plan_test.py PROGRAM PARTS WORK
"""
import math
import pathlib
import shutil
import sys

import page_test
import pmtiles_archive
import scene

try:
    from osgeo import gdal, ogr, osr
except ImportError as error:
    scene.skip(f"GDAL for Python is not installed ({error}); install python3-gdal")

EPSG = 32642  # UTM zone 42 north: metres
MAX_ZOOM = 8
HALF_WORLD_M = 20037508.342789244
# Corners in kilometres: two squares side by side, a wide one above them, and one with a bay; drawn by hand.
CORNER_M = (400_000.0, 5_200_000.0)
DISTRICTS = {
    "007": ("Birinshi", [(0, 0), (40, 0), (40, 40), (0, 40)]),
    "012": ("Ekinshi", [(40, 0), (90, 0), (90, 30), (60, 40), (40, 40)]),
    "A-3": ("Üshinshi", [(0, 40), (40, 40), (60, 40), (60, 80), (0, 90)]),
    "104": ("Tortinshi", [(60, 40), (90, 30), (120, 60), (100, 60), (100, 70), (60, 80)]),
}
# share, residents; a mark of the user's own for a suppressed figure
FIGURES = {"007": ("12.5", 1000), "012": ("25.0", 3000), "A-3": ("..", 2000), "104": ("7.5", 4000)}
MEAN = (12.5 * 1000 + 25.0 * 3000 + 7.5 * 4000) / 8000  # 14.6875, by hand
FORMATS = {
    "geojson": ("GeoJSON", "districts.geojson", "key = \"district\""),
    "geopackage": ("GPKG", "land.gpkg", "layer = \"districts\", key = \"district\""),
    "shapefile": ("ESRI Shapefile", "districts.shp", "key = \"district\""),
}
PLAN = """schema = "tendik.plan/1"
title = "Four districts"
boundaries = {{ file = "{file}", {words} }}
maps = {{ scheme = "quantile", classes = 2 }}
tiles = {{ zoom = [4, {max_zoom}] }}

[[indicators]]
code = "share"
table = "figures.csv"
key = "Code of district"
value = "share, %"
weight = "residents"
suppressed = [".."]
kind = "rate"
direction = "adverse"
unit = "%"
decimals = 1
year = 2024
"""


def crs_of(code):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(code)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def drawn(corners):
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in [*corners, corners[0]]:
        ring.AddPoint_2D(CORNER_M[0] + 1000.0 * x, CORNER_M[1] + 1000.0 * y)
    shape = ogr.Geometry(ogr.wkbPolygon)
    shape.AddGeometry(ring)
    return shape


def write_boundaries(driver, path):
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    if driver == "GPKG":  # another layer before the one that is meant
        other = source.CreateLayer("roads", crs_of(EPSG), ogr.wkbLineString)
        other.CreateField(ogr.FieldDefn("district", ogr.OFTString))
    layer = source.CreateLayer("districts", crs_of(EPSG), ogr.wkbPolygon)
    for column in ("district", "name"):
        layer.CreateField(ogr.FieldDefn(column, ogr.OFTString))
    for key, (name, corners) in DISTRICTS.items():
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("district", key)
        feature.SetField("name", name)
        feature.SetGeometry(drawn(corners))
        layer.CreateFeature(feature)
    layer = source = None  # GDAL writes when the last handle goes


def write_plan(kind, folder):
    folder.mkdir(parents=True)
    driver, file, words = FORMATS[kind]
    write_boundaries(driver, folder / file)
    lines = ['Code of district;"share, %";residents']
    if kind != "shapefile":
        lines[0] = lines[0].replace(";", ",")
    mark = ";" if kind == "shapefile" else ","
    lines += [mark.join((key, share, str(residents))) for key, (share, residents) in reversed(FIGURES.items())]
    (folder / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "plan.toml").write_text(PLAN.format(file=file, words=words, max_zoom=MAX_ZOOM), encoding="utf-8")


def check_tables(faults, kind, atlas):
    rows = {row["key"]: row for row in scene.read_rows(atlas / "tables" / "values.csv")}
    faults.same(list(rows), list(DISTRICTS), f"{kind}: keys, in the order of the boundaries")
    for key, (share, residents) in FIGURES.items():
        away = share == ".."
        faults.same(rows[key]["state"], "suppressed" if away else "present", f"{kind}: state of {key}")
        faults.same(scene.number(rows[key]["value"]), None if away else float(share), f"{kind}: value of {key}")
        faults.same(scene.number(rows[key]["weight"]), float(residents), f"{kind}: weight of {key}")
    measures = {row["code"]: row for row in scene.read_rows(atlas / "tables" / "measures.csv")}
    for code, wanted in (("mean", MEAN), ("D", 25.0 - 7.5), ("R", 25.0 / 7.5)):
        faults.near(scene.number(measures[code]["value"]), wanted, 1e-12, f"{kind}: {code}")
    faults.same(measures["mean"]["n"], "3", f"{kind}: districts counted")


def check_layer(faults, kind, atlas):
    source = gdal.OpenEx(str(atlas / "atlas.gpkg"), gdal.OF_VECTOR)
    layer = source.GetLayerByName("share_2024")
    if not faults.expect(layer is not None, f"{kind}: no layer share_2024"):
        return
    faults.same(layer.GetSpatialRef().GetAuthorityCode(None), str(EPSG), f"{kind}: CRS of the layer")
    faults.same(layer.schema[0].GetName(), "district", f"{kind}: first column")
    for feature in layer:
        key = feature["district"]
        wanted = drawn(DISTRICTS[key][1])
        faults.near(feature.GetGeometryRef().SymDifference(wanted).Area(), 0.0, 1e-6, f"{kind}: shape of {key} [m2]")
        faults.same(feature["share_state"], "suppressed" if key == "A-3" else "present", f"{kind}: state of {key}")
        faults.same(feature["name_en"], DISTRICTS[key][0], f"{kind}: name of {key}")


def mercator(shape):
    """The shape in unit-Mercator metres, its straight UTM edges divided so that their bend is kept."""
    moved = shape.Clone()
    moved.Segmentize(500.0)
    moved.AssignSpatialReference(crs_of(EPSG))
    moved.TransformTo(crs_of(3857))
    return moved


def check_vector_tiles(faults, kind, atlas):
    """Put together again from the tiles of the deepest zoom, a district covers what was drawn."""
    archive = pmtiles_archive.Archive(atlas / "tiles" / "regions.pmtiles")
    faults.same((archive.min_zoom, archive.max_zoom), (4, MAX_ZOOM), f"{kind}: zooms")
    found = {}
    for (zoom, x, y), content in archive.tiles().items():
        if zoom != MAX_ZOOM:
            continue
        path = f"/vsimem/own/{zoom}/{x}/{y}.pbf"
        gdal.FileFromMemBuffer(path, content)
        source = gdal.OpenEx(path, gdal.OF_VECTOR, allowed_drivers=["MVT"])
        layer = source.GetLayerByName("regions")
        for feature in layer or ():
            shape = feature.GetGeometryRef().Clone()
            key = feature["key"]
            found[key] = found[key].Union(shape) if key in found else shape
    faults.same(set(found), set(DISTRICTS), f"{kind}: districts in the tiles")
    unit_m = 2 * HALF_WORLD_M / (4096 * 2**MAX_ZOOM)
    for key, shape in found.items():
        wanted = mercator(drawn(DISTRICTS[key][1]))
        # Half a unit by simplification and less than one by the grid, all along the boundary.
        allowed = 1.5 * unit_m * wanted.Boundary().Length()
        faults.near(shape.SymDifference(wanted).Area(), 0.0, allowed, f"{kind}: {key} in the tiles [m2]")


def check_raster_tiles(faults, kind, atlas):
    picture = gdal.OpenEx(str(atlas / "tiles" / "share_2024.mbtiles"), gdal.OF_RASTER)
    left, width, _, top, _, height = picture.GetGeoTransform()
    pixels = picture.ReadAsArray()
    _, year, _ = next(scene.site_maps(scene.read_site_data(atlas / "site")))
    for i, (key, (_, corners)) in enumerate(DISTRICTS.items()):
        x, y, _ = mercator(drawn(corners)).Centroid().GetPoint()
        column, row = int((x - left) / width), int((y - top) / height)
        shown = "#{:02x}{:02x}{:02x}".format(*pixels[:3, row, column])
        faults.same((shown, int(pixels[3, row, column])), (scene.colour_of_region(year, i), 255),
                    f"{kind}: pixel in {key}")
    states = {entry["kind"] for entry in year["legend"]}
    faults.expect("suppressed" in states, f"{kind}: the legend has no entry for suppressed figures: {states}")


def check_label_points(faults, kind, atlas):
    data = scene.read_site_data(atlas / "site")
    turn = osr.CoordinateTransformation(crs_of(4326), crs_of(EPSG))
    for region in data["boundaries"][0]["regions"]:
        x, y, _ = turn.TransformPoint(*region["label"])
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(x, y)
        faults.expect(drawn(DISTRICTS[region["key"]][1]).Contains(point), f"{kind}: label of {region['key']}")
        faults.expect(all(math.isfinite(value) for value in region["label"]), f"{kind}: label of {region['key']}")


def check_plan(faults, kind, program, work):
    folder = work / kind
    write_plan(kind, folder)
    # The plan is named from elsewhere: its paths are relative to itself.
    done = scene.run_program(program, ["run", f"{kind}/plan.toml", "-o", f"{kind}/atlas", "--data", scene.SOURCE], work)
    print(done.stdout, done.stderr)
    if not faults.same(done.returncode, 0, f"{kind}: exit code ({done.stderr})"):
        return
    atlas = folder / "atlas"
    check_tables(faults, kind, atlas)
    check_layer(faults, kind, atlas)
    check_vector_tiles(faults, kind, atlas)
    check_raster_tiles(faults, kind, atlas)
    check_label_points(faults, kind, atlas)


def main():
    gdal.UseExceptions()
    program, parts, work = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    faults = scene.Faults()
    for kind in FORMATS:
        check_plan(faults, kind, program, work)
    status = faults.report()
    site = work / "geojson" / "atlas" / "site"
    return status or page_test.test_page(site, parts, work / "pictures")


if __name__ == "__main__":
    sys.exit(main())
