"""WIDE: a plan of 1,000 indicators of 3,000 districts: join, all measures, classes, tables, in one process."""
import random
import sqlite3
import subprocess

import measuring
from measuring import Contender

COLUMNS, ROWS = 60, 50


def make_districts(folder):
    """60 x 50 squares of 10 km, made from a table of well-known text."""
    source = folder / "districts.csv"
    with source.open("w", encoding="utf-8") as out:
        out.write("code,shape\n")
        for number in range(COLUMNS * ROWS):
            x, y = 200000 + number % COLUMNS * 10000, 4500000 + number // COLUMNS * 10000
            ring = f"{x} {y},{x + 10000} {y},{x + 10000} {y + 10000},{x} {y + 10000},{x} {y}"
            out.write(f'd{number},"POLYGON(({ring}))"\n')
    target = folder / "districts.gpkg"
    target.unlink(missing_ok=True)
    subprocess.run(["ogr2ogr", target, source, "-oo", "GEOM_POSSIBLE_NAMES=shape", "-a_srs", "EPSG:32642", "-select",
                    "code"], check=True)
    with sqlite3.connect(target) as database:
        found, = database.execute("SELECT count(*) FROM districts").fetchone()
    assert found == COLUMNS * ROWS


def make_figures(folder, count):
    draws = random.Random(1)
    with (folder / "figures.csv").open("w", encoding="utf-8") as out:
        out.write("code,people," + ",".join(f"i{i}" for i in range(count)) + "\n")
        for number in range(COLUMNS * ROWS):
            values = ",".join(f"{draws.lognormvariate(2, 0.4):.3f}" for _ in range(count))
            out.write(f"d{number},{draws.randint(5000, 200000)},{values}\n")


def make_plan(folder, count):
    entry = ('[[indicators]]\ntable = "figures.csv"\nkey = "code"\nvalue = "i{}"\nweight = "people"\nyear = 2020\n'
             'unit = "%"\ndirection = "adverse"\n')
    plan = folder / f"plan_{count}.toml"
    plan.write_text('boundaries = { file = "districts.gpkg", key = "code" }\n' + "".join(map(entry.format, range(count))),
                    encoding="utf-8")
    return plan


def compare(words):
    folder = words.folder / "districts"
    folder.mkdir(exist_ok=True)
    make_districts(folder)
    count = 10 if words.quick else 1000
    make_figures(folder, count)
    contenders = [Contender(f"tendik, {indicators:,} indicator{'s' * (indicators > 1)}, one process",
                            [words.build / "bin/tendik", "run", make_plan(folder, indicators), "-o", folder / "atlas",
                             "--only", "tables", "--quiet"], rounds)
                  for indicators, rounds in ((count, 1), (1, words.rounds))]
    measuring.print_table(contenders, measuring.in_turn(contenders))
