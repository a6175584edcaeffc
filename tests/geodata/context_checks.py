"""What must hold for the layers round the regions: neighbours, rivers, lakes, settlements."""

import functools
import json
import unittest

import data_folder as data
from geographiclib.geodesic import Geodesic
from osgeo import ogr

ogr.UseExceptions()

WEST, SOUTH, EAST, NORTH = 41, 37, 93, 58
# km2 by PROJ 9.1 (geod_polygonarea) from an independent reading of the same file
LAKES_KM2 = {
    "Balkhash": 17534,
    "Aral Sea": 18267,
    "Zaysan with Bukhtarma": 4644,
    "Alakol": 2742,
    "Tengiz": 1493,
    "Siletiteniz": 632,
    "Shardara": 546,
    "Kushmurun": 438,
}


@functools.cache
def context(name):
    return json.loads((data.FOLDER / "context" / f"{name}.geojson").read_text(encoding="utf-8"))


def properties(name):
    return [feature["properties"] for feature in context(name)["features"]]


def shape(feature):
    return ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))


@functools.cache
def country():
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for unit in data.units("2018").values():
        for part in shape(unit):
            union.AddGeometry(part)
    return union.UnionCascaded()


def ring_km2(ring):
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring[:-1]:
        polygon.AddPoint(lat, lon)
    return abs(polygon.Compute()[2]) / 1e6


class Context(unittest.TestCase):
    def test_figures_are_valid_and_inside_the_window(self):
        for name in ("neighbours", "rivers", "lakes", "settlements"):
            self.assertEqual(context(name)["window"], [WEST, SOUTH, EAST, NORTH])
            for feature in context(name)["features"]:
                figure = shape(feature)
                self.assertTrue(figure.IsValid(), feature["properties"])
                low_lon, high_lon, low_lat, high_lat = figure.GetEnvelope()
                inside = WEST <= low_lon and high_lon <= EAST and SOUTH <= low_lat and high_lat <= NORTH
                self.assertTrue(inside, feature["properties"])

    def test_each_figure_says_source_and_licence(self):
        for name in ("neighbours", "rivers", "lakes", "settlements"):
            for row in properties(name):
                self.assertTrue(row["source"] and row["licence"], row)
                names = [key for key in row if key.startswith("name_")]
                self.assertEqual(names, ["name_en", "name_ru", "name_kk"])
                self.assertNotIn("", row.values(), "a name that is not known is null")
                for text in filter(None, (row["name_en"], row["name_ru"], row["name_kk"])):
                    self.assertFalse("?" in text or "  " in text, f"damaged name {text!r}")

    def test_each_layer_says_whom_to_name_in_three_languages(self):
        for name in ("neighbours", "rivers", "lakes", "settlements"):
            said = context(name)["attribution"]
            self.assertEqual(list(said), ["en", "ru", "kk"])
            self.assertEqual(len(set(said.values())), 3, "no language borrows from another")
            owner = "GeoNames" if name == "settlements" else "Natural Earth"
            self.assertTrue(all(owner in text for text in said.values()), said)

    def test_countries_of_the_window(self):
        # ISO 3166-1 codes of the 19 features of world_map.gpkg's layer 'countries' that meet the window, without
        # Kazakhstan and the nameless leftover: `ogrinfo -spat 41 37 93 58`
        expected = "AFG ARM AZE CHN GEO IRN IRQ KGZ MNG PAK RUS SYR TJK TKM TUR UZB".split()
        self.assertEqual([row["code"] for row in properties("neighbours")], expected)
        self.assertEqual(
            {row["code"]: row["name_kk"] for row in properties("neighbours") if row["kind"] == "bordering"},
            {"CHN": "Қытай", "KGZ": "Қырғызстан", "RUS": "Ресей", "TKM": "Түрікменстан", "UZB": "Өзбекстан"},
        )

    def test_neighbours_leave_the_country_free(self):
        for feature in context("neighbours")["features"]:
            common = shape(feature).Intersection(country())  # common borders only: lines and points
            self.assertTrue(common.IsEmpty() or common.GetDimension() < 2, feature["properties"]["code"])

    def test_edges_of_the_window_are_dense(self):
        for feature in context("neighbours")["features"]:
            for ring in (ring for part in feature["geometry"]["coordinates"] for ring in part):
                for (lon, lat), (lon2, lat2) in zip(ring, ring[1:]):
                    if (lon == lon2 and lon in (WEST, EAST)) or (lat == lat2 and lat in (SOUTH, NORTH)):
                        self.assertLessEqual(max(abs(lon - lon2), abs(lat - lat2)), 0.5)

    def test_rivers_are_counted_and_named(self):
        # features of ne_10m_rivers_lake_centerlines that meet the window, by GEOS 3.11.1; 11 of them the country
        rows = properties("rivers")
        self.assertEqual(len(rows), 73)
        reaching = [
            feature["properties"]["rivernum"]
            for feature in context("rivers")["features"]
            if shape(feature).Intersects(country())
        ]
        self.assertEqual(len(reaching), 11)
        self.assertEqual(set(reaching), {111, 170, 180, 29, 30, 421, 495, 613})
        names = {row["rivernum"]: row["name_en"] for row in rows}
        self.assertEqual({names[number] for number in (29, 30, 44)}, {"Ertis (Irtysh)"})
        self.assertEqual({names[number] for number in (495, 613)}, {"Esil (Ishim)"})
        mended = {number: names[number] for number in (318, 461, 747, 170, 199, 1078)}
        self.assertEqual(
            mended, {318: "Tom'", 461: "Künes", 747: "Kür", 170: "Syr Darya", 199: "Amu Darya", 1078: None}
        )

    def test_lines_through_lakes_are_told_from_rivers(self):
        centrelines = [row["rivernum"] for row in properties("rivers") if row["kind"] == "lake-centreline"]
        self.assertIn(421, centrelines)  # the Ile through Kapshagay
        self.assertEqual({row["kind"] for row in properties("rivers")}, {"river", "lake-centreline"})

    def test_absent_waters_are_named(self):
        self.assertEqual(context("rivers")["absent"]["en"], ["Chu", "Talas", "Sarysu", "Nura", "Torgay", "Emba"])
        self.assertEqual(context("lakes")["absent"]["en"], ["Kapshagay", "Sasykkol"])
        for name in ("rivers", "lakes"):
            self.assertEqual(len({len(names) for names in context(name)["absent"].values()}), 1)
            for water in context(name)["absent"]["en"]:
                self.assertIn(water, context(name)["note"])
                self.assertNotIn(water, [row["name_en"] for row in properties(name)])

    def test_lakes_are_counted_and_measured(self):
        features = context("lakes")["features"]
        self.assertEqual(sum(len(part) for f in features for part in f["geometry"]["coordinates"]), 27)
        named = {f["properties"]["name_en"]: f for f in features if f["properties"]["name_en"]}
        self.assertEqual(set(named), set(LAKES_KM2))
        for name, wanted_km2 in LAKES_KM2.items():
            found_km2 = ring_km2(named[name]["geometry"]["coordinates"][0][0])
            self.assertAlmostEqual(found_km2, wanted_km2, delta=1, msg=name)
            self.assertAlmostEqual(
                named[name]["properties"]["area_geodesic_km2"], wanted_km2, delta=1, msg=name
            )

    def test_the_aral_sea_is_dated(self):
        dated = {row["name_en"] for row in properties("lakes") if row["outline_note"]}
        self.assertEqual(dated, {"Aral Sea"})
        years = {row["name_kk"]: row["outline_years"] for row in properties("lakes") if row["outline_years"]}
        self.assertEqual(years, {"Арал теңізі": "1990-2005"})
        self.assertIn("older than today's lake", context("lakes")["note"])

    def test_settlements_without_twins_and_ghosts(self):
        # 79 rows of country KZ in cities15000.txt (`awk -F'\t' '$9=="KZ"'`), less the three dropped
        rows = {row["geonameid"]: row for row in properties("settlements")}
        self.assertEqual(len(rows), 76)
        self.assertFalse({9862222, 1518543, 1526797} & set(rows))
        self.assertEqual([row["rank"] for row in rows.values()].count(1), 3)
        self.assertEqual([row["rank"] for row in rows.values()].count(2), 16)
        self.assertEqual(rows[1524958]["unit_id"], "KZ-ALM")  # Burunday, inside the circle of Almaty

    def test_capitals_lie_in_their_units(self):
        rows = properties("settlements")
        for unit_id, unit in data.register().items():
            if unit["kind"] != "oblast" or unit["in_2018"] != "yes":
                continue
            own = [row for row in rows if row["name_en"] == unit["capital_en"]]
            self.assertEqual([row["unit_id"] for row in own], [unit_id], unit["capital_en"])
            self.assertEqual((own[0]["name_ru"], own[0]["name_kk"]), (unit["capital_ru"], unit["capital_kk"]))
        cities = {row["unit_id"]: row["name_ru"] for row in rows if row["kind"] == "city"}
        self.assertEqual(cities, {"KZ-ALA": "Алматы", "KZ-AST": "Астана", "KZ-SHY": "Шымкент"})
