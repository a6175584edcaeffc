#!/usr/bin/python3
"""No place of one machine in the tree: no absolute home, work or scratch path in code, styles and data, no
package registry's address in lock files.
"""
import argparse
import json
import pathlib
import re
import sys

# Not preceded by a letter, dot or slash: 'https://example.org/home/' and 'a/work/' name no place on a machine.
PLACE = re.compile(r"(?<![\w.~/-])/(?:home|root|work|tmp|Users|workspace)/\w")
TEXT = {".cpp", ".h", ".txt", ".cmake", ".json", ".toml", ".py", ".sh", ".js", ".mjs", ".css", ".html", ".csv",
        ".geojson", ".md", ".qml", ".yml", ""}
TOPS = ("src", "include", "tests", "tools", "styles", "geodata", ".github", ".ci")
ALONE = ("CMakeLists.txt", "CMakePresets.json", "README.md")
# These two hold offences on purpose.
SPARED = {"tests/house/check_paths.py", "tests/house/self_test.py"}
LIMIT_BYTES = 20_000_000


def files_of(root):
    for name in ALONE:
        if (root / name).is_file():
            yield root / name
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and not {"node_modules", "__pycache__"} & set(path.parts):
                yield path


def check_places(text):
    for number, line in enumerate(text.splitlines(), 1):
        if match := PLACE.search(line):
            yield number, f"'{line[match.start():match.start() + 40].strip()}' is a place on one machine"


def check_lock(text):
    for name, package in json.loads(text).get("packages", {}).items():
        if re.match(r"(https?|git\S*):", package.get("resolved", "")):
            yield 1, f"package '{name}' names its registry: {package['resolved']}"


def check_file(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    yield from check_places(text)
    if path.name == "package-lock.json":
        yield from check_lock(text)
    if path.name == ".npmrc" and re.search(r"registry\s*=", text):
        yield 1, "the registry is the user's choice, not the tree's"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    root = parser.parse_args().root.resolve()
    offences, count = [], 0
    for path in files_of(root):
        name = str(path.relative_to(root))
        if path.suffix not in TEXT and path.name != ".npmrc":
            continue
        if name in SPARED or path.stat().st_size > LIMIT_BYTES:
            continue
        count += 1
        offences += [f"{name}:{line}: {text}" for line, text in check_file(path)]
    print("\n".join(offences) if offences else f"{count} files, none tied to one machine")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
