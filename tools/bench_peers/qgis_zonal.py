#!/usr/bin/python3
"""qgis_zonal.py RASTER REGIONS KEY TABLE   native:zonalstatisticsfb without a window."""
import csv
import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProcessingUtils,
                       QgsRasterLayer, QgsVectorLayer)

raster_file, regions_file, key, table_file = sys.argv[1:5]
application = QgsApplication([], False)
application.initQgis()
provider = QgsNativeAlgorithms()
QgsApplication.processingRegistry().addProvider(provider)
algorithm = QgsApplication.processingRegistry().createAlgorithmById("native:zonalstatisticsfb")
raster, regions = QgsRasterLayer(raster_file, "values"), QgsVectorLayer(regions_file, "regions")
context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
begin = time.monotonic()
results, done = algorithm.run({"INPUT": regions, "INPUT_RASTER": raster, "RASTER_BAND": 1, "COLUMN_PREFIX": "",
                               "STATISTICS": [1, 2, 6], "OUTPUT": "memory:"}, context, feedback)
seconds = time.monotonic() - begin
if not done:
    sys.exit("native:zonalstatisticsfb failed")
layer = QgsProcessingUtils.mapLayerFromString(results["OUTPUT"], context)
with open(table_file, "w", encoding="utf-8", newline="") as table:
    rows = csv.writer(table)
    rows.writerow([key, "sum", "mean", "max"])
    for feature in layer.getFeatures():
        rows.writerow([feature[name] for name in (key, "sum", "mean", "max")])
print(f"seconds: {seconds:.3f}", flush=True)
os._exit(0)  # QGIS may fall over its own feet when Python takes it down
