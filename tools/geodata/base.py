"""Reads the base data: Natural Earth's first-order units of Kazakhstan and the city points of GeoNames."""

from osgeo import ogr, osr

from .geodesic import bisect, ring_area_km2, rounded
from .packages import GeodataError

LEASE = "Baykonur lease in Qyzylorda"
CITIES = {"Almaty City": "KZ-ALA", "Astana": "KZ-AST"}
# Natural Earth's own codes are incomplete for the country, its names are not; 'Almaty' is the oblast.
OBLASTS = {
    "Aqmola": "KZ-AKM",
    "Aqtöbe": "KZ-AKT",
    "Almaty": "KZ-ALM",
    "Atyrau": "KZ-ATY",
    "West Kazakhstan": "KZ-ZAP",
    "Zhambyl": "KZ-ZHA",
    "Qaraghandy": "KZ-KAR",
    "Qostanay": "KZ-KUS",
    "Qyzylorda": "KZ-KZY",
    "Mangghystau": "KZ-MAN",
    "Pavlodar": "KZ-PAV",
    "North Kazakhstan": "KZ-SEV",
    "South Kazakhstan": "KZ-YUZ@1997",
    "East Kazakhstan": "KZ-VOS",
}
# Rows of cities15000.txt by geonameid, its first column.
CITY_POINTS = {"KZ-SHY": "1518980", "KZ-ALA": "1526384", "KZ-AST": "1526273"}
WORK_PLANE = "+proj=laea +lat_0=48 +lon_0=67 +datum=WGS84"


def read_outlines(path):
    """Polygons of the 17 features by name, vertices untouched, outer rings counter-clockwise."""
    ogr.UseExceptions()
    try:
        source = ogr.Open(str(path))
        layer = source.GetLayerByName("states_provinces")
        # A filter on the ISO code would lose the Baikonur lease, which is territory of Kazakhstan.
        layer.SetAttributeFilter("sov_a3 = 'KAZ'")
        outlines = {feature["name"]: _polygons(feature.GetGeometryRef()) for feature in layer}
    except (RuntimeError, AttributeError) as error:
        raise GeodataError(f"cannot read layer 'states_provinces' of '{path}': {error}") from error
    expected = {LEASE, *CITIES, *OBLASTS}
    if set(outlines) != expected:
        raise GeodataError(
            f"'{path}' does not hold the expected units of Kazakhstan: "
            f"{sorted(expected ^ set(outlines))} differ"
        )
    return outlines


def _polygons(geometry):
    if geometry.GetGeometryType() == ogr.wkbPolygon:
        return [_rings(geometry)]
    return [_rings(part) for part in geometry]


def _rings(polygon):
    rings = [[point[:2] for point in ring.GetPoints()] for ring in polygon]
    return [
        ring if (ring_area_km2(ring) > 0) == (index == 0) else ring[::-1] for index, ring in enumerate(rings)
    ]


def read_city_points(path):
    """(lon, lat) of the three cities by unit id."""
    wanted = {geoname_id: unit_id for unit_id, geoname_id in CITY_POINTS.items()}
    points = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if columns[0] in wanted:
            points[wanted[columns[0]]] = (float(columns[5]), float(columns[4]))
    if len(points) != len(CITY_POINTS):
        raise GeodataError(f"'{path}' lacks the point of {sorted(set(CITY_POINTS) - set(points))}")
    return points


def grown_to_area(polygon, wanted_km2):
    """The outer ring grown evenly in an equal-area plane to the wanted geodesic area: (ring, distance in m)."""
    to_plane, to_degrees = _transforms()
    flat = ogr.Geometry(ogr.wkbPolygon)
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for lon, lat in polygon[0]:
        ring.AddPoint_2D(lon, lat)
    flat.AddGeometry(ring)
    flat.Transform(to_plane)

    def grown(distance_m):
        buffer = flat.Buffer(distance_m, 8)  # 8 segments a quarter circle
        buffer.Transform(to_degrees)
        return _rings(buffer)[0]

    distance_m = bisect(lambda distance: ring_area_km2(grown(distance)), wanted_km2, 1.0, 2e4)
    return rounded(grown(distance_m)), distance_m


def _transforms():
    degrees, plane = osr.SpatialReference(), osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    plane.ImportFromProj4(WORK_PLANE)
    for system in (degrees, plane):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(degrees, plane), osr.CoordinateTransformation(plane, degrees)
