"""The parts of tools/build_geodata: packages, geodesic figures, rings, the recipe, the GeoJSON writer."""
