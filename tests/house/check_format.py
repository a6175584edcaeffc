#!/usr/bin/python3
"""All C++ is formatted as .clang-format says. Leaves with 77 (skipped) where clang-format-16 is absent."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

TOOL = "clang-format-16"
SKIPPED = 77


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    root = parser.parse_args().root.resolve()
    if shutil.which(TOOL) is None:
        print(f"skipped: {TOOL} is not installed; other versions break lines elsewhere")
        return SKIPPED
    files = [path.relative_to(root) for top in ("src", "include", "tests")
             for path in sorted((root / top).rglob("*"))
             if path.suffix in {".cpp", ".h"} and "node_modules" not in path.parts]
    if not files:
        print("no C++ here")
        return 0
    result = subprocess.run([TOOL, "--dry-run", "-Werror", *map(str, files)], cwd=root,
                            capture_output=True, text=True)
    if result.returncode == 0:
        print(f"{len(files)} files, all formatted")
        return 0
    places = re.findall(r"^(\S+:\d+):\d+: error: (.*)$", result.stderr, flags=re.M)
    print("\n".join(f"{place}: {text}" for place, text in places) or result.stderr)
    bad = sorted({place.rsplit(":", 1)[0] for place, _ in places})
    print(f"mend with: {TOOL} -i {' '.join(bad)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
