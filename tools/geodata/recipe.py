"""From the base data to the two layers of regions: outlines, attributes, and the words that go with them."""

import csv

from . import base
from .geodesic import area_km2, circle_of_area
from .packages import GeodataError
from .rings import contains, cut_out, dissolve, label_point, ordered

# Mean distance in km between an outline and the boundaries of the UN Common Operational Datasets of 2018
# (Astana: 2024), measured every 1 km (cities 0.2 km); for the generalised figures the larger of both directions.
ERROR_MEAN_KM = {
    "KZ-AKM": 4.14,
    "KZ-AKT": 1.75,
    "KZ-ALM": 2.80,
    "KZ-ATY": 3.24,
    "KZ-ZAP": 1.42,
    "KZ-ZHA": 3.25,
    "KZ-KAR": 4.38,
    "KZ-KUS": 3.11,
    "KZ-KZY": 3.67,
    "KZ-MAN": 1.44,
    "KZ-PAV": 2.07,
    "KZ-SEV": 2.28,
    "KZ-VOS": 1.81,
    "KZ-YUZ@1997": 3.98,
    "KZ-YUZ@2018": 3.98,
    "KZ-ALA": 3.76,
    "KZ-AST": 4.21,
    "KZ-SHY": 2.43,
}
OUTLINE = {"KZ-SHY": "generalised-circle", "KZ-ALA": "generalised-circle", "KZ-AST": "generalised-buffer"}
VINTAGES = {
    "2018": {"name": "regions_2018", "from": "2018-06-19", "to": "2022-06-08"},
    "pre-2018": {"name": "regions_pre2018", "from": "1997", "to": "2018-06-19"},
}
ATTRIBUTION = {
    "en": "Made with Natural Earth (public domain), changed. Points of the three cities: GeoNames "
    "(geonames.org), CC BY 4.0, selected.",
    "ru": "На основе Natural Earth (общественное достояние), с изменениями. Точки трёх городов: GeoNames "
    "(geonames.org), CC BY 4.0, выборка.",
    "kk": "Natural Earth деректері негізінде (қоғамдық игілік), өзгертілген. Үш қаланың нүктелері: GeoNames "
    "(geonames.org), CC BY 4.0, іріктелген.",
}
NOTE = {
    "en": "Borders are approximate: wrong by about 3 km on average and by up to 17 km, so a point within 10 km of "
    "a border may fall on the wrong side. The outlines of the cities are generalised figures of the official area "
    "and not surveyed borders. The Baikonur lease is joined to Kyzylorda. The Caspian Sea belongs to no region. "
    "No opinion on any boundary is implied.",
    "ru": "Границы приблизительны: ошибка в среднем около 3 км, местами до 17 км, поэтому точка ближе 10 км к "
    "границе может оказаться не на той стороне. Контуры городов — обобщённые фигуры официальной площади, а не "
    "межевые границы. Арендованная территория Байконура присоединена к Кызылординской области. Каспийское море не "
    "входит ни в один регион. Карта не выражает мнения о какой-либо границе.",
    "kk": "Шекаралар шамамен берілген: қате орта есеппен 3 км шамасында, кей жерде 17 км-ге дейін, сондықтан "
    "шекараға 10 км-ден жақын нүкте басқа жағына түсуі мүмкін. Қалалардың контурлары — ресми аумақтың "
    "жалпыланған пішіні, нақты өлшенген шекара емес. Жалға берілген Байқоңыр аумағы Қызылорда облысына "
    "қосылған. Каспий теңізі ешбір өңірге кірмейді. Карта ешбір шекара туралы пікір білдірмейді.",
}
NOTE_PRE2018 = {
    "en": " The official area of Astana, 797.3 km2, holds only from 7 February 2017; before, the city was "
    "smaller and Akmola larger. Part of North Kazakhstan passed to Akmola in 1999.",
    "ru": " Официальная площадь Астаны, 797,3 км², действует лишь с 7 февраля 2017 года; прежде город был меньше, "
    "а Акмолинская область больше. Часть Северо-Казахстанской области перешла к Акмолинской в 1999 году.",
    "kk": " Астананың 797,3 км² ресми аумағы 2017 жылғы 7 ақпаннан бастап қана қолданылады; бұрын қала кішірек, "
    "Ақмола облысы үлкенірек болған. Солтүстік Қазақстан облысының бір бөлігі 1999 жылы Ақмола облысына өтті.",
}



def read_register(path):
    """Rows of the register by unit id."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["unit_id"]: row for row in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise GeodataError(f"cannot read the register '{path}': {error}") from error


def read_rows(path):
    """Rows of a table of the folder."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except OSError as error:
        raise GeodataError(f"cannot read the table '{path}': {error}") from error


def city_outlines(outlines, points, register):
    """Outer rings of Shymkent, Almaty and Astana, each with its official area."""

    def wanted(unit_id):
        return float(register[unit_id]["area_official_km2"])

    rings = {unit_id: circle_of_area(points[unit_id], wanted(unit_id))[0] for unit_id in ("KZ-SHY", "KZ-ALA")}
    rings["KZ-AST"] = base.grown_to_area(outlines["Astana"][0], wanted("KZ-AST"))[0]
    return rings


def unit_polygons(outlines, cities):
    """Polygons of all 18 units of both vintages by unit id."""
    units = {unit_id: outlines[name] for name, unit_id in base.OBLASTS.items()}
    units["KZ-KZY"] = [dissolve(outlines["Qyzylorda"] + outlines[base.LEASE])]
    for oblast, name, city in (("KZ-ALM", "Almaty City", "KZ-ALA"), ("KZ-AKM", "Astana", "KZ-AST")):
        whole = dissolve(units[oblast] + outlines[name])
        units[oblast] = [_without_city(whole, cities[city], city)]
    units["KZ-YUZ@2018"] = [_without_city(units["KZ-YUZ@1997"][0], cities["KZ-SHY"], "KZ-SHY")]
    units.update({unit_id: [[ring]] for unit_id, ring in cities.items()})
    return {unit_id: ordered(polygons) for unit_id, polygons in units.items()}


def _without_city(polygon, ring, city):
    # Outlines are nearly convex and small against the oblast: all vertices inside, and none of the oblast's
    # inside them, means wholly inside. The geometry engine looks at it again in the tests.
    if not all(contains(polygon, vertex) for vertex in ring) or any(
        contains([ring], v) for r in polygon for v in r
    ):
        raise GeodataError(f"the outline of {city} does not lie wholly inside its oblast")
    return cut_out(polygon, ring)


def layer(vintage, polygons, points, register, pins):
    """The layer of one vintage, by unit id: (members of the collection, list of (properties, polygons))."""
    column = "in_2018" if vintage == "2018" else "in_pre2018"
    rows = [row for row in register.values() if row[column] == "yes" and row["kind"] != "country"]
    features = [
        (_properties(row, vintage, polygons[row["unit_id"]], points, pins), polygons[row["unit_id"]])
        for row in sorted(rows, key=lambda row: row["unit_id"])
    ]
    base_pin = pins["qgis-common"]
    members = {
        "name": VINTAGES[vintage]["name"],
        "vintage": vintage,
        "origin": f"Natural Earth 4.1.0, first-order units, generalised, as world_map.gpkg of Debian package "
        f"{base_pin.name} {base_pin.version}; changed by tools/build_geodata",
        "attribution": ATTRIBUTION,
        "note": {
            language: text + (NOTE_PRE2018[language] if vintage == "pre-2018" else "") for language, text in NOTE.items()
        },
    }
    return members, features


def _properties(row, vintage, polygons, points, pins):
    unit_id = row["unit_id"]
    label = points[unit_id] if unit_id in points else label_point(polygons[0])
    source, licence = _source(unit_id, pins)
    return {
        "unit_id": unit_id,
        "region_code": row["region_code"],
        "kato": row["kato"],
        "kato2": row["kato2"],
        "name_en": row["name_en"],
        "name_ru": row["name_ru"],
        "name_kk": row["name_kk"],
        "kind": row["kind"],
        "vintage": vintage,
        "valid_from": VINTAGES[vintage]["from"],
        "valid_to": VINTAGES[vintage]["to"],
        "area_official_km2": float(row["area_official_km2"]),
        "area_geodesic_km2": round(area_km2(polygons), 3),
        "outline": OUTLINE.get(unit_id, "natural-earth"),
        "error_mean_km": ERROR_MEAN_KM[unit_id],
        "label_lon": label[0],
        "label_lat": label[1],
        "source": source,
        "licence": licence,
    }


def _source(unit_id, pins):
    """Where an outline comes from, and its licence, in words."""
    earth = f"Natural Earth 4.1.0 (Debian {pins['qgis-common'].name} {pins['qgis-common'].version})"
    names = f"GeoNames (Debian {pins['libtimezonemap-data'].name} {pins['libtimezonemap-data'].version})"
    point_licence = "CC BY 4.0 (point: GeoNames)"
    if unit_id in ("KZ-SHY", "KZ-ALA"):
        return f"circle of the official area round the city's point: {names}", point_licence
    if unit_id == "KZ-AST":
        return (
            f"outline of {earth}, grown evenly to the official area; label point: {names}",
            f"public domain (outline); {point_licence}",
        )
    if unit_id in ("KZ-ALM", "KZ-YUZ@2018"):
        return (
            f"{earth}; border with the city: circle round its point, {names}",
            f"public domain; {point_licence}",
        )
    return earth, "public domain"
