"""Areas and figures on the WGS 84 ellipsoid.

Longitudes and latitudes in degrees, lengths in metres, areas in km2.

Geodesics after C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), in python3-geographiclib.
"""

from geographiclib.geodesic import Geodesic

# Vertices that the recipe makes are rounded to this many decimals of a degree (0.1 mm), so that the last
# bits of sine and cosine, which differ between processors, leave no trace in the files.
MADE_VERTEX_DECIMALS = 9


def ring_area_km2(ring):
    """Area inside a closed ring of (lon, lat), positive when it runs counter-clockwise."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring[:-1]:
        polygon.AddPoint(lat, lon)
    return polygon.Compute(False, True)[2] / 1e6


def area_km2(polygons):
    """Area of a list of polygons, each a list of rings whose direction says outer (+) or hole (-)."""
    return sum(ring_area_km2(ring) for rings in polygons for ring in rings)


def circle_ring(centre, radius_m, vertex_count=96):
    """Counter-clockwise ring round (lon, lat), vertices at equal steps of azimuth from north."""
    lon, lat = centre
    step_deg = 360.0 / vertex_count
    ends = [Geodesic.WGS84.Direct(lat, lon, -step_deg * index, radius_m) for index in range(vertex_count)]
    return closed([(end["lon2"], end["lat2"]) for end in ends])


def circle_of_area(centre, wanted_km2):
    """The circle whose geodesic polygon has the wanted area: (ring, radius in m)."""
    radius_m = bisect(lambda radius: ring_area_km2(circle_ring(centre, radius)), wanted_km2, 1.0, 1e5)
    return rounded(circle_ring(centre, radius_m)), radius_m


def bisect(rising, wanted, low, high):
    """The argument in [low, high] at which the rising function takes the wanted value."""
    if not rising(low) <= wanted <= rising(high):
        raise ValueError(f"no argument between {low} and {high} gives {wanted}")
    for _ in range(60):
        middle = (low + high) / 2
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def closed(vertices):
    return vertices + vertices[:1]


def rounded(ring):
    return [(round(lon, MADE_VERTEX_DECIMALS), round(lat, MADE_VERTEX_DECIMALS)) for lon, lat in ring]
