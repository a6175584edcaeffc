#!/usr/bin/python3
"""Checks tools/build_geodata without a network: its figures, its rings, and what it says of a wrong package."""

import math
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True  # keep the source tree clean

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "tools" / "build_geodata"
sys.path.insert(0, str(ROOT / "tools"))

from geodata import geodesic, geojson, packages, pn2, rings, window  # noqa: E402

SQUARE = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
EASTERN = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
SMALL = [(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75), (0.25, 0.25)]


class Geodesic(unittest.TestCase):
    def test_a_square_degree_at_the_equator(self):
        # PROJ 9.1, geod_polygonarea on WGS 84: 12308.778361 km2
        self.assertAlmostEqual(geodesic.ring_area_km2(SQUARE), 12308.778, delta=0.001)
        self.assertAlmostEqual(geodesic.ring_area_km2(SQUARE[::-1]), -12308.778, delta=0.001)

    def test_radii_of_the_cities(self):
        # PROJ 9.1, geod_direct and geod_polygonarea: 19 305.15 m and 14 748.87 m
        for centre, wanted_km2, radius_m in (
            ((69.6, 42.3), 1170.0, 19305.15),
            ((76.92848, 43.25654), 682.9, 14748.87),
        ):
            ring, found_m = geodesic.circle_of_area(centre, wanted_km2)
            self.assertAlmostEqual(found_m, radius_m, delta=0.01)
            self.assertAlmostEqual(geodesic.ring_area_km2(ring), wanted_km2, delta=1e-6)
            self.assertEqual(len(ring), 97)

    def test_bisect_refuses_what_it_cannot_reach(self):
        self.assertAlmostEqual(geodesic.bisect(lambda x: x * x, 2.0, 0.0, 2.0), math.sqrt(2))
        with self.assertRaises(ValueError):
            geodesic.bisect(lambda x: x, 3.0, 0.0, 2.0)


class Rings(unittest.TestCase):
    def test_neighbours_dissolve_into_one_ring(self):
        polygon = rings.dissolve([[SQUARE], [EASTERN]])
        self.assertEqual(len(polygon), 1)
        self.assertEqual(set(polygon[0]), set(SQUARE) | set(EASTERN))  # vertices stay, the common edge goes
        self.assertEqual(len(polygon[0]), 7)

    def test_a_filled_hole_vanishes(self):
        polygon = rings.dissolve([rings.cut_out([SQUARE], SMALL), [SMALL]])
        self.assertEqual([sorted(ring[:-1]) for ring in polygon], [sorted(SQUARE[:-1])])

    def test_figures_that_do_not_meet_are_refused(self):
        far = [(lon + 5, lat) for lon, lat in SQUARE]
        with self.assertRaisesRegex(packages.GeodataError, "2 outer rings"):
            rings.dissolve([[SQUARE], [far]])

    def test_writing_does_not_depend_on_start_or_direction(self):
        other = SQUARE[2:] + SQUARE[1:3]
        self.assertEqual(rings.ordered([[SQUARE]]), rings.ordered([[other]]))
        self.assertEqual(rings.ordered([[SQUARE[::-1]]])[0][0], SQUARE)

    def test_label_point_keeps_away_from_edges_and_holes(self):
        self.assertEqual(rings.label_point([SQUARE]), (0.5, 0.5))
        label = rings.label_point(rings.cut_out([SQUARE], SMALL))
        self.assertTrue(rings.contains(rings.cut_out([SQUARE], SMALL), label))
        # The farthest points lie on the diagonals, d from two sides and d from the hole's corner:
        # sqrt(2) * (0.25 - d) = d, so d = 0.1464.
        self.assertAlmostEqual(min(label[0], 1 - label[0]), 0.1464, delta=0.02)


def pn2_nodes(*nodes):
    """Nodes of (lat, lon, steps) as PN2 writes them."""
    data = struct.pack(">I", len(nodes))
    for lat, lon, steps in nodes:
        data += struct.pack(">hhh", lat, lon, len(steps)) + b"".join(struct.pack(">bb", *step) for step in steps)
    return data


class Pn2(unittest.TestCase):
    HEADER = struct.pack(">BIB", 2, 2, 0)

    def test_a_ring_with_a_hole_is_read_and_closed(self):
        # 120 units are a degree; steps count from their node: a square degree at 60 E 45 N, written open, with a
        # repeated point, and a small square inside it
        outer = pn2_nodes((5400, 7200, [(0, 120), (0, 120), (120, 120)]), (5520, 7200, []))
        inner = pn2_nodes((5430, 7230, [(30, 0), (30, 30), (0, 30), (0, 0)]))
        line = struct.pack(">BI", 0, 9) + pn2_nodes((0, 0, [(1, 1)]))
        multi = struct.pack(">BIB", 4, 7, 2) + struct.pack(">BI", 2, 7) + outer + struct.pack(">BI", 3, 8) + inner
        figures = pn2.read_polygons(self.HEADER + line + multi, "x")
        self.assertEqual([figure.id for figure in figures], [7])
        self.assertEqual(
            figures[0].rings,
            [
                [(60.0, 45.0), (61.0, 45.0), (61.0, 46.0), (60.0, 46.0), (60.0, 45.0)],
                [(60.25, 45.25), (60.25, 45.5), (60.5, 45.5), (60.5, 45.25), (60.25, 45.25)],
            ],
        )

    def test_a_file_that_breaks_off_is_refused(self):
        whole = self.HEADER + struct.pack(">BI", 1, 1) + pn2_nodes((0, 0, [(0, 1), (1, 1)]))
        self.assertEqual(len(pn2.read_polygons(whole, "x")), 1)
        with self.assertRaisesRegex(packages.GeodataError, "'x' breaks off at byte"):
            pn2.read_polygons(whole[:-1], "x")
        with self.assertRaisesRegex(packages.GeodataError, "version 3, expected 2"):
            pn2.read_polygons(b"\x03" + whole[1:], "x")


class Window(unittest.TestCase):
    def test_a_figure_beyond_the_window_is_cut_and_its_new_edge_densified(self):
        square = [(40.0, 45.0), (42.0, 45.0), (42.0, 46.25), (40.0, 46.25), (40.0, 45.0)]
        part = rings.ordered(window.cut_polygons([[square]]))
        self.assertEqual(
            part,
            [[[(41.0, 45.0), (42.0, 45.0), (42.0, 46.25), (41.0, 46.25), (41.0, 46.0), (41.0, 45.5), (41.0, 45.0)]]],
        )
        self.assertEqual(window.cut_polygons([[[(lon - 20, lat) for lon, lat in square]]]), [])

    def test_a_line_that_leaves_and_returns_becomes_two_in_its_own_order(self):
        line = [(43.0, 50.0), (40.0, 50.0), (40.0, 51.0), (44.0, 51.0)]
        self.assertEqual(
            window.cut_lines([line]), [[(43.0, 50.0), (41.0, 50.0)], [(41.0, 51.0), (44.0, 51.0)]]
        )


class Writing(unittest.TestCase):
    def test_numbers_are_shortest_and_whole_ones_plain(self):
        text = geojson.to_text({"name": "x"}, [({"a": 1170.0, "b": 0.1}, [[SQUARE]])])
        self.assertIn('"a": 1170,', text)
        self.assertIn('"b": 0.1\n', text)
        self.assertIn("[1, 0],\n", text)


class Script(unittest.TestCase):
    def run_script(self, *words):
        return subprocess.run(
            [sys.executable, str(SCRIPT), *map(str, words)], capture_output=True, text=True, check=False
        )

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_a_missing_package_is_named(self):
        done = self.run_script(
            "--packages", self.folder, "--cache", self.folder / "cache", "-o", self.folder / "out"
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("qgis-common_3.22.16+dfsg-1_all.deb", done.stderr)
        self.assertIn("hint: put version", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_a_wrong_digest_is_refused(self):
        (self.folder / "qgis-common_3.22.16+dfsg-1_all.deb").write_bytes(b"something else")
        done = self.run_script(
            "--packages", self.folder, "--cache", self.folder / "cache", "-o", self.folder / "out"
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("wrong digest", done.stderr)
        # printf 'something else' | sha256sum
        self.assertIn("f41f3fa625ff120ddca7ef456bf66371ecea23c129f4e4c32367101edb516cf8", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_a_version_that_is_gone_says_what_to_do(self):
        pin = packages.Pin("qgis-common", "0.0.1-nowhere", "0" * 64, "x")
        with self.assertRaisesRegex(
            packages.GeodataError, "(?s)0.0.1-nowhere.*apt-get update.*--packages DIR"
        ):
            packages.base_file(pin, self.folder)
        self.assertEqual(list(self.folder.iterdir()), [], "nothing is left behind")

    def test_an_unknown_word_is_a_usage_error(self):
        self.assertEqual(self.run_script("--nonsense").returncode, 2)


if __name__ == "__main__":
    unittest.main()
