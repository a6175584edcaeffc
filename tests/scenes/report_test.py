#!/usr/bin/python3
"""report.html of the built-in atlas stands on its own, and its figures follow from values.csv and the borders once more:

report_test.py FOLDER   (as make_atlas.py left it)
"""
import html.parser
import json
import math
import pathlib
import re
import sys
import tomllib

import scene

LANGUAGES = ("kk", "ru", "en")
VOID = {"meta", "input", "line", "circle", "path", "polyline", "rect", "use", "br", "link", "img"}
SIGNIFICANT = 0.05


class Report(html.parser.HTMLParser):
    """Per language: headings, articles with their text, tables by class with captions and rows of cells."""

    def __init__(self):
        super().__init__()
        self.sections = {code: {"headings": [], "articles": {}, "tables": {}, "captions": 0} for code in LANGUAGES}
        self.open, self.language, self.article, self.table = [], None, None, None
        self.loads, self.unclosed = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.loads += [value for name, value in attrs.items()
                       if name in ("src", "data", "srcset") or name == "href" and not value.startswith("#")]
        if tag == "section":
            self.language = attrs["lang"]
        if self.language is None:
            return
        if tag not in VOID:
            self.open.append(tag)
        found = self.sections[self.language]
        if tag == "article":
            self.article = attrs["id"].removeprefix(self.language + "-")
            found["articles"][self.article] = ""
        elif tag == "table":
            self.table = found["tables"].setdefault(attrs["class"], [])
        elif tag == "tr":
            self.table.append([])
        elif tag in ("td", "th"):
            self.table[-1].append("")
        elif tag == "a" and self.table is not None:
            self.table[-1].append(attrs["href"].split("-", 1)[1])
            self.table[-1].append("")
        elif re.fullmatch("h[1-6]", tag):
            found["headings"].append(int(tag[1]))
        elif tag == "caption":
            found["captions"] += 1

    def handle_endtag(self, tag):
        if self.language is None:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.unclosed.append(tag)
        if tag == "section":
            self.language = None
        elif tag == "article":
            self.article = None
        elif tag == "table":
            self.table = None

    def handle_data(self, data):
        if self.language is None or "title" in self.open:
            return
        if self.article is not None:
            self.sections[self.language]["articles"][self.article] += data
        if self.table and "caption" not in self.open:
            self.table[-1][-1] += data


def as_number(text):
    """An English number and how far rounding may have moved it."""
    found = re.search(r"[−-]?[\d,]+(?:\.(\d+))?", text)
    decimals = len(found.group(1) or "")
    return float(found.group().replace("−", "-").replace(",", "")), 0.5 * 10 ** -decimals + 1e-9


def check_form(faults, text, report):
    faults.same(report.loads, [], "what the report would load")
    faults.same(re.findall(r"https?:|@import|url\(", text), [], "addresses in the report")
    faults.same(report.unclosed + report.open, [], "elements that are not closed")
    english = report.sections["en"]
    for code, found in report.sections.items():
        faults.same(found["headings"], english["headings"], f"headings in {code}")
        faults.same(list(found["articles"]), list(english["articles"]), f"articles in {code}")
        faults.same({name: len(rows) for name, rows in found["tables"].items()},
                    {name: len(rows) for name, rows in english["tables"].items()}, f"tables in {code}")
        faults.same(found["captions"], len(found["tables"]), f"captions in {code}")
    levels = english["headings"]
    faults.same(levels.count(1), 1, "titles in a language")
    faults.expect(all(after <= before + 1 for before, after in zip(levels, levels[1:])), "a level of headings is left out")
    ids = re.findall(r' id="([^"]+)"', text)
    faults.same(len(ids), len(set(ids)), "different ids")
    wanted = set(re.findall(r'href="#([^"]+)"', text)) - set(ids)
    faults.same(wanted, set(), "links into nothing")


def own_rows(rows, code, vintage=None):
    """Rows of the last year, on the units the figures were published for or, with a vintage, on these."""
    named = [row for row in rows if row["indicator"] == code and row["state"] == "present"]
    if vintage:
        named = [row for row in named if row["vintage"] == vintage]
    else:
        named = [row for row in named if int(row["year"]) not in scene.CARRIED.get(code, ())
                 or row["vintage"] == scene.PRE_2018]
    last = max((int(row["year"]) for row in named), default=None)
    return [row for row in named if int(row["year"]) == last and row["inherited"] != "1"]


def check_glance(faults, report, rows):
    """Difference, ratio and spread by hand."""
    for _, code, _, year, worst, best, gap, ratio, spread, *_ in report.sections["en"]["tables"]["glance"][1:]:
        if code in scene.UNRANKED:
            faults.same((worst, best, gap, ratio), ("–",) * 4, f"ends of {code}")
            continue
        figures = own_rows(rows, code)
        values = [float(row["value"]) for row in figures]
        weights = [float(row["weight"] or 1) for row in figures]
        mean = sum(w * y for w, y in zip(weights, values)) / sum(weights)
        deviation = math.sqrt(sum(w * (y - mean) ** 2 for w, y in zip(weights, values)) / sum(weights))
        faults.expect(year[:4] == figures[0]["year"], f"year of {code}: {year}")
        faults.near(max(values) - min(values), *as_number(gap), f"difference of {code}")
        if code in scene.DIFFERENCES:
            faults.same((ratio, spread), ("–",) * 2, f"ratio and spread of {code}")
        elif min(values) > 0:
            faults.near(max(values) / min(values), *as_number(ratio), f"ratio of {code}")
        if code not in scene.DIFFERENCES and (all(row["weight"] for row in figures) or not any(row["weight"] for row in figures)):
            faults.near(100 * deviation / mean, *as_number(spread), f"spread of {code}")
        for cell, wanted in ((worst, {min(values), max(values)}), (best, {min(values), max(values)})):
            names = re.split(", | and \\d+ more", re.sub(r"^[−\d.,]+%? ", "", cell[1:-1] if cell.startswith("(") else cell))
            named = [float(row["value"]) for row in figures if row["name_en"] in names]
            faults.expect(named and set(named) <= wanted, f"{code}: '{cell}' is no end")


def neighbours(vintage):
    """Regions with a common vertex: queen contiguity, from the GeoJSON itself."""
    name = {"pre-2018": "regions_pre2018", "2018": "regions_2018"}[vintage]
    points = {}
    for feature in json.loads((scene.GEODATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]:
        parts = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            parts = [parts]
        for ring in (ring for part in parts for ring in part):
            for point in ring:
                points.setdefault(tuple(point[:2]), set()).add(feature["properties"]["unit_id"])
    found = {}
    for keys in points.values():
        for key in keys:
            found.setdefault(key, set()).update(keys - {key})
    return found


def moran(values, links):
    """Row-standardised; regions without a value leave."""
    mean = sum(values.values()) / len(values)
    z = {key: value - mean for key, value in values.items()}
    lags = {key: [z[other] for other in links[key] if other in z] for key in z}
    cross = sum(z[key] * sum(around) / len(around) for key, around in lags.items() if around)
    return cross / sum(one ** 2 for one in z.values())  # n / S0 is 1 where rows sum to 1


def benjamini_hochberg(p):
    order = sorted(range(len(p)), key=lambda i: p[i], reverse=True)
    adjusted, least = [0.0] * len(p), 1.0
    for place, i in enumerate(order):
        least = min(least, p[i] * len(p) / (len(p) - place))
        adjusted[i] = least
    return adjusted


def check_patterns(faults, report, rows, maps):
    links = {vintage: neighbours(vintage) for vintage in scene.REGION_COUNTS}
    adjusted = benjamini_hochberg([float(row["p_permutation"]) for row in maps])
    cells = {row[1]: row[-1] for row in report.sections["en"]["tables"]["glance"][1:]}
    for row, wanted in zip(maps, adjusted):
        code = row["indicator"]
        faults.near(float(row["p_adjusted"]), wanted, 1e-12, f"adjusted p of {code}")
        values = {one["key"]: float(one["value"]) for one in own_rows(rows, code)}
        index = moran(values, links[row["vintage"]])
        faults.near(float(row["value"]), index, 1e-9, f"Moran's I of {code}")
        told = report.sections["en"]["articles"][code]
        found = re.search(r"Moran’s I = ([−\d.]+)", told)
        if faults.expect(found, f"{code} tells no Moran's I"):
            faults.near(index, *as_number(found.group(1)), f"Moran's I told of {code}")
        stands = wanted <= SIGNIFICANT and float(row["p_permutation"]) <= SIGNIFICANT
        faults.same("lie together" in cells[code], stands, f"{code} is told to have a pattern (p adjusted {wanted})")
        faults.same("hint" in cells[code], float(row["p_permutation"]) <= SIGNIFICANT < wanted, f"{code} is told as a hint")
    faults.same({row["indicator"] for row in maps}, set(cells) - scene.UNRANKED, "indicators tested")


def check_profiles(faults, report, rows, catalogue):
    """Thirds of places, counted once more."""
    codes = [row[1] for row in report.sections["en"]["tables"]["glance"][1:]]
    counts = {}
    for code in codes:
        # Those that steps of the plan make, and the catalogue does not know, are neutral.
        if code in scene.UNRANKED or catalogue.get(code, {}).get("direction", "neutral") == "neutral":
            continue
        figures = own_rows(rows, code, scene.SINCE_2018)
        sign = 1 if catalogue[code]["direction"] == "adverse" else -1
        for row in figures:
            better = sum(sign * float(other["value"]) < sign * float(row["value"]) for other in figures)
            equal = sum(other["value"] == row["value"] for other in figures)
            middle = better + (equal - 1) / 2  # of the places that equal figures share
            counts.setdefault(row["name_en"], [0, 0, 0])[int(middle * 3 / len(figures))] += 1
    table = report.sections["en"]["tables"]["profile"][1:]
    faults.same({row[0] for row in table}, set(counts), "regions with a profile")
    for name, total, *thirds in (row[:5] for row in table):
        faults.same([int(one) for one in thirds], counts[name], f"thirds of {name}")
        faults.same(int(total), sum(counts[name]), f"indicators of {name}")


def check_index(faults, report, rows):
    table = report.sections["en"]["tables"]["index"][1:]
    faults.same([row[1] for row in table], [row["rank"] for row in sorted(rows, key=lambda row: int(row["rank"]))],
                "ranks of the index")
    intervals = sorted((int(row["rank"]), f"{row['rank_p5']}–{row['rank_p95']}") for row in rows)
    faults.same([(int(row[1]), row[2].strip()) for row in table], intervals, "intervals of the ranks")


def main():
    atlas = pathlib.Path(sys.argv[1]) / "atlas"
    text = (atlas / "report.html").read_text(encoding="utf-8")
    report = Report()
    report.feed(text)
    faults = scene.Faults()
    rows = scene.read_rows(atlas / "tables" / "values.csv")
    with open(scene.GEODATA / "catalogue.toml", "rb") as file:
        catalogue = {entry["code"]: entry for entry in tomllib.load(file)["indicator"]}
    told = {row[1] for row in report.sections["en"]["tables"]["glance"][1:]}
    faults.same(told, set(scene.BUILT_IN) - scene.SYMBOLS - set(scene.PARTIAL), "indicators of the report")
    faults.same(set(report.sections["en"]["articles"]), told, "articles")
    check_form(faults, text, report)
    check_glance(faults, report, rows)
    check_patterns(faults, report, rows, scene.read_rows(atlas / "tables" / "autocorrelation_1.csv"))
    check_profiles(faults, report, rows, catalogue)
    check_index(faults, report, scene.read_rows(atlas / "tables" / "index_1.csv"))
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
