#!/usr/bin/python3
"""GDAL reads atlas.gpkg: a layer for each indicator and year, its figures those of values.csv, its style inside:

gpkg_test.py FOLDER   (as make_atlas.py left it)
"""
import pathlib
import sys

import scene

try:
    from osgeo import gdal, ogr
except ImportError as error:
    scene.skip(f"GDAL for Python is not installed ({error}); install python3-gdal")

EXACT = 0.0  # GeoPackage keeps doubles; values.csv has the shortest text that reads back


# Kind of geometry, features and one of them: as geodata/kazakhstan/context/*.geojson have it.
CONTEXT = {
    "context_neighbours": ("Multi Polygon", 16, {"name_en": "China", "name_ru": "Китай", "name_kk": "Қытай"}),
    "context_lakes": ("Multi Polygon", 27, {"name_en": "Aral Sea", "name_ru": "Аральское море",
                                            "name_kk": "Арал теңізі", "outline_years": "1990-2005"}),
    "context_rivers": ("Multi Line String", 73, {"name_en": "Syr Darya", "name_ru": None, "outline_years": None}),
    "context_settlements": ("Point", 76, {"name_en": "Oral (Uralsk)", "name_ru": "Уральск", "name_kk": "Орал"}),
}

INDEX = "index_1"


def check_studies(faults, source, tables):
    """Columns of a local statistic and the layer of the index hold what the tables hold."""
    for row in scene.read_rows(tables / "autocorrelation_2.csv"):
        layer = source.GetLayerByName(scene.layer_name(row["indicator"], row["year"], row["vintage"]))
        layer.SetAttributeFilter(f"unit_id = '{row['key']}'")
        feature = layer.GetNextFeature()
        where = f"{row['key']} in {layer.GetName()}"
        layer.SetAttributeFilter(None)
        for column, name in (("value", ""), ("p", "_p"), ("p_adjusted", "_p_adjusted")):
            faults.same(feature[f"local_moran{name}"], scene.number(row[column]), f"local Moran's {column} of {where}")
        faults.same(feature["local_moran_cluster"], row["cluster"], f"cluster of {where}")
    found = {feature["unit_id"]: feature for feature in source.GetLayerByName(INDEX)}
    rows = {row["key"]: row for row in scene.read_rows(tables / "index_1.csv")}
    faults.same(set(found), set(rows), "regions of the index")
    for key, row in rows.items():
        for column in ("score", "rank", "rank_p5", "rank_p95"):
            faults.same(found[key][column], scene.number(row[column]), f"{column} of {key} in {INDEX}")


def check_layer(faults, source, name, rows):
    code, _, vintage = scene.LAYERS[name]
    layer = source.GetLayerByName(name)
    if not faults.expect(layer is not None, f"no layer {name}"):
        return
    faults.same(layer.GetFeatureCount(), scene.REGION_COUNTS[vintage], f"features of {name}")
    crs = layer.GetSpatialRef()
    faults.same(crs and (crs.GetAuthorityName(None), crs.GetAuthorityCode(None)), ("EPSG", "4326"), f"CRS of {name}")
    columns = [field.GetName() for field in layer.schema]
    faults.same(columns[0], "unit_id", f"first column of {name}")
    for column in (code, f"{code}_state", *(() if code in scene.SYMBOLS else (f"{code}_class",)), "name_en", "name_ru", "name_kk", "outline"):
        faults.expect(column in columns, f"{name} has no column {column}")
    seen = set()
    for feature in layer:
        key = feature["unit_id"]
        seen.add(key)
        check_feature(faults, feature, code, rows[key], f"{key} in {name}")
    faults.same(seen, set(rows), f"keys of {name}")


def check_feature(faults, feature, code, row, where):
    shape = feature.GetGeometryRef()
    faults.expect(shape is not None and not shape.IsEmpty() and shape.IsValid(), f"{where}: the shape is not valid")
    faults.same(shape.GetGeometryName(), "MULTIPOLYGON", f"{where}: geometry")
    columns = [(code, "value")]
    if code not in scene.SYMBOLS:
        columns += [("weight", "weight"), ("gap", "gap"), (f"{code}_class", "class")]
    columns = [(column, source) for column, source in columns if feature.GetFieldIndex(column) >= 0
               or column not in ("weight", "gap") or row[source]]
    for column, source in columns:
        wanted = scene.number(row[source])
        if wanted is None:
            faults.expect(feature[column] is None, f"{where}: {column} is {feature[column]} instead of null")
        else:
            faults.near(feature[column], wanted, EXACT, f"{where}: {column}")
    faults.same(feature[f"{code}_state"], row["state"], f"{where}: state")
    for language in ("en", "ru", "kk"):
        faults.same(feature[f"name_{language}"], row[f"name_{language}"], f"{where}: name")


def check_styles(faults, source):
    # QGIS looks for a default style with exactly this question; a null schema would not be found.
    result = source.ExecuteSQL("SELECT f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,"
                               " useAsDefault FROM layer_styles")
    rows = [feature.items() for feature in result]
    source.ReleaseResultSet(result)
    faults.same({row["f_table_schema"] for row in rows}, {""}, "f_table_schema of layer_styles")
    faults.same({row["f_geometry_column"] for row in rows}, {"geom"}, "f_geometry_column of layer_styles")
    default = sorted(row["f_table_name"] for row in rows if row["useAsDefault"])
    faults.same(default, sorted([*scene.LAYERS, *scene.POINTS, *CONTEXT, INDEX]), "layers with a default style, each once")
    for row in rows:
        faults.expect("<qgis" in row["styleQML"], f"{row['f_table_name']}: no QML")
        if row["f_table_name"] not in CONTEXT and row["f_table_name"] not in scene.POINTS:
            faults.expect("StyledLayerDescriptor" in row["styleSLD"], f"{row['f_table_name']}: no SLD")
    languages = sorted(row["styleName"] for row in rows if row["f_table_name"] == "context_lakes")
    faults.same(languages, [f"context_lakes_{language}" for language in ("en", "kk", "ru")], "styles of the lakes")


def check_context(faults, source, name, geometry, count, sample):
    layer = source.GetLayerByName(name)
    faults.same((ogr.GeometryTypeToName(layer.GetGeomType()), layer.GetFeatureCount()), (geometry, count), name)
    faults.same([field.GetName() for field in layer.schema],
                ["name_en", "name_ru", "name_kk", "kind", "rank", "outline_years"], f"columns of {name}")
    found = [feature.items() for feature in layer if feature["name_en"] == sample["name_en"]]
    faults.expect(found, f"{name}: no {sample['name_en']}")
    for column, wanted in sample.items():
        faults.same(found and found[0][column], wanted, f"{name}: {column} of {sample['name_en']}")


def main():
    gdal.UseExceptions()
    atlas = pathlib.Path(sys.argv[1]).resolve() / "atlas"
    faults = scene.Faults()
    source = gdal.OpenEx(str(atlas / "atlas.gpkg"), gdal.OF_VECTOR)
    names = [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())]
    mapped = [name for name in names if source.GetLayerByName(name).GetGeomType() != ogr.wkbNone]
    faults.same(mapped[-len(CONTEXT):], list(CONTEXT), "layers of context stand after those of the themes")
    faults.same(sorted(mapped[:-len(CONTEXT)]), sorted([*scene.LAYERS, *scene.POINTS, INDEX]), "layers of atlas.gpkg")
    for name in scene.POINTS:
        layer = source.GetLayerByName(name)
        faults.same((ogr.GeometryTypeToName(layer.GetGeomType()), layer.GetFeatureCount()),
                    ("Point", scene.PLACED_STATIONS), f"stations of {name}")
    layers = scene.layer_rows(scene.read_rows(atlas / "tables" / "values.csv"))
    for name in scene.LAYERS:
        check_layer(faults, source, name, layers[name])
    check_styles(faults, source)
    check_studies(faults, source, atlas / "tables")
    for name, facts in CONTEXT.items():
        check_context(faults, source, name, *facts)
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
