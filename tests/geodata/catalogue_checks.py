"""What must hold for the catalogue and the origin of all files."""

import collections
import re
import unicodedata
import unittest

import data_folder as data
from figure_checks import COUNTRY_ONLY, COVERAGE


class Catalogue(unittest.TestCase):
    def texts(self):
        """Every text with its place."""

        def walk(value, where):
            if isinstance(value, dict):
                if "en" in value:
                    yield where, value
                for key, inner in value.items():
                    yield from walk(inner, f"{where}.{key}")
            elif isinstance(value, list):
                for index, inner in enumerate(value):
                    yield from walk(inner, f"{where}[{index}]")

        return walk(data.catalogue(), "catalogue")

    def test_every_text_speaks_three_languages(self):
        found = list(self.texts())
        self.assertGreater(len(found), 40)
        for where, text in found:
            self.assertEqual(list(text), ["en", "ru", "kk"], where)
            self.assertTrue(all(text.values()), where)
            self.assertEqual(len(set(text.values())), 3, f"{where}: two languages say the same")
            self.assertIsNone(re.search("[а-яА-Я]", text["en"]), where)
            self.assertIsNone(re.search("[әғқңөұүһі]", text["ru"].casefold()), where)

    def test_words_are_those_of_the_schema(self):
        self.assertEqual(data.catalogue()["schema"], "tendik.catalogue/1")
        themes = {theme["code"] for theme in data.catalogue()["theme"]}
        self.assertEqual(
            themes,
            {"survives-and-thrives", "learns", "protected", "safe-and-clean-environment", "equitable-chance"},
        )  # chapters of the Situation Analysis
        self.assertEqual(len(data.entries()), len(data.catalogue()["indicator"]), "a code stands twice")
        for code, entry in data.entries().items():
            self.assertIn(entry["kind"], ("rate", "mean", "total", "count"), code)
            self.assertIn(entry["direction"], ("adverse", "favourable", "neutral"), code)
            scales = (100, 1000, 100000) if entry["kind"] == "rate" else (1,)
            self.assertIn(entry["scale"], scales, code)
            self.assertLess(entry["bounds"][0], entry["bounds"][1], code)
            self.assertEqual(
                entry["theme"] == "", entry["kind"] == "count", f"{code}: only denominators lack a theme"
            )
            self.assertTrue(entry["theme"] in themes | {""}, code)

    def test_weights_parts_and_quotients_exist_for_every_entry(self):
        with_figures = {row["indicator"] for row in [*data.figures(), *data.report_figures()]}
        with_figures.add("area_official_km2")
        with_figures |= {f"{row['pollutant']}_city_annual_mean" for row in data.rows_of("indicators/air_quality.csv")}
        for code, entry in data.entries().items():
            if code.startswith("sitan_"):  # never measured, and so not weighed
                self.assertNotIn("weight", entry, code)
            elif entry["kind"] == "rate":
                self.assertIn(entry["weight"]["indicator"], with_figures, code)
                self.assertEqual(data.entries()[entry["weight"]["indicator"]]["kind"], "count", code)
            used = {name for part in entry.get("parts", []) for name in part.values()}
            if "per" in entry:
                used |= {entry["per"]["total"], entry["per"]["indicator"]}
                self.assertIn(data.entries()[entry["per"]["total"]]["kind"], ("total", "count"), code)
            if "gap" in entry:
                (cells,) = [value for name, value in entry["gap"].items() if name != "of"]
                (dimension,) = set(entry["gap"]) - {"of"}
                parted = {
                    other["cell"][dimension]: name
                    for name, other in data.entries().items()
                    if other.get("cell", {}).get("of") == entry["gap"]["of"]
                }
                used |= {parted[cell] for cell in cells}
                self.assertLess(entry["bounds"][0], 0, f"{code}: a gap may be below zero")
            self.assertTrue(used <= with_figures, code)
            self.assertEqual(
                bool(used), code not in with_figures, f"{code}: computed or with figures, not both"
            )

    def test_children_and_youth_are_weighed_by_stand_ins_that_say_so(self):
        for code, entry in data.entries().items():
            weight = entry.get("weight")
            if weight is None:
                continue
            stands_in = weight["indicator"] == "population_0_15" or code == "neet_15_24"
            self.assertEqual(weight["stand_in"], stands_in, code)
            self.assertEqual("stand-in" in weight["text"]["en"], stands_in, code)

    def test_totals_are_planned_per_person_or_area_or_as_circles_only(self):
        planned = {entry["code"]: entry.get("display", "classes") for entry in data.plan()["indicators"]}
        self.assertGreaterEqual(len(planned), 25)
        for code, display in planned.items():
            comparable = data.entries()[code]["kind"] in ("rate", "mean")
            self.assertTrue(comparable or display == "symbols", code)

    def test_units_are_declared_and_never_guessed(self):
        found = collections.defaultdict(set)
        for row in [*data.figures(), *data.report_figures()]:
            found[row["indicator"], row["year"]].add(row["unit"])
        for (code, year), units in found.items():
            declared = {unit["name"]: unit["factor"] for unit in data.entries()[code].get("units", [])}
            if declared:  # what is converted is named, and one of the units is that of the indicator
                self.assertTrue(units <= set(declared), f"{code} {year}: {units} against {declared}")
                self.assertIn(1, declared.values(), code)
            else:  # what is not converted has one unit a year: its base may change with the survey, its scale not
                self.assertEqual(len(units), 1, f"{code} {year}: {units}")
        converted = [code for code, entry in data.entries().items() if "units" in entry]
        self.assertEqual(converted, ["air_emissions_stationary"])

    def test_the_plan_shows_every_regional_figure_of_a_theme(self):
        shown = {
            (entry["code"], year, entry["vintage"])
            for entry in data.plan()["indicators"]
            for year in entry["years"]
        }
        for indicator, years in COVERAGE.items():
            entry = data.entries()[indicator]
            if entry["kind"] in ("rate", "mean") and indicator not in COUNTRY_ONLY:
                for year, vintage in years.items():
                    self.assertIn((indicator, year, vintage), shown)

    def test_sources_of_entries_cover_those_of_the_figures(self):
        for code, entry in data.entries().items():
            rows = [*data.figures(), *data.report_figures()]
            own = {row["source"] for row in rows if row["indicator"] == code}
            self.assertTrue(own <= set(entry["sources"]), f"{code}: {own} against {entry['sources']}")

    def test_breaks_notes_and_labels_speak_of_figures_that_exist(self):
        for code, entry in data.entries().items():
            published = entry.get("per", {}).get("total", code)
            rows = [*data.figures(), *data.report_figures()]
            years = {int(row["year"]) for row in rows if row["indicator"] == published}
            self.assertTrue({int(year) for year in entry.get("year_labels", {})} <= years, code)
            for note in entry.get("notes", []):
                self.assertTrue(note.get("year") in years | {None}, code)
                self.assertTrue(note.get("unit") in data.register().keys() | {None}, code)
            for start in entry.get("breaks", []):
                self.assertTrue(start["year"] in years and min(years) < start["year"], code)
        self.assertEqual(
            [start["year"] for start in data.entries()["poverty_below_subsistence_min"]["breaks"]], [2018]
        )
        outliers = [
            (code, note["year"], note["unit"])
            for code, entry in data.entries().items()
            for note in entry.get("notes", [])
            if note.get("outlier")
        ]
        self.assertEqual(
            outliers,
            [("stunting_moderate_severe", 2010, "KZ-AKT"), ("overweight_under5", 2010, "KZ-AKT")],
        )


class Origin(unittest.TestCase):
    def test_digests_are_those_of_the_files(self):
        for entry in data.origin()["file"]:
            self.assertEqual(
                data.sha256_of(entry["path"]), entry["sha256"], f"{entry['path']} is not as recorded"
            )

    def test_every_file_is_listed_with_source_and_licence(self):
        found = {
            path.relative_to(data.FOLDER).as_posix() for path in data.FOLDER.rglob("*") if path.is_file()
        }
        listed = {entry["path"] for entry in data.origin()["file"]}
        about = {"ORIGIN.toml", "NOTICE.txt", "plan.toml"}  # words about the data, and the plan that uses them
        self.assertEqual(found - about, listed)
        for entry in data.origin()["file"]:
            self.assertTrue(entry["source"] and entry["licence"] and entry["made"], entry["path"])
        self.assertEqual(
            {package["name"] for package in data.origin()["package"]},
            {"qgis-common", "libtimezonemap-data", "libmagics++-data", "marble-qt-data", "iso-codes"},
        )

    def test_notice_names_whose_work_it_is(self):
        notice = (data.FOLDER / "NOTICE.txt").read_text(encoding="utf-8")
        for words in (
            "Natural Earth",
            "4.1.0",
            "GeoNames",
            "Creative Commons Attribution 4.0",
            "README_world_map.md",
            "qgis-common",
            "libtimezonemap-data",
            "NOT SURVEYED BORDERS",
        ):
            self.assertIn(words, notice)

    def test_sources_are_listed_once_and_used(self):
        self.assertEqual(len(data.source_ids()), len(set(data.source_ids())), "a source stands twice")
        used = {row["source"] for row in data.figures()}
        for name in data.OTHER_TABLES:
            used |= {part for row in data.rows_of(name) for part in row["source"].split("|")}
        for site in data.rows_of("sites.csv"):
            used |= {*site["coordinate_source"].split("|"), site["source"]}
        used |= {name for row in data.register().values() for name in row["sources"].split("|")}
        used |= {name for entry in data.entries().values() for name in entry["sources"]}
        self.assertEqual(used, set(data.source_ids()))

    def test_texts_are_nfc_with_unix_line_ends(self):
        for path in sorted(data.FOLDER.rglob("*")):
            if path.is_file():
                text = path.read_bytes().decode("utf-8")
                self.assertTrue(unicodedata.is_normalized("NFC", text), f"{path.name} is not NFC")
                self.assertNotIn("\r", text, path.name)
                self.assertTrue(text.endswith("\n"), path.name)
