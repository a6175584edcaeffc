#!/usr/bin/env python3
"""Writes the five tables of this folder anew (python3-gdal), in the manner of printed statistical tables.

The shares of people below the subsistence minimum in 2018 and 2019 come from
geodata/kazakhstan/indicators/poverty.csv; names, signs, footnotes and layout are what makes them hard to read.
"""

import csv
import pathlib

from osgeo import ogr

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "geodata/kazakhstan"
ogr.UseExceptions()


def names(language):
    with open(DATA / "regions.csv", encoding="utf-8", newline="") as file:
        return {row["unit_id"]: row["name_" + language] for row in csv.DictReader(file)}


def poverty():
    figures = {}
    with open(DATA / "indicators/poverty.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["indicator"] == "poverty_below_subsistence_min" and row["vintage"] == "2018":
                figures[row["unit_id"], row["year"]] = row["value"].replace(".", ",")
    return figures


FIGURES = poverty()
UNITS = sorted({unit for unit, year in FIGURES if year == "2019"})


def rows_of(language, *years):
    called = names(language)
    return [[called[unit], *[FIGURES[unit, year] for year in years]] for unit in UNITS]


def write_text(name, rows, encoding):
    text = "\r\n".join(";".join(row) for row in rows) + "\r\n"
    (HERE / name).write_bytes(text.encode(encoding))


def write_sheets(name, driver, sheets):
    path = HERE / name
    path.unlink(missing_ok=True)
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    for sheet, rows in sheets.items():
        layer = dataset.CreateLayer(sheet)
        width = max(len(row) for row in rows)
        for column in range(width):
            layer.CreateField(ogr.FieldDefn(f"Field{column + 1}", ogr.OFTString))
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            for column, text in enumerate(row):
                if text:
                    feature.SetField(column, text)
            layer.CreateFeature(feature)
    dataset = None


def main():
    title = "Доля населения, имеющего доходы ниже величины прожиточного минимума"
    russian = rows_of("ru", "2018", "2019")
    body = [[name, first + ("*" if i == 2 else ""), second] for i, (name, first, second) in enumerate(russian)]
    write_text("poverty_ru_1251.csv", [[title, "", ""], ["в процентах", "", ""], ["Регион", "2018 год", "2019 год"],
               *body, ["* Предварительные данные", "", ""], ["Источник: обследование домашних хозяйств", "", ""]],
               "cp1251")
    kazakh = [[name, first + "%", second + " %"] for name, first, second in rows_of("kk", "2018", "2019")]
    write_text("poverty_kk_utf16.csv", [["Кедейлік деңгейі", "", ""], ["Өңір", "Халықтың үлесі", ""],
               ["", "2018 ж.", "2019 ж."], ["А", "1", "2"], *kazakh, ["Дереккөз: зерттеу", "", ""]], "utf-16")
    grouped = [[name, first, second, "..." if i % 5 else "x", "-"]
               for i, (name, first, second) in enumerate(russian)]
    sheet = [[title], [], ["Регион", "Все население", "", "Дети", ""], ["", "2018", "2019", "2018", "2019"], *grouped,
             ["1) Включая город"]]
    write_sheets("poverty_ru.xlsx", "XLSX", {"Содержание": [["Таблица 1"]], "Бедность": sheet})
    write_sheets("poverty_kk.ods", "ODS", {"Кедейлік": [["Кедейлік деңгейі, пайызбен"], ["Облыс", "2018", "2019"],
                 *rows_of("kk", "2018", "2019")]})
    english = [["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"]]
    english += [[unit, "POVERTY", "2019", FIGURES[unit, "2019"].replace(",", "."), "A", "PT"] for unit in UNITS]
    (HERE / "poverty_sdmx.csv").write_text("\n".join(",".join(row) for row in english) + "\n", encoding="utf-8")


main()
