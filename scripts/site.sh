#!/usr/bin/env bash
# Make the project's site in a folder: the page of the map, in French and in English, and the data in every form beside it.
#
#   scripts/site.sh [FOLDER] [CMQ]     by default the folder `site` and the program `cmq`
set -euo pipefail
site=${1:-site}
cmq=${2:-cmq}
data=$(dirname "$0")/../data

mkdir -p "$site"
CMQ_LANG=en "$cmq" map --output "$site/en.html"
export CMQ_LANG=fr
"$cmq" map --output "$site/index.html"
"$cmq" map --output "$site/campuses.svg"
for form in json csv geojson xlsx; do
  "$cmq" list --output "$site/campuses.$form"
done
mkdir -p "$site/data"
cp "$data"/*.* "$site/data/"
ls -l "$site" "$site/data"
