#!/usr/bin/python3
"""GDAL reads every MBTiles file, and its pixels have the colours of the legend, with no seam between regions:

raster_tiles_test.py FOLDER   (as make_atlas.py left it)
"""
import pathlib
import re
import sys

import scene

try:
    import numpy
    from osgeo import gdal, ogr, osr
except ImportError as error:
    scene.skip(f"GDAL and NumPy for Python are not installed ({error}); install python3-gdal and python3-numpy")

MAX_ZOOM = 6
OPAQUE = 255
# A pixel mixes at most the colours of what lies within this many pixels: half of the widest line and its soft edge.
REACH_PX = 2
# What lies round the regions (styles/site/context.js).
LAND, WATER, OLD_WATER = "#f3f1eb", "#d5e7f1", "#e6f1f7"
# Strokes over inherited values (src/paint/hatch_regions.cpp).
DARK_STROKE, LIGHT_STROKE = "#10202e", "#ffffff"
# Rounding of the mean of 16 samples and of the line drawn over it.
COLOUR_TOLERANCE = 2.5


def rgb(hex_colour):
    return numpy.array([int(hex_colour[i:i + 2], 16) for i in (1, 3, 5)], dtype=float)


def border_colour(layers, name):
    """The colour of the lines as the layer's style in atlas.gpkg says it to QGIS."""
    result = layers.ExecuteSQL(f"SELECT styleSLD FROM layer_styles WHERE f_table_name = '{name}'")
    text = next(iter(result))["styleSLD"]
    layers.ReleaseResultSet(result)
    return rgb(re.search(r'name="stroke">(#[0-9a-f]{6})<', text).group(1))


def web_mercator():
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(3857)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def index_images(source, layer_name, picture):
    """Which region the centre of each pixel lies in, 1 and up in the layer's order, 0 outside; and the same for every
    pixel that a region touches at all."""
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("regions", web_mercator(), ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
    for i, feature in enumerate(source.GetLayerByName(layer_name)):
        shape = feature.GetGeometryRef().Clone()
        shape.GetSpatialReference().SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        shape.Segmentize(0.01)
        shape.TransformTo(web_mercator())
        moved = ogr.Feature(layer.GetLayerDefn())
        moved.SetField("number", i + 1)
        moved.SetGeometry(shape)
        layer.CreateFeature(moved)
    images = []
    for option in ("ALL_TOUCHED=FALSE", "ALL_TOUCHED=TRUE"):
        target = gdal.GetDriverByName("MEM").Create("", picture.RasterXSize, picture.RasterYSize, 1, gdal.GDT_Byte)
        target.SetGeoTransform(picture.GetGeoTransform())
        target.SetProjection(web_mercator().ExportToWkt())
        gdal.RasterizeLayer(target, [1], layer, options=["ATTRIBUTE=number", option])
        images.append(target.ReadAsArray())
    return images


def surroundings(image, reach):
    """Lowest and highest value within `reach` pixels of each pixel; beyond the picture counts as 0."""
    low, high = image.copy(), image.copy()
    wide = numpy.pad(image, reach)
    height, width = image.shape
    for down in range(2 * reach + 1):
        for right in range(2 * reach + 1):
            part = wide[down:down + height, right:right + width]
            numpy.minimum(low, part, out=low)
            numpy.maximum(high, part, out=high)
    return low, high


def water_near(source, picture):
    """Pixels within reach of a lake or river: they show water, or a mixture with it."""
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("water", web_mercator(), ogr.wkbUnknown)
    for name in ("context_lakes", "context_rivers"):
        for feature in source.GetLayerByName(name):
            shape = feature.GetGeometryRef().Clone()
            shape.GetSpatialReference().SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
            shape.TransformTo(web_mercator())
            moved = ogr.Feature(layer.GetLayerDefn())
            moved.SetGeometry(shape)
            layer.CreateFeature(moved)
    target = gdal.GetDriverByName("MEM").Create("", picture.RasterXSize, picture.RasterYSize, 1, gdal.GDT_Byte)
    target.SetGeoTransform(picture.GetGeoTransform())
    target.SetProjection(web_mercator().ExportToWkt())
    gdal.RasterizeLayer(target, [1], layer, burn_values=[1], options=["ALL_TOUCHED=TRUE"])
    _, near = surroundings(target.ReadAsArray(), REACH_PX)
    return near != 0


def check_around(faults, pixels, touched, water, name):
    """Beside the country lie its neighbours and their water, and nothing shines through."""
    around = (touched == 0) & (pixels[3] == OPAQUE)
    land = int((numpy.abs(pixels[:3][:, around & ~water] - rgb(LAND)[:, None]).max(axis=0) == 0).sum())
    sea = int((numpy.abs(pixels[:3][:, around] - rgb(WATER)[:, None]).max(axis=0) == 0).sum())
    faults.expect(land > 100_000 and sea > 10_000, f"{name}: {land} pixels of neighbours, {sea} of water")
    inner = (pixels[3] > 0) & (pixels[3] < OPAQUE)
    faults.same(int(inner.sum()), 0, f"{name}: half transparent pixels")
    lakes = int((numpy.abs(pixels[:3][:, touched != 0] - rgb(WATER)[:, None]).max(axis=0) == 0).sum())
    aral = int((numpy.abs(pixels[:3] - rgb(OLD_WATER)[:, None, None]).max(axis=0) == 0).sum())
    faults.expect(lakes > 1_000 and aral > 100, f"{name}: {lakes} pixels of lakes, {aral} of the dated outline")


def is_inherited(year, i):
    return bool(year.get("inherited") and year["inherited"][i])


def check_hatch(faults, pixels, regions, year, water, name):
    """Over the colour of their class inherited values have strokes, dark ones within light ones."""
    for i in range(len(year["values"])):
        if not is_inherited(year, i):
            continue
        low, high = surroundings(regions, REACH_PX)
        inner = (low == i + 1) & (high == i + 1) & ~water
        if inner.sum() < 1000:  # a city is smaller than the strokes are wide
            continue
        for what, colour in (("its class", scene.colour_of_region(year, i)), ("dark strokes", DARK_STROKE),
                             ("light strokes", LIGHT_STROKE)):
            alike = numpy.abs(pixels[:3][:, inner] - rgb(colour)[:, None]).max(axis=0) <= COLOUR_TOLERANCE
            faults.expect(alike.mean() > 0.05, f"{name}: {what} on {alike.mean():.1%} of region {i + 1}")


def check_labels(faults, picture, pixels, year, boundaries, water, name):
    turn = osr.CoordinateTransformation(lon_lat(), web_mercator())
    left, width, _, top, _, height = picture.GetGeoTransform()
    for i, region in enumerate(boundaries["regions"]):
        x, y, _ = turn.TransformPoint(*region["label"])
        if water[int((y - top) / height), int((x - left) / width)] or is_inherited(year, i):
            continue
        found = pixels[:, int((y - top) / height), int((x - left) / width)]
        wanted = scene.colour_of_region(year, i)
        shown = "#{:02x}{:02x}{:02x}".format(*found[:3])
        faults.same((shown, int(found[3])), (wanted, OPAQUE), f"{name}: pixel in {region['key']}")


def lon_lat():
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def check_pixels(faults, pixels, images, year, border, water, name):
    """Inside the country everything is opaque; where all regions within reach have one colour and no water is near, a
    pixel is of that colour or of a mixture with the line's; outside lie the neighbours."""
    numbers = sorted({scene.colour_of_region(year, i) for i in range(len(year["values"]))})
    colour_of = numpy.zeros(len(year["values"]) + 1, dtype=numpy.uint8)
    for i in range(len(year["values"])):
        hatched = is_inherited(year, i)
        colour_of[i + 1] = len(numbers) + 1 if hatched else numbers.index(scene.colour_of_region(year, i)) + 1
    low, high = surroundings(colour_of[images[0]], REACH_PX)
    _, touched = surroundings(images[1], REACH_PX)
    inside = low > 0
    seams = int((pixels[3][inside] != OPAQUE).sum())
    faults.same(seams, 0, f"{name}: pixels inside the country that are not opaque")
    check_around(faults, pixels, touched, water, name)
    for number, colour in enumerate(numbers, 1):
        alike = (low == number) & (high == number) & ~water
        found = pixels[:3][:, alike].astype(float) - rgb(colour)[:, None]
        way = (border - rgb(colour))[:, None]
        share = numpy.clip((found * way).sum(axis=0) / (way * way).sum(), 0.0, 1.0)
        off = numpy.abs(found - way * share).max(axis=0) if found.size else numpy.zeros(1)
        faults.expect(off.max() <= COLOUR_TOLERANCE,
                      f"{name}: {int((off > COLOUR_TOLERANCE).sum())} pixels within {colour} of other colours")


def check_metadata(faults, picture, boundaries, name):
    found = picture.GetMetadata()
    faults.same((found.get("format"), found.get("minzoom"), found.get("maxzoom"), found.get("name")),
                ("png", "0", str(MAX_ZOOM), name), f"{name}: metadata")
    bounds = [float(part) for part in found.get("bounds", "0,0,0,0").split(",")]
    for have, wanted in zip(bounds, boundaries["bounds"]):
        faults.near(have, wanted, 1e-5, f"{name}: bounds")
    faults.same(picture.RasterCount, 4, f"{name}: bands")
    faults.expect(found.get("attribution"), f"{name}: no attribution")


def check_zooms(faults, path, name):
    for zoom in range(MAX_ZOOM):
        picture = gdal.OpenEx(str(path), gdal.OF_RASTER, open_options=[f"ZOOM_LEVEL={zoom}"])
        faults.same(picture.GetMetadata()["ZOOM_LEVEL"], str(zoom), f"{name}: zoom")
        alpha = picture.GetRasterBand(4).ReadAsArray()
        faults.same(int(alpha.max()), OPAQUE, f"{name}: most opaque pixel at zoom {zoom}")


def main():
    gdal.UseExceptions()
    if gdal.GetDriverByName("MBTiles") is None:
        scene.skip("GDAL has no MBTiles driver")
    atlas = pathlib.Path(sys.argv[1]).resolve() / "atlas"
    faults = scene.Faults()
    source = gdal.OpenEx(str(atlas / "atlas.gpkg"), gdal.OF_VECTOR)
    images = {}
    seen = set()
    for name, year, boundaries in scene.site_maps(scene.read_site_data(atlas / "site")):
        if name not in scene.RASTER_LAYERS:
            continue
        seen.add(name)
        path = atlas / "tiles" / f"{name}.mbtiles"
        picture = gdal.OpenEx(str(path), gdal.OF_RASTER)
        pixels = picture.ReadAsArray()
        if year["vintage"] not in images:
            images[year["vintage"]] = (index_images(source, name, picture), water_near(source, picture))
        regions, water = images[year["vintage"]]
        check_metadata(faults, picture, boundaries, name)
        check_labels(faults, picture, pixels, year, boundaries, water, name)
        check_pixels(faults, pixels, regions, year, border_colour(source, name), water, name)
        check_hatch(faults, pixels, regions[0], year, water, name)
        check_zooms(faults, path, name)
    faults.same(seen, scene.RASTER_LAYERS, "raster tiles of the latest years")
    return faults.report()


if __name__ == "__main__":
    sys.exit(main())
