#!/usr/bin/python3
"""`tendik inspect --verify` passes the archives of the atlas and refuses damaged copies:

archive_check_test.py PROGRAM FOLDER WORK   (FOLDER as make_atlas.py left it)
"""
import pathlib
import shutil
import struct
import sys

import pmtiles_archive
import scene


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1:]


def with_number(data, at, step):
    """The 8-byte number of the header at `at`, changed by `step`."""
    return data[:at] + struct.pack("<Q", struct.unpack_from("<Q", data, at)[0] + step) + data[at + 8:]


def damages(path):
    """What may happen to a file; positions of header fields as in chapter 3 of the specification."""
    data = path.read_bytes()
    archive = pmtiles_archive.Archive(path)
    return {
        "another magic number": flipped(data, 0),
        "another version": flipped(data, 7),
        "cut in the header": data[:100],
        "cut in the tiles": data[:-1],
        "empty": b"",
        "a byte in the root directory": flipped(data, archive.root + archive.root_length // 2),
        "a byte in the metadata": flipped(data, archive.meta + archive.meta_length // 2),
        "a byte in the first tile": flipped(data, archive.tiles_at + 40),
        "a byte in the last tile": flipped(data, archive.tiles_at + archive.tiles_length - 20),
        "one tile too many counted": with_number(data, 72, 1),
        "one entry too few counted": with_number(data, 80, -1),
        "a deepest zoom without tiles": data[:101] + bytes([archive.max_zoom + 1]) + data[102:],
    }


def main():
    program, made, work = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    faults = scene.Faults()
    archives = sorted((made / "atlas" / "tiles").glob("*.pmtiles"))
    faults.same(len(archives), 3, "archives of the atlas")
    for path in archives:
        done = scene.run_program(program, ["inspect", "--verify", path], work)
        faults.same(done.returncode, 0, f"{path.name}: exit code ({done.stderr})")
        for number, (what, content) in enumerate(damages(path).items()):
            copy = work / f"{path.stem}_{number}.pmtiles"
            copy.write_bytes(content)
            done = scene.run_program(program, ["inspect", "--verify", copy], work)
            faults.same(done.returncode, 1, f"{path.name} with {what}: exit code")
            faults.expect(done.stdout + done.stderr, f"{path.name} with {what}: not a word")
            print(f"{what}: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
