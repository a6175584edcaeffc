#!/usr/bin/python3
"""A small GeoPackage with a style of the program inside, opened in QGIS by check_layers.py.

The style must pass; the same style with one fault at a time must not; QGIS must read the SLD, too.
"""
import argparse
import os
import pathlib
import subprocess
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
SKIPPED = 77
try:
    from osgeo import ogr, osr
    from qgis import core
except ImportError as error:
    print(f"skipped: QGIS for Python is not installed ({error}); install python3-qgis and qgis-providers")
    sys.exit(SKIPPED)

CHECK = pathlib.Path(__file__).resolve().parent / "check_layers.py"
ogr.UseExceptions()
# name, column, row, value, state; on a grid of cells of three degrees.
REGIONS = [
    ("Aqmola", 0, 0, 33.49668730242254, "present"),
    ("Ақтөбе облысы", 1, 0, 40.0, "present"),
    ("Жамбыл облысы", 2, 0, 40.5, "present"),
    ("Алматинская область", 3, 0, 47.83046178093959, "present"),
    ("East Kazakhstan", 0, 1, 47.9, "present"),
    ("Quote'd \"name\" & <more>", 1, 1, None, "missing"),
    ("Suppressed", 2, 1, None, "suppressed"),
    ("Not applicable", 3, 1, None, "not_applicable"),
    ("Unmatched", 0, 2, None, "unmatched"),
]
# Generalised circles inside of the cells above: name, middle, value.
CITIES = [("Almaty city", (10.5, 1.5), 58.91570855144926), ("Astana", (1.5, 4.5), 42.0)]


def square(x, y, size):
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]


def octagon(middle, size):
    ends = [(1, .4), (.4, 1), (-.4, 1), (-1, .4), (-1, -.4), (-.4, -1), (.4, -1), (1, -.4), (1, .4)]
    return [(middle[0] + x * size, middle[1] + y * size) for x, y in ends]


def polygon(*rings):
    shape = ogr.Geometry(ogr.wkbPolygon)
    for points in rings:
        ring = ogr.Geometry(ogr.wkbLinearRing)
        for x, y in points:
            ring.AddPoint_2D(x, y)
        shape.AddGeometry(ring)
    return shape


def rows():
    for name, column, row, value, state in REGIONS:
        x, y = 3.0 * column, 3.0 * row
        holes = [octagon(middle, 0.5) for _, middle, _ in CITIES if x < middle[0] < x + 3 and y < middle[1] < y + 3]
        yield name, "surveyed", value, state, polygon(square(x, y, 3.0), *holes)
    for name, middle, value in CITIES:
        yield name, "generalised-circle", value, "present", polygon(octagon(middle, 0.5))


def write_map(path, qml, sld):
    path.unlink(missing_ok=True)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    layer = source.CreateLayer("sample", crs, ogr.wkbPolygon, ["GEOMETRY_NAME=geom"])
    for name, kind in (("name", ogr.OFTString), ("outline", ogr.OFTString), ("rate", ogr.OFTReal),
                       ("rate_state", ogr.OFTString)):
        layer.CreateField(ogr.FieldDefn(name, kind))
    for name, outline, value, state, shape in rows():
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["name"], feature["outline"], feature["rate_state"] = name, outline, state
        if value is not None:
            feature["rate"] = value
        feature.SetGeometry(shape)
        layer.CreateFeature(feature)
    # The table as QGIS itself makes it.
    source.ExecuteSQL("CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), "
                      "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), "
                      "styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, "
                      "owner TEXT(30), ui TEXT(30), update_time DATETIME)")
    quoted = [text.replace("'", "''") for text in (qml, sld)]
    source.ExecuteSQL("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                      f"styleName, styleQML, styleSLD, useAsDefault) VALUES ('', '', 'sample', 'geom', 'sample', "
                      f"'{quoted[0]}', '{quoted[1]}', 1)")
    source = None


def check(path, expectation, *more):
    result = subprocess.run([sys.executable, "-B", str(CHECK), str(path), "--expect", str(expectation), *more],
                            capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


# What breaks the style, and a word of the complaint.
FAULTS = [
    ("an open lower end", ">= 33.4966", "> 33.4966", "falls in the rules []"),
    ("SQLite reads the numbers", 'to_real("rate")'.replace('"', "&quot;"), "&quot;rate&quot;", "features are drawn"),
    ("overlapping classes", "> 40 AND", ">= 40 AND", "falls in the rules ['class_1', 'class_2']"),
    ("another colour", "253,174,97,255", "253,174,98,255", "class colours"),
    ("no rule for missing", "= 'missing'", "= 'absent'", "falls in the rules []"),
    ("another key for missing", 'key="missing"', 'key="other"', "no entry for regions without data"),
    ("an unknown label column", 'fieldName="name"', 'fieldName="nome"', "which is no column"),
    ("another renderer", 'type="RuleRenderer"', 'type="singleSymbol"', "drawn by"),
]


def check_faults(folder, qml, sld):
    for what, old, new, complaint in FAULTS:
        assert old in qml, f"{what}: the style does not hold {old}"
        path = folder / "faulty.gpkg"
        write_map(path, qml.replace(old, new), sld)
        status, output = check(path, folder / "sample.json")
        assert status == 1 and complaint in output, f"{what} went unnoticed ({status}):\n{output}"


def check_sld(folder):
    application = core.QgsApplication([], False)
    application.initQgis()
    layer = core.QgsVectorLayer(f"{folder / 'sample.gpkg'}|layername=sample", "sample", "ogr")
    message, read = layer.loadSldStyle(str(folder / "sample.sld"))
    assert read, message
    rules = layer.renderer().rootRule().children()
    context = core.QgsExpressionContext(core.QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    counts = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        for rule in rules:
            if rule.filterExpression() and core.QgsExpression(rule.filterExpression()).evaluate(context):
                counts[rule.label()] = counts.get(rule.label(), 0) + 1
    # REGIONS and CITIES above, sorted by hand. QGIS 3.22 keeps six digits of the numbers of an SLD (33.4967, 58.9157),
    # so that it leaves out the lowest and the highest region, which are ends of classes.
    expected = {"33.5 – 40.0": 1, "40.0 – 47.8": 3, "47.8 – 58.9": 1, "no data": 1, "withheld": 1,
                "does not apply": 1, "no row in the table": 1, "generalised outline": 2}
    assert counts == expected, f"QGIS reads the SLD as {counts}"
    return application


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", required=True, help="the program that writes the sample style")
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([options.sample, str(options.folder)], check=True)
    qml = (options.folder / "sample.qml").read_text(encoding="utf-8")
    sld = (options.folder / "sample.sld").read_text(encoding="utf-8")
    write_map(options.folder / "sample.gpkg", qml, sld)
    status, output = check(options.folder / "sample.gpkg", options.folder / "sample.json",
                           "--screenshot", f"sample={options.folder / 'sample.png'}")
    print(output)
    if status != 0:
        return status
    check_faults(options.folder, qml, sld)
    application = check_sld(options.folder)
    print(f"{len(FAULTS)} faulty styles noticed; QGIS reads the SLD")
    sys.stdout.flush()
    # Without the interpreter's own end: Qt objects that Python still holds may outlive the application and crash.
    os._exit(0 if application else 1)


if __name__ == "__main__":
    sys.exit(main())
