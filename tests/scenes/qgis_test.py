#!/usr/bin/python3
"""QGIS opens the atlas: every layer of atlas.gpkg with the classes of the page's legend, and the raster tiles:

qgis_test.py FOLDER PICTURES   (FOLDER as make_atlas.py left it; screenshots go to PICTURES)
"""
import collections
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys

import scene

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    from qgis import core
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
    from qgis.PyQt.QtXml import QDomDocument
except ImportError as error:
    scene.skip(f"QGIS for Python is not installed ({error}); install python3-qgis and qgis-providers")

CHECK_LAYERS = scene.SOURCE / "tests" / "qgis" / "check_layers.py"
SCREENSHOTS = ("stunting_moderate_severe_2015", "water_supply_access_rural_2020", "air_emissions_stationary_2020",
               "stunting_moderate_severe_2015_on_2018", "pm25_city_annual_mean_2019", "water_supply_access_gap_2020", "index_1")
RASTER = "stunting_moderate_severe_2015"
GROUND = "#fdfefd"  # of no palette
# The colours and a few names of what lies round the regions (styles/site/context.js, geodata/kazakhstan/context).
LAND, WATER, OLD_WATER = "#f3f1eb", "#d5e7f1", "#e6f1f7"
SHOWN_OVER_CONTEXT = "stunting_moderate_severe_2015"
NAMES = {"en": ("China", "Balkhash", "Aral Sea (outline of about 1990–2005)"),
         "ru": ("Китай", "Балхаш", "Аральское море (контур прим. 1990–2005 гг.)"),
         "kk": ("Қытай", "Балқаш", "Арал теңізі (шамамен 1990–2005 жж. контуры)")}


def expectations(site):
    expected = {}
    for name, year, boundaries in scene.site_maps(site):
        classes = [entry for entry in year["legend"] if entry["kind"] == "class"]
        counts = {f"class_{entry['class'] + 1}": entry["count"] for entry in classes}
        for state, count in collections.Counter(year["states"]).items():
            if state != "present" or year["symbols"]:
                counts[state] = count
        if year.get("inherited"):
            counts["inherited"] = sum(year["inherited"])
        circles = year["symbols"] and {"colour": year["symbols"]["colour"], "radii_px": [
            year["symbols"]["largest_radius_px"] * math.sqrt(value / year["symbols"]["largest"])
            for value in year["values"] if value is not None]}
        expected[name] = {"circles": circles, "features": len(boundaries["regions"]), "counts": counts,
                          "colours": [entry["colour"] for entry in sorted(classes, key=lambda one: one["class"])]}
    return expected


def check_vector_layers(faults, atlas, site, pictures):
    expected = pictures / "expected.json"
    expected.write_text(json.dumps(expectations(site), indent=1), encoding="utf-8")
    words = [word for name in SCREENSHOTS for word in ("--screenshot", f"{name}={pictures / name}.png")]
    done = subprocess.run(["/usr/bin/python3", "-B", CHECK_LAYERS, atlas / "atlas.gpkg", "--expect", expected, *words],
                          capture_output=True, text=True, check=False)
    print(done.stdout)
    if done.returncode == scene.SKIPPED:
        scene.skip("check_layers.py has no QGIS")
    faults.same(done.returncode, 0, f"exit code of check_layers.py ({done.stderr[-500:]})")


def draw(layer):
    settings = core.QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(1000, 560))
    settings.setBackgroundColor(QColor(GROUND))
    job = core.QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def check_raster_layer(faults, layer, site, picture):
    if not faults.expect(layer.isValid(), f"{RASTER}: no valid layer by {layer.providerType()}"):
        return
    faults.same(layer.crs().authid(), "EPSG:3857", f"{RASTER}: CRS")
    image = draw(layer)
    image.save(str(picture))
    colours = collections.Counter(image.pixelColor(x, y).name() for x in range(0, image.width(), 2)
                                  for y in range(0, image.height(), 2))
    year = next(year for name, year, _ in scene.site_maps(site) if name == RASTER)
    for entry in year["legend"]:
        if entry["kind"] == "class" and entry["count"]:
            faults.expect(colours[entry["colour"]] > 20, f"{RASTER}: {layer.providerType()} draws {entry['colour']} on "
                          f"{colours[entry['colour']]} pixels")
    for what, colour in (("land of the neighbours", LAND), ("water", WATER)):
        faults.expect(colours[colour] > 500, f"{RASTER}: {what} is on {colours[colour]} pixels")


def check_context(faults, atlas, pictures):
    """The theme over its neighbours, water and towns over both: each is drawn, and named in the language of the style;
    the name of a region stands inside of it."""
    order = ["context_settlements", "context_rivers", "context_lakes", SHOWN_OVER_CONTEXT, "context_neighbours"]
    layers = [core.QgsVectorLayer(f"{atlas / 'atlas.gpkg'}|layername={name}", name, "ogr") for name in order]
    for language in ("en", "ru", "kk"):
        for layer in layers:
            if not layer.name().startswith("context_"):
                continue
            count, ids, names, _, error = layer.listStylesInDatabase()
            faults.expect(not error and count == 3, f"{layer.name()}: styles {names} {error}")
            wanted = ids[names.index(f"{layer.name()}_{language}")]
            qml, error = layer.getStyleFromDatabase(wanted)
            document = QDomDocument()
            document.setContent(qml)
            faults.expect(layer.importNamedStyle(document)[0], f"{layer.name()}: its style is not read")
        drawn = core.QgsMapSettings()
        drawn.setLayers(layers)
        drawn.setDestinationCrs(core.QgsCoordinateReferenceSystem("EPSG:3857"))
        turn = core.QgsCoordinateTransform(layers[0].crs(), drawn.destinationCrs(), core.QgsProject.instance())
        drawn.setExtent(turn.transformBoundingBox(core.QgsRectangle(44, 39, 89, 56.5)))
        drawn.setOutputSize(QSize(1800, 1200))
        drawn.setBackgroundColor(QColor(GROUND))
        job = core.QgsMapRendererParallelJob(drawn)
        job.start()
        job.waitForFinished()
        faults.same([error.message for error in job.errors()], [], "drawing the context")
        image = job.renderedImage()
        image.save(str(pictures / f"context_{language}.png"))
        colours = collections.Counter(image.pixelColor(x, y).name() for x in range(0, image.width(), 2)
                                      for y in range(0, image.height(), 2))
        for what, colour in (("land of the neighbours", LAND), ("water", WATER), ("the Aral Sea", OLD_WATER)):
            faults.expect(colours[colour] > 300, f"{what} is on {colours[colour]} pixels")
        labels = job.takeLabelingResults().allLabels()
        texts = {" ".join(label.labelText.split()) for label in labels}
        for name in NAMES[language]:
            faults.expect(name in texts, f"no label '{name}' among {sorted(texts)}")
        check_places(faults, layers[order.index(SHOWN_OVER_CONTEXT)], labels, turn)


def check_places(faults, layer, labels, turn):
    """Cities are smaller than their names; the name of any other region has its middle inside of it."""
    own = {label.featureId: label for label in labels if label.layerID == layer.id()}
    placed = 0
    for feature in layer.getFeatures():
        if feature["outline"].startswith("generalised") or feature.id() not in own:
            continue
        placed += 1
        middle = turn.transform(own[feature.id()].labelRect.center(), core.QgsCoordinateTransform.ReverseTransform)
        faults.expect(feature.geometry().contains(core.QgsGeometry.fromPointXY(middle)),
                      f"the name of {feature['name_en']} stands at {middle.toString(2)}, outside of it")
    faults.expect(placed >= 12, f"only {placed} regions are named")


def main():
    atlas, pictures = pathlib.Path(sys.argv[1]).resolve() / "atlas", pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    faults = scene.Faults()
    site = scene.read_site_data(atlas / "site")
    check_vector_layers(faults, atlas, site, pictures)
    application = core.QgsApplication([], True)
    application.initQgis()
    check_context(faults, atlas, pictures)
    path = atlas / "tiles" / f"{RASTER}.mbtiles"
    check_raster_layer(faults, core.QgsRasterLayer(f"type=mbtiles&url=file://{path}", RASTER, "wms"), site,
                       pictures / "raster_tiles_wms.png")
    check_raster_layer(faults, core.QgsRasterLayer(str(path), RASTER, "gdal"), site,
                       pictures / "raster_tiles_gdal.png")
    return faults.report()


if __name__ == "__main__":
    # Without the interpreter's own end: Qt objects that Python still holds may outlive the application and crash.
    status = main()
    sys.stdout.flush()
    os._exit(status)
