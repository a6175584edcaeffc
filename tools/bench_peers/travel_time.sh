#!/bin/sh
# Travel time by GRASS r.cost and R's terra on the raster of tests/bench/travel_time_bench.cpp.
#   tools/bench_peers/travel_time.sh ROWS FOLDER [BENCH]
# Needs grass-core and r-cran-terra. Prints seconds of the clock and of processors. r.cost knows no ground distance: its
# friction is a cell's cost, so that the comparison is of speed, not of minutes.
set -eu
rows=$1
folder=$2
bench=${3:-build/release/bin/tendik_travel_time_bench}
mkdir -p "$folder"
"$bench" "$rows" 0 "$folder/land"

cat > "$folder/grass.sh" <<GRASS
r.in.gdal -o input=$folder/land.bil output=land --quiet
g.region raster=land
v.in.ascii input=$folder/land.csv output=places separator=comma --quiet
echo "GRASS r.cost, 8 moves:"
/usr/bin/time -f "%e s, %U s of processors" r.cost input=land output=minutes start_points=places memory=4000 --quiet
GRASS
rm -rf "$folder/grass"
grass -c EPSG:4326 "$folder/grass" -e > /dev/null 2>&1
grass "$folder/grass/PERMANENT" --exec sh "$folder/grass.sh" 2>&1 | grep -v '^$'

cat > "$folder/terra.R" <<TERRA
library(terra)
land <- rast("$folder/land.bil") + 0
places <- read.csv("$folder/land.csv", header = FALSE)
land[cellFromXY(land, as.matrix(places))] <- 0
seconds <- system.time(costDist(land, target = 0, maxiter = 50))
cat("terra costDist, 8 moves:", seconds[["elapsed"]], "s,", seconds[["user.self"]], "s of processors\n")
TERRA
timeout 1800 Rscript "$folder/terra.R" 2>&1 | tail -1
