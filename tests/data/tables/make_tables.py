#!/usr/bin/env python3
"""Writes the six tables of this folder anew (python3-gdal), in the manner of printed statistical tables.

The shares of people below the subsistence minimum in 2018 and 2019 come from
geodata/kazakhstan/indicators/poverty.csv; names, signs, footnotes and layout are what makes them hard to read.
"""

import csv
import pathlib
import zipfile

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


def write_percent_cells(name):
    """Cells that hold 0.043 and show 4.3 %, which the driver cannot write: the parts of the file by hand."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rows = [("Регион", "2019"), ("Акмолинская область", "0.043"), ("Актюбинская область", "0.07"),
            ("Алматинская область", "")]
    cells = ""
    for line, (text, number) in enumerate(rows, 1):
        style = "" if line == 1 else ' s="1"'
        cells += f'<row r="{line}"><c r="A{line}" t="inlineStr"><is><t>{text}</t></is></c>'
        cells += f'<c r="B{line}"{style}>' + (f"<v>{number}</v>" if number else "") + "</c></row>"
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/></Types>',
        "_rels/.rels":
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml":
            f'<workbook {main} xmlns:r="{relations}"><sheets><sheet name="Доля" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{relations}/styles" Target="styles.xml"/>'
            "</Relationships>",
        "xl/styles.xml":
            f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
            '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)),
                             '<?xml version="1.0" encoding="UTF-8"?>' + text, zipfile.ZIP_DEFLATED)


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
    write_percent_cells("percent.xlsx")
    english = [["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"]]
    english += [[unit, "POVERTY", "2019", FIGURES[unit, "2019"].replace(",", "."), "A", "PT"] for unit in UNITS]
    (HERE / "poverty_sdmx.csv").write_text("\n".join(",".join(row) for row in english) + "\n", encoding="utf-8")


main()
