#!/usr/bin/python3
"""People near the sites of the built-in atlas, counted once more cell by cell: proximity_test.py FOLDER

FOLDER as make_atlas.py left it. Needs Debian's python3-gdal and python3-geographiclib.
"""
import math
import pathlib
import sys

import scene

try:
    from geographiclib.geodesic import Geodesic
    from osgeo import gdal
except ImportError as missing:
    scene.skip(f"{missing.name} is not installed")

gdal.UseExceptions()
# Their circles of 100 km lie within Kazakhstan, so that every cell counts whole; Azgir lies beside the border.
INLAND = ("semey", "baikonur")


def distance_km(site, lon, lat):
    return Geodesic.WGS84.Inverse(float(site["lat"]), float(site["lon"]), lat, lon)["s12"] / 1000


def bounds(people, frame, site, limit):
    """People of cells that lie within the limit with all corners, and with any corner or the middle."""
    west, side_x, _, north, _, side_y = frame
    sure = most = 0.0
    for row, cells in enumerate(people):
        lat = north + side_y * row
        if abs(lat - float(site["lat"])) > 0.2 + limit / 110:
            continue
        for column, count in enumerate(cells):
            lon = west + side_x * column
            if not count > 0 or abs(lon - float(site["lon"])) > 0.2 + limit / 60:
                continue
            corners = [distance_km(site, lon + x * side_x, lat + y * side_y) for x in (0, 1) for y in (0, 1)]
            middle = distance_km(site, lon + side_x / 2, lat + side_y / 2)
            sure += count if max(corners) <= limit else 0
            most += count if min(*corners, middle) <= limit else 0
    return sure, most


def check_sites(faults, atlas, sites):
    raster = gdal.Open(str(atlas / "rasters" / "people_2020.tif"))
    people, frame = raster.ReadAsArray(), raster.GetGeoTransform()
    rows = scene.read_rows(atlas / "tables" / "proximity_1_sites.csv")
    of_all = {(row["site"], float(row["within_km"])): row for row in rows if row["unit_id"] == ""}
    faults.same(sorted({site for site, _ in of_all}), sorted([*sites, "union"]), "sites of the table")
    for (name, limit), row in of_all.items():
        amount, low, high = (float(row[key]) for key in ("amount", "low", "high"))
        faults.expect(low <= amount <= high, f"{name} {limit} km: {low} {amount} {high}")
        if name == "union":
            continue
        faults.same(row["accuracy_km"], sites[name]["accuracy_km"], f"accuracy of {name}")
        sure, most = bounds(people, frame, sites[name], limit)
        faults.expect(amount <= most + 1e-6, f"{name} {limit} km: {amount} people, at most {most}")
        if name in INLAND and limit == 100:
            faults.expect(amount >= sure - 1e-6, f"{name} {limit} km: {amount} people, at least {sure}")
    # The circles of the three do not meet.
    for limit in (100.0, 150.0, 200.0):
        faults.near(float(of_all["union", limit]["amount"]),
                    math.fsum(float(of_all[name, limit]["amount"]) for name in sites), 1e-3, f"all sites at {limit} km")


def check_layer(faults, atlas, limit):
    code = f"people_within_{limit}km_of_hazard_sites"
    table = {row["unit_id"]: row for row in scene.read_rows(atlas / "tables" / "proximity_1.csv")}
    values = scene.rows_of(scene.read_rows(atlas / "tables" / "values.csv"), code, 2020, scene.SINCE_2018)
    faults.same(len(values), 17, "regions of the layer")
    for row in values:
        found = table[row["key"]]
        faults.near(float(row["value"]), 100 * float(found[f"people_share_within_{limit}km"]), 1e-9, f"value of {row['key']}")
        faults.near(float(row["weight"]), float(found["people"]), 1e-6, f"weight of {row['key']}")
    data = scene.read_site_data(atlas / "site")
    entry = next(one for one in data["indicators"] if one["code"] == code)
    for language, modelled, unit in (("en", "Modelled", "% of people"), ("ru", "Модельная", "% жителей"),
                                     ("kk", "Модельдік", "тұрғындардың %-ы")):
        note = entry["years"][0]["notes"][0][language]
        faults.expect(modelled in note and "sites.csv" in note and "people_2020.tif" in note, f"note: {note}")
        faults.same(entry["unit"][language], unit, f"unit in {language}")
        faults.expect("4.4" in entry["definition"][language] or "4,4" in entry["definition"][language],
                      f"accuracy of Azgir in the definition ({language})")


def main():
    atlas = pathlib.Path(sys.argv[1]).resolve() / "atlas"
    faults = scene.Faults()
    check_sites(faults, atlas, {row["site_id"]: row for row in scene.read_rows(scene.GEODATA / "sites.csv")})
    for limit in (100, 150):
        check_layer(faults, atlas, limit)
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
