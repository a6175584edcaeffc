#!/usr/bin/python3
"""The built-in atlas is whole, honest about where it comes from, and says the published figures:

atlas_test.py FOLDER   (as make_atlas.py left it)
"""
import json
import math
import pathlib
import re
import socket
import sys

import scene

PAGE_PARTS = ("maplibre-gl.js", "maplibre-gl.css", "maplibre-gl.LICENSE.txt", "pmtiles.js", "fflate.LICENSE.txt")
PAGE_OWN = ("app.js", "archive.js", "choice.js", "composite.js", "composite.css", "context.js", "context.css", "index.html", "labels.js", "licences.txt", "map.js", "modelled.js", "panel.js",
            "points.js", "precision.js", "region.js", "series.js", "sparkline.js", "style.css", "symbols.js", "table.js", "words.js")
CITIES = ("KZ-ALA", "KZ-AST", "KZ-SHY")
# The source prints 0 beside 12.5 for the country.
LEFT_OUT = {("maternal_mortality_2017", "KZ-YUZ")}
# thousand tonnes / persons on 1 January, or km2, by hand: layer -> key -> value
COMPUTED = {
    "air_emissions_per_person_2020": {"KZ-PAV": 723.0e6 / 752169},
    "air_emissions_per_km2_2020": {"KZ-PAV": 723.0e3 / 124800},
}
SUMMING = ("BGV", "TI", "MLD", "GINI")
ABSOLUTE = {"mean", "D", "BGV", "BGSD", "MDMW"}
# Figures as published (Kazakhstan's SDG tables, MICS 2015 through WHO/UNICEF JMP): layer -> key -> value.
PUBLISHED = {
    "stunting_moderate_severe_2015": {"KZ-ATY": 11.8, "KZ-SEV": 2.3},
    "poverty_below_subsistence_min_2018": {"KZ-YUZ": 10.6, "KZ-AST": 0.9},
}


def expected_tree():
    files = {"atlas.gpkg", "manifest.json", "report.html"}
    files |= {f"tables/{name}.csv" for name in ("values", "measures", "contributions", "joins", "points")}
    files |= {f"tables/{name}.csv" for name in ("exposure_1", "surface_pm25_2019", "surface_people_2020")}
    files |= {f"tables/{name}.csv" for name in ("proximity_1", "proximity_1_sites")}
    files |= {f"tables/{name}.csv" for name in ("autocorrelation_1", "autocorrelation_2", "index_1")}
    files |= {f"rasters/{name}.{ending}" for name in ("pm25_2019", "pm25_2019_error", "people_2020")
              for ending in ("tif", "qml")}
    files |= {f"tiles/{name}.mbtiles" for name in scene.RASTER_LAYERS}
    files |= {"tiles/regions_pre-2018.pmtiles", "tiles/regions_2018.pmtiles", "tiles/context.pmtiles"}
    files |= {f"site/{name}" for name in (*PAGE_PARTS, *PAGE_OWN, "data.js")}
    return files


def check_manifest(faults, atlas):
    manifest = json.loads((atlas / "manifest.json").read_text(encoding="utf-8"))
    faults.same(manifest["schema"], "tendik.manifest/1", "schema of the manifest")
    inputs = {entry["name"]: entry.get("sha256") for entry in manifest["inputs"]}
    wanted = ["plan.toml", "catalogue.toml", "regions.csv", "sources.csv", "regions_pre2018.geojson",
              "regions_2018.geojson", "air_stations.csv", "sites.csv", "child_wellbeing.toml"]
    wanted += [f"indicators/{name}.csv" for name in (
        "area", "early_learning", "environment", "living", "nutrition", "population", "poverty", "protection",
        "situation_analysis", "survival", "water")]
    wanted += [f"context/{name}.geojson" for name in ("neighbours", "lakes", "rivers", "settlements")]
    faults.same(inputs, {name: scene.sha256_of(scene.GEODATA / name) for name in wanted}, "inputs of the manifest")
    outputs = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    tree = scene.tree_of(atlas)
    del tree["manifest.json"]
    faults.same(outputs, tree, "outputs of the manifest")
    for entry in manifest["outputs"]:
        faults.same(entry["bytes"], (atlas / entry["path"]).stat().st_size, f"bytes of {entry['path']}")
    layers = {entry["name"]: (entry["indicator"], entry["year"], entry["vintage"]) for entry in manifest["layers"]}
    faults.same(layers, scene.LAYERS, "layers of the manifest")
    for entry in manifest["layers"]:
        faults.same(entry["regions"], scene.REGION_COUNTS[entry["vintage"]], f"regions of {entry['name']}")
    faults.expect(not [one for one in manifest["findings"] if one["severity"] == "error"], "errors among the findings")


def check_no_trace(faults, folder, atlas):
    """No file says where, when or by whom it was made. Third-party parts of the page come as they are."""
    traces = [str(scene.SOURCE), str(folder), "/home/", "/root/", "/tmp/", "/usr/", "file:///"]
    if len(socket.gethostname()) > 4 and socket.gethostname() != "localhost":
        traces.append(socket.gethostname())
    clock = re.compile(rb"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?[.\d]*Z?")
    epoch = b"1970-01-01T00:00:00.000Z"  # GeoPackage wants a time; this one says that none is meant
    for path in sorted(atlas.rglob("*")):
        if not path.is_file() or path.name in PAGE_PARTS:
            continue
        content = path.read_bytes()
        for trace in traces:
            faults.expect(trace.encode() not in content, f"{path.relative_to(atlas)} contains '{trace}'")
        times = set(clock.findall(content)) - {epoch}
        faults.expect(not times, f"{path.relative_to(atlas)} contains the times {times}")


def check_values(faults, values):
    layers = scene.layer_rows(values)
    faults.same(set(layers), set(scene.LAYERS), "layers of values.csv")
    for name, rows in layers.items():
        vintage = scene.LAYERS[name][2]
        faults.same(len(rows), scene.REGION_COUNTS[vintage], f"rows of {name}")
        faults.same({row["vintage"] for row in rows.values()}, {vintage}, f"vintage of {name}")
        split = {"KZ-SHY"} & set(rows)
        faults.same(bool(split), vintage == scene.SINCE_2018, f"Shymkent is a region of {name}")
        for key, row in rows.items():
            away = name in ("water_supply_access_rural_2020", "water_supply_access_gap_2020") and key in CITIES
            named = scene.PARTIAL.get(scene.LAYERS[name][0])
            lost = (name, key.split("@")[0]) in LEFT_OUT or named is not None and key not in named
            wanted = "not_applicable" if away else "missing" if lost else "present"
            faults.same(row["state"], wanted, f"state of {key} in {name}")
            faults.same(row["value"] == "", away or lost, f"{key} in {name} has no value")
            total = scene.LAYERS[name][0] in scene.SYMBOLS
            heir = row["inherited"] == "1"
            faults.same(row["class"] == "", away or lost or total or heir, f"{key} in {name} has no class")
            check_inherited(faults, name, key, row, layers)
            faults.expect(row["source"] != "", f"{key} in {name} has no source")
            faults.expect(row["name_en"] and row["name_ru"] and row["name_kk"], f"{key} in {name} lacks a name")
    for name, wanted in PUBLISHED.items():
        found = {part.split("@")[0]: row for part, row in layers[name].items()}
        for key, value in wanted.items():
            faults.same(scene.number(found[key]["value"]), value, f"{key} in {name}")
    for name, wanted in COMPUTED.items():
        for key, value in wanted.items():
            faults.near(float(layers[name][key]["value"]), value, 1e-9 * value, f"{key} in {name}")
    check_extremes(faults, layers)


def check_inherited(faults, name, key, row, layers):
    """A part of South Kazakhstan shows its rate, says so, and weighs nothing; restated figures are the region's own."""
    code, year, _ = scene.LAYERS[name]
    inherits = name.endswith("_on_2018") and code not in scene.RESTATED and key in scene.HEIRS
    faults.same(row["inherited_from"], "KZ-YUZ@1997" if inherits else "", f"{key} in {name} is inherited from")
    if inherits:
        faults.same(row["value"], layers[f"{code}_{year}"]["KZ-YUZ@1997"]["value"], f"inherited value of {key} in {name}")
        faults.same(row["gap"], "", f"gap of {key} in {name}")


def check_gap(faults, layers, measures):
    """The published figure of townspeople less that of villagers, region by region; for the country both as published."""
    urban, rural = (layers[f"water_supply_access_{part}_2020"] for part in ("urban", "rural"))
    for key, row in layers["water_supply_access_gap_2020"].items():
        if key not in CITIES:
            faults.near(scene.number(row["value"]), float(urban[key]["value"]) - float(rural[key]["value"]), 1e-9,
                        f"gap in {key}")
            faults.expect(len(row["value"]) <= 4, f"gap in {key} is {row['value']}: a decimal")
    rows = {row["code"]: row for row in scene.rows_of(measures, "water_supply_access_gap", 2020, scene.SINCE_2018)}
    faults.same(rows["published_national"]["value"], "7.4", "gap of the country")  # 97.5 - 90.1
    for code in ("R", "TI", "COV", "GINI"):
        faults.expect("below zero" in rows[code]["note"], f"{code} of a gap says why it has no value")


def check_index(faults, atlas):
    """On the page stand the score, ranks and parts of tables/index_1.csv; the words say that it is an illustration."""
    rows = {row["key"]: row for row in scene.read_rows(atlas / "tables" / "index_1.csv")}
    page = scene.read_site_data(atlas / "site")
    found = [one for one in page["indicators"] if one["code"] == "index_1"]
    if not faults.same(len(found), 1, "index of the page"):
        return
    for language, words in (("en", "illustration, not the official index"), ("ru", "иллюстрация, а не официальный индекс"),
                            ("kk", "ресми индекс емес")):
        faults.expect(words in found[0]["name"][language], f"the title of the index in {language}")
    faults.same(found[0]["theme"], page["themes"][-1]["code"], "heading of the index")
    year, = found[0]["years"]
    faults.same((year["year"], year["vintage"], year.get("inherited"), year["precision"]), (None, scene.SINCE_2018, None, None),
                "the index has no year and no hatch")
    keys = [region["key"] for region in next(one for one in page["boundaries"] if one["vintage"] == year["vintage"])["regions"]]
    index = year["index"]
    columns = {"score": year["values"], "rank_p5": index["ranks"]["low"], "rank_p95": index["ranks"]["high"]}
    for node in index["nodes"][1:]:
        columns[f"score_{node['code']}"] = node["scores"]
        if "states" in node:
            columns[f"part_{node['code']}"] = node["parts"]
    for name, values in columns.items():
        for key, value in zip(keys, values, strict=True):
            faults.same(value, scene.number(rows[key][name]), f"{name} of {key} on the page")
    for i, key in enumerate(keys):
        parts = [node["parts"][i] or 0 for node in index["nodes"] if "states" in node]
        faults.near(math.fsum(parts), year["values"][i], 1e-9, f"parts of {key}")
        lacking = {node["states"][i] for node in index["nodes"] if "states" in node} - {"present"}
        faults.same(lacking, {"inherited"} if key in scene.HEIRS else set(), f"what {key} lacks")


def check_points(faults, rows):
    """What each station measured, as its table has it, and a class by the levels of the WHO."""
    stations = {row["name"]: row for row in scene.read_rows(scene.GEODATA / "air_stations.csv") if row["lon"]}
    faults.same(len(stations), scene.PLACED_STATIONS, "placed stations")
    levels = {"pm25": (5, 10, 15, 25, 35), "pm10": (15, 20, 30, 50, 70)}  # WHO 2021: guideline, interim targets 4 to 1
    for name, (pollutant, year) in scene.POINTS.items():
        found = [row for row in rows if (row["indicator"], row["year"]) == (f"{pollutant}_city_annual_mean", str(year))]
        faults.same({row["name"] for row in found}, set(stations), f"stations of {name}")
        for row in found:
            wanted = stations[row["name"]][f"{pollutant}_{year}_ug_m3"]
            faults.same(scene.number(row["value"]), scene.number(wanted), f"{row['name']} in {name}")
            faults.same(row["state"], "present" if wanted else "missing", f"state of {row['name']} in {name}")
            above = sum(float(wanted) > level for level in levels[pollutant]) + 1 if wanted else None
            faults.same(row["class"], str(above) if wanted else "", f"class of {row['name']} in {name}")


def check_extremes(faults, layers):
    def ends(name):
        rows = [row for row in layers[name].values() if row["value"]]
        rows.sort(key=lambda row: float(row["value"]))
        return rows[0], rows[-1]

    low, high = ends("stunting_moderate_severe_2015")
    faults.same((low["name_en"], high["name_en"]), ("North Kazakhstan", "Atyrau"), "ends of stunting 2015")
    low, _ = ends("improved_drinking_water_2015")
    faults.same(low["name_en"], "West Kazakhstan", "lowest of water 2015")
    # JMP table of MICS 2015, improved sources without tanker trucks and carts
    faults.near(float(low["value"]), 80.06, 0.005, "lowest of water 2015")
    low, high = ends("poverty_below_subsistence_min_2018")
    faults.same((low["name_en"], high["name_en"]), ("Nur-Sultan (Astana)", "Turkistan"), "ends of poverty 2018")


def expected_measures(rows):
    """Straight from the definitions (WHO HEAT for D, R, BGV, TI, MLD), population-weighted."""
    rows = [row for row in rows if not row["inherited_from"]]  # counted nowhere
    pairs = [(float(row["value"]), float(row["weight"])) for row in rows if row["value"] and row["weight"]]
    total = math.fsum(weight for _, weight in pairs)
    mean = math.fsum(value * weight for value, weight in pairs) / total
    values = [float(row["value"]) for row in rows if row["value"]]
    found = {"mean": mean, "D": max(values) - min(values),
             "BGV": math.fsum(weight * (value - mean) ** 2 for value, weight in pairs) / total}
    if min(values) > 0:
        shares = [(value / mean, weight / total) for value, weight in pairs]
        found["R"] = max(values) / min(values)
        found["TI"] = 1000 * math.fsum(share * ratio * math.log(ratio) for ratio, share in shares)
        found["MLD"] = 1000 * math.fsum(-share * math.log(ratio) for ratio, share in shares)
    found["BGSD"] = math.sqrt(found["BGV"])
    found["COV"] = 100 * found["BGSD"] / mean
    found["MDMW"] = math.fsum(weight * abs(value - mean) for value, weight in pairs) / total
    found["HOOVER"] = found["MDMW"] / (2 * mean)
    found["GE2"] = found["BGV"] / (2 * mean**2)
    found["GINI"] = math.fsum(w1 * w2 * abs(v1 - v2) for v1, w1 in pairs for v2, w2 in pairs) / (2 * total**2 * mean)
    return found


def check_total(faults, name, values, measures):
    """A total is added up and not measured; the published total, where there is one, stands beside."""
    found = {row["code"]: scene.number(row["value"]) for row in measures}
    modelled = name.startswith("pm25")
    faults.same(set(found), {"sum"} if modelled else {"published_national", "sum"}, f"measures of {name}")
    total = math.fsum(float(row["value"]) for row in values if row["value"])
    faults.near(found["sum"], total, 1e-6, f"sum of {name}")
    if modelled:
        return
    # The regions are published in thousand tonnes with one or two decimals: 17 roundings.
    faults.near(found["sum"], found["published_national"], 1500, f"sum of {name} against the published total")


def check_influences(faults, name, values, contributions):
    """What the variance is less without each region."""
    whole = expected_measures(values)["BGV"]
    influences = {row["key"]: scene.number(row["influence"]) for row in contributions if row["code"] == "BGV"}
    for row in values:
        if not row["value"] or not row["weight"]:
            continue
        rest = expected_measures([other for other in values if other is not row])["BGV"]
        faults.near(influences.get(row["key"]), whole - rest, 1e-9 * max(1.0, whole),
                    f"influence of {row['key']} on the variance of {name}")


def check_measures(faults, values, measures, contributions):
    for name, (code, year, vintage) in scene.LAYERS.items():
        layer = (code, year, vintage)
        if code in scene.SYMBOLS:
            check_total(faults, name, scene.rows_of(values, *layer), scene.rows_of(measures, *layer))
            continue
        found = {row["code"]: scene.number(row["value"]) for row in scene.rows_of(measures, *layer)}
        if code in scene.PARTIAL:
            faults.same({value for measure, value in found.items() if measure != "published_national"}, {None},
                        f"measures of {name}, of which some regions only are known")
            faults.same(scene.rows_of(contributions, *layer), [], f"contributions to measures of {name}")
            continue
        wanted_measures = expected_measures(scene.rows_of(values, *layer))
        if code in scene.UNRANKED:
            faults.near(found["mean"], wanted_measures["mean"], 1e-9, f"mean of {name}")
            faults.same({key for key, value in found.items() if value is not None}, {"mean"}, f"measures of {name}")
            faults.same(scene.rows_of(contributions, *layer), [], f"contributions to {name}")
            continue
        if code in scene.DIFFERENCES:
            faults.same({key for key in wanted_measures if found[key] is not None}, ABSOLUTE, f"measures of {name}")
            wanted_measures = {key: value for key, value in wanted_measures.items() if key in ABSOLUTE}
        for measure, wanted in wanted_measures.items():
            faults.near(found.get(measure), wanted, 1e-9 * max(1.0, abs(wanted)), f"{measure} of {name}")
        for measure in SUMMING:
            parts = [float(row["contribution"]) for row in scene.rows_of(contributions, *layer)
                     if row["code"] == measure]
            if code in scene.DIFFERENCES and measure not in ABSOLUTE:
                faults.same(parts, [], f"contributions to {measure} of {name}")
                continue
            if measure == "MLD" and found.get(measure) is None:  # undefined: a region without a case
                faults.expect("R" not in expected_measures(scene.rows_of(values, *layer)), f"MLD of {name}")
                continue
            faults.expect(parts, f"no contributions to {measure} of {name}")
            faults.near(math.fsum(parts), found[measure], 1e-9 * max(1.0, abs(found[measure])),
                        f"sum of the contributions to {measure} of {name}")
    rows = scene.rows_of(measures, "stunting_moderate_severe", 2015, scene.PRE_2018)
    check_influences(faults, "stunting 2015", scene.rows_of(values, "stunting_moderate_severe", 2015, scene.PRE_2018),
                     scene.rows_of(contributions, "stunting_moderate_severe", 2015, scene.PRE_2018))
    # No sampling errors of regions are published: no interval stands anywhere.
    faults.same({row["lower"] + row["upper"] + row["bias"] for row in measures}, {""}, "intervals")
    faults.same({row["rank_lower"] + row["gap_se"] for row in values}, {""}, "intervals of ranks")
    faults.same({row["note"] for row in rows if row["code"] == "ACI"}, {"no order of the regions is given"},
                "why there is no concentration index")
    found = {row["code"]: scene.number(row["value"]) for row in rows}
    faults.near(found["D"], 9.5, 1e-9, "difference of stunting 2015")  # 11.8 - 2.3
    faults.near(found["R"], 5.13, 0.005, "ratio of stunting 2015")  # 11.8 / 2.3
    faults.near(found["mean"], 7.98, 0.005, "weighted mean of stunting 2015")
    faults.near(found["published_national"], 8.0, 1e-9, "published value of stunting 2015")
    faults.same({row["n"] for row in rows}, {"16"}, "regions of stunting 2015")


def check_exposure(faults, atlas):
    """The modelled layers: people are the official totals, bands are chances, what cannot be known is said."""
    table = scene.read_rows(atlas / "tables" / "exposure_1.csv")
    official = {row["unit_id"].split("@")[0]: float(row["value"])
                for row in scene.read_rows(scene.GEODATA / "indicators" / "population.csv")
                if row["indicator"] == "population_total" and row["year"] == "2020" and row["vintage"] == "2018"}
    stations = [row for row in scene.read_rows(scene.GEODATA / "air_stations.csv")
                if row["pm25_2019_ug_m3"] and row["lon"]]
    faults.same(len(stations), 23, "placed stations with a figure of 2019")
    inside = {}
    for row in stations:
        inside[row["region_code"]] = inside.get(row["region_code"], 0) + 1
    faults.same(len(table), 17, "regions of the exposure")
    bands = ("up_to_5", "5_to_10", "10_to_15", "15_to_25", "25_to_35", "over_35")
    for row in table:
        key = next(value for name, value in row.items() if name in ("unit_id", "key", "code"))
        short = key.split("@")[0]
        people, mean, error = (float(row[f"people{tail}"]) for tail in ("", "_mean", "_mean_error"))
        faults.near(people, official[short], 1e-9 * official[short], f"people of {key} on the modelled grid")
        faults.near(math.fsum(float(row[f"people_chance_{band}"]) for band in bands), 1, 1e-9, f"chances of {key}")
        faults.same(int(float(row["stations"])), inside.get(short, 0), f"stations inside {key}")
        # One value and one error everywhere: the chance is that of the normal distribution.
        chance = 0.5 * math.erfc((15 - mean) / (error * math.sqrt(2)))
        faults.near(float(row["people_chance_above_15"]), chance, 0.02, f"chance above 15 in {key}")
        faults.near(float(row["people_expected_above_15"]), people * float(row["people_chance_above_15"]),
                    1e-6 * people, f"people expected above 15 in {key}")
    findings = json.loads((atlas / "manifest.json").read_text(encoding="utf-8"))["findings"]
    codes = {(one["code"], one["where"]) for one in findings}
    for code in ("cannot-rank", "no-station"):
        faults.expect((code, "pm25_exposure_2019") in codes, f"no finding '{code}' of pm25_exposure_2019")
    left_out = scene.read_rows(atlas / "tables" / "surface_pm25_2019.csv")
    rmse = math.sqrt(math.fsum((float(row["value"]) - float(row["predicted"])) ** 2 for row in left_out) / len(left_out))
    faults.near(rmse, 17.9, 0.05, "leave-one-out error of PM2.5")  # R: gstat's krige.cv, as reported with the stations
    page = scene.read_site_data(atlas / "site")
    year = next(one for one in page["indicators"] if one["code"] == "pm25_exposure")["years"][0]
    for language, words in (("en", "cannot rank"), ("ru", "нельзя ранжировать"), ("kk", "реттеуге болмайды")):
        faults.expect(any(words in note[language] for note in year["notes"]), f"no '{words}' on the page")


def check_summary(faults, text, messages):
    """The planner's lines name the ends; the last message says which files to open."""
    def line(heading, year):
        block = text[text.index(heading):]
        return next(one for one in block.splitlines() if one.split()[:1] == [year])

    for heading, year, wanted in (
            ("Stunting", "2015", ("8.0", "7.98", "Atyrau 11.8", "North Kazakhstan 2.3", "9.5", "5.13")),
            ("Improved drinking water", "2015", ("97.3", "West Kazakhstan 80.1")),
            ("Income below", "2018", ("Turkistan 10.6", "Nur-Sultan (Astana) 0.9"))):
        for words in wanted:
            faults.expect(words in line(heading, year), f"'{words}' is not in '{line(heading, year)}'")
    for name in ("site/index.html", "atlas.gpkg", "tables/measures.csv", "manifest.json"):
        faults.expect(name in messages, f"the program does not say to open {name}")


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    atlas = folder / "atlas"
    faults = scene.Faults()
    faults.same(sorted(scene.tree_of(atlas)), sorted(expected_tree()), "files of the atlas")
    check_manifest(faults, atlas)
    check_no_trace(faults, folder, atlas)
    tables = {name: scene.read_rows(atlas / "tables" / f"{name}.csv")
              for name in ("values", "measures", "contributions")}
    check_values(faults, tables["values"])
    check_measures(faults, **tables)
    check_gap(faults, scene.layer_rows(tables["values"]), tables["measures"])
    check_index(faults, atlas)
    check_points(faults, scene.read_rows(atlas / "tables" / "points.csv"))
    check_exposure(faults, atlas)
    check_summary(faults, (folder / "summary.txt").read_text(encoding="utf-8"),
                  (folder / "messages.txt").read_text(encoding="utf-8"))
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
