#!/usr/bin/python3
"""Indicators without a value, with one value, with equal values: the run goes on, the map is drawn, and it is said:

degenerate_test.py PROGRAM WORK
"""
import json
import pathlib
import shutil
import sys

import own_plan_test
import scene
from osgeo import gdal

DISTRICTS = list(own_plan_test.DISTRICTS)
# What each layer's regions have, in the order of the districts; None: no value.
VALUES = {
    "nothing_2023": [None] * 4,
    "withheld_2023": ["x"] * 4,
    "later_2022": [1, 2, 3, 4],
    "later_2023": [None] * 4,  # a year without values in a series that has some: its classes stay
    "single_2023": [None, 7.5, None, None],
    "equal_2023": [4.25] * 4,
    "zero_2023": [0] * 4,
    "circles_2023": [None] * 4,
}
EMPTY = [name for name, values in VALUES.items() if all(value in (None, "x") for value in values)]
CLASSES = {"nothing_2023": [], "withheld_2023": [], "later_2022": [1, 1, 1, 1], "later_2023": [0, 0, 0, 0],
           "single_2023": [1], "equal_2023": [4], "zero_2023": [4], "circles_2023": []}
PLAN = """schema = "tendik.plan/1"
boundaries = {{ file = "districts.geojson", key = "district" }}
tiles = {{ zoom = [4, 5] }}
{indicators}
"""
INDICATOR = """
[[indicators]]
code = "{code}"
name = "{code} of districts"
table = "figures.csv"
key = "code"
value = "value"
suppressed = ["x"]
kind = "{kind}"
unit = "%"
{words}"""


def write_plan(folder):
    folder.mkdir(parents=True)
    own_plan_test.write_boundaries("GeoJSON", folder / "districts.geojson")
    rows = ["indicator,year,code,value"]
    for name, values in VALUES.items():
        code, year = name.rsplit("_", 1)
        rows += [f"{code},{year},{key},{'' if value is None else value}" for key, value in zip(DISTRICTS, values)]
    (folder / "figures.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    codes = dict.fromkeys(name.rsplit("_", 1)[0] for name in VALUES)
    blocks = [INDICATOR.format(code=code, kind="count" if code == "circles" else "rate",
                               words='display = "symbols"\n' if code == "circles" else "") for code in codes]
    (folder / "plan.toml").write_text(PLAN.format(indicators="".join(blocks)), encoding="utf-8")


def check_findings(faults, atlas):
    manifest = json.loads((atlas / "manifest.json").read_text(encoding="utf-8"))
    said = {finding["where"]: finding["text"] for finding in manifest["findings"] if finding["code"] == "no-values"}
    faults.same(sorted(said), sorted(EMPTY), "layers said to be without values")
    for name, text in said.items():
        code = name.rsplit("_", 1)[0]
        for word in (f"{code} of districts", f"({code})", "4 regions", "2023"):
            faults.expect(word in text, f"{name}: '{word}' is not in '{text}'")


def check_page(faults, data):
    maps = {name: year for name, year, _ in scene.site_maps(data)}
    faults.same(sorted(maps), sorted(VALUES), "maps of the page")
    for name, year in maps.items():
        entries = year["legend"]
        counts = [entry["count"] for entry in entries if entry["kind"] == "class"]
        faults.same(counts, CLASSES[name], f"{name}: regions in the classes of the legend")
        faults.expect(any(entry["kind"] == "missing" and entry["label"]["kk"] for entry in entries),
                      f"{name}: the legend has no entry for missing values")
        faults.same(sum(entry["count"] for entry in entries if entry["kind"] != "generalised"), 4,
                    f"{name}: regions in the legend")
        empty_note = any("No region has a value" in note["en"] and note["ru"] and note["kk"] for note in year["notes"])
        faults.same(empty_note, name in EMPTY, f"{name}: the note on an empty map")


def check_layers(faults, atlas):
    source = gdal.OpenEx(str(atlas / "atlas.gpkg"), gdal.OF_VECTOR)
    styles = {row["f_table_name"]: row["styleQML"] for row in source.GetLayerByName("layer_styles")}
    for name, values in VALUES.items():
        code = name.rsplit("_", 1)[0]
        found = {feature["district"]: feature[code] for feature in source.GetLayerByName(name)}
        wanted = {key: None if value in (None, "x") else value for key, value in zip(DISTRICTS, values)}
        faults.same(found, wanted, f"{name}: values in atlas.gpkg")
        faults.expect('key="missing"' in styles[name], f"{name}: the style has no rule for missing values")
        rules = styles[name].count('key="class_')
        faults.same(rules, len(CLASSES[name]), f"{name}: rules of classes in the style")


def check_tiles(faults, atlas, data):
    maps = {name: year for name, year, _ in scene.site_maps(data)}
    for name in VALUES:
        path = atlas / "tiles" / f"{name}.mbtiles"
        if name.startswith("circles") and not path.exists():
            continue
        picture = gdal.OpenEx(str(path), gdal.OF_RASTER)
        if not faults.expect(picture is not None, f"{name}: no raster tiles"):
            continue
        left, width, _, top, _, height = picture.GetGeoTransform()
        pixels = picture.ReadAsArray()
        for i, (_, corners) in enumerate(own_plan_test.DISTRICTS.values()):
            x, y, _ = own_plan_test.mercator(own_plan_test.drawn(corners)).Centroid().GetPoint()
            column, row = int((x - left) / width), int((y - top) / height)
            shown = "#{:02x}{:02x}{:02x}".format(*pixels[:3, row, column])
            faults.same(shown, scene.colour_of_region(maps[name], i), f"{name}: pixel in {DISTRICTS[i]}")


def main():
    gdal.UseExceptions()
    program, work = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    shutil.rmtree(work, ignore_errors=True)
    write_plan(work)
    faults = scene.Faults()
    done = scene.run_program(program, ["run", "plan.toml", "-o", "atlas", "--data", scene.SOURCE], work)
    print(done.stdout, done.stderr)
    if faults.same(done.returncode, 0, f"exit code ({done.stderr})"):
        data = scene.read_site_data(work / "atlas" / "site")
        check_findings(faults, work / "atlas")
        check_page(faults, data)
        check_layers(faults, work / "atlas")
        check_tiles(faults, work / "atlas", data)
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
