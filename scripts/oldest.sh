#!/usr/bin/env bash
# Run the tests on the oldest dependencies that pyproject.toml allows, and measure how much of the program they reach.
#
#   scripts/oldest.sh [PYTHON]
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case "$(uname -s)" in MINGW* | MSYS* | CYGWIN*) bin=Scripts ;; *) bin=bin ;; esac

"${1:-python3}" -m venv "$scratch/venv"
"$scratch/venv/$bin/python" - > "$scratch/oldest.txt" << 'PYTHON'
import re, tomllib
with open("pyproject.toml", "rb") as file:
    dependencies = tomllib.load(file)["project"]["dependencies"]
for bounds, *only_where in (each.split(";") for each in dependencies):
    print(";".join([re.sub(r"[ ,]*<[^,]*", "", bounds).replace(">=", "=="), *only_where]))
PYTHON
cat "$scratch/oldest.txt"
"$scratch/venv/$bin/python" -m pip install --quiet --constraint "$scratch/oldest.txt" --editable '.[dev]'
export COVERAGE_FILE="$scratch/coverage"
"$scratch/venv/$bin/coverage" run -m pytest --quiet
"$scratch/venv/$bin/coverage" combine --quiet
"$scratch/venv/$bin/coverage" report
