#!/usr/bin/python3
"""File names say what is inside: snake_case, no word that fits everything, tests named after their thing. Names in
the code are ASCII: a Cyrillic letter that looks like a Latin one makes two names of what reads as one."""
import argparse
import pathlib
import re
import sys

FITS_EVERYTHING = {"util", "utils", "utility", "utilities", "helper", "helpers", "common", "misc", "manager"}
SNAKE = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
CODE = {".cpp", ".h"}
TOPS = ("src", "include", "tests", "tools", "styles", "geodata")


LITERALS = re.compile(r'''R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/''', re.DOTALL)


def names_beyond_ascii(path, name):
    """Letters beyond ASCII outside of texts and comments."""
    code = LITERALS.sub(lambda found: "\n" * found.group().count("\n"), path.read_text(encoding="utf-8"))
    for number, line in enumerate(code.splitlines(), 1):
        if not line.isascii():
            yield f"{name}:{number}: a name with letters beyond ASCII: {line.strip()}"


def offences_of(path, name):
    words = set(re.split(r"[_\-.]", path.stem.lower()))
    for word in sorted(words & FITS_EVERYTHING):
        yield f"{name}:1: '{word}' fits everything; name the file after the one thing inside"
    if path.suffix in CODE and not SNAKE.match(path.stem):
        yield f"{name}:1: source files are named in snake_case"
    if name.startswith("tests/unit/") and path.suffix == ".cpp" and not path.stem.endswith("_test"):
        yield f"{name}:1: unit tests are named <thing>_test.cpp"
    if path.suffix in {".cc", ".cxx", ".hpp", ".hh", ".hxx"}:
        yield f"{name}:1: sources end in .cpp, headers in .h"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    root = parser.parse_args().root.resolve()
    offences, count = [], 0
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if "node_modules" in path.parts or "__pycache__" in path.parts:
                continue
            count += 1
            offences += offences_of(path, str(path.relative_to(root)))
            if path.suffix in CODE:
                offences += names_beyond_ascii(path, str(path.relative_to(root)))
    print("\n".join(offences) if offences else f"{count} names, each says what is inside")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
