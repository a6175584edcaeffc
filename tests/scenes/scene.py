"""What the whole-program tests share: running the program, reading what it wrote, and keeping count of faults."""
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys

SKIPPED = 77
SOURCE = pathlib.Path(__file__).resolve().parents[2]
GEODATA = SOURCE / "geodata" / "kazakhstan"
PRE_2018, SINCE_2018 = "pre-2018", "2018"
REGION_COUNTS = {PRE_2018: 16, SINCE_2018: 17}
# What the built-in plan asks for, written down once more: indicator -> vintage -> years.
BUILT_IN = {
    "stunting_moderate_severe": {PRE_2018: (2010, 2015)},
    "improved_drinking_water": {PRE_2018: (2006, 2011, 2015)},
    "water_supply_access": {SINCE_2018: (2020,)},
    "water_supply_access_urban": {SINCE_2018: (2020,)},
    "water_supply_access_rural": {SINCE_2018: (2020,)},
    "water_supply_access_gap": {SINCE_2018: (2020,)},
    "poverty_below_subsistence_min": {PRE_2018: tuple(range(2010, 2018)), SINCE_2018: tuple(range(2018, 2023))},
    **{code: {PRE_2018: (2010, 2015)} for code in (
        "overweight_under5", "wasting_moderate_severe", "early_child_development_index", "violent_discipline_1_14",
        "birth_registration_under5")},
    **{code: {PRE_2018: (2006, 2011, 2015)} for code in (
        "water_basic_jmp", "water_piped_on_premises", "sanitation_basic_jmp")},
    # first year, first year on the units of 2018, last year
    **{code: {PRE_2018: tuple(range(first, restated)), SINCE_2018: tuple(range(restated, last + 1))}
       for code, first, restated, last in (
           ("neonatal_mortality", 2010, 2018, 2019), ("under5_mortality", 2010, 2018, 2019),
           ("maternal_mortality", 2013, 2018, 2021), ("life_expectancy_at_birth", 2010, 2017, 2021),
           ("preschool_participation_one_year_before", 2015, 2018, 2019),
           ("air_emissions_stationary", 2010, 2018, 2021), ("air_emissions_per_person", 2010, 2018, 2021),
           ("air_emissions_per_km2", 2010, 2018, 2021),
           ("income_per_capita_nominal", 2010, 2018, 2020), ("neet_15_24", 2010, 2018, 2021),
           ("population_urban_share", 2006, 2017, 2021), ("population_density", 2006, 2017, 2021))},
    "population_0_15_share": {SINCE_2018: (2020,)},
    # what the Situation Analysis prints for single regions
    "sitan_improved_drinking_water": {PRE_2018: (2015,)},
    "sitan_income_per_capita": {PRE_2018: (2017,)},
    "sitan_poverty_rate": {PRE_2018: (2017,)},
    "sitan_stunting_moderate_severe": {PRE_2018: (2015,)},
    "sitan_women_justify_beating_refuse_sex": {PRE_2018: (2015,)},
    "pm25_exposure": {SINCE_2018: (2019,)},
    "pm25_people_above_15": {SINCE_2018: (2019,)},
    "people_within_100km_of_hazard_sites": {SINCE_2018: (2020,)},
    "people_within_150km_of_hazard_sites": {SINCE_2018: (2020,)},
}
# Figures of the older units on those of 2018: the last survey, where two regions inherit, and poverty, which was restated.
CARRIED = {
    **{code: (2015,) for code in (
        "stunting_moderate_severe", "overweight_under5", "wasting_moderate_severe", "early_child_development_index",
        "violent_discipline_1_14", "birth_registration_under5", "improved_drinking_water", "water_basic_jmp",
        "water_piped_on_premises", "sanitation_basic_jmp")},
    "poverty_below_subsistence_min": (2014, 2015, 2016, 2017),
}
RESTATED = {"poverty_below_subsistence_min"}
HEIRS = ("KZ-SHY", "KZ-YUZ@2018")  # of South Kazakhstan
# Regions that the report speaks of; the others have no data, and nothing is measured.
PARTIAL = {"sitan_improved_drinking_water": {"KZ-ZAP"}, "sitan_income_per_capita": {"KZ-YUZ@1997"},
           "sitan_poverty_rate": {"KZ-KZY", "KZ-ZHA"}, "sitan_stunting_moderate_severe": {"KZ-ATY", "KZ-SEV"},
           "sitan_women_justify_beating_refuse_sex": {"KZ-MAN", "KZ-PAV", "KZ-YUZ@1997"}}
# Modelled, with an error no smaller than what the regions differ by: no measure but the mean.
UNRANKED = {"pm25_exposure"}
# Of two parts of the people: may be below zero, so that nothing is told as a ratio.
DIFFERENCES = {"water_supply_access_gap"}
# Totals, shown as circles: no classes, no measures, no raster tiles.
SYMBOLS = {"air_emissions_stationary", "pm25_people_above_15"}


def layer_name(code, year, vintage):
    """Carried figures say where to."""
    tail = "" if year in (None, "") else f"_{year}"
    moved = vintage == SINCE_2018 and tail and int(year) in CARRIED.get(code, ())
    return code + tail + (f"_on_{vintage}" if moved else "")


def all_layers():
    for code, vintages in BUILT_IN.items():
        for vintage, years in vintages.items():
            yield from ((code, year, vintage) for year in years)
    for code, years in CARRIED.items():
        yield from ((code, year, SINCE_2018) for year in years)


LAYERS = {layer_name(*layer): layer for layer in all_layers()}
# Stations: name of the layer -> pollutant and year of geodata/kazakhstan/air_stations.csv.
POINTS = {f"{pollutant}_city_annual_mean_{year}": (pollutant, year)
          for pollutant in ("pm25", "pm10") for year in (2018, 2019, 2020)}
PLACED_STATIONS = 42  # of 43: Sarybulak is nowhere to be found
# The built-in plan has raster tiles of the latest year of every indicator.
RASTER_LAYERS = {name for name, (code, year, _) in LAYERS.items() if code not in SYMBOLS
                 and year == max(years[-1] for years in BUILT_IN[code].values())}


class Faults:
    """Collects what is wrong, so that one run names everything."""

    def __init__(self):
        self.found = []
        self.checked = 0

    def expect(self, holds, text):
        self.checked += 1
        if not holds:
            self.found.append(text)
        return bool(holds)

    def same(self, found, wanted, what):
        return self.expect(found == wanted, f"{what}: {found!r} instead of {wanted!r}")

    def near(self, found, wanted, tolerance, what):
        holds = found is not None and abs(found - wanted) <= tolerance
        return self.expect(holds, f"{what}: {found!r} instead of {wanted!r}, more than {tolerance} off")

    def report(self):
        """The exit code of the test. A test that looked at nothing has failed."""
        shown = 40
        for text in self.found[:shown]:
            print(f"FAIL  {text}")
        if len(self.found) > shown:
            print(f"... and {len(self.found) - shown} more")
        print(f"{self.checked} checks, {len(self.found)} failed")
        return 1 if self.found or not self.checked else 0


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def run_program(program, words, folder, **environment):
    """Runs the program in a folder; returns the finished process with both its texts."""
    return subprocess.run([str(program), *map(str, words)], cwd=folder, env={**os.environ, **environment},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False)


def number(text):
    return float(text) if text else None


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(rows, code, year, vintage):
    return [row for row in rows if (row["indicator"], row["year"], row["vintage"]) == (code, str(year), vintage)]


def layer_rows(rows):
    """Rows of values.csv by layer name and key."""
    layers = {}
    for row in rows:
        name = layer_name(row["indicator"], row["year"], row["vintage"])
        layers.setdefault(name, {})[row["key"]] = row
    return layers


def read_site_data(site):
    text = (site / "data.js").read_text(encoding="utf-8")
    head = "window.TENDIK_ATLAS = "
    if not text.startswith(head):
        raise ValueError(f"data.js begins with {text[:40]!r}")
    return json.loads(text[len(head):].rstrip().rstrip(";"))


def site_maps(data):
    """(layer name, year entry, boundaries entry) of every map of the page."""
    boundaries = {entry["vintage"]: entry for entry in data["boundaries"]}
    for indicator in data["indicators"]:
        for year in indicator["years"]:
            yield layer_name(indicator["code"], year["year"], year["vintage"]), year, boundaries[year["vintage"]]


def colour_of_region(year, i):
    """The colour that the legend gives to a region: by its class or, without one, by its state."""
    wanted = year["classes"][i]
    for entry in year["legend"]:
        if entry["class"] == wanted if wanted is not None and entry["kind"] == "class" \
                else wanted is None and entry["kind"] == year["states"][i]:
            return entry["colour"]
    raise KeyError(f"the legend of {year['year']} has no entry for region {i}")


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tree_of(folder):
    """{path below the folder: digest}."""
    return {path.relative_to(folder).as_posix(): sha256_of(path)
            for path in sorted(folder.rglob("*")) if path.is_file()}
