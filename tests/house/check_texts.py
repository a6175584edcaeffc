#!/usr/bin/python3
"""Every text a reader meets exists in English, Russian and Kazakh, and every word is of one alphabet.

Reads styles/texts/*.toml and geodata/**/*.toml. A table with a key en, ru or kk is a text and needs all
three, none empty, with the same {slots}; so do keys like name_en, name_ru, name_kk. A Latin letter inside a
Cyrillic word looks right and breaks searching, sorting and lettering.
"""
import argparse
import pathlib
import re
import sys
import tomllib
import unicodedata

LANGUAGES = ("en", "ru", "kk")
WORD = re.compile(r"[^\W\d_]+")
SUFFIXED = re.compile(r"^(.+)_(en|ru|kk)$")
SLOT = re.compile(r"\{[^{}]*\}")


def alphabets(word):
    return {unicodedata.name(letter, "?").split(" ")[0] for letter in unicodedata.normalize("NFC", word)}


def mixed_words(text):
    for word in WORD.findall(SLOT.sub(" ", text)):
        if {"LATIN", "CYRILLIC"} <= alphabets(word):
            strangers = [f"U+{ord(letter):04X}" for letter in word if "LATIN" in alphabets(letter)]
            yield word, strangers


def text_groups(table):
    """{name: {language: value}} of the texts that stand directly in a table."""
    groups = {}
    for key, value in table.items():
        if key in LANGUAGES and not isinstance(value, dict):
            groups.setdefault("", {})[key] = value
        elif match := SUFFIXED.match(key):
            groups.setdefault(match.group(1), {})[match.group(2)] = value
    return groups


def check_group(where, group):
    for language in LANGUAGES:
        if language not in group:
            yield f"{where}: no text in '{language}'"
        elif isinstance(group[language], str) and not group[language].strip():
            yield f"{where}: the text in '{language}' is empty"
    slots = {language: sorted(SLOT.findall(value)) for language, value in group.items() if isinstance(value, str)}
    for language, found in slots.items():
        if "en" in slots and found != slots["en"]:
            yield f"{where}: '{language}' has the slots {found}, 'en' has {slots['en']}"


def check_value(where, value):
    if isinstance(value, dict):
        for name, group in text_groups(value).items():
            yield from check_group(".".join(part for part in (where, name) if part), group)
        for key, inner in value.items():
            yield from check_value(f"{where}.{key}" if where else key, inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            name = inner.get("code", index) if isinstance(inner, dict) else index
            yield from check_value(f"{where}[{name}]", inner)
    elif isinstance(value, str):
        for word, strangers in mixed_words(value):
            yield f"{where}: '{word}' has Latin letters ({', '.join(strangers)}) among Cyrillic ones"


def check_file(path):
    try:
        with open(path, "rb") as file:
            table = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield f"not TOML: {error}"
        return
    yield from check_value("", table)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    root = parser.parse_args().root.resolve()
    files = sorted((root / "styles/texts").glob("*.toml")) + sorted((root / "geodata").rglob("*.toml"))
    offences = [f"{path.relative_to(root)}: {text}" for path in files for text in check_file(path)]
    print("\n".join(offences) if offences else f"{len(files)} files, every text in {', '.join(LANGUAGES)}")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
