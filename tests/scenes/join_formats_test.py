#!/usr/bin/python3
"""`join` writes every format in any CRS, and GDAL reads the same regions, values and places from each.

join_formats_test.py PROGRAM WORK
"""
import pathlib
import shutil
import sys

import scene

try:
    from osgeo import gdal, ogr, osr
except ImportError as error:
    scene.skip(f"GDAL for Python is not installed ({error}); install python3-gdal")

ogr.UseExceptions()
SHARES = {"X101": 14.0, "X201": 27.5, "X202": None, "X102": 6.5, "X203": 21.0, "X204": 30.5}  # of 2023, the example
EPSG = 32631  # UTM zone 31 north; the example lies at its western edge


def check(path, epsg, faults):
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layer = dataset.GetLayer(0)
    what = path.name
    faults.same(layer.GetFeatureCount(), len(SHARES), f"{what}: features")
    definition = layer.GetLayerDefn()
    columns = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    value = next(name for name in columns if name.startswith("water") and "state" not in name)
    for feature in layer:
        share = feature[value]
        share = None if share in (None, "") else float(share)
        faults.same(share, SHARES[feature["code"]], f"{what}: {feature['code']}")
        if feature["code"] == "X202":
            faults.same(feature["name_kk"], "Сортаң", f"{what}: Kazakh name")
    if epsg is None:
        return
    crs = layer.GetSpatialRef()
    crs.AutoIdentifyEPSG()
    faults.same(crs.GetAuthorityCode(None), str(epsg), f"{what}: CRS")
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    to_degrees = osr.CoordinateTransformation(crs, wgs84())
    layer.ResetReading()
    # FlatGeobuf has an order of its own. The feature is kept, because its geometry lives no longer than it does.
    feature = next(one for one in layer if one["code"] == "X101")
    first = feature.GetGeometryRef().Clone()
    if epsg != 4326:
        first.Transform(to_degrees)
    west, east, south, north = first.GetEnvelope()
    # The south-western district of the example: corners (0, 0) and (1.2, 1), borders wave by at most 0.11.
    for found, wanted in ((west, 0.0), (east, 1.2), (south, 0.0), (north, 1.0)):
        faults.near(found, wanted, 0.12, f"{what}: extent in degrees")


def wgs84():
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def main(program, work):
    faults = scene.Faults()
    work = pathlib.Path(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    made = scene.run_program(program, ["new", "land"], work)
    faults.same(made.returncode, 0, f"new: {made.stderr}")
    # A Shapefile keeps 10 letters of a name, too few to tell without_water from its state.
    figures = (work / "land" / "figures.csv").read_text(encoding="utf-8")
    (work / "land" / "short.csv").write_text(figures.replace("without_water", "water", 1), encoding="utf-8")
    for ending in ("gpkg", "geojson", "fgb", "shp", "csv"):
        for epsg in (4326, EPSG):
            if epsg != 4326 and ending in ("geojson", "csv"):
                continue
            name = f"joined_{epsg}.{ending}"
            # Names are not looked up here: the table of the example names districts, so their names are the key.
            called = scene.run_program(program, [
                "join", "--boundaries", "land/districts.geojson", "--key", "name_en", "--table", "land/short.csv",
                "--table-key", "district", "--value", "water", "--year", "2023",
                *([] if ending == "csv" else ["--crs", f"EPSG:{epsg}"]), "-o", name], work)
            if faults.same(called.returncode, 0, f"{name}: {called.stderr}"):
                check(work / name, None if ending == "csv" else epsg, faults)
    faults.same((work / "joined_4326.cpg").read_text(encoding="ascii"), "UTF-8", "the .cpg of the Shapefile")
    return faults.report()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
