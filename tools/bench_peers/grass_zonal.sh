#!/bin/sh
# grass_zonal.sh RASTER REGIONS KEY TABLE   v.rast.stats; the raster is linked, not imported.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/work.sh" <<GRASS
set -eu
r.external -o input=$1 output=cells --quiet
g.region raster=cells
v.in.ogr -o input=$2 output=regions snap=-1 --quiet
begin=\$(date +%s.%N)
v.rast.stats map=regions raster=cells column_prefix=c method=sum,average,maximum --quiet
end=\$(date +%s.%N)
echo "$3,sum,mean,max" > $4
db.select -c sql="select $3, c_sum, c_average, c_maximum from regions" separator=comma >> $4
echo "seconds: \$(echo "\$end \$begin" | awk '{ print \$1 - \$2 }')"
GRASS
grass -c EPSG:4326 "$folder/place" -e > /dev/null 2>&1
grass "$folder/place/PERMANENT" --exec sh "$folder/work.sh"
