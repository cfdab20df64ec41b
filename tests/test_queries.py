"""Queries as people type them, with the answers that they hope for (``queries.csv``).

A row is a command, what was typed, and what is expected, separated by ``|``:

``show``
    the ids, in order, of the campuses that ``cmq show`` finds; none where it finds nothing
``suggest``
    the ids, in order, that it suggests when it finds nothing; none where it suggests nothing
``list``
    the ids, in order, of the campuses in which the words occur, best fit first
``instead``, ``aside``
    what is looked for instead of the words, and which of them are left aside
``through``, ``same``
    the sectors through which words count that no campus says; those with campuses that only share them, and how many
``kept``
    the ids of the campuses that ``--sector`` keeps
``told``, ``lost``
    what is said of words that no campus has, or that can't be understood; of a key that finds no campus
``--sector``, ``--region`` ...
    what is said of a value of the option that means nothing
``sector``, ``region``, ``academy``, ``department``, ``city``, ``wave``, ``date``
    what the value of the filter means: sector ids, codes of regions or names of former ones, names of academies,
    codes of departments, codes of cities, numbers, the last day; nothing where it is a usage error

A list that ends in ``...`` goes on: only its beginning is expected. All others are whole.
"""

import csv
from pathlib import Path

import pytest

from cmq_cli import filters, lookup, search, vocabulary
from cmq_cli.errors import CmqError, NotFoundError, UsageError
from cmq_cli.registry import bundled

REGISTRY = bundled()

with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def show(query):
    try:
        return [campus["id"] for campus in lookup.find(REGISTRY, query)]
    except NotFoundError:
        return []


def suggest(query):
    with pytest.raises(NotFoundError):
        lookup.find(REGISTRY, query)
    return [campus["id"] for campus in lookup.suggestions(REGISTRY, understood(query), query)]


def understood(query):
    return search.understood([query], REGISTRY)


def found(query):
    return search.find(REGISTRY, understood(query))


def told(query):
    try:
        return [lookup.no_words(REGISTRY, understood(query))]
    except UsageError as error:
        return [str(error)]


def refused(make, typed):
    with pytest.raises(CmqError) as caught:
        make(REGISTRY, typed)
    return [str(caught.value)]


def kept(query):
    keeps = filters.by_sector(REGISTRY, [query])
    return [campus["id"] for campus in REGISTRY["campuses"] if keeps.test(campus)]


def date(query):
    try:
        return [str(filters.as_of_day(query))]
    except UsageError:
        return []


ANSWERS = {
    "show": show,
    "suggest": suggest,
    "list": lambda query: [campus["id"] for campus in found(query).campuses],
    "instead": lambda query: [word for term in understood(query).terms for word in term.instead],
    "aside": lambda query: understood(query).aside,
    "through": lambda query: [sector for sectors in found(query).through.values() for sector in sectors],
    "same": lambda query: [f"{each.sector} {len(each.campuses)}" for each in found(query).same_sector],
    "kept": kept,
    "told": told,
    "lost": lambda query: refused(lookup.find, query),
    "date": date,
    "sector": lambda query: sorted(vocabulary.meant(REGISTRY, "sector", query)),
    "region": lambda query: sorted(vocabulary.meant(REGISTRY, "region", query)),
    "academy": lambda query: sorted(vocabulary.meant(REGISTRY, "academy", query)),
    "department": lambda query: sorted(vocabulary.meant(REGISTRY, "department", query)),
    "city": lambda query: sorted(vocabulary.meant(REGISTRY, "city", query)),
    "wave": lambda query: sorted(map(str, vocabulary.waves(REGISTRY, query))),
}


MAKES = (
    filters.by_sector,
    filters.by_region,
    filters.by_academy,
    filters.by_department,
    filters.by_city,
    filters.by_wave,
)
ANSWERS |= {f"--{make.__name__[3:]}": lambda query, make=make: refused(make, [query]) for make in MAKES}


@pytest.mark.parametrize("command", ANSWERS)
def test_queries_give_what_their_users_hope_for(command):
    failures = []
    for row in (row for row in ROWS if row["command"] == command):
        expected = row["expected"].split("|") if row["expected"] else []
        try:
            got = list(ANSWERS[command](row["query"]))
        except (CmqError, pytest.fail.Exception) as error:
            got = [str(error)]
        beginning = expected[:-1] if expected[-1:] == ["..."] else expected
        if got[: len(beginning)] != beginning or (len(got) > len(beginning)) is not (beginning != expected):
            failures.append(f"{row['query']}\n   wanted {'|'.join(expected)}\n   got    {'|'.join(got)}")
    assert not failures, f"{len(failures)} of {command}:\n" + "\n".join(failures)


def test_queries_are_many_and_different():
    assert len(ROWS) >= 600
    assert len({(row["command"], row["query"]) for row in ROWS}) == len(ROWS)
