#!/usr/bin/python3
"""Makes the raster of tests/bench/zonal_bench.cpp: gamma-distributed values over 46-88 E, 40-56 N.

  zonal_raster.py FILE ARC_SECONDS COLUMNS ROWS SEED      9 16800 6400: 107.5 M cells; 3 50400 19200: 968 M
"""
import sys

import numpy
from osgeo import gdal, osr

gdal.UseExceptions()
path, cell, columns, rows, seed = sys.argv[1], float(sys.argv[2]) / 3600, *map(int, sys.argv[3:6])
options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE", "ZLEVEL=1", "PREDICTOR=3"]
dataset = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, gdal.GDT_Float32, options)
dataset.SetGeoTransform((46.0, cell, 0, 56.0, 0, -cell))
reference = osr.SpatialReference()
reference.ImportFromEPSG(4326)
dataset.SetSpatialRef(reference)
random = numpy.random.default_rng(seed)
for row in range(0, rows, 512):
    cells = random.standard_gamma(2.0, (min(512, rows - row), columns), dtype=numpy.float32)
    dataset.GetRasterBand(1).WriteArray((cells * 10).round(2), 0, row)
