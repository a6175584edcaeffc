"""What must hold for the register and the indicator tables."""

import collections
import unicodedata
import unittest

import data_folder as data

COLUMNS = ["indicator", "year", "vintage", "unit_id", "value", "state", "unit", "source", "note"]
# year: vintages with all their units, and whether a national row is published (as read at the source)
COVERAGE = {
    "stunting_moderate_severe": {year: "pre-2018" for year in (2010, 2015)},
    "improved_drinking_water": {year: "pre-2018" for year in (2006, 2011, 2015)},
    "mics_household_members_weighted": {year: "pre-2018" for year in (2006, 2011, 2015)},
    "water_supply_access_urban": {2020: "2018"},
    "water_supply_access_rural": {2020: "2018"},
    "population_0_15": {2020: "2018"},
    "poverty_below_subsistence_min": {
        year: "pre-2018" if year < 2018 else "2018" for year in range(2010, 2023)
    },
    **{
        f"{name}_under5": {year: "pre-2018" for year in (2010, 2015)}
        for name in ("overweight", "birth_registration")
    },
    **{
        name: {year: "pre-2018" for year in (2010, 2015)}
        for name in ("wasting_moderate_severe", "early_child_development_index", "violent_discipline_1_14")
    },
    **{
        name: {year: "pre-2018" for year in (2006, 2011, 2015)}
        for name in ("water_basic_jmp", "water_piped_on_premises", "sanitation_basic_jmp")
    },
    **{
        name: {year: "pre-2018" if year < restated else "2018" for year in range(first, last + 1)}
        for name, first, restated, last in (
            ("neonatal_mortality", 2010, 2018, 2019),
            ("under5_mortality", 2010, 2018, 2019),
            ("maternal_mortality", 2013, 2018, 2021),
            ("life_expectancy_at_birth", 2010, 2017, 2021),
            ("preschool_participation_one_year_before", 2015, 2018, 2019),
            ("income_per_capita_nominal", 2010, 2018, 2020),
            ("neet_15_24", 2010, 2018, 2021),
            ("air_emissions_stationary", 2010, 2018, 2021),
            ("poverty_below_subsistence_min_urban", 2010, 2018, 2021),
            ("poverty_below_subsistence_min_rural", 2010, 2018, 2021),
        )
    },
    # the bureau restated population on the later structure one year earlier than poverty
    **{
        f"population_{part}": {year: "pre-2018" if year < 2017 else "2018" for year in range(2006, 2022)}
        for part in ("total", "urban", "rural")
    },
}
BACKCAST = {
    ("poverty_below_subsistence_min", year, "2018"): {"KZ-YUZ@2018", "KZ-SHY"} for year in range(2014, 2018)
}
NATIONAL_ONLY = {
    "improved_drinking_water": {2015},
    "mics_household_members_weighted": set(),
    "early_child_development_index": set(),
    "water_basic_jmp": set(),
    "water_piped_on_premises": set(),
    "sanitation_basic_jmp": set(),
}  # else every year
COUNTRY_ONLY = {"poverty_below_subsistence_min_urban", "poverty_below_subsistence_min_rural"}
# printed as 0 beside 12.5 for the country
LEFT_OUT = {("maternal_mortality", "2017", "KZ-YUZ@1997")}
AIR_COLUMNS = [
    "place", "region_code", "pollutant", "year", "value", "unit", "excluded", "source", "note",
]  # fmt: skip
NEAR_ZERO_MG_M3 = 0.0005  # half of the last digit that stations print
NOT_APPLICABLE = {"water_supply_access_rural", "population_rural"}
CITIES = {"KZ-ALA", "KZ-AST", "KZ-SHY"}
# Names of two units: city and oblast of Almaty; SKO abbreviates North (in Russian) and South Kazakhstan.
AMBIGUOUS = {"almaty", "алматы", "sko"}
KATO2 = {
    "KZ-AKM": "11",
    "KZ-AKT": "15",
    "KZ-ALM": "19",
    "KZ-ATY": "23",
    "KZ-ZAP": "27",
    "KZ-ZHA": "31",
    "KZ-KAR": "35",
    "KZ-KUS": "39",
    "KZ-KZY": "43",
    "KZ-MAN": "47",
    "KZ-PAV": "55",
    "KZ-SEV": "59",
    "KZ-YUZ@1997": "51",
    "KZ-YUZ@2018": "61",
    "KZ-VOS": "63",
    "KZ-AST": "71",
    "KZ-ALA": "75",
    "KZ-SHY": "79",
    "KZ-ABY": "10",
    "KZ-ZHT": "33",
    "KZ-ULT": "62",
}  # KATO, the classifier of territorial units


def weighted_mean(value, weight):
    return sum(value[unit_id] * weight[unit_id] for unit_id in value) / sum(
        weight[unit_id] for unit_id in value
    )


def on_the_sixteen(weight):
    """Weights of the later units summed to South Kazakhstan."""
    merged = {
        unit_id: number
        for unit_id, number in weight.items()
        if unit_id not in ("KZ-YUZ@2018", "KZ-SHY", "KZ")
    }
    return {**merged, "KZ-YUZ@1997": weight["KZ-YUZ@2018"] + weight["KZ-SHY"]}


def regional(indicator, year, vintage):
    return {
        unit_id: number
        for unit_id, number in data.values(indicator, year, vintage).items()
        if unit_id != "KZ"
    }


class Register(unittest.TestCase):
    def test_ids_are_unique_and_counted_by_vintage(self):
        rows = data.rows_of("regions.csv")
        self.assertEqual(len(rows), len(data.register()))
        found = {vintage: len(data.units_of(vintage)) for vintage in data.VINTAGE_COLUMN}
        # 14 oblasts and 2 cities; 14 and 3 from June 2018; 17 and 3 from June 2022
        self.assertEqual(found, {"pre-2018": 16, "2018": 17, "2022": 20})
        self.assertEqual(data.register()["KZ"]["kind"], "country")

    def test_codes_hang_together(self):
        self.assertEqual(
            {unit_id: row["kato2"] for unit_id, row in data.register().items() if row["kato2"]}, KATO2
        )
        for unit_id, row in data.register().items():
            self.assertTrue(row["kato"].startswith(row["kato2"]), unit_id)
            self.assertIn(len(row["kato"]), {0: (0,), 2: (2, 9)}[len(row["kato2"])], unit_id)
            self.assertEqual(unit_id.split("@")[0], row["region_code"])
            if row["iso_numeric"]:
                self.assertEqual(row["iso_numeric"], "KZ-" + row["kato2"], unit_id)
            self.assertIn(row["kind"], ("country", "oblast", "city"))
        self.assertEqual(data.register()["KZ-YUZ@1997"]["kato"], "51", "only the prefix is known")

    def test_predecessors_and_successors_mirror_each_other(self):
        def pairs(column, turn):
            found = {
                (unit_id, other)
                for unit_id, row in data.register().items()
                for other in filter(None, row[column].split("|"))
            }
            return {pair[::-1] for pair in found} if turn else found

        self.assertEqual(pairs("successors", False), pairs("predecessors", True))
        self.assertEqual(len(pairs("successors", False)), 5)  # Turkistan, Shymkent; Abai, Jetisu, Ulytau
        for row in data.register().values():
            self.assertEqual(row["parent"], "" if row["kind"] == "country" else "KZ")

    def test_variants_hold_the_official_names(self):
        for unit_id, row in data.register().items():
            variants = row["variants"].split("|")
            self.assertEqual(len(variants), len(set(variants)), f"{unit_id}: a variant twice")
            for name in ("name_en", "name_ru", "name_kk", "name_kk_latin"):
                self.assertIn(row[name], variants, unit_id)
            self.assertFalse(
                [variant for variant in variants if variant != variant.strip() or not variant], unit_id
            )

    def test_only_known_names_are_ambiguous(self):
        units = collections.defaultdict(set)
        for unit_id, row in data.register().items():
            for variant in row["variants"].split("|"):
                units[unicodedata.normalize("NFC", variant).casefold()].add(unit_id)
        self.assertEqual({name for name, found in units.items() if len(found) > 1}, AMBIGUOUS)
        self.assertEqual(units["almaty"], {"KZ-ALM", "KZ-ALA"})
        for name in ("астана", "нур-султан", "г. акмола", "nur-sultan", "нұр-сұлтан"):
            self.assertEqual(units[name], {"KZ-AST"}, name)
        self.assertEqual(units["akmola"], {"KZ-AKM"}, "bare Akmola is the oblast")


class Figures(unittest.TestCase):
    def test_columns_order_and_keys(self):
        rank = {"pre-2018": 0, "2018": 1, "2022": 2}
        for name in data.figure_tables():
            rows = data.rows_of(name)
            self.assertEqual(list(rows[0]), COLUMNS, name)
            keys = [
                (row["indicator"], int(row["year"]), rank[row["vintage"]], row["unit_id"]) for row in rows
            ]
            self.assertEqual(keys, sorted(keys), f"{name}: out of order")
        count = collections.Counter(tuple(row[name] for name in COLUMNS[:4]) for row in data.figures())
        self.assertEqual([key for key, number in count.items() if number > 1], [], "a key stands twice")

    def test_values_are_numbers_within_the_bounds_of_the_catalogue(self):
        for row in data.figures():
            where = f"{row['indicator']} {row['year']} {row['unit_id']}"
            self.assertIn(row["indicator"], data.entries())
            if row["value"]:
                self.assertRegex(row["value"], r"^\d+(\.\d+)?$", where)
                lower, upper = data.entries()[row["indicator"]]["bounds"]
                self.assertTrue(lower <= float(row["value"]) <= upper, where)
                self.assertEqual(row["state"], "", where)
            elif row["state"] == "missing":
                self.assertIn((row["indicator"], row["year"], row["unit_id"]), LEFT_OUT, where)
            else:
                self.assertEqual(row["state"], "not_applicable", where)
                self.assertIn(row["indicator"], NOT_APPLICABLE, where)
                self.assertIn(row["unit_id"], CITIES, where)

    def test_units_belong_to_the_vintage(self):
        for row in data.figures():
            self.assertIn(row["unit_id"], data.units_of(row["vintage"]) | {"KZ"}, row)

    def test_every_year_is_complete_as_published(self):
        found = collections.defaultdict(set)
        for row in data.figures():
            found[row["indicator"], int(row["year"]), row["vintage"]].add(row["unit_id"])
        wanted = dict(BACKCAST)
        for indicator, years in COVERAGE.items():
            for year, vintage in years.items():
                national = {"KZ"} if year in NATIONAL_ONLY.get(indicator, years) else set()
                units = set() if indicator in COUNTRY_ONLY else data.units_of(vintage)
                wanted[indicator, year, vintage] = units | national
        self.assertEqual(set(found), set(wanted))
        for key, units in wanted.items():
            self.assertEqual(found[key], units, key)

    def test_urban_and_rural_add_up_to_the_total(self):
        for year, vintage in COVERAGE["population_total"].items():
            total, urban, rural = (
                data.values(f"population_{part}", year, vintage) for part in ("total", "urban", "rural")
            )
            for unit_id, number in total.items():
                self.assertEqual(urban[unit_id] + rural.get(unit_id, 0), number, f"{year} {unit_id}")
            self.assertEqual(
                sum(total.values()) - total["KZ"], total["KZ"], f"{year}: units against the country"
            )

    def test_weighted_means_come_near_the_published_ones(self):
        children = on_the_sixteen(data.values("population_0_15", 2020, "2018"))
        stunting = regional("stunting_moderate_severe", 2015, "pre-2018")
        self.assertEqual(
            data.values("stunting_moderate_severe", 2015, "pre-2018")["KZ"], 8.0
        )  # MICS 2015 report
        self.assertAlmostEqual(
            weighted_mean(stunting, children), 7.98, places=2
        )  # R 4.2.2: weighted.mean(v, w)
        # R 4.2.2: weighted.mean(v, w) over the 16 units of each survey; the 2015 report prints 97.3
        for year, mean in ((2006, 93.68), (2011, 93.99), (2015, 97.37)):
            water = regional("improved_drinking_water", year, "pre-2018")
            members = regional("mics_household_members_weighted", year, "pre-2018")
            self.assertAlmostEqual(weighted_mean(water, members), mean, places=2, msg=str(year))
        self.assertEqual(data.values("improved_drinking_water", 2015, "pre-2018")["KZ"], 97.3)

    def test_extremes_are_those_the_reports_name(self):
        stunting = regional("stunting_moderate_severe", 2015, "pre-2018")
        # UNICEF Kazakhstan, Situation Analysis 2019: Atyrau 11.8, North Kazakhstan 2.3; water: West Kazakhstan
        self.assertEqual(max(stunting.items(), key=lambda item: item[1]), ("KZ-ATY", 11.8))
        self.assertEqual(min(stunting.items(), key=lambda item: item[1]), ("KZ-SEV", 2.3))
        water = regional("improved_drinking_water", 2015, "pre-2018")
        self.assertEqual(min(water.items(), key=lambda item: item[1]), ("KZ-ZAP", 80.06))
        poverty = data.values("poverty_below_subsistence_min", 2018, "2018")  # bureau, SDG 1.2.1
        self.assertEqual((poverty["KZ-YUZ@2018"], poverty["KZ-AST"]), (10.6, 0.9))


    def test_the_unit_of_emissions_is_declared(self):
        declared = {unit["name"] for unit in data.entries()["air_emissions_stationary"]["units"]}
        found = {row["unit"] for row in data.figures() if row["indicator"] == "air_emissions_stationary"}
        self.assertTrue(found <= declared, found)

    def test_parts_of_the_country_add_up_for_emissions(self):
        for year, vintage in COVERAGE["air_emissions_stationary"].items():
            units = data.values("air_emissions_stationary", year, vintage)
            # printed to a tenth of a thousand tonnes: 17 roundings
            self.assertAlmostEqual(sum(units.values()) - units["KZ"], units["KZ"], delta=1.0, msg=str(year))


class OtherTables(unittest.TestCase):
    def test_areas_are_those_of_the_register(self):
        rows = data.rows_of("indicators/area.csv")
        for vintage in ("pre-2018", "2018"):
            found = {row["unit_id"] for row in rows if row["vintage"] == vintage}
            self.assertEqual(found, data.units_of(vintage))
        for row in rows:
            self.assertEqual(row["value"], data.register()[row["unit_id"]]["area_official_km2"])
            self.assertEqual((row["indicator"], row["unit"]), ("area_official_km2", "km2"))

    def test_station_values_are_left_out_by_two_rules_alone(self):
        rows = data.rows_of("indicators/air_quality.csv")
        self.assertEqual(list(rows[0]), AIR_COLUMNS)
        keys = [(row["place"], row["region_code"], row["pollutant"], row["year"]) for row in rows]
        self.assertEqual(len(keys), len(set(keys)))
        value = {key: float(row["value"]) for key, row in zip(keys, rows)}
        for key, row in zip(keys, rows):
            place, region, _, year = key
            fine, coarse = (value.get((place, region, name, year)) for name in ("pm25", "pm10"))
            rules = []
            if value[key] < NEAR_ZERO_MG_M3:
                rules.append("near-zero")
            if fine is not None and coarse is not None and fine > coarse:
                rules.append("pm25-above-pm10")
            self.assertEqual(row["excluded"].split(), rules, key)
            self.assertEqual(row["unit"], "mg/m3")
            self.assertIn(row["region_code"], {entry["region_code"] for entry in data.register().values()})

    def test_stations_stand_in_their_region_with_the_figures_of_the_table_in_micrograms(self):
        figures = {
            (row["place"], f"{row['pollutant']}_{row['year']}_ug_m3"): row
            for row in data.rows_of("indicators/air_quality.csv")
        }
        stations = data.rows_of("air_stations.csv")
        self.assertEqual({row["name"] for row in stations}, {place for place, _ in figures})
        unplaced = [row["name"] for row in stations if not row["lon"]]
        self.assertEqual(unplaced, ["Sarybulak"])  # told, not guessed
        for row in stations:
            self.assertTrue(row["coordinate_source"] or row["note"], row)
            if row["lon"]:
                place = (float(row["lon"]), float(row["lat"]))
                self.assertEqual(data.region_at("2018", place), row["region_code"], row)
            for column in (name for name in row if name.endswith("_ug_m3")):
                figure = figures.get((row["name"], column))
                if figure is None or figure["excluded"]:
                    self.assertEqual((row[column], row[column + "_step"]), ("", ""), row)
                    continue
                self.assertAlmostEqual(float(row[column]), 1000 * float(figure["value"]), places=9)
                decimals = len(figure["value"].partition(".")[2])
                self.assertAlmostEqual(float(row[column + "_step"]), 1000 * 10.0**-decimals, places=9)

    def test_the_situation_analysis_stands_apart_under_its_own_names(self):
        rows = data.rows_of("indicators/situation_analysis.csv")
        self.assertEqual(list(rows[0]), COLUMNS)
        official = {row["indicator"] for row in data.figures()}
        for row in rows:
            self.assertTrue(row["indicator"].startswith("sitan_"), row)
            self.assertNotIn(row["indicator"], official)
            self.assertRegex(row["value"], r"^\d+(\.\d+)?$")
            self.assertIn(row["unit_id"], data.units_of(row["vintage"]) | {"KZ"})
        differs = {(row["indicator"], row["unit_id"]) for row in rows if row["note"].startswith("differs")}
        printed = {(row["indicator"], row["unit_id"]): float(row["value"]) for row in rows}
        self.assertEqual(printed["sitan_poverty_rate", "KZ-KZY"], 13.9)  # the report's own sentence
        self.assertEqual(data.values("poverty_below_subsistence_min", 2017, "pre-2018")["KZ-KZY"], 3.0)
        self.assertTrue({("sitan_income_per_capita", "KZ"), ("sitan_neet_15_24", "KZ")} <= differs)

    def test_every_figure_of_the_situation_analysis_has_an_entry_within_its_bounds(self):
        entries = {code: entry for code, entry in data.entries().items() if code.startswith("sitan_")}
        self.assertEqual({row["indicator"] for row in data.report_figures()}, set(entries))
        for row in data.report_figures():
            lower, upper = entries[row["indicator"]]["bounds"]
            self.assertTrue(lower <= float(row["value"]) <= upper, row)
        regional = {
            (row["indicator"], int(row["year"]), row["vintage"])
            for row in data.report_figures()
            if row["unit_id"] != "KZ"
        }
        # no region alone makes a series: such figures are shown and not measured, and all of them are shown
        self.assertEqual(
            {code for code, _, _ in regional}, {code for code, entry in entries.items() if entry.get("partial")}
        )
        shown = {
            (entry["code"], year, entry["vintage"])
            for entry in data.plan()["indicators"]
            for year in entry["years"]
            if entry["code"].startswith("sitan_")
        }
        self.assertEqual(shown, regional)

    def test_where_the_situation_analysis_disagrees_both_entries_say_both_numbers(self):
        # the official series, its value of 2017, what the report prints
        for code, unit, official, printed in (
            ("poverty_below_subsistence_min", "KZ-KZY", 3.0, 13.9),
            ("poverty_below_subsistence_min", "KZ-ZHA", 3.5, 12.5),
            ("income_per_capita_nominal", None, 83709, 154457),
            ("income_per_capita_nominal", None, 42683, 42506),
            ("neet_15_24", None, 6.4, 9.5),
        ):
            apart = {"poverty_below_subsistence_min": "poverty_rate", "income_per_capita_nominal": "income_per_capita"}
            for name in (code, "sitan_" + apart.get(code, code)):
                notes = [
                    note["text"]
                    for note in data.entries()[name]["notes"]
                    if note.get("year") == 2017 and note.get("unit") == unit
                ]
                self.assertEqual(len(notes), 1, name)
                for language, text in notes[0].items():
                    for number in (official, printed):
                        words = f"{number:,}".replace(",", " ") if number > 1000 else f"{number:.1f}"
                        words = words if language == "en" else words.replace(".", ",")
                        self.assertIn(words, text, f"{name}: {language}")
