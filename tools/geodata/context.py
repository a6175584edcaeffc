"""The layers round the regions: neighbours, rivers, lakes and settlements, each with what its source lacks."""

import gettext
import json

from osgeo import ogr

from . import pn2, window
from .geodesic import area_km2
from .geojson import Lines, Point
from .packages import GeodataError
from .rings import contains, ordered

WINDOW = [window.WEST, window.SOUTH, window.EAST, window.NORTH]
EARTH = {
    "en": "Made with Natural Earth (public domain), changed.",
    "ru": "На основе Natural Earth (общественное достояние), с изменениями.",
    "kk": "Natural Earth деректері негізінде (қоғамдық игілік), өзгертілген.",
}
PLACES = {
    "en": "Towns: GeoNames (geonames.org), CC BY 4.0, selected and changed.",
    "ru": "Города: GeoNames (geonames.org), CC BY 4.0, выборка, с изменениями.",
    "kk": "Қалалар: GeoNames (geonames.org), CC BY 4.0, іріктелген, өзгертілген.",
}
BORDERING = ("RUS", "CHN", "KGZ", "UZB", "TKM")
# Natural Earth's outline of the country has a hole at Baikonur and feature 201 is its nameless leftover: the
# country is drawn from its regions instead.
NOT_NEIGHBOURS = ("KAZ", None)

# Names that lost letters or gained spaces on their way into the file, and rivers that carry two names, by
# 'rivernum'. The two national names of one river are written together, whatever country a line lies in.
RIVER_NAMES = {
    29: "Ertis (Irtysh)",
    30: "Ertis (Irtysh)",
    44: "Ertis (Irtysh)",
    495: "Esil (Ishim)",
    613: "Esil (Ishim)",
    170: "Syr Darya",
    199: "Amu Darya",
    318: "Tom'",
    461: "Künes",
    747: "Kür",
    490: "Atrek",
}
ABSENT_RIVERS = {
    "en": ["Chu", "Talas", "Sarysu", "Nura", "Torgay", "Emba"],
    "ru": ["Чу", "Талас", "Сарысу", "Нура", "Тургай", "Эмба"],
    "kk": ["Шу", "Талас", "Сарысу", "Нұра", "Торғай", "Жем"],
}

# The lake file has no names: they are given by the id of the outline, after its place and area, in English, Russian
# and Kazakh.
LAKE_NAMES = {
    3: ("Balkhash", "Балхаш", "Балқаш"),
    4: ("Aral Sea", "Аральское море", "Арал теңізі"),
    50: ("Zaysan with Bukhtarma", "Зайсан с Бухтармой", "Зайсан мен Бұқтырма"),
    89: ("Alakol", "Алаколь", "Алакөл"),
    201: ("Siletiteniz", "Силетитениз", "Сілетітеңіз"),
    345: ("Shardara", "Шардара", "Шардара"),
    367: ("Tengiz", "Тенгиз", "Теңіз"),
    368: ("Kushmurun", "Кушмурун", "Құсмұрын"),
}
NAMELESS = (None, None, None)
ABSENT_LAKES = {"en": ["Kapshagay", "Sasykkol"], "ru": ["Капшагай", "Сасыкколь"], "kk": ["Қапшағай", "Сасықкөл"]}
ARAL = 4
ARAL_YEARS = "1990-2005"
ARAL_NOTE = f"outline of about {ARAL_YEARS}, older than today's lake, which is far smaller"

# Rows of cities15000.txt by geonameid: capitals of units, whose names stand in the register.
CAPITALS = {
    "1522203": "KZ-AKM",
    "610611": "KZ-AKT",
    "1518542": "KZ-ALM",
    "610529": "KZ-ATY",
    "609655": "KZ-KAR",
    "1519928": "KZ-KUS",
    "1519922": "KZ-KZY",
    "610612": "KZ-MAN",
    "1520240": "KZ-PAV",
    "1520172": "KZ-SEV",
    "1520316": "KZ-VOS",
    "1517945": "KZ-YUZ@2018",
    "608668": "KZ-ZAP",
    "1516905": "KZ-ZHA",
    "1519422": "KZ-ABY",
    "1516589": "KZ-ULT",
}
# Cities that are units themselves, with the unit whose capital they are or were; Almaty is named by its own row.
CITIES = {"1526384": "KZ-ALA", "1526273": "KZ", "1518980": "KZ-YUZ@1997"}
DROPPED = {
    "9862222": "Kyzyl-Orda, a twin of Kyzylorda (1519922)",
    "1518543": "Taldyqorghan at 45.0N 77.917E, a ghost of Taldykorgan (1518542)",
    "1526797": "Akkol', about 150 km from the town of that name",
}
# Burunday lies in the circle that stands for Almaty, but belongs to the oblast around it.
UNIT_BY_HAND = {"1524958": "KZ-ALM"}
TOWN_PEOPLE = 50_000  # stale figures, good enough to tell towns from small ones, not published


def layers(paths, pins, register, unit_polygons):
    """(members, features) by file name below the data folder."""
    made = {
        "neighbours": _neighbours(paths, pins),
        "rivers": _rivers(paths, pins),
        "lakes": _lakes(paths, pins),
        "settlements": _settlements(paths, pins, register, unit_polygons),
    }
    return {
        f"context/{name}.geojson": ({"name": name, "window": WINDOW, **members}, features)
        for name, (members, features) in made.items()
    }


def _package(pin):
    return f"Debian {pin.name} {pin.version}"


def _neighbours(paths, pins):
    source = f"Natural Earth 4.1.0 ({_package(pins['qgis-common'])}); names: {_package(pins['iso-codes'])}"
    names = _country_names(paths["iso-codes"])
    features = []
    for code, (name, polygons) in sorted(_countries(paths["qgis-common"]).items()):
        cut = ordered(window.cut_polygons(polygons))
        if not cut:
            continue
        properties = {
            "code": code,
            "name_en": name,
            **names[code],
            **SHORT_NAMES.get(code, {}),
            "kind": "bordering" if code in BORDERING else "beyond",
            "rank": 1 if code in BORDERING else 2,
            "source": source,
            "licence": "public domain (outline); LGPL-2.1-or-later (names: iso-codes)",
        }
        features.append((properties, cut))
    note = (
        "Countries round Kazakhstan, cut to the window. Outlines are generalised and imply no opinion on any "
        "boundary. Kazakhstan itself is the union of its regions and is not part of this file."
    )
    return {"attribution": EARTH, "note": note}, features


def _countries(path):
    """English name and polygons by ISO 3166-1 alphabetic code of three letters."""
    ogr.UseExceptions()
    source = ogr.Open(str(path))
    layer = source.GetLayerByName("countries")
    layer.SetSpatialFilterRect(window.WEST, window.SOUTH, window.EAST, window.NORTH)
    found = {}
    for feature in layer:
        if feature["ISO_A3"] in NOT_NEIGHBOURS:
            continue
        shape = feature.GetGeometryRef()
        polygons = [shape] if ogr.GT_Flatten(shape.GetGeometryType()) == ogr.wkbPolygon else list(shape)
        rings = [[[point[:2] for point in ring.GetPoints()] for ring in polygon] for polygon in polygons]
        found[feature["ISO_A3"]] = (feature["NAME"], rings)
    return found


# Everyday names where the list has the state's full name, or none.
SHORT_NAMES = {
    "RUS": {"name_ru": "Россия"},
    "TUR": {"name_ru": "Турция"},
    "SYR": {"name_ru": "Сирия", "name_kk": "Сирия"},
}


def _country_names(path):
    """Names in Russian and Kazakh by code; None where the list has no translation."""
    entries = json.loads(path.read_text(encoding="utf-8"))["3166-1"]
    translated = {}
    for language in ("ru", "kk"):
        catalogue = path.parents[2] / "locale" / language / "LC_MESSAGES" / "iso_3166-1.mo"
        with catalogue.open("rb") as file:
            translated[f"name_{language}"] = gettext.GNUTranslations(file)
    return {
        entry["alpha_3"]: {key: _translation(entry, texts) for key, texts in translated.items()}
        for entry in entries
    }


def _translation(entry, texts):
    """Of the common name, else of the full one; 'Iran, Islamic Republic of' is Iran."""
    for english in (entry.get("common_name"), entry["name"]):
        found = texts.gettext(english) if english else english
        if found != english:
            return found.split(",")[0]
    return None


def _rivers(paths, pins):
    ogr.UseExceptions()
    source = ogr.Open(str(paths["libmagics++-data"]))
    layer = source.GetLayer()
    layer.SetSpatialFilterRect(window.WEST, window.SOUTH, window.EAST, window.NORTH)
    features = []
    for feature in layer:
        shape = feature.GetGeometryRef()
        parts = [shape] if ogr.GT_Flatten(shape.GetGeometryType()) == ogr.wkbLineString else list(shape)
        cut = window.cut_lines([part.GetPoints() for part in parts])
        if cut:
            features.append((_river(feature, pins["libmagics++-data"]), Lines(cut)))
    features.sort(key=lambda pair: (pair[0]["rivernum"], pair[0]["kind"], pair[1][0]))
    note = (
        "Larger rivers, cut to the window. Lines of kind lake-centreline run through lakes and reservoirs and are "
        "not to be drawn as rivers. Absent from the source, though large: "
        + ", ".join(ABSENT_RIVERS["en"])
        + ". Damaged "
        "names are mended by rivernum; the source names no river in Russian or Kazakh."
    )
    return {"attribution": EARTH, "note": note, "absent": ABSENT_RIVERS}, features


def _river(feature, pin):
    number = int(feature["rivernum"])
    return {
        "rivernum": number,
        "name_en": RIVER_NAMES.get(number, feature["name"]),
        "name_ru": None,
        "name_kk": None,
        "kind": "lake-centreline" if feature["featurecla"] == "Lake Centerline" else "river",
        "rank": int(feature["scalerank"]),
        "source": f"Natural Earth 3.0.0 ({_package(pin)})",
        "licence": "public domain",
    }


def _lakes(paths, pins):
    pin, path = pins["marble-qt-data"], paths["marble-qt-data"]
    features = []
    for figure in sorted(pn2.read_polygons(path.read_bytes(), path.name), key=lambda lake: lake.id):
        cut = ordered(window.cut_polygons([figure.rings]))
        if not cut:
            continue
        whole_km2 = area_km2(ordered([figure.rings]))
        name_en, name_ru, name_kk = LAKE_NAMES.get(figure.id, NAMELESS)
        properties = {
            "pn2_id": figure.id,
            "name_en": name_en,
            "name_ru": name_ru,
            "name_kk": name_kk,
            "kind": "lake",
            "rank": 1 if whole_km2 >= 10_000 else 2 if whole_km2 >= 1000 else 3,
            "area_geodesic_km2": round(whole_km2, 1),
            "outline_years": ARAL_YEARS if figure.id == ARAL else None,
            "outline_note": ARAL_NOTE if figure.id == ARAL else None,
            "source": f"Natural Earth 1:50m ({_package(pin)})",
            "licence": "public domain",
        }
        features.append((properties, cut))
    note = (
        "Lakes and reservoirs, cut to the window, on a grid of 1/120 degree. The source has no names: lakes that "
        "reach Kazakhstan are named after place and area. Absent from the source: "
        + ", ".join(ABSENT_LAKES["en"])
        + f". Aral Sea: {ARAL_NOTE}. area_geodesic_km2 is that of the whole outline."
    )
    return {"attribution": EARTH, "note": note, "absent": ABSENT_LAKES}, features


def _settlements(paths, pins, register, unit_polygons):
    text = paths["libtimezonemap-data"].read_text(encoding="utf-8")
    rows = {row[0]: row for row in (line.split("\t") for line in text.splitlines()) if row[8] == "KZ"}
    lost = {*CAPITALS, *CITIES, *DROPPED} - set(rows)
    if lost:
        raise GeodataError(f"the places {sorted(lost)} are no longer in the list of settlements")
    features = []
    for number in sorted(set(rows) - set(DROPPED), key=int):
        row = rows[number]
        point = (float(row[5]), float(row[4]))
        properties = {
            "geonameid": int(number),
            **_settlement_names(number, row, register),
            "kind": _settlement_kind(number, int(row[14])),
            "rank": _settlement_rank(number, int(row[14])),
            "people_about_2010": int(row[14]),
            "unit_id": UNIT_BY_HAND.get(number) or _unit_at(point, unit_polygons),
            "source": f"GeoNames ({_package(pins['libtimezonemap-data'])})",
            "licence": "CC BY 4.0",
        }
        features.append((properties, Point(point)))
    note = (
        "Places of more than 15 000 people as counted about 2010, some earlier: good for lettering and for how the "
        "people of one region share out among its towns, not as a statistic. unit_id is the "
        "unit of the vintage 2018 at that point; near a border it may be wrong. Names of cities and capitals in "
        "Russian and Kazakh come from the register; the source marks no language, so other places have none. "
        "Dropped: " + "; ".join(DROPPED.values()) + "."
    )
    return {"attribution": PLACES, "note": note}, features


def _settlement_names(number, row, register):
    unit_id = {**CAPITALS, **CITIES}.get(number)
    if unit_id == "KZ-ALA":
        unit = register[unit_id]
        return {
            "name_en": unit["name_en"].removesuffix(" city"),
            "name_ru": unit["name_ru"].removeprefix("г. "),
            "name_kk": unit["name_kk"].removesuffix(" қ."),
        }
    if unit_id:
        unit = register[unit_id]
        return {f"name_{language}": unit[f"capital_{language}"] for language in ("en", "ru", "kk")}
    return {"name_en": row[2].replace("`", "'"), "name_ru": None, "name_kk": None}


def _settlement_kind(number, people):
    if number in CITIES:
        return "city"
    if number in CAPITALS:
        return "capital"
    return "town" if people >= TOWN_PEOPLE else "small-town"


def _settlement_rank(number, people):
    return {"city": 1, "capital": 2, "town": 3, "small-town": 4}[_settlement_kind(number, people)]


def _unit_at(point, unit_polygons):
    for unit_id, polygons in sorted(unit_polygons.items()):
        if any(contains(rings, point) for rings in polygons):
            return unit_id
    return None
