#!/bin/sh
# grass_cost.sh FOLDER   r.cost over FOLDER/land.bil from FOLDER/land.csv; the import is not timed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/work.sh" <<GRASS
set -eu
r.in.gdal -o input=$1/land.bil output=land --quiet
g.region raster=land
v.in.ascii input=$1/land.csv output=places separator=comma --quiet
begin=\$(date +%s.%N)
r.cost input=land output=minutes start_points=places memory=6000 --quiet
end=\$(date +%s.%N)
echo "seconds: \$(echo "\$end \$begin" | awk '{ print \$1 - \$2 }')"
GRASS
grass -c EPSG:4326 "$folder/place" -e > /dev/null 2>&1
grass "$folder/place/PERMANENT" --exec sh "$folder/work.sh"
