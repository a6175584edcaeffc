"""Checks of sites.csv: points of hazard with their sources and what is known of their position."""

import json
import unittest

from geographiclib.geodesic import Geodesic
from osgeo import ogr

import data_folder as data

COLUMNS = (
    "site_id,name_en,name_ru,name_kk,kind,lon,lat,accuracy_km,extent_km,coordinate_source,source,note"
).split(",")
# by the sites' own histories: the polygon lay in Semipalatinsk oblast, Azgir lies in Kurmangazy district
REGION = {"semey": "KZ-VOS", "azgir": "KZ-ATY", "baikonur": "KZ-KZY"}


def sites():
    return {row["site_id"]: row for row in data.rows_of("sites.csv")}


def km(lat, lon, other_lat, other_lon):
    return Geodesic.WGS84.Inverse(lat, lon, other_lat, other_lon)["s12"] / 1000


class Sites(unittest.TestCase):
    def test_every_site_has_names_a_point_an_accuracy_and_sources(self):
        rows = data.rows_of("sites.csv")
        self.assertEqual(list(rows[0]), COLUMNS)
        self.assertEqual(set(sites()), set(REGION))
        self.assertEqual(len(rows), len(REGION), "a site stands twice")
        for row in rows:
            for column in COLUMNS:
                self.assertTrue(row[column].strip(), f"{row['site_id']} has no {column}")
            self.assertIn(row["kind"], {"nuclear-test-site", "cosmodrome"})
            self.assertGreater(float(row["accuracy_km"]), 0)
            self.assertGreater(float(row["extent_km"]), float(row["accuracy_km"]))
            for source in [*row["coordinate_source"].split("|"), row["source"]]:
                self.assertIn(source, data.source_ids())

    def test_every_site_lies_in_its_region(self):
        for site_id, unit_id in REGION.items():
            row = sites()[site_id]
            point = ogr.CreateGeometryFromWkt(f"POINT ({row['lon']} {row['lat']})")
            inside = [
                feature["properties"]["unit_id"]
                for feature in data.layer("2018")["features"]
                if ogr.CreateGeometryFromJson(json.dumps(feature["geometry"])).Contains(point)
            ]
            self.assertEqual([found.split("@")[0] for found in inside], [unit_id], site_id)

    def test_azgir_is_the_mean_of_the_epicentres_that_its_note_names(self):
        epicentres = [(47.81, 48.10), (47.85, 48.13), (47.81, 48.09), (47.78, 48.14)]  # SIPRI-NUCLEAR
        lat, lon = (sum(part) / 4 for part in zip(*epicentres))
        row = sites()["azgir"]
        self.assertAlmostEqual(float(row["lat"]), lat, 6)
        self.assertAlmostEqual(float(row["lon"]), lon, 6)
        scatter = max(km(lat, lon, *point) for point in epicentres)
        self.assertTrue(0 <= float(row["accuracy_km"]) - scatter < 0.1, scatter)
        village = km(lat, lon, 47 + 50 / 60 + 7 / 3600, 47 + 54 / 60 + 32 / 3600)  # WIKI-AZGIR
        self.assertTrue(0 <= float(row["extent_km"]) - (village + 1.5) < 1, village)

    def test_accuracy_of_printed_coordinates_is_half_their_last_digit(self):
        minute = 0.5 / 60
        self.assertTrue(0 <= 1.2 - km(50.117, 78.717, 50.117 + minute, 78.717 + minute) < 0.1)
        self.assertTrue(0 <= 0.1 - km(45.965, 63.305, 45.9655, 63.3055) < 0.1)
        self.assertEqual([sites()[name]["accuracy_km"] for name in ("semey", "baikonur")], ["1.2", "0.1"])
