#!/usr/bin/env python3
"""Writes the seven tables of this folder anew (python3-gdal), in the manner of printed statistical tables.

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
        cells += f'<c r="B{line}"{style}>' + (f"<v>{number}</v>" if number else "<f>B3*2</f><v></v>") + "</c></row>"
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
    write_parts(name, parts)


def write_merged_cells(name):
    """What LibreOffice writes of merged headings, cells alike, remarks, groups and the empty end of a sheet; a formula
    without its result is what other programs write."""
    spaces = " ".join(f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
                      for prefix in ("office", "table", "text"))

    def cell(text="", tag="table-cell", inside="", **attributes):
        given = "".join(f' {key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items())
        return f"<table:{tag}{given}>{inside}" + (f"<text:p>{text}</text:p>" if text else "") + f"</table:{tag}>"

    def text(words, **attributes):
        return cell(words, office__value_type="string", **attributes)

    def covered(count):
        return cell(tag="covered-table-cell", table__number_columns_repeated=count)

    def percent(share, count=1):
        return cell(f"{100 * share:g}%", office__value_type="percentage", office__value=share,
                    table__number_columns_repeated=count)

    def people(count):
        return cell(str(count), office__value_type="float", office__value=count)

    remark = "<office:annotation><text:p>уточнить</text:p></office:annotation>"
    end = f"<table:table-row table:number-rows-repeated='1048570'>{cell(table__number_columns_repeated=16384)}</table:table-row>"
    heading = [text("Регион", table__number_rows_spanned=2) + text("Доля", table__number_columns_spanned=3) + covered(2) +
               text("Население", table__number_columns_spanned=3) + covered(2),
               covered(1) + "".join(text(year) for year in ("2018", "2019", "2020")) * 2]
    body = [text('Акмолинская<text:span> область</text:span>', inside=remark) + percent(0.043) + percent(0.07, 2) +
            people(10) + people(11) + people(12),
            text("Актюбинская область") + percent(0.05) + cell(table__formula="of:=[.B7]*2") + percent(0.06) + people(20) + people(21) + people(22)]
    rows = lambda cells: "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    empty = f"<table:table-row table:number-rows-repeated='2'>{cell(table__number_columns_repeated=7)}</table:table-row>"
    sheet = (rows([text("Бедность", table__number_columns_spanned=7) + covered(6)]) + empty +
             f"<table:table-header-rows>{rows(heading)}</table:table-header-rows>"
             f"<table:table-row-group>{rows(body)}</table:table-row-group>" + end)
    content = (f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
               f'<table:table table:name="Доля">{sheet}</table:table></office:spreadsheet></office:body>'
               "</office:document-content>")
    manifest = ('<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
                'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>')
    write_parts(name, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
                       "META-INF/manifest.xml": manifest})


def write_parts(name, parts):
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            kind = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), (declaration if text[0] == "<" else "") + text,
                             kind)


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
    write_merged_cells("merged.ods")
    english = [["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"]]
    english += [[unit, "POVERTY", "2019", FIGURES[unit, "2019"].replace(",", "."), "A", "PT"] for unit in UNITS]
    (HERE / "poverty_sdmx.csv").write_text("\n".join(",".join(row) for row in english) + "\n", encoding="utf-8")


main()
