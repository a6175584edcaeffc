#!/usr/bin/python3
"""The atlas is the same, byte by byte, however often, where and with how many threads it is made:

same_bytes_test.py PROGRAM FOLDER WORK   (FOLDER as make_atlas.py left it)
"""
import pathlib
import shutil
import sys

import scene


def compare(faults, first, other, what):
    wanted, found = scene.tree_of(first), scene.tree_of(other)
    faults.same(sorted(found), sorted(wanted), f"files {what}")
    for name in sorted(set(wanted) & set(found)):
        faults.expect(found[name] == wanted[name], f"{name} differs {what}")


def main():
    program, made, work = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    shutil.rmtree(work, ignore_errors=True)
    (work / "elsewhere").mkdir(parents=True)
    faults = scene.Faults()
    # The second run replaces what the first one wrote.
    for jobs, zone in (("1", "Asia/Almaty"), ("4", "America/Lima")):
        done = scene.run_program(program, ["run", "-o", "another name", "--data", scene.SOURCE, "--jobs", jobs],
                                 work / "elsewhere", TZ=zone)
        if faults.same(done.returncode, 0, f"exit code with --jobs {jobs} ({done.stderr})"):
            compare(faults, made / "atlas", work / "elsewhere" / "another name", f"with --jobs {jobs}")
    faults.same([path.name for path in (work / "elsewhere").iterdir()], ["another name"], "left behind")
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
