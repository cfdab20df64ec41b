# The few commands of a contributor. On Windows: make BIN=.venv/Scripts COMMAND.
.PHONY: help setup test check fix update oldest bench site

BIN = .venv/bin

help:  ## show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup:  ## make the environment, with the tools of development
	python3 -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'

test:  ## run the tests
	$(BIN)/pytest --quiet

check:  ## run all that a change must pass, on what is committed
	.ci/run

fix:  ## fix what ruff can fix, format the code, put the registry into its canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/cmq validate --fix data/campuses.json

update:  ## write anew what is made from the program and the data; then read git diff
	for script in scripts/*.py; do $(BIN)/python $$script; done

oldest:  ## run the tests on the oldest dependencies, and measure which lines and branches they reach
	scripts/oldest.sh

bench:  ## measure how fast the program is, beside the least that such programs can take
	$(BIN)/python benchmarks/bench.py

site:  ## make the project's site in the folder site
	scripts/site.sh site $(BIN)/cmq
