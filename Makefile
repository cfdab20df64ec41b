# The few commands of a contributor. On Windows: make BIN=.venv/Scripts COMMAND.
.PHONY: help setup test check fix update coverage mutants

BIN = .venv/bin

help:  ## show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup:  ## make the environment, with the tools of development
	python3 -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'

test:  ## run the tests
	$(BIN)/pytest --quiet

check:  ## run all that a change must pass
	.ci/run

fix:  ## mend what ruff can mend, format the code, put the registry into its canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/cmq validate --fix data/campuses.json

update:  ## write anew what is made from the program: documents, examples, pictures; then read git diff
	$(BIN)/pytest --quiet --update-snapshots

coverage:  ## measure which lines and branches the tests reach, and fail below 97 %
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --quiet
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants:  ## break text.py and query.py in every small way, and name what no test notices (half an hour)
	$(BIN)/pip install --quiet mutmut
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results
