#!/usr/bin/python3
"""Every function in src, include and tests stays under 60 lines, lambdas inside it counted.

universal-ctags says where functions begin and end. Leaves with 77 (skipped) where ctags is absent.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys

LIMIT = 60
SKIPPED = 77


def functions(root, files):
    """(file, name, first line, last line) of each function that ctags finds."""
    command = ["ctags", "--languages=C++", "--langmap=C++:+.h", "--kinds-C++=f", "--fields=+neS", "--sort=no",
               "--output-format=json", "-o", "-", "-L", "-"]
    listing = subprocess.run(command, input="\n".join(str(f) for f in files), cwd=root, capture_output=True,
                             check=True, text=True)
    for line in listing.stdout.splitlines():
        tag = json.loads(line)
        if tag.get("_type") == "tag" and "end" in tag:
            # ctags takes TEST(Join, Keeps) for a function TEST with two parameters: name it by both.
            name = tag["name"] + (tag.get("signature", "") if tag["name"].isupper() else "")
            yield tag["path"], name, tag["line"], tag["end"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root.resolve()
    if shutil.which("ctags") is None:
        print("skipped: ctags is not installed (package universal-ctags)")
        return SKIPPED
    files = [path.relative_to(root) for top in ("src", "include", "tests")
             for path in sorted((root / top).rglob("*"))
             if path.suffix in {".cpp", ".h"} and "node_modules" not in path.parts]
    found = list(functions(root, files)) if files else []
    offences = [f"{path}:{first}: '{name}' has {last - first + 1} lines, functions stay under {LIMIT}"
                for path, name, first, last in found if last - first + 1 >= LIMIT]
    print("\n".join(offences) if offences else f"{len(found)} functions, all under {LIMIT} lines")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
