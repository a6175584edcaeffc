"""B13: what the program takes of memory under --max-memory."""
import measuring
import zonal
from measuring import Contender

LIMIT_MB = 256


def compare(words):
    alone = measuring.run([words.build / "bin/tendik", "--version"]).peak_mb
    print(f"  the program alone, asked for its version: {alone:.0f} MB")
    rasters = {"107.5 M cells": zonal.values_raster(words),
               "968 M cells": zonal.make_raster(words, "fine", 3, 50400, 19200, 3)}
    contenders = []
    for name, raster in rasters.items():
        output = words.folder / "memory.csv"
        contenders.append(Contender(f"tendik zonal, {name}, {LIMIT_MB} MB allowed", zonal.ours(
            words, raster, output, "--stats", ",".join(zonal.STATISTICS), "--max-memory", f"{LIMIT_MB}MB"), 1))
    runs = measuring.in_turn(contenders)
    for contender in contenders:
        for one in runs[contender.name]:
            word = "stays under" if one.peak_mb <= LIMIT_MB else "EXCEEDS"
            print(f"  {contender.name}: peak {one.peak_mb:.0f} MB, {word} it; {one.seconds:.1f} s")
