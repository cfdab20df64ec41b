"""What the shell offers at Tab: ASCII values, with the name as help text where the shell shows it."""

from collections.abc import Callable, Iterable
from typing import Any

from typer import Context

Offer = tuple[str, str]


def _completer(offers: Callable[[dict[str, Any]], Iterable[Offer]]) -> Callable[[Context, str], list[Offer]]:
    def complete(context: Context, incomplete: str) -> list[Offer]:
        from cmq_cli.errors import CmqError
        from cmq_cli.registry import unchecked

        try:
            with unchecked(context.params.get("registry")) as registry:
                found = {value: _harmless(name) for value, name in offers(registry) if value.startswith(incomplete)}
        except CmqError:  # a Tab is no place for an error message
            return []
        return sorted((value, name) for value, name in found.items() if _plain_value(value))

    return complete


def _plain_value(value: str) -> bool:
    return value.isascii() and value.replace("-", "").isalnum()


def _harmless(name: str) -> str:
    """Return a name without what could end a text in a shell, which an unchecked registry may hold."""
    return "".join(char if char.isprintable() and char not in '\\"`$' else " " for char in name)


def _by_name(names: Iterable[str]) -> list[Offer]:
    from cmq_cli.slugs import slug

    return [(slug(name), name) for name in names]


def _regions(registry: dict[str, Any]) -> list[Offer]:
    territories = registry["territories"]
    return _by_name(each["name"] for each in [*territories["regions"], *territories["former_regions"]])


def _waves(registry: dict[str, Any]) -> list[Offer]:
    return [(str(wave["number"]), wave["call_reference"]) for wave in registry["waves"]]


campuses = _completer(lambda registry: [(campus["id"], campus["name"]) for campus in registry["campuses"]])
sectors = _completer(lambda registry: [(sector["id"], sector["label"]) for sector in registry["sectors"]])
regions = _completer(_regions)
academies = _completer(lambda registry: _by_name(academy["name"] for academy in registry["territories"]["academies"]))
departments = _completer(
    lambda registry: [(each["code"], each["name"]) for each in registry["territories"]["departments"]]
)
cities = _completer(lambda registry: _by_name(campus["city"] for campus in registry["campuses"] if campus["city"]))
wave_numbers = _completer(_waves)
waves = _completer(lambda registry: [*_waves(registry), ("none", "not known, or labelled later")])
figures = _completer(lambda registry: [(figure["id"], figure["label"]) for figure in registry["figures"]])
sources = _completer(lambda registry: [(source["id"], source["title"]) for source in registry["sources"]])


def sort_fields(incomplete: str) -> list[Offer]:
    """Offer what campuses can be sorted by."""
    from cmq_cli.query import SORT_KEYS

    sign = "-" if incomplete.startswith("-") else ""
    return [(sign + field, "") for field in SORT_KEYS if field.startswith(incomplete.removeprefix("-"))]


def count_fields(incomplete: str) -> list[Offer]:
    """Offer what campuses can be counted by."""
    from cmq_cli.query import DIMENSIONS

    return [(field, "") for field in DIMENSIONS if field.startswith(incomplete)]


def fields(context: Context, incomplete: str) -> list[Offer]:
    """Offer the fields of the command's records after the comma; those of records inside, after their dot."""
    from cmq_cli.output import records

    known: tuple[str, ...] = getattr(records, _KINDS.get(context.info_name or "", ""), ())
    before, comma, last = incomplete.rpartition(",")
    offered = (*known, *(records.inner_names(known) if "." in last else ()), "all")
    return [(before + comma + field, "") for field in offered if field.startswith(last)]


_KINDS = {
    **dict.fromkeys(("list", "show", "map"), "CAMPUS"),
    "near": "NEAR",
    "count": "COUNT",
    "waves": "WAVE",
    "figures": "FIGURE",
    "sectors": "SECTOR",
    "regions": "REGION",
    "sources": "SOURCE",
}
"""What the fields of a command's records are called in `cmq_cli.output.records`."""
