"""B9: travel time from 1,000 sources. r.cost and costDist know no ground distance of a row: speed is compared."""
import pathlib
import re
import statistics

import measuring
from measuring import Contender

HERE = pathlib.Path(__file__).resolve().parent


def compare(words):
    for rows in ([200] if words.quick else [2000, 6325]):
        compare_rows(words, rows)


def compare_rows(words, rows):
    """Ours is the search without making the friction, theirs the call without reading it."""
    bench = words.build / "bin/tendik_travel_time_bench"
    if not bench.exists():
        print("  no bin/tendik_travel_time_bench: cmake --build --preset release --target benches")
        return
    folder = words.folder / f"land_{rows}"
    folder.mkdir(exist_ok=True)
    print(f"  {rows * 5 // 2} x {rows} cells, 8 moves")
    measuring.run([bench, rows, 2, folder / "land"])
    large = rows > 2000
    contenders = [Contender("tendik, 2 threads", [bench, rows, 2], 3 if large else words.rounds),
                  Contender("tendik, 1 thread", [bench, rows, 1], 1 if large else min(words.rounds, 3))]
    if large and not words.long:
        print("  without peers, which take most of an hour: --long")
    elif measuring.wanted(words, "GRASS"):
        contenders.append(Contender("GRASS r.cost", ["sh", HERE / "grass_cost.sh", folder], 1))
    if not large and measuring.wanted(words, "terra"):
        contenders.append(Contender("terra costDist", ["Rscript", HERE / "terra_cost.R", folder], 1))
    runs = measuring.in_turn(contenders)
    measuring.print_table(contenders, runs)
    sums = {name: re.findall(r"sum of minutes ([0-9.]+)", one[0].text) for name, one in runs.items() if one}
    ours = [found for found in sums.values() if found]
    print(f"  the same minutes at any number of threads: {all(found == ours[0] for found in ours)}")
    sixteen = [float(found) for one in runs["tendik, 2 threads"]
               for found in re.findall(r"16 moves, jobs 2: ([0-9.]+) s", one.text)]
    print(f"  tendik with 16 moves, which the peers lack or call knight's moves: {statistics.median(sixteen):.2f} s")
