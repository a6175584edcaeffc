"""B6, B7, B8: permutations of Moran's I, and Fisher's classes. Ours and theirs are timed without reading their input."""
import math
import pathlib

import measuring
from measuring import Contender

HERE = pathlib.Path(__file__).resolve().parent


def bench_of(words):
    """The program, its inputs written anew; nothing where it is not built."""
    bench = words.build / "bin/tendik_statistics_bench"
    if not bench.exists():
        print("  no bin/tendik_statistics_bench: cmake --build --preset release --target benches")
        return None, None
    folder = words.folder / "statistics"
    folder.mkdir(exist_ok=True)
    measuring.run([bench, "--write", folder])
    return bench, folder


def ours(bench, name, work, rounds):
    return Contender(name, [bench, f"--benchmark_filter=^{work}$"], rounds)


def numbers(folder, name):
    return [float(line) for line in (folder / name).read_text().split()]


def compare_local(words):
    bench, folder = bench_of(words)
    if not bench:
        return
    for permutations in (999,) if words.quick else (999, 9999):
        print(f"  {permutations} permutations")
        contenders = [ours(bench, f"tendik, {jobs} thread{'s' * (jobs > 1)}",
                           f"local_moran/{permutations}/{jobs}/real_time", words.rounds) for jobs in (2, 1)]
        if measuring.wanted(words, "spdep"):
            contenders.append(Contender("spdep localmoran_perm, 1 thread",
                                        ["Rscript", HERE / "spdep_moran.R", folder, "local", permutations],
                                        1 if permutations > 999 else min(words.rounds, 3)))
        runs = measuring.in_turn(contenders)
        measuring.print_table(contenders, runs)
        if len(contenders) > 2 and runs[contenders[-1].name]:
            compare_p(folder, permutations)


def compare_p(folder, permutations):
    """Ours of 9,999 permutations beside theirs: a difference is read in standard errors of a share of permutations."""
    mine, theirs = numbers(folder, "ours_local.csv"), numbers(folder, "spdep_local.csv")
    apart = max(abs(a - b) / max(1.0, abs(a)) for a, b in zip(mine, theirs, strict=True))
    print(f"  the same statistics: {apart <= 1e-9}; largest difference: {apart:.1e}")
    steps = []
    for a, b in zip(numbers(folder, "ours_local_p.csv"), numbers(folder, "spdep_local_p.csv"), strict=True):
        share = max((a + b) / 4, 1 / permutations)
        steps.append(abs(a - b) / (2 * math.sqrt(share * (1 - share) * (1 / permutations + 1 / 9999))))
    beyond = sum(step > 3 for step in steps) / len(steps)
    print(f"  p of {len(steps)} regions: {100 * beyond:.1f} % lie more than 3 standard errors of the permutations apart, "
          f"the farthest {max(steps):.1f}")


def compare_global(words):
    bench, folder = bench_of(words)
    if not bench:
        return
    contenders = [ours(bench, f"tendik, {jobs} thread{'s' * (jobs > 1)}", f"global_moran/9999/{jobs}/real_time",
                       words.rounds) for jobs in (2, 1)]
    if measuring.wanted(words, "spdep"):
        contenders.append(Contender("spdep moran.mc, 1 thread",
                                    ["Rscript", HERE / "spdep_moran.R", folder, "global", 99 if words.quick else 9999], words.rounds))
    runs = measuring.in_turn(contenders)
    measuring.print_table(contenders, runs)
    if len(contenders) > 2 and runs[contenders[-1].name]:
        mine, theirs = numbers(folder, "ours_global.csv"), numbers(folder, "spdep_global.csv")
        print(f"  Moran's I {mine[0]:.12g} and {theirs[0]:.12g}, two-sided p {mine[1]:.4g} and {theirs[1]:.4g}")


def compare_classes(words):
    bench, folder = bench_of(words)
    if not bench:
        return
    contenders = [ours(bench, "tendik, 10,000 values", "fisher/10000", words.rounds)]
    if measuring.wanted(words, "classInt"):
        contenders.append(Contender("classInt fisher, 10,000 values, exact",
                                    ["Rscript", HERE / "classint_fisher.R", folder], min(words.rounds, 3)))
    runs = measuring.in_turn(contenders)
    measuring.print_table(contenders, runs)
    if len(contenders) > 1 and runs[contenders[-1].name]:
        mine, theirs = numbers(folder, "ours_breaks.csv"), numbers(folder, "classint_breaks.csv")
        apart = max(abs(a - b) / abs(b) for a, b in zip(mine, theirs, strict=True))
        print(f"  the same breaks: {apart <= 1e-9}; largest difference: {apart:.1e}")
    if not words.quick:
        million = [ours(bench, "tendik, 1,000,000 values", "fisher/1000000", words.rounds)]
        measuring.print_table(million, measuring.in_turn(million))
