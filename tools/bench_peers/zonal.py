"""B1 and B2: figures of regions from a raster of 107.5 M cells."""
import csv
import pathlib
import re

import measuring
from measuring import Contender

HERE = pathlib.Path(__file__).resolve().parent
STATISTICS = ("sum", "mean", "max")
KEY = "unit_id"


def regions(words):
    return words.root / "geodata/kazakhstan/regions_2018.geojson"


def make_raster(words, name, arc_seconds, columns, rows, seed):
    """Of 46 to 88 E and 40 to 56 N, unless it is there already."""
    if words.quick:
        arc_seconds, columns, rows = arc_seconds * 10, columns // 10, rows // 10
    file = words.folder / f"{name}_{columns}x{rows}.tif"
    if not file.exists():
        half = file.with_suffix(".part.tif")
        measuring.run(["/usr/bin/python3", HERE / "make_raster.py", half, arc_seconds, columns, rows, seed])
        half.rename(file)
    return file


def values_raster(words):
    return make_raster(words, "values", 9, 16800, 6400, 1)


def rows_of(file):
    """{statistic: {key: number}} of a table."""
    with open(file, encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return {name: {row[KEY]: float(row[name]) for row in rows} for name in rows[0]
            if name in STATISTICS or name.startswith("weighted_")}


def ours(words, raster, output, *more):
    return [words.build / "bin/tendik", "zonal", "--raster", raster, "--boundaries", regions(words), "--key", KEY,
            "--jobs", 2, "-o", output, "--quiet", *more]


def say_difference(peer, name, theirs, mine, reason=""):
    apart = {key: measuring.largest_difference(theirs[key], mine[key]) for key in theirs if key in mine}
    worst = ", ".join(f"{key} {value:.1e}" for key, value in apart.items())
    same = "the same to 1e-9" if max(apart.values()) <= 1e-9 else "DIFFERENT" if not reason else reason
    print(f"  values of {peer} beside {name}: {same}; largest relative difference: {worst}")


def decoding(words, raster, weights=()):
    """The kernel beside only decoding the blocks that regions touch, with the same threads, in one process."""
    bench = words.build / "bin/tendik_zonal_bench"
    if not bench.exists():
        print("  no bin/tendik_zonal_bench: cmake --build --preset release --target benches")
        return
    text = measuring.run([bench, raster, regions(words), KEY, 512, *weights]).text
    print("".join(f"  {line}\n" for line in text.splitlines() if not line.startswith("after")), end="")
    if weights:
        return
    print("  recorded elsewhere, not here: exactextract 0.3 took 10.0 s where decoding on one thread took 5.4 s, "
          "1.85 times that")
    whole = re.search(r"zonal ([0-9.]+) s", text)
    alone = re.search(r"one thread ([0-9.]+) s", text)
    if whole and alone:
        print(f"  ours by that measure: {float(whole[1]) / float(alone[1]):.2f} times decoding on one thread")


def compare(words):
    raster = values_raster(words)
    tables = {name: words.folder / f"zonal_{name}.csv" for name in ("exact", "centre", "terra", "QGIS", "GRASS")}
    statistics = ["--stats", ",".join(STATISTICS)]
    contenders = [
        Contender("tendik zonal, 2 threads", ours(words, raster, tables["exact"], *statistics), words.rounds),
        Contender("tendik zonal --method centre", ours(words, raster, tables["centre"], *statistics, "--method",
                                                       "centre"), 1),
    ]
    peers = {
        "terra": ("terra extract, exact = TRUE", ["Rscript", HERE / "terra_extract.R"]),
        "QGIS": ("QGIS native:zonalstatisticsfb", ["/usr/bin/python3", "-B", HERE / "qgis_zonal.py"]),
        "GRASS": ("GRASS v.rast.stats", ["sh", HERE / "grass_zonal.sh"]),
    }
    for peer, (name, program) in peers.items():
        if measuring.wanted(words, peer):
            contenders.append(Contender(name, [*program, raster, regions(words), KEY, tables[peer]], 1))
    runs = measuring.in_turn(contenders)
    measuring.print_table(contenders, runs)
    exact, centre = rows_of(tables["exact"]), rows_of(tables["centre"])
    for peer, (name, _) in peers.items():
        if runs.get(name):
            reason = "it rounds borders its own way" if peer == "GRASS" else ""
            by_share = peer == "terra"
            say_difference(peer, "ours" if by_share else "ours by cell centres", rows_of(tables[peer]),
                           exact if by_share else centre, reason)
    decoding(words, raster)


def compare_weighted(words):
    """Nothing packaged weighs by a raster on another grid: it is brought to the grid first, into a file."""
    raster = values_raster(words)
    weights = make_raster(words, "weights", 31.7, 4780, 1820, 2)
    aligned = words.folder / "weights_aligned.tif"
    tables = {name: words.folder / f"weighted_{name}.csv" for name in ("one_pass", "aligned")}
    statistics = ["--stats", ",".join((*STATISTICS, "weighted_sum", "weighted_mean"))]
    two_passes = ours(words, raster, tables["aligned"], *statistics, "--weight-raster", aligned)
    contenders = [
        Contender("tendik zonal --weight-raster, one pass",
                  ours(words, raster, tables["one_pass"], *statistics, "--weight-raster", weights), words.rounds),
        Contender("gdalwarp -r near, then tendik zonal", ["sh", HERE / "warp_first.sh", weights, raster, aligned,
                                                          *two_passes], min(words.rounds, 3)),
    ]
    runs = measuring.in_turn(contenders)
    measuring.print_table(contenders, runs)
    mine = rows_of(tables["one_pass"])
    say_difference("gdalwarp -r near", "ours", rows_of(tables["aligned"]), mine,
                   "cells cut by two weights get one of them")
    decoding(words, raster, [weights])
