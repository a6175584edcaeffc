"""What must hold for the two layers of boundaries, looked at with GEOS and by counting edges."""

import collections
import itertools
import json
import re
import unittest

import data_folder as data
from geographiclib.geodesic import Geodesic
from osgeo import ogr

ogr.UseExceptions()

PROPERTIES = [
    "unit_id",
    "region_code",
    "kato",
    "kato2",
    "name_en",
    "name_ru",
    "name_kk",
    "kind",
    "vintage",
    "valid_from",
    "valid_to",
    "area_official_km2",
    "area_geodesic_km2",
    "outline",
    "error_mean_km",
    "label_lon",
    "label_lat",
    "source",
    "licence",
]
# parts, rings, vertices with the closing one, km2: an independent build of the same recipe with unions and
# differences by GEOS 3.11.1 and geodesic areas by PROJ 9.1 (geod_polygonarea).
EXPECTED_2018 = {
    "KZ-AKM": (1, 2, 264, 146239.0),
    "KZ-AKT": (1, 1, 221, 301692.6),
    "KZ-ALA": (1, 1, 97, 682.9),
    "KZ-ALM": (1, 2, 303, 221570.3),
    "KZ-AST": (1, 1, 43, 797.3),
    "KZ-ATY": (2, 2, 245, 112459.4),
    "KZ-KAR": (1, 1, 252, 429328.8),
    "KZ-KUS": (1, 1, 291, 200801.0),
    "KZ-KZY": (1, 1, 95, 229528.7),
    "KZ-MAN": (5, 5, 214, 164705.8),
    "KZ-PAV": (1, 1, 175, 124128.6),
    "KZ-SEV": (1, 1, 293, 98627.1),
    "KZ-SHY": (1, 1, 97, 1170.0),
    "KZ-VOS": (1, 1, 304, 279896.2),
    "KZ-YUZ@2018": (1, 2, 241, 114330.7),
    "KZ-ZAP": (1, 1, 188, 153921.9),
    "KZ-ZHA": (1, 1, 121, 140895.6),
}
EXPECTED = {
    "2018": EXPECTED_2018,
    "pre-2018": {
        **{key: value for key, value in EXPECTED_2018.items() if key not in ("KZ-SHY", "KZ-YUZ@2018")},
        "KZ-YUZ@1997": (1, 1, 144, 115500.7),
    },
}
PART_COUNT = {"2018": 22, "pre-2018": 21}  # same build: Atyrau 2, Mangystau 5, each other unit 1
WITH_HOLE = {"2018": {"KZ-AKM", "KZ-ALM", "KZ-YUZ@2018"}, "pre-2018": {"KZ-AKM", "KZ-ALM"}}  # same build
EDGES = {"2018": (2405, 1014), "pre-2018": (2309, 918)}  # all, shared by two; same build
TOTAL_KM2 = 2720775.7702  # same build; also the sum over the 17 features of Natural Earth
# Published areas in km2 (encyclopaedia tables, rounded); Astana in the limits of 7 February 2017.
OFFICIAL_KM2 = {
    "KZ-AKM": 146200,
    "KZ-ALM": 223600,
    "KZ-ALA": 682.9,
    "KZ-AST": 797.3,
    "KZ-SHY": 1170,
    "KZ-YUZ@2018": 116100,
    "KZ-YUZ@1997": 117300,
    "KZ-KZY": 226000,
}
# lon, lat: GeoNames 1518980, 1526384, 1526273; Baikonur town.
CITY_POINTS = {"KZ-SHY": (69.6, 42.3), "KZ-ALA": (76.92848, 43.25654), "KZ-AST": (71.44598, 51.1801)}
BAIKONUR = (63.31, 45.62)


def ring_km2(ring):
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring[:-1]:
        polygon.AddPoint(lat, lon)
    return polygon.Compute(False, True)[2] / 1e6


def rings_of(feature):
    return [ring for rings in feature["geometry"]["coordinates"] for ring in rings]


def shape(feature):
    return ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))


def figure_km2(geometry):
    """Area of the polygons in a geometry of any kind; none at all counts nothing."""
    if geometry is None or geometry.IsEmpty():
        return 0.0
    if geometry.GetGeometryName() == "POLYGON":
        areas = [abs(ring_km2([point[:2] for point in ring.GetPoints()])) for ring in geometry]
        return areas[0] - sum(areas[1:])
    if geometry.GetGeometryName() in ("MULTIPOLYGON", "GEOMETRYCOLLECTION"):
        return sum(figure_km2(part) for part in geometry)
    return 0.0


def point(lon, lat):
    geometry = ogr.Geometry(ogr.wkbPoint)
    geometry.AddPoint_2D(lon, lat)
    return geometry


class BoundaryChecks:
    """The checks of one layer; the two classes at the end run them for both."""

    vintage = ""

    @property
    def units(self):
        return data.units(self.vintage)

    def test_units_are_those_of_the_vintage_in_order(self):
        self.assertEqual(list(self.units), sorted(EXPECTED[self.vintage]))
        self.assertEqual(len(data.layer(self.vintage)["features"]), len(self.units), "a unit stands twice")
        self.assertEqual(set(self.units), data.units_of(self.vintage))

    def test_properties_stand_in_their_order(self):
        for unit_id, feature in self.units.items():
            self.assertEqual(list(feature["properties"]), PROPERTIES, unit_id)

    def test_names_and_codes_are_those_of_the_register(self):
        for unit_id, feature in self.units.items():
            row, own = data.register()[unit_id], feature["properties"]
            for name in ("region_code", "kato", "kato2", "name_en", "name_ru", "name_kk", "kind"):
                self.assertEqual(own[name], row[name], unit_id)
            self.assertEqual(own["vintage"], self.vintage)
            self.assertEqual(own["area_official_km2"], float(row["area_official_km2"]), unit_id)

    def test_official_areas_are_the_published_ones(self):
        for unit_id in set(OFFICIAL_KM2) & set(self.units):
            self.assertEqual(self.units[unit_id]["properties"]["area_official_km2"], OFFICIAL_KM2[unit_id])

    def test_city_outlines_are_called_generalised(self):
        kinds = {
            "KZ-SHY": "generalised-circle",
            "KZ-ALA": "generalised-circle",
            "KZ-AST": "generalised-buffer",
        }
        for unit_id, feature in self.units.items():
            self.assertEqual(feature["properties"]["outline"], kinds.get(unit_id, "natural-earth"), unit_id)

    def test_every_figure_is_valid(self):
        for unit_id, feature in self.units.items():
            self.assertTrue(shape(feature).IsValid(), unit_id)

    def test_outer_rings_run_counter_clockwise_and_holes_clockwise(self):
        for unit_id, feature in self.units.items():
            for rings in feature["geometry"]["coordinates"]:
                for index, ring in enumerate(rings):
                    self.assertEqual(ring[0], ring[-1], f"{unit_id}: ring not closed")
                    self.assertEqual(ring_km2(ring) > 0, index == 0, f"{unit_id}: ring {index} turns wrong")

    def test_parts_rings_and_vertices_are_as_built_independently(self):
        for unit_id, feature in self.units.items():
            parts = feature["geometry"]["coordinates"]
            found = (len(parts), len(rings_of(feature)), sum(map(len, rings_of(feature))))
            self.assertEqual(found, EXPECTED[self.vintage][unit_id][:3], unit_id)
        all_parts = [rings for feature in self.units.values() for rings in feature["geometry"]["coordinates"]]
        self.assertEqual(len(all_parts), PART_COUNT[self.vintage])
        with_hole = {
            unit_id
            for unit_id, feature in self.units.items()
            if any(len(rings) > 1 for rings in feature["geometry"]["coordinates"])
        }
        self.assertEqual(with_hole, WITH_HOLE[self.vintage])

    def test_areas_are_as_built_independently(self):
        for unit_id, feature in self.units.items():
            area_km2 = figure_km2(shape(feature))
            self.assertAlmostEqual(area_km2, EXPECTED[self.vintage][unit_id][3], delta=0.1, msg=unit_id)
            self.assertAlmostEqual(
                feature["properties"]["area_geodesic_km2"], area_km2, delta=0.001, msg=unit_id
            )

    def test_inner_edges_are_shared_by_exactly_two(self):
        counts, directed = collections.Counter(), collections.Counter()
        for feature in self.units.values():
            for ring in rings_of(feature):
                for edge in itertools.pairwise(map(tuple, ring)):
                    counts[frozenset(edge)] += 1
                    directed[edge] += 1
        self.assertEqual(max(counts.values()), 2, "an edge belongs to more than two units")
        self.assertEqual(max(directed.values()), 1, "two units lie on the same side of an edge")
        self.assertEqual((len(counts), list(counts.values()).count(2)), EDGES[self.vintage])

    def test_union_is_whole_and_equals_the_sum(self):
        collection = ogr.Geometry(ogr.wkbMultiPolygon)
        for feature in self.units.values():
            for part in shape(feature):
                collection.AddGeometry(part)
        union = collection.UnionCascaded()
        parts = [union] if union.GetGeometryName() == "POLYGON" else list(union)
        self.assertEqual(
            [part.GetGeometryCount() for part in parts], [1] * len(parts), "the union has a hole"
        )
        total_km2 = sum(figure_km2(shape(feature)) for feature in self.units.values())
        self.assertAlmostEqual(figure_km2(union) / total_km2, 1, delta=1e-6)
        self.assertAlmostEqual(total_km2, TOTAL_KM2, delta=0.01)

    def test_no_two_units_overlap(self):
        shapes = {unit_id: shape(feature) for unit_id, feature in self.units.items()}
        for (one, first), (other, second) in itertools.combinations(shapes.items(), 2):
            self.assertLessEqual(figure_km2(first.Intersection(second)), 1e-9, f"{one} and {other} overlap")

    def test_cities_and_baikonur_lie_where_they_should(self):
        for unit_id, place in CITY_POINTS.items():
            home = unit_id if unit_id in self.units else "KZ-YUZ@1997"  # Shymkent before 2018
            self.assertTrue(shape(self.units[home]).Contains(point(*place)), unit_id)
        self.assertTrue(shape(self.units["KZ-KZY"]).Contains(point(*BAIKONUR)))

    def test_label_points_lie_inside(self):
        for unit_id, feature in self.units.items():
            own = feature["properties"]
            self.assertTrue(shape(feature).Contains(point(own["label_lon"], own["label_lat"])), unit_id)
            if unit_id in CITY_POINTS:
                self.assertEqual((own["label_lon"], own["label_lat"]), CITY_POINTS[unit_id])

    def test_files_diff_well(self):
        vertex = re.compile(r"\s+\[-?\d+(\.\d+)?, -?\d+(\.\d+)?\],?")
        lines = (data.FOLDER / data.LAYERS[self.vintage]).read_text(encoding="utf-8").splitlines()
        wanted = sum(len(ring) for feature in self.units.values() for ring in rings_of(feature))
        self.assertEqual(sum(bool(vertex.fullmatch(line)) for line in lines), wanted, "one vertex a line")

    def test_gdal_reads_the_layers(self):
        source = ogr.Open(str(data.FOLDER / data.LAYERS[self.vintage]))
        layer = source.GetLayer(0)
        self.assertEqual(layer.GetName(), data.LAYERS[self.vintage].removesuffix(".geojson"))
        self.assertEqual(layer.GetFeatureCount(), len(self.units))
        self.assertEqual(layer.GetSpatialRef().GetAuthorityCode(None), "4326")

    def test_collections_say_origin_and_caution(self):
        members = data.layer(self.vintage)
        self.assertEqual(members["vintage"], self.vintage)
        for text in members["attribution"].values():
            self.assertIn("Natural Earth", text)
            self.assertIn("CC BY 4.0", text)
        self.assertIn("approximate", members["note"]["en"])
        self.assertIn("qgis-common", members["origin"])
        for language, words in (("en", "7 February 2017"), ("ru", "7 февраля 2017"), ("kk", "7 ақпан")):
            self.assertEqual(words in members["note"][language], self.vintage == "pre-2018", language)


class Boundaries2018(BoundaryChecks, unittest.TestCase):
    vintage = "2018"


class BoundariesPre2018(BoundaryChecks, unittest.TestCase):
    vintage = "pre-2018"
