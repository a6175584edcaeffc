"""The data folder, read once, for the checks beside this file. GEODATA_FOLDER names another folder."""

import csv
import functools
import hashlib
import json
import os
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("GEODATA_FOLDER", ROOT / "geodata" / "kazakhstan"))
LAYERS = {"2018": "regions_2018.geojson", "pre-2018": "regions_pre2018.geojson"}
# without a year, by station, or of a single report: not series by region and year
OTHER_TABLES = [f"indicators/{name}.csv" for name in ("air_quality", "area", "situation_analysis")]
VINTAGE_COLUMN = {"pre-2018": "in_pre2018", "2018": "in_2018", "2022": "in_2022"}


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def sha256_of(name):
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()


@functools.cache
def layer(vintage):
    return json.loads((FOLDER / LAYERS[vintage]).read_text(encoding="utf-8"))


@functools.cache
def units(vintage):
    """Features by unit id."""
    return {feature["properties"]["unit_id"]: feature for feature in layer(vintage)["features"]}


def region_at(vintage, point):
    """The region code of the unit that holds a point (lon, lat), by the even-odd rule; None off all units."""

    def crossings(ring):
        return sum(
            (y1 > point[1]) != (y2 > point[1]) and point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1)
            for (x1, y1), (x2, y2) in zip(ring, ring[1:])
        )

    for feature in units(vintage).values():
        rings = [ring for part in feature["geometry"]["coordinates"] for ring in part]
        if sum(map(crossings, rings)) % 2:
            return feature["properties"]["region_code"]
    return None


@functools.cache
def register():
    """Rows of the register by unit id; a repeated id is an error of the register's own check."""
    return {row["unit_id"]: row for row in rows_of("regions.csv")}


def units_of(vintage):
    """Unit ids that the register counts to a vintage, without the country."""
    return {
        unit_id
        for unit_id, row in register().items()
        if row[VINTAGE_COLUMN[vintage]] == "yes" and row["kind"] != "country"
    }


def figure_tables():
    found = (path.relative_to(FOLDER).as_posix() for path in (FOLDER / "indicators").glob("*.csv"))
    return sorted(name for name in found if name not in OTHER_TABLES)


@functools.cache
def report_figures():
    """Figures of a single report, each under a name of its own."""
    return rows_of("indicators/situation_analysis.csv")


@functools.cache
def figures():
    return [row for name in figure_tables() for row in rows_of(name)]


def values(indicator, year, vintage):
    """Values by unit id, rows without a value left out."""
    return {
        row["unit_id"]: float(row["value"])
        for row in figures()
        if (row["indicator"], row["year"], row["vintage"]) == (indicator, str(year), vintage) and row["value"]
    }


@functools.cache
def catalogue():
    return tomllib.loads((FOLDER / "catalogue.toml").read_text(encoding="utf-8"))


@functools.cache
def plan():
    return tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))


@functools.cache
def entries():
    """Indicators of the catalogue by code."""
    return {entry["code"]: entry for entry in catalogue()["indicator"]}


@functools.cache
def origin():
    return tomllib.loads((FOLDER / "ORIGIN.toml").read_text(encoding="utf-8"))


@functools.cache
def source_ids():
    return [row["source_id"] for row in rows_of("sources.csv")]
