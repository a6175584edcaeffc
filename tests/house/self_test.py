#!/usr/bin/python3
"""Every house test goes red on a tree with the offence it looks for, and green on one without.

Each test writes a small tree into a temporary folder and runs the check as CTest does, by its exit code and its
message. The scripts of tools/ are tried with stand-ins for cmake and ctest.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "CI"}


class TreeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def write_program(self, name, text):
        self.write(name, "#!/bin/sh\n" + text).chmod(0o755)

    def run_check(self, script):
        return subprocess.run(["/usr/bin/python3", "-B", ROOT / script, "--root", self.root],
                              capture_output=True, text=True, env=ENVIRONMENT)

    def assert_green(self, script):
        result = self.run_check(script)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def assert_red(self, script, *words):
        result = self.run_check(script)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stdout)


class Layers(TreeTest):
    script = "tools/check_layers.py"

    def setUp(self):
        super().setUp()
        self.write("tools/layers.toml", (ROOT / "tools/layers.toml").read_text(encoding="utf-8"))
        self.write("include/tendik/base/error.h", "#pragma once\n#include <string>\n")
        self.write("include/tendik/model/atlas.h", '#pragma once\n#include "tendik/base/error.h"\n')
        self.write("include/tendik/stats/gini.h", '#pragma once\n#include "tendik/model/atlas.h"\n')
        self.write("include/tendik/style/palette.h", "#pragma once\n#include <fmt/format.h>\n")
        self.write("src/io/read.cpp", '#include "row.h"\n#include <gdal_priv.h>\n#include <vector>\n')
        self.write("src/io/row.h", "#pragma once\n")
        self.write("src/io/CMakeLists.txt", "tendik_room(io\n    SOURCES read.cpp\n    USES base model\n"
                                            "    THIRD_PARTY GDAL::GDAL)\n")

    def test_house_in_order_is_green(self):
        self.assert_green(self.script)

    def test_arrow_upwards_is_named(self):
        self.write("src/base/error.cpp", '\n#include "tendik/model/atlas.h"\n')
        self.assert_red(self.script, "src/base/error.cpp:2", "room 'base'", "'model'")

    def test_neighbours_on_one_floor_are_named(self):
        self.write("src/style/palette.cpp", '#include "tendik/stats/gini.h"\n')
        self.assert_red(self.script, "src/style/palette.cpp:1", "may not include 'stats'")

    def test_cli_sees_run_and_base_only(self):
        self.write("src/cli/command_measure.cpp", '#include "tendik/stats/gini.h"\n')
        self.assert_red(self.script, "src/cli/command_measure.cpp:1", "'stats'")

    def test_outside_library_in_a_second_room_is_named(self):
        self.write("src/stats/gini.cpp", "#include <ogr_spatialref.h>\n")
        self.assert_red(self.script, "src/stats/gini.cpp:1", "ogr_spatialref.h", "'gdal'")

    def test_unknown_outside_header_is_named(self):
        self.write("src/io/sheet.cpp", "#include <xlsxio_read.h>\n")
        self.assert_red(self.script, "xlsxio_read.h")

    def test_outside_library_in_a_public_header_is_named(self):
        self.write("include/tendik/io/layer.h", "#pragma once\n#include <gdal.h>\n")
        self.assert_red(self.script, "include/tendik/io/layer.h:2", "public header")

    def test_private_header_of_another_room_is_named(self):
        self.write("src/run/load.cpp", '#include "../io/row.h"\n')
        self.assert_red(self.script, "src/run/load.cpp:1", "../io/row.h")

    def test_private_header_in_a_public_one_is_named(self):
        self.write("include/tendik/io/table.h", '#include "row.h"\n')
        self.assert_red(self.script, "include/tendik/io/table.h:1", "row.h")

    def test_public_header_that_does_not_exist_is_named(self):
        self.write("src/io/table.cpp", '#include "tendik/model/table.h"\n')
        self.assert_red(self.script, "tendik/model/table.h", "does not exist")

    def test_link_against_the_arrows_is_named(self):
        self.write("src/stats/CMakeLists.txt", "tendik_room(stats\n    USES base style)\n")
        self.assert_red(self.script, "src/stats/CMakeLists.txt:2", "'style'")

    def test_linked_library_of_another_room_is_named(self):
        self.write("src/stats/CMakeLists.txt", "tendik_room(stats\n    USES base\n    THIRD_PARTY PROJ::proj)\n")
        self.assert_red(self.script, "src/stats/CMakeLists.txt:3", "PROJ::proj")

    def test_room_that_is_not_in_the_table_is_named(self):
        self.write("src/attic/box.cpp", "")
        self.assert_red(self.script, "'attic'")

    def test_sub_room_is_named(self):
        self.write("src/io/csv/read.cpp", "")
        self.assert_red(self.script, "src/io/csv", "sub-room")

    def test_room_of_thirteen_sources_is_named(self):
        for number in range(13):
            self.write(f"src/stats/measure_{number}.cpp", "")
        self.assert_red(self.script, "room 'stats' has 13 sources")

    def test_table_with_an_arrow_upwards_is_named(self):
        table = (ROOT / "tools/layers.toml").read_text(encoding="utf-8")
        self.write("tools/layers.toml", table.replace("base     = { floor = 1, includes = []",
                                                      'base     = { floor = 1, includes = ["geom"]'))
        self.assert_red(self.script, "room 'base' (floor 1) may not include 'geom'")

    def test_commented_include_is_no_include(self):
        self.write("src/base/text.cpp", '// #include "tendik/model/atlas.h"\n/*\n#include <gdal.h>\n*/\n')
        self.assert_green(self.script)


class TopLevel(TreeTest):
    script = "tools/check_top_level.py"

    def setUp(self):
        super().setUp()
        for name in ("CMakeLists.txt", "CMakePresets.json", "LICENSE"):
            self.write(name, "")
        for name in ("include", "src", "tests", "tools", "build"):
            self.write(f"{name}/keep", "")

    def test_allowed_names_are_green(self):
        self.assert_green(self.script)

    def test_stranger_is_named(self):
        self.write("notes.md", "")
        self.assert_red(self.script, "'notes.md'")

    def test_missing_name_is_named(self):
        (self.root / "LICENSE").unlink()
        self.assert_red(self.script, "'LICENSE' is missing")

    @unittest.skipUnless(shutil.which("git"), "git is not installed")
    def test_git_checkout_is_judged_by_tracked_files(self):
        subprocess.run(["git", "init", "-q", self.root], check=True)
        self.write("scratch.txt", "")
        self.assert_green(self.script)
        subprocess.run(["git", "-C", self.root, "add", "scratch.txt"], check=True)
        self.assert_red(self.script, "'scratch.txt'")


@unittest.skipUnless(shutil.which("ctags"), "ctags is not installed")
class Functions(TreeTest):
    script = "tools/check_functions.py"

    def body(self, head, lines):
        return head + " {\n" + "    work();\n" * lines + "}\n"

    def test_59_lines_are_green(self):
        self.write("src/io/read.cpp", self.body("void read()", 57))
        self.assert_green(self.script)

    def test_60_lines_are_named(self):
        self.write("src/io/read.cpp", "\n" + self.body("void read()", 58))
        self.assert_red(self.script, "src/io/read.cpp:2: 'read' has 60 lines")

    def test_long_method_in_a_header_is_named(self):
        self.write("include/tendik/io/row.h", "class Row {\n" + self.body("int cells() const", 70) + "};\n")
        self.assert_red(self.script, "include/tendik/io/row.h:2: 'cells'")

    def test_long_test_is_named(self):
        self.write("tests/unit/io/read_test.cpp", self.body("TEST(Read, KeepsOrder)", 60))
        self.assert_red(self.script, "TEST(Read,KeepsOrder)")

    def test_lambda_counts_with_its_function(self):
        self.write("src/io/read.cpp", "void read() {\n    each([&] {\n" + "        work();\n" * 58 + "    });\n}\n")
        self.assert_red(self.script, "src/io/read.cpp:1: 'read'")


class Names(TreeTest):
    script = "tests/house/check_names.py"

    def test_telling_names_are_green(self):
        self.write("src/io/read_table.cpp", "")
        self.write("tests/unit/io/read_table_test.cpp", "")
        self.assert_green(self.script)

    def test_word_that_fits_everything_is_named(self):
        for name in ("src/io/csv_util.cpp", "include/tendik/base/helpers.h", "tests/support/common.h"):
            with self.subTest(name):
                path = self.write(name, "")
                self.assert_red(self.script, name)
                path.unlink()

    def test_camel_case_file_is_named(self):
        self.write("src/io/ReadTable.cpp", "")
        self.assert_red(self.script, "src/io/ReadTable.cpp", "snake_case")

    def test_cyrillic_letter_in_a_name_is_named_and_in_a_text_is_not(self):
        self.write("src/io/read.cpp", 'const char* letter = "\u0441";  // \u0441 of Cyrillic\n')
        self.assert_green(self.script)
        self.write("src/io/read.cpp", "int a;\nint \u0441;\n")
        self.assert_red(self.script, "src/io/read.cpp:2:", "beyond ASCII")

    def test_unit_test_without_its_ending_is_named(self):
        self.write("tests/unit/io/read_table.cpp", "")
        self.assert_red(self.script, "tests/unit/io/read_table.cpp", "_test.cpp")


@unittest.skipUnless(shutil.which("clang-format-16"), "clang-format-16 is not installed")
class Format(TreeTest):
    script = "tests/house/check_format.py"

    def setUp(self):
        super().setUp()
        self.write(".clang-format", (ROOT / ".clang-format").read_text(encoding="utf-8"))

    def test_formatted_file_is_green(self):
        self.write("src/io/read.cpp", "int read(const char* name);\n")
        self.assert_green(self.script)

    def test_unformatted_file_is_named_with_the_remedy(self):
        self.write("src/io/read.cpp", "int  read( const char *name );\n")
        self.assert_red(self.script, "src/io/read.cpp:1", "clang-format-16 -i src/io/read.cpp")


class Texts(TreeTest):
    script = "tests/house/check_texts.py"
    year = '[page.year]\nen = "Year {n}"\nru = "Год {n}"\nkk = "Жыл {n}"\n'

    def test_three_languages_are_green(self):
        self.write("styles/texts/page.toml", self.year)
        self.write("geodata/here/catalogue.toml", '[[indicators]]\ncode = "water"\nyears = [2015]\n'
                   'name = { en = "Water", ru = "Вода", kk = "Су" }\nunit = "%"\n')
        self.assert_green(self.script)

    def test_missing_language_is_named(self):
        self.write("styles/texts/page.toml", self.year.replace('kk = "Жыл {n}"\n', ""))
        self.assert_red(self.script, "styles/texts/page.toml: page.year: no text in 'kk'")

    def test_empty_text_is_named(self):
        self.write("styles/texts/page.toml", self.year.replace("Год {n}", " "))
        self.assert_red(self.script, "page.year: the text in 'ru' is empty")

    def test_lost_slot_is_named(self):
        self.write("styles/texts/page.toml", self.year.replace("Год {n}", "Год"))
        self.assert_red(self.script, "page.year: 'ru' has the slots []")

    def test_suffixed_name_without_its_sisters_is_named(self):
        self.write("geodata/here/catalogue.toml", '[[indicators]]\ncode = "water"\nname_en = "Water"\n'
                                                  'name_ru = "Вода"\n')
        self.assert_red(self.script, "indicators[water].name: no text in 'kk'")

    def test_latin_letter_in_a_cyrillic_word_is_named(self):
        # The second letter is Latin o, U+006F.
        self.write("styles/texts/page.toml", self.year.replace("Год", "Г\u006fд"))
        self.assert_red(self.script, "page.year.ru", "U+006F")

    def test_latin_i_in_a_kazakh_word_is_named(self):
        # Kazakh "тіл" needs U+0456, here it has Latin i, U+0069.
        self.write("geodata/here/catalogue.toml", '[a]\nen = "Language"\nru = "Язык"\nkk = "Т\u0069л"\n')
        self.assert_red(self.script, "a.kk", "U+0069")

    def test_broken_toml_is_named(self):
        self.write("styles/texts/page.toml", "[page\n")
        self.assert_red(self.script, "styles/texts/page.toml: not TOML")


class Paths(TreeTest):
    script = "tests/house/check_paths.py"

    def test_relative_path_and_address_are_green(self):
        self.write("src/io/read.cpp", 'auto a = "share/tendik";  // https://example.org/home/page\n')
        self.write("styles/site/package-lock.json", '{"packages": {"a": {"version": "1.0.0"}}}')
        self.assert_green(self.script)

    def test_place_on_one_machine_is_named(self):
        self.write("src/io/read.cpp", '\nauto a = "/home/aigul/data.csv";\n')
        self.assert_red(self.script, "src/io/read.cpp:2", "/home/aigul")

    def test_registry_in_a_lock_file_is_named(self):
        self.write("styles/site/package-lock.json",
                   '{"packages": {"node_modules/a": {"resolved": "https://registry.npmjs.org/a.tgz"}}}')
        self.assert_red(self.script, "styles/site/package-lock.json", "node_modules/a")


class Scripts(TreeTest):
    """tools/setup on another system, tools/test and tools/demo with stand-ins for the programs they call."""

    def setUp(self):
        super().setUp()
        shutil.copytree(ROOT / "tools/packages", self.root / "tools/packages")
        for name in ("tools/setup", "tools/test", "tools/demo"):
            shutil.copy2(ROOT / name, self.root / name)
        self.write_program("bin/cmake", "exit 0\n")

    def run_script(self, *words, **extra):
        path = f"{self.root / 'bin'}:{os.environ['PATH']}"
        return subprocess.run([self.root / words[0], *words[1:]], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, env=ENVIRONMENT | {"PATH": path} | extra)

    def write_ctest(self, summary, code=0):
        self.write_program("bin/ctest", f"cat <<'END'\n{summary}\nEND\nexit {code}\n")

    def test_setup_refuses_another_system_and_names_the_packages(self):
        system = self.write("os-release", 'ID=ubuntu\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu 24.04"\n')
        result = self.run_script("tools/setup", "build", TENDIK_OS_RELEASE=str(system))
        self.assertEqual(result.returncode, 1)
        for word in ("Ubuntu 24.04", "libgdal-dev", "TENDIK_ANY_SYSTEM=1"):
            self.assertIn(word, result.stderr)

    def test_setup_refuses_an_unknown_part(self):
        result = self.run_script("tools/setup", "everything")
        self.assertEqual(result.returncode, 2)
        self.assertIn("'everything'", result.stderr)

    def test_package_lists_name_each_package_once(self):
        names = [line.split("#")[0].split()[0] for path in sorted((ROOT / "tools/packages").glob("*.txt"))
                 if path.name in {"build.txt", "run.txt", "test.txt"}
                 for line in path.read_text(encoding="utf-8").splitlines() if line.split("#")[0].strip()]
        self.assertEqual(sorted(names), sorted(set(names)))

    summary = ("100% tests passed, 0 tests failed out of 2\n\nTotal Test time (real) = 0.01 sec\n\n"
               "The following tests did not run:\n\t  2 - scene.qgis_opens_it (Skipped)")

    def test_skipped_test_passes_at_home(self):
        self.write_ctest(self.summary)
        self.assertEqual(self.run_script("tools/test", "--no-setup").returncode, 0)

    def test_skipped_test_fails_in_ci_by_name(self):
        self.write_ctest(self.summary)
        result = self.run_script("tools/test", "--no-setup", CI="true")
        self.assertEqual(result.returncode, 1)
        self.assertIn("scene.qgis_opens_it", result.stderr)

    def test_complete_run_passes_in_ci_and_ends_with_the_summary(self):
        self.write_ctest("100% tests passed, 0 tests failed out of 2\n\nTotal Test time (real) = 0.01 sec")
        result = self.run_script("tools/test", "--no-setup", CI="true")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(result.stdout.endswith("Total Test time (real) = 0.01 sec\n"))

    def test_failed_test_fails(self):
        self.write_ctest("50% tests passed, 1 tests failed out of 2", code=8)
        self.assertEqual(self.run_script("tools/test", "--no-setup").returncode, 8)

    def run_demo(self, *words):
        self.write_program("tools/setup", "exit 0\n")
        self.write_program("bin/cmake", f'echo "$*" >> {self.root}/cmake_calls\n')
        self.write_program("build/release/bin/tendik", 'mkdir -p "$3/site" && echo made > "$3/site/index.html"\n')
        return self.run_script("tools/demo", *words)

    def test_demo_lets_the_program_make_the_atlas_where_it_is_wanted(self):
        out = self.root / "out"
        result = self.run_demo("-o", str(out))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((out / "site/index.html").read_text(), "made\n")

    def test_demo_leaves_the_tests_out_of_a_first_build_only(self):
        self.run_demo("-o", str(self.root / "out"))
        self.assertIn("-DTENDIK_TESTS=OFF", (self.root / "cmake_calls").read_text())
        (self.root / "cmake_calls").unlink()
        self.write("build/release/build.ninja", "")
        self.run_demo("-o", str(self.root / "out"))
        self.assertNotIn("TENDIK_TESTS", (self.root / "cmake_calls").read_text())

    def test_demo_refuses_words_it_does_not_know(self):
        result = self.run_demo("--fast")
        self.assertEqual(result.returncode, 2)
        self.assertIn("'--fast'", result.stderr)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=1))
