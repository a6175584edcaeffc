#!/bin/sh
# warp_first.sh WEIGHTS LIKE ALIGNED COMMAND...   Brings weights to the grid of a raster, then runs the command.
set -eu
weights=$1 like=$2 aligned=$3
shift 3
corners=$(gdalinfo -json "$like" | /usr/bin/python3 -c '
import json, sys
info = json.load(sys.stdin)
west, south = info["cornerCoordinates"]["lowerLeft"]
east, north = info["cornerCoordinates"]["upperRight"]
print(west, south, east, north, "-ts", *info["size"])')
# shellcheck disable=SC2086
gdalwarp -q -overwrite -r near -multi -wo NUM_THREADS=2 -wm 256 -co TILED=YES -co BLOCKXSIZE=512 -co BLOCKYSIZE=512 \
    -co COMPRESS=DEFLATE -co ZLEVEL=1 -co PREDICTOR=3 -te $corners "$weights" "$aligned"
exec "$@"
