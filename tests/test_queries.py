"""Queries as people type them, with the answers that they hope for (``queries.csv``).

A row is a command, what was typed, and what is expected, separated by ``|``; where it ends in ``...`` it goes on:

``show``, ``suggest``, ``list``, ``kept``
    the ids, in order, of the campuses that ``cmq show`` finds, or suggests where it finds nothing; that ``cmq list``
    finds; that ``--sector`` keeps
``wanted``, ``instead``, ``aside``
    what is looked for, in alternatives; what of it instead of the words; which words are left aside
``through``, ``same``
    the sectors through which words count that no campus says; those with campuses that only share them, and how many
``told``, ``lost``, ``--sector``, ``--region`` ...
    what is said of words that no campus has or that can't be understood; of a key that finds no campus; of a value
``sector``, ``region``, ``academy``, ``department``, ``city``, ``wave``, ``date``
    what the value of the filter means: sector ids, codes of regions or names of former ones, names of academies,
    codes of departments, codes of cities, numbers, the last day; nothing where it is a usage error
"""

import csv
from pathlib import Path

import pytest

from cmq_cli import filters, lookup, search, vocabulary
from cmq_cli.errors import CmqError, NotFoundError, UsageError
from cmq_cli.registry import bundled
from support import ids

REGISTRY = bundled()

with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def understood(query):
    return search.understood([query], REGISTRY)


def found(query):
    return search.find(REGISTRY, understood(query))


def unless_refused(answer, *arguments):
    try:
        return answer(*arguments)
    except (NotFoundError, UsageError):
        return []


def suggest(query):
    assert unless_refused(lookup.find, REGISTRY, query) == []
    return ids(lookup.suggestions(REGISTRY, understood(query)))


def refused(ask, *typed):
    with pytest.raises(CmqError) as caught:
        ask(REGISTRY, *typed)
    return [str(caught.value)]


ANSWERS = {
    "show": lambda query: ids(unless_refused(lookup.find, REGISTRY, query)),
    "suggest": suggest,
    "date": lambda query: unless_refused(lambda: [str(filters.as_of_day(query))]),
    "list": lambda query: ids(found(query).campuses),
    "wanted": lambda query: [" + ".join(term.typed for term in terms) for terms in understood(query).alternatives],
    "instead": lambda query: [word for term in understood(query).terms for word in term.instead],
    "aside": lambda query: understood(query).aside,
    "through": lambda query: [sector for sectors in found(query).through.values() for sector in sectors],
    "same": lambda query: [f"{each.sector} {len(each.campuses)}" for each in found(query).same_sector],
    "kept": lambda query: ids(filter(filters.make(REGISTRY, "sector", [query]).test, REGISTRY["campuses"])),
    "told": lambda query: [lookup.no_words(REGISTRY, understood(query), found(query))],
    "lost": lambda query: refused(lookup.find, query),
}
for kind in vocabulary.UNKNOWN:
    ANSWERS[kind] = lambda query, kind=kind: sorted(vocabulary.meant(REGISTRY, kind, query))
    ANSWERS[f"--{kind}"] = lambda query, kind=kind: refused(filters.make, kind, [query])


@pytest.mark.parametrize("command", ANSWERS)
def test_queries_give_what_their_users_hope_for(command):
    failures = []
    for query, wanted in [(row["query"], row["expected"]) for row in ROWS if row["command"] == command]:
        try:
            got = list(ANSWERS[command](query))
        except CmqError as error:
            got = [str(error)]
        begins = wanted.removesuffix("|...").split("|") if wanted.endswith("|...") else got
        shown = "|".join([*got[: len(begins)], *(["..."] if len(got) > len(begins) else [])])
        if shown != wanted:
            failures.append(f"{query}\n   wanted {wanted}\n   got    {'|'.join(got)}")
    assert not failures, f"{len(failures)} of {command}:\n" + "\n".join(failures)


def test_queries_are_many_and_different():
    assert len(ROWS) >= 600
    assert len({(row["command"], row["query"]) for row in ROWS}) == len(ROWS)
