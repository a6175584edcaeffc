#!/usr/bin/python3
"""Makes the built-in atlas that the other scenes read: make_atlas.py PROGRAM FOLDER.

FOLDER gets atlas/ and the program's words: summary.txt (standard output), messages.txt (standard error).
"""
import pathlib
import shutil
import sys

import scene


def main():
    program, folder = map(pathlib.Path, sys.argv[1:3])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = scene.run_program(program, ["run", "-o", folder / "atlas", "--data", scene.SOURCE], folder)
    (folder / "summary.txt").write_text(done.stdout, encoding="utf-8")
    (folder / "messages.txt").write_text(done.stderr, encoding="utf-8")
    print(done.stderr)
    faults = scene.Faults()
    faults.same(done.returncode, 0, "exit code of `tendik run`")
    faults.same(sorted(path.name for path in folder.iterdir()), ["atlas", "messages.txt", "summary.txt"], "left behind")
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
