#!/usr/bin/python3
"""Opens every vector layer of a GeoPackage in QGIS, without a window, with the default style stored in the file.

Checks of each layer: valid; as many features as expected; rule-based renderer; every feature in exactly one fill
rule, for QGIS itself and through the filter that QGIS hands to the file; class colours as expected; a rule for
regions without data, shown in the legend; labels from a column that exists; and, in a rendered picture, the colour
of every rule that has features. Leaves with 1 when something is wrong and with 77 (skipped) where QGIS is absent.

Expectations, all optional, by layer: {"NAME": {"features": 16, "colours": ["#ffffb2", ...],
"counts": {"class_1": 4, "missing": 0}}}
"""
import argparse
import json
import math
import os
import pathlib
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SKIPPED = 77
try:
    from osgeo import ogr
    from qgis import core
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor, QImage, QPainter
except ImportError as error:
    print(f"skipped: QGIS for Python is not installed ({error}); install python3-qgis and qgis-providers")
    sys.exit(SKIPPED)

MISSING = "missing"
OUTLINE = "generalised"
INHERITED = "inherited"  # strokes over the fill of the class
CIRCLES = "present"  # the rule of a total: every region with a value has a circle
PICTURE = QSize(1200, 800)
# Less is a stray pixel and not a region; the generalised circle of a city has few more.
MIN_PIXELS = 5


def layer_names(path):
    source = ogr.Open(str(path))
    if source is None:
        sys.exit(f"{path}: cannot be opened")
    layers = [source.GetLayer(i) for i in range(source.GetLayerCount())]
    return [layer.GetName() for layer in layers if layer.GetGeomType() != ogr.wkbNone]


def map_crs(layer):
    # Longitudes and latitudes taken as plane coordinates would be drawn too wide.
    return core.QgsCoordinateReferenceSystem("EPSG:3857") if layer.crs().isGeographic() else layer.crs()


def map_extent(layer, crs):
    turn = core.QgsCoordinateTransform(layer.crs(), crs, core.QgsProject.instance())
    return turn.transformBoundingBox(layer.extent()).buffered(0).scaled(1.05)


def render(layer):
    settings = core.QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(map_crs(layer))
    settings.setExtent(map_extent(layer, map_crs(layer)))
    settings.setOutputSize(PICTURE)
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("#fdfefd"))  # of no palette
    job = core.QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage(), [error.message for error in job.errors()]


def pixel_counts(image):
    image = image.convertToFormat(QImage.Format_RGB32)
    data = image.constBits().asstring(image.byteCount())
    counts = {}
    for at in range(0, len(data), 4):
        pixel = data[at:at + 3]  # blue, green, red
        counts[pixel] = counts.get(pixel, 0) + 1
    return {f"#{pixel[2]:02x}{pixel[1]:02x}{pixel[0]:02x}": count for pixel, count in counts.items()}


class LayerCheck:
    def __init__(self, path, name, expected):
        self.name = name
        self.expected = expected
        self.faults = []
        self.layer = core.QgsVectorLayer(f"{path}|layername={name}", name, "ogr")

    def expect(self, holds, text):
        if not holds:
            self.faults.append(f"{self.name}: {text}")
        return holds

    def run(self):
        if not self.expect(self.layer.isValid(), "is no valid layer"):
            return
        count = self.layer.featureCount()
        self.expect(count == self.expected.get("features", count) and count > 0,
                    f"{count} features instead of {self.expected.get('features', 'some')}")
        kind = self.layer.renderer().type()
        if not self.expect(kind == "RuleRenderer", f"drawn by {kind}: the default style is absent or unread"):
            return
        self.rules = self.layer.renderer().rootRule().children()
        self.fills = [rule for rule in self.rules if rule.ruleKey() not in (OUTLINE, INHERITED)]
        self.hatches = [rule for rule in self.rules if rule.ruleKey() == INHERITED]
        self.check_rules()
        counts = self.check_features()
        self.check_provider(count)
        self.check_legend()
        self.check_labels()
        self.check_picture(counts)
        colours = " ".join(f"{rule.symbol().color().name()}:{counts.get(rule.ruleKey(), 0)}" for rule in self.fills)
        print(f"{self.name}: {count} features, {colours}")

    def check_rules(self):
        for rule in self.rules:
            self.expect(rule.symbol() is not None, f"rule '{rule.label()}' has no symbol")
            expression = core.QgsExpression(rule.filterExpression())
            self.expect(not expression.hasParserError(), f"rule '{rule.label()}': {expression.parserErrorString()}")
        colours = [rule.symbol().color().name() for rule in self.fills if rule.ruleKey().startswith("class_")]
        wanted = self.expected.get("colours", colours)
        circles = any(rule.ruleKey() == CIRCLES for rule in self.fills)
        self.expect((colours or circles) and colours == wanted, f"class colours {colours} instead of {wanted}")

    def check_features(self):
        context = core.QgsExpressionContext(core.QgsExpressionContextUtils.globalProjectLayerScopes(self.layer))
        counts = {}
        for feature in self.layer.getFeatures():
            context.setFeature(feature)
            keys = [rule.ruleKey() for rule in self.fills
                    if core.QgsExpression(rule.filterExpression()).evaluate(context)]
            self.expect(len(keys) == 1, f"feature {feature.id()} {feature.attributes()} falls in the rules {keys}")
            # An inherited value has the colour of its class and counts in none.
            hatched = any(core.QgsExpression(rule.filterExpression()).evaluate(context) for rule in self.hatches)
            for key in [INHERITED] if hatched else keys:
                counts[key] = counts.get(key, 0) + 1
        for key, wanted in self.expected.get("counts", {}).items():
            self.expect(counts.get(key, 0) == wanted, f"{counts.get(key, 0)} features in '{key}' instead of {wanted}")
        return counts

    def check_provider(self, count):
        """The file itself filters first when QGIS draws, and it may read numbers differently."""
        renderer = self.layer.renderer().clone()
        context = core.QgsRenderContext()
        context.expressionContext().appendScopes(core.QgsExpressionContextUtils.globalProjectLayerScopes(self.layer))
        renderer.startRender(context, self.layer.fields())
        request = core.QgsFeatureRequest().setFilterExpression(renderer.filter(self.layer.fields()))
        drawn = sum(1 for feature in self.layer.getFeatures(request)
                    if renderer.willRenderFeature(feature, context))
        renderer.stopRender(context)
        self.expect(drawn == count, f"{drawn} of {count} features are drawn")
        found = sum(1 for rule in self.fills for _ in self.layer.getFeatures(
            core.QgsFeatureRequest().setFilterExpression(rule.filterExpression())))
        self.expect(found == count, f"the rules' filters find {found} of {count} features")

    def check_legend(self):
        items = {item.ruleKey(): item.label() for item in self.layer.renderer().legendSymbolItems()}
        self.expect(items.get(MISSING), "the legend has no entry for regions without data")
        self.expect(all(items.values()), f"entries without words in the legend: {items}")

    def check_labels(self):
        if not self.expect(self.layer.labelsEnabled(), "has no labels"):
            return
        settings = self.layer.labeling().settings()
        if settings.isExpression:
            expression = core.QgsExpression(settings.fieldName)
            absent = [name for name in expression.referencedColumns() if self.layer.fields().indexOf(name) < 0]
            self.expect(not expression.hasParserError() and not absent,
                        f"labels from '{settings.fieldName}': {expression.parserErrorString()} {absent}")
            return
        column = settings.fieldName
        self.expect(self.layer.fields().indexOf(column) >= 0, f"labels from '{column}', which is no column")

    def check_picture(self, counts):
        image, errors = render(self.layer)
        self.expect(not errors, f"drawing failed: {errors}")
        pixels = pixel_counts(image)
        for rule in self.fills:
            colour = rule.symbol().color().name()
            seen = pixels.get(colour, 0)
            self.expect(seen >= MIN_PIXELS or not counts.get(rule.ruleKey()),
                        f"colour {colour} of '{rule.label()}' is on {seen} pixels")
        if counts.get(INHERITED):
            self.check_hatch(pixels)
        self.check_circles(pixels)

    def check_hatch(self, pixels):
        """Without its rule the picture is another one; strokes are soft, so that no pixel has quite their colour."""
        for rule in self.hatches:
            rule.setActive(False)
        plain = pixel_counts(render(self.layer)[0])
        for rule in self.hatches:
            rule.setActive(True)
        changed = sum(abs(pixels.get(colour, 0) - plain.get(colour, 0)) for colour in {*pixels, *plain}) // 2
        self.expect(changed > 1000, f"strokes over inherited values change {changed} pixels")

    def check_circles(self, pixels):
        """Area in proportion to the value: together they cover what their radii say, less outlines and names."""
        circles = self.expected.get("circles")
        if not circles:
            return
        area = sum(math.pi * radius ** 2 for radius in circles["radii_px"])
        seen = pixels.get(circles["colour"], 0)
        self.expect(0.5 * area < seen < 1.02 * area, f"circles cover {seen} pixels, their radii say {area:.0f}")


def draw_page(layer, target):
    """Map and legend side by side, as a reader of the layer sees them in QGIS."""
    drawn, _ = render(layer)
    core.QgsProject.instance().addMapLayer(layer)
    tree = core.QgsLayerTree()
    tree.addLayer(layer)
    model = core.QgsLayerTreeModel(tree)
    page = QImage(drawn.width() + 360, drawn.height(), QImage.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.drawImage(0, 0, drawn)
    painter.translate(drawn.width() + 10, 10)
    dots_per_mm = 96 / 25.4
    page.setDotsPerMeterX(round(1000 * dots_per_mm))
    page.setDotsPerMeterY(round(1000 * dots_per_mm))
    context = core.QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(dots_per_mm)
    painter.scale(dots_per_mm, dots_per_mm)
    core.QgsLegendRenderer(model, core.QgsLegendSettings()).drawLegend(context)
    painter.end()
    return page.save(str(target))


def read_expectations(options):
    expected = json.loads(options.expect.read_text(encoding="utf-8")) if options.expect else {}
    for entry in options.features:
        name, _, count = entry.partition("=")
        if not count.isdigit():
            sys.exit(f"--features {entry}: write NAME=COUNT")
        expected.setdefault(name, {})["features"] = int(count)
    return expected


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("geopackage", type=pathlib.Path)
    parser.add_argument("--expect", type=pathlib.Path, help="JSON file of expectations")
    parser.add_argument("--features", action="append", default=[], metavar="NAME=COUNT")
    parser.add_argument("--screenshot", action="append", default=[], metavar="NAME=FILE.png",
                        help="draws map and legend of a layer")
    return parser.parse_args()


def check_all(options):
    expected = read_expectations(options)
    # What lies round the regions has looks of its own: qgis_test.py looks at them.
    names = [name for name in layer_names(options.geopackage) if not name.startswith("context_")]
    faults = [f"{name}: is not in the file" for name in expected if name not in names]
    if not names:
        faults.append(f"{options.geopackage}: holds no layer with geometry")
    for name in names:
        check = LayerCheck(options.geopackage, name, expected.get(name, {}))
        check.run()
        faults += check.faults
    for entry in options.screenshot:
        name, _, target = entry.partition("=")
        layer = core.QgsVectorLayer(f"{options.geopackage}|layername={name}", name, "ogr")
        if not (layer.isValid() and draw_page(layer, target)):
            faults.append(f"{name}: cannot be drawn to {target}")
    return faults


def main():
    options = parse_options()
    application = core.QgsApplication([], True)
    application.initQgis()
    if "ogr" not in core.QgsProviderRegistry.instance().providerList():
        print("skipped: QGIS has no OGR provider; install qgis-providers")
        return SKIPPED
    faults = check_all(options)
    core.QgsProject.instance().clear()
    application.exitQgis()
    print("\n".join(faults) if faults else "all layers open in QGIS as they should")
    return 1 if faults else 0


if __name__ == "__main__":
    # Without the interpreter's own end: Qt objects that Python still holds may outlive the application and crash.
    status = main()
    sys.stdout.flush()
    os._exit(status)
