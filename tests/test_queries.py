"""Queries as people type them, with the answers that they hope for (``queries.csv``).

A row is a command, what was typed, and what is expected, separated by ``|``:

``show``
    the ids, in order, of the campuses that ``cmq show`` finds; none where it finds nothing
``suggest``
    the ids, in order, that it suggests when it finds nothing; none where it suggests nothing
``list``
    the ids, in order, of the campuses in which the words occur, best fit first
``sector``, ``region``, ``academy``, ``department``, ``city``
    what the value of the filter means: sector ids, codes of regions or names of former ones, names of academies,
    codes of departments, codes of cities; nothing where it is a usage error

A list that ends in ``...`` goes on: only its beginning is expected. All others are whole.
"""

import csv
from pathlib import Path

import pytest

from cmq_cli import lookup, vocabulary
from cmq_cli.errors import NotFoundError
from cmq_cli.registry import load
from cmq_cli.search import query_words, ranked, texts

REGISTRY = load()
TEXTS = texts(REGISTRY, REGISTRY.campuses)

MEANINGS = {
    "sector": vocabulary.sectors,
    "region": vocabulary.regions,
    "academy": vocabulary.academies,
    "department": vocabulary.departments,
    "city": vocabulary.cities,
}

with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def answer(command: str, query: str) -> list[str]:
    match command:
        case "show":
            try:
                return [campus.id for campus in lookup.find(REGISTRY, query)]
            except NotFoundError:
                return []
        case "suggest":
            with pytest.raises(NotFoundError):
                lookup.find(REGISTRY, query)
            return [campus.id for campus in lookup.suggestions(query, TEXTS)]
        case "list":
            return [campus.id for campus in ranked(query_words([query]), TEXTS)]
    return sorted(MEANINGS[command](REGISTRY, query))


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['command']}: {row['query']}") for row in ROWS])
def test_query_gives_what_its_user_hopes_for(row: dict[str, str]) -> None:
    expected = row["expected"].split("|") if row["expected"] else []
    found = answer(row["command"], row["query"])
    if expected[-1:] == ["..."]:
        beginning = expected[:-1]
        assert found[: len(beginning)] == beginning
        assert len(found) > len(beginning)
    else:
        assert found == expected


def test_queries_are_many_and_different() -> None:
    assert len(ROWS) >= 150
    assert len({(row["command"], row["query"]) for row in ROWS}) == len(ROWS)
