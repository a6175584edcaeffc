"""Rasters on the wire and in containers give `tendik zonal` the same rows as a plain file: a local HTTP server with
ranges, a zip archive, VRT, NetCDF with times, Zarr, south-up and masked files; and a truncated file over HTTP names
its block and writes nothing.

  zonal_wire_test.py TENDIK FOLDER
"""
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import zipfile

import numpy
from osgeo import gdal, osr

from scene import Faults

gdal.UseExceptions()
WEST, NORTH, CELL, COLUMNS, ROWS = 46.0, 56.0, 0.25, 168, 64
TIMES = {"2018": 1.0, "2019": 2.0}  # what a year is times the cells


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Serves files with byte ranges, as rasters on the web are read."""

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, with_body):
        path = pathlib.Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = 0, len(content) - 1
        if wanted:
            first = int(wanted[1])
            last = min(last, int(wanted[2])) if wanted[2] else last
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        if with_body:
            self.wfile.write(content[first:last + 1])


def place(dataset):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    dataset.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    dataset.SetSpatialRef(reference)


def make_files(folder):
    cells = numpy.random.default_rng(5).gamma(2.0, 10.0, (ROWS, COLUMNS)).round(2)
    plain = gdal.GetDriverByName("GTiff").Create(
        str(folder / "plain.tif"), COLUMNS, ROWS, 1, gdal.GDT_Float64,
        ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"])
    place(plain)
    plain.GetRasterBand(1).WriteArray(cells)
    plain.FlushCache()
    gdal.Translate(str(folder / "parts.vrt"), plain)
    gdal.Translate(str(folder / "plain.zarr"), plain, format="Zarr")
    with zipfile.ZipFile(folder / "plain.zip", "w") as archive:
        plain = None
        archive.write(folder / "plain.tif", "in/plain.tif")
    memory = gdal.GetDriverByName("MEM").Create("", COLUMNS, ROWS, 2, gdal.GDT_Float64)
    place(memory)
    memory.SetMetadata({"NETCDF_DIM_EXTRA": "{time}", "NETCDF_DIM_time_DEF": "{2,6}",
                        "NETCDF_DIM_time_VALUES": "{0,365}", "time#units": "days since 2018-01-01"})
    for band, (day, factor) in enumerate(zip(("0", "365"), TIMES.values()), 1):
        memory.GetRasterBand(band).WriteArray(cells * factor)
        memory.GetRasterBand(band).SetMetadataItem("NETCDF_DIM_time", day)
    gdal.GetDriverByName("netCDF").CreateCopy(str(folder / "years.nc"), memory)
    memory = None
    content = (folder / "plain.tif").read_bytes()
    (folder / "cut.tif").write_bytes(content[:len(content) * 3 // 4])


def rows_of(tendik, raster, *more):
    called = subprocess.run([tendik, "zonal", "--raster", str(raster), "--format", "json", *more],
                            capture_output=True, text=True, check=False)
    rows = json.loads(called.stdout)["rows"] if called.returncode == 0 else None
    return called, rows


def main(tendik, folder):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make_files(folder)
    faults = Faults()
    handler = lambda *words: Ranges(*words, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    called, plain = rows_of(tendik, folder / "plain.tif")
    faults.expect(called.returncode == 0 and len(plain) == 17, f"plain file: {called.stderr}")
    for raster in (f"{address}/plain.tif", f"/vsicurl/{address}/plain.tif", f"{address}/plain.tif:1",
                   f"/vsizip/{folder}/plain.zip/in/plain.tif", f"/vsizip//vsicurl/{address}/plain.zip/in/plain.tif",
                   folder / "parts.vrt", folder / "plain.zarr", f"{folder}/years.nc:2018",
                   f"{folder}/years.nc:time=2018-01-01"):
        called, rows = rows_of(tendik, raster)
        faults.same(rows, plain, f"{raster}: {called.stderr.strip()}")
    _, doubled = rows_of(tendik, f"{folder}/years.nc:2019")
    for one, two in zip(plain, doubled or []):
        faults.expect(abs(two["mean"] - 2 * one["mean"]) < 1e-9, f"2019 of {one['key']}: {two['mean']}")
    called, rows = rows_of(tendik, f"{address}/cut.tif", "-o", str(folder / "cut.csv"))
    faults.same(called.returncode, 1, "a truncated file on the wire")
    faults.expect(re.search(r"cut\.tif: block \d+ of block row \d+", called.stderr), f"no block: {called.stderr}")
    faults.expect(not (folder / "cut.csv").exists(), "a table of a truncated file")
    called, rows = rows_of(tendik, f"{address}/none.tif")
    faults.expect(called.returncode == 1 and "none.tif" in called.stderr, f"an absent file: {called.stderr}")
    server.shutdown()
    return faults.report()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
