#!/usr/bin/python3
"""The top level of the tree is a facade: it holds the names below and no others.

Looks at the tracked files where git can tell them, else at the folder without what building and running leave.
"""
import argparse
import pathlib
import subprocess
import sys

ALLOWED = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "NOTICE",
    ".github", ".ci", ".clang-format", ".clang-tidy", ".editorconfig", ".gitignore", ".gitattributes",
    "include", "src", "geodata", "styles", "tests", "tools",
}
REQUIRED = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "include", "src", "tests", "tools"}
LEFT_BEHIND = {
    ".git", "build", "install", "atlas", ".cache", ".idea", ".vscode",
    "CMakeUserPresets.json", "compile_commands.json",
}


def tracked_names(root):
    """The first path components of tracked files, or None where git has no answer for this folder."""
    try:
        listing = subprocess.run(["git", "-C", root, "ls-files", "-z", "--full-name"],
                                 capture_output=True, check=True)
        top = subprocess.run(["git", "-C", root, "rev-parse", "--show-toplevel"],
                             capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    if pathlib.Path(top.stdout.strip()).resolve() != root:
        return None
    return {name.split("/")[0] for name in listing.stdout.decode().split("\0") if name}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root.resolve()
    names = tracked_names(root)
    if names is None:
        names = {entry.name for entry in root.iterdir()} - LEFT_BEHIND
    offences = [f"'{name}' has no place at the top level" for name in sorted(names - ALLOWED)]
    offences += [f"'{name}' is missing at the top level" for name in sorted(REQUIRED)
                 if not (root / name).exists()]
    print("\n".join(offences) if offences else f"{len(names)} names, each in its place")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
