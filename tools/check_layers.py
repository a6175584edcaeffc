#!/usr/bin/python3
"""Holds every #include and every CMake link of src/ and include/ to tools/layers.toml.

Arrows go down only; a room sees another room's public headers only; an outside library lives in one room and
never shows in a public header. Prints each offence as FILE:LINE: text and leaves with 1 if there is one.
"""
import argparse
import fnmatch
import pathlib
import re
import sys
import tomllib

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STANDARD = re.compile(r"^[a-z][a-z0-9_]*$")
SOURCES = {".cpp", ".h"}
CMAKE_WORDS = {"SOURCES", "HEADERS", "USES", "PUBLIC_PARTS", "THIRD_PARTY"}


class House:
    def __init__(self, root):
        self.root = root
        with open(root / "tools/layers.toml", "rb") as file:
            table = tomllib.load(file)
        self.rooms = table["rooms"]
        self.libraries = table["libraries"]
        self.max_sources = table.get("max_sources", 12)
        self.exempt = set(table.get("max_sources_exempt", []))
        self.offences = []

    def report(self, path, line, text):
        name = path.relative_to(self.root) if path.is_absolute() else path
        self.offences.append(f"{name}:{line}: {text}")

    def library_of_header(self, header):
        for name, library in self.libraries.items():
            for pattern in library["headers"]:
                if fnmatch.fnmatchcase(header, pattern + "*" if pattern.endswith("/") else pattern):
                    return name
        return None

    def library_of_target(self, target):
        return next((n for n, l in self.libraries.items() if target in l["targets"]), None)

    def lives_in(self, library, room):
        rooms = self.libraries[library]["rooms"]
        return rooms == ["*"] or room in rooms

    def everywhere(self, library):
        return self.libraries[library]["rooms"] == ["*"]

    def may_see(self, room, other):
        return other == room or other in self.rooms[room]["includes"]


def check_table(house):
    """The table itself: arrows down, one room a library."""
    path = pathlib.Path("tools/layers.toml")
    for room, entry in house.rooms.items():
        for other in entry["includes"]:
            if other not in house.rooms:
                house.report(path, 1, f"room '{room}' may include '{other}', which is no room")
            elif house.rooms[other]["floor"] >= entry["floor"]:
                house.report(path, 1, f"room '{room}' (floor {entry['floor']}) may not include '{other}' "
                                      f"(floor {house.rooms[other]['floor']}): arrows go down only")
    for name, library in house.libraries.items():
        if len(library["rooms"]) != 1 and not library.get("system", False):
            house.report(path, 1, f"library '{name}' must live in one room, not in {library['rooms']}")
        for room in library["rooms"]:
            if room != "*" and room not in house.rooms:
                house.report(path, 1, f"library '{name}' lives in '{room}', which is no room")


def check_folders(house):
    for top in ("src", "include/tendik"):
        folder = house.root / top
        for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
            if not entry.is_dir():
                continue
            if entry.name not in house.rooms:
                house.report(entry, 1, f"'{entry.name}' is no room of tools/layers.toml")
                continue
            for inner in sorted(p for p in entry.iterdir() if p.is_dir()):
                house.report(inner, 1, f"room '{entry.name}' has a sub-room; rooms have none")
            count = len(list(entry.glob("*.cpp")))
            if count > house.max_sources and entry.name not in house.exempt:
                house.report(entry, 1, f"room '{entry.name}' has {count} sources, at most "
                                       f"{house.max_sources} make one room")


def without_comments(text):
    """Blanks out block comments, keeping line numbers."""
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def includes_of(path):
    for number, line in enumerate(without_comments(path.read_text(encoding="utf-8")).splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def check_tendik_header(house, path, line, room, header):
    parts = header.split("/")
    if len(parts) != 3 or parts[1] not in house.rooms:
        house.report(path, line, f'"{header}" is not of the form tendik/<room>/<thing>.h')
    elif not house.may_see(room, parts[1]):
        house.report(path, line, f"room '{room}' includes \"{header}\", but may not include '{parts[1]}'")
    elif not (house.root / "include" / header).is_file():
        house.report(path, line, f'"{header}" does not exist under include/')


def check_private_header(house, path, line, room, header, public):
    if public:
        house.report(path, line, f'public header includes the private "{header}"')
    elif "/" in header or not (path.parent / header).is_file():
        house.report(path, line, f'"{header}" is no private header beside this file; other rooms are reached '
                                 "through tendik/<room>/ only")


def check_outside_header(house, path, line, room, header, public):
    if STANDARD.match(header):
        return
    library = house.library_of_header(header)
    if library is None:
        house.report(path, line, f"<{header}> belongs to no library of tools/layers.toml")
    elif not house.lives_in(library, room):
        house.report(path, line, f"<{header}> of '{library}' lives in {house.libraries[library]['rooms']}, "
                                 f"not in '{room}'")
    elif public and not house.everywhere(library):
        house.report(path, line, f"public header shows <{header}> of '{library}'; keep it in src/{room}/")


def check_file(house, path, room, public):
    for line, mark, header in includes_of(path):
        if header.startswith("tendik/"):
            check_tendik_header(house, path, line, room, header)
        elif mark == '"':
            check_private_header(house, path, line, room, header, public)
        else:
            check_outside_header(house, path, line, room, header, public)


def check_includes(house):
    for top, public in (("src", False), ("include/tendik", True)):
        for room in house.rooms:
            for path in sorted((house.root / top / room).rglob("*")):
                if path.suffix in SOURCES:
                    check_file(house, path, room, public)


def check_cmake_word(house, path, line, room, section, word):
    if section == "USES" or word.startswith("tendik::"):
        other = word.removeprefix("tendik::")
        if section == "USES" and other not in house.rooms:
            house.report(path, line, f"room '{room}' uses '{other}', which is no room")
        elif other in house.rooms and not house.may_see(room, other):
            house.report(path, line, f"room '{room}' links '{other}', but may not include it")
    elif "::" in word and not word.startswith("$"):
        library = house.library_of_target(word)
        if library is None:
            house.report(path, line, f"'{word}' belongs to no library of tools/layers.toml")
        elif not house.lives_in(library, room):
            house.report(path, line, f"'{word}' of '{library}' is linked by '{room}', but lives in "
                                     f"{house.libraries[library]['rooms']}")


def check_links(house):
    for room in house.rooms:
        path = house.root / "src" / room / "CMakeLists.txt"
        if not path.is_file():
            continue
        section = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for word in re.findall(r"[^\s()]+", line.split("#")[0]):
                if word in CMAKE_WORDS:
                    section = word
                elif re.fullmatch(r"[a-z_]+", word) and re.search(rf"\b{word}\s*\(", line):
                    section = ""
                else:
                    check_cmake_word(house, path, number, room, section, word)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    house = House(parser.parse_args().root.resolve())
    for check in (check_table, check_folders, check_includes, check_links):
        check(house)
    print("\n".join(house.offences) if house.offences else f"{len(house.rooms)} rooms, all arrows go down")
    return 1 if house.offences else 0


if __name__ == "__main__":
    sys.exit(main())
