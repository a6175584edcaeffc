"""Runs programs in turn, takes their time and their peak of memory, prints tables of ratios."""
import dataclasses
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


@dataclasses.dataclass
class Run:
    seconds: float  # what the program says of its work, else from start to end
    processor_seconds: float
    peak_mb: float  # of resident memory, in units of 2^20 bytes
    text: str


@dataclasses.dataclass
class Contender:
    name: str
    words: list
    rounds: int
    note: str = ""  # what the table says beside it


def run(words, environment=None):
    """A program that prints 'seconds: X' is taken at its word: the time of the work without its own start."""
    with tempfile.TemporaryFile(mode="w+") as output:
        begin = time.monotonic()
        process = subprocess.Popen([str(word) for word in words], stdout=output, stderr=subprocess.STDOUT,
                                   env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}\n  left with {process.returncode}:\n{text[-2000:]}")
    stated = re.findall(r"^seconds: ([0-9.]+)", text, re.MULTILINE)
    if stated:
        seconds = float(stated[-1])
    stated = re.findall(r"^processors: ([0-9.]+)", text, re.MULTILINE)
    if stated:
        return Run(seconds, float(stated[-1]), usage.ru_maxrss / 1024, text)
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def in_turn(contenders):
    """Every contender once, then again those with rounds left: {name: [Run]}."""
    runs = {contender.name: [] for contender in contenders}
    for number in range(max(contender.rounds for contender in contenders)):
        for contender in contenders:
            if number >= contender.rounds or (number > 0 and not runs[contender.name]):
                continue
            try:
                runs[contender.name].append(run(contender.words))
                last = runs[contender.name][-1]
                print(f"  {contender.name}: {last.seconds:.2f} s", file=sys.stderr, flush=True)
            except (RuntimeError, OSError) as fault:
                print(f"  {contender.name} failed: {fault}", flush=True)
    return runs


def ratio(theirs, ours):
    """Their time by ours in the same round; of several rounds the median."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(theirs, ours))


def print_table(contenders, runs):
    ours = runs[contenders[0].name]
    if not ours:
        return
    spent = statistics.median(one.processor_seconds for one in ours)
    print(f"  {'':44} {'seconds':>8} {'by ours':>8} {'processors':>11} {'by ours':>8} {'peak MB':>8} rounds")
    for contender in contenders:
        theirs = runs[contender.name]
        if not theirs:
            print(f"  {contender.name:44} {'-':>8}   not measured")
            continue
        seconds = statistics.median(one.seconds for one in theirs)
        processors = statistics.median(one.processor_seconds for one in theirs)
        peak = max(one.peak_mb for one in theirs)
        print(f"  {contender.name:44} {seconds:8.2f} {ratio(theirs, ours):8.2f} {processors:11.2f} {processors / spent:8.2f} {peak:8.0f} "
              f"{len(theirs)}{'  ' + contender.note if contender.note else ''}")


def r_version(package):
    if not shutil.which("Rscript"):
        return None
    found = subprocess.run(["Rscript", "-e", f'cat(as.character(packageVersion("{package}")))'],
                           capture_output=True, text=True, check=False)
    return found.stdout if found.returncode == 0 else None


def grass_version():
    if not shutil.which("grass"):
        return None
    return subprocess.run(["grass", "--config", "version"], capture_output=True, text=True, check=False).stdout.strip()


def qgis_version():
    """Asked by another process: what this one holds would count as a peak of the programs that it starts."""
    found = subprocess.run(["/usr/bin/python3", "-c", "from qgis.core import Qgis; print(Qgis.QGIS_VERSION)"],
                           capture_output=True, text=True, check=False)
    return found.stdout.strip().split("-")[0] if found.returncode == 0 else None


PEERS = {
    "terra": lambda: r_version("terra"),
    "gstat": lambda: r_version("gstat"),
    "spdep": lambda: r_version("spdep"),
    "classInt": lambda: r_version("classInt"),
    "GRASS": grass_version,
    "QGIS": qgis_version,
}
_found = {}


def found_peers():
    if not _found:
        _found.update({name: version() for name, version in PEERS.items()})
    return _found


def missing_peers():
    return [name for name, version in found_peers().items() if not version]


def wanted(words, peer):
    return bool(found_peers()[peer]) and peer not in words.without


def versions(tendik):
    own = subprocess.run([tendik, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    gdal = subprocess.run(["gdalinfo", "--version"], capture_output=True, text=True, check=False).stdout.split(",")[0]
    return ", ".join([own, gdal] + [f"{name} {version}" for name, version in found_peers().items() if version])


def largest_difference(one, other):
    """Of two {key: number}, relative to the larger number; all keys must be in both."""
    if one.keys() != other.keys():
        raise RuntimeError(f"different regions: {sorted(one.keys() ^ other.keys())}")
    return max(abs(one[key] - other[key]) / max(abs(one[key]), abs(other[key]), 1e-300) for key in one)
