"""The numbers in ``docs/data.md``: how much of each wave and region the registry documents, and how it is known."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markdown import between, table

REGISTRY = Path(__file__).parents[1] / "data" / "campuses.json"


def with_numbers(page: str) -> str:
    """Return the page with its numbers as the registry is today."""
    return between(page, "numbers", _sections(json.loads(REGISTRY.read_text(encoding="utf-8"))))


def _sections(document: dict[str, Any]) -> Iterator[str]:
    campuses, sources = document["campuses"], document["sources"]
    yield "## How complete it is"
    yield (
        f"The registry of {document['data_version']} documents {len(campuses)} campuses from {len(sources)} sources, "
        f"{sum(source['url'] is not None for source in sources)} of which have an address. "
        f"{sum(len(campus['sources']) > 1 for campus in campuses)} campuses have more than one source."
    )
    yield "Of the campuses that each call brought, officially, it documents:"
    yield _by_wave(document)
    yield (
        f"{sum(campus['wave'] is None for campus in campuses)} more are documented whose wave is not known, "
        "or which were labelled later."
    )
    yield "By region, with how many of its campuses' seats, waves and dates are known:"
    yield _by_region(document)
    yield "How what is known is known:"
    yield _by_basis(document)


def _by_wave(document: dict[str, Any]) -> str:
    found = Counter((campus["wave"], campus["wave_basis"]) for campus in document["campuses"])
    rows = []
    for wave in document["waves"]:
        documented = (found[wave["number"], basis] for basis in ("stated", "deduced"))
        rows.append((wave["number"], wave["call_launched_on"], wave["new"], *documented))
    sums = (sum(row[at] for row in rows) for at in range(2, 5))
    heads = ("wave", "call", "campuses, officially", "documented, wave stated", "documented, wave deduced")
    return table(heads, [*rows, ("all five", "", *sums)])


def _by_region(document: dict[str, Any]) -> str:
    regions = {region["code"]: region["name"] for region in document["territories"]["regions"]}
    rows = [
        _region(name, [campus for campus in document["campuses"] if campus["region_code"] == code])
        for code, name in regions.items()
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    sums = ("all", *(sum(row[at] for row in rows) for at in range(1, 5)))
    return table(("region", "campuses", "seat known", "wave known", "label dated"), [*rows, sums])


def _region(name: str, campuses: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    dated = sum((campus["labelled_on"] or campus["labelled_by"]) is not None for campus in campuses)
    known = (sum(campus[field] is not None for campus in campuses) for field in ("city", "wave"))
    return (name, len(campuses), *known, dated)


def _by_basis(document: dict[str, Any]) -> str:
    announcements = [each["basis"] for wave in document["waves"] for each in wave["announcements"]]
    bases = {
        "wave of a campus": [campus["wave_basis"] for campus in document["campuses"]],
        "academy of a campus": [campus["academy_basis"] for campus in document["campuses"]],
        "sectors of a campus": [campus["sectors_basis"] for campus in document["campuses"]],
        "announcement of a wave": announcements,
    }
    rows = []
    for what, found in bases.items():
        stated, unknown = found.count("stated"), found.count(None)
        rows.append((what, stated, len(found) - stated - unknown, unknown))
    return table(("what", "stated by a source", "worked out", "not known"), rows)
