"""B10: ordinary kriging. Metres on a plane, where both reckon the same distances, under the same variogram."""
import pathlib
import re

import measuring
from measuring import Contender

HERE = pathlib.Path(__file__).resolve().parent


def read_predictions(file):
    return {name: [float(line.split(",")[column]) for line in file.read_text().splitlines()]
            for column, name in enumerate(("value", "standard error"))}


def compare(words):
    bench = words.build / "bin/tendik_kriging_bench"
    if not bench.exists():
        print("  no bin/tendik_kriging_bench: cmake --build --preset release --target benches")
        return
    rows = 200 if words.quick else 2000
    stem = words.folder / "kriging"
    measuring.run([bench, 20, 1, "plane", stem])
    contenders = [Contender("tendik, 2 threads", [bench, rows, 2, "plane"], words.rounds),
                  Contender("tendik, 1 thread", [bench, rows, 1, "plane"], 1),
                  Contender("tendik, 2 threads, degrees on the ellipsoid", [bench, rows, 2, "degrees"],
                            min(words.rounds, 3))]
    if measuring.wanted(words, "gstat"):
        part = rows * 3 // 10 // 2 * 2
        contenders.append(Contender("gstat krige", ["Rscript", HERE / "gstat_krige.R", stem, part, rows], 1,
                                    f"of {part * 5 // 2} x {part} cells, times {(rows / part) ** 2:.1f}; processors not"))
    runs = measuring.in_turn(contenders)
    measuring.print_table(contenders, runs)
    sums = {re.search(r"sums (.*)", one.text)[1] for name in ("tendik, 2 threads", "tendik, 1 thread")
            for one in runs[name]}
    print(f"  the same sums at any number of threads: {len(sums) == 1}")
    if len(contenders) > 3 and runs["gstat krige"]:
        compare_values(stem)


def compare_values(stem):
    ours = read_predictions(stem.with_name(stem.name + "_cells.csv"))
    theirs = read_predictions(stem.with_name(stem.name + "_gstat.csv"))
    for name, mine in ours.items():
        scale = max(map(abs, mine))
        apart = max(abs(a - b) for a, b in zip(mine, theirs[name], strict=True)) / scale
        print(f"  {name} of gstat beside ours, 1,000 cells: {'the same to 1e-9' if apart <= 1e-9 else 'DIFFERENT'}; "
              f"largest difference by the largest value: {apart:.1e}")
