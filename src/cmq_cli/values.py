"""What the value of a filter means, what it means in another filter, and what is said of one that means nothing."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cmq_cli import vocabulary
from cmq_cli.errors import UsageError
from cmq_cli.model import Registry
from cmq_cli.text import shown, sort_key
from cmq_cli.vocabulary import Entry


class Vocabulary(NamedTuple):
    """A vocabulary: what a typed text means in it, what a value of it is called, and the sentences about both."""

    option: str
    meaning: Callable[[Registry, str], set[str]]
    entries: Callable[[Registry], list[Entry]]
    name: Callable[[Registry, str], str]
    did_you_mean: str
    unknown: str
    is_one: str
    are_several: str


SECTOR = Vocabulary(
    "--sector",
    vocabulary.sectors,
    vocabulary.sector_entries,
    lambda registry, id: registry.sector_by_id[id].label,
    "Unknown sector {typed}. Did you mean: {near}? See: cmq sectors",
    "Unknown sector {typed}. See: cmq sectors; words are looked for everywhere with: cmq list WORD",
    '"{name}" is a sector: cmq list --sector {value}',
    '"{typed}" means several sectors: cmq list --sector "{typed}"',
)
REGION = Vocabulary(
    "--region",
    vocabulary.regions,
    vocabulary.region_entries,
    lambda registry, code: registry.region_by_code[code].name if code in registry.region_by_code else code,
    "Unknown region {typed}. Did you mean: {near}? See: cmq regions",
    "Unknown region {typed}. See: cmq regions",
    '{name} is a region: cmq list --region "{name}"',
    '"{typed}" means several regions: cmq list --region "{typed}"',
)
ACADEMY = Vocabulary(
    "--academy",
    vocabulary.academies,
    lambda registry: [*vocabulary.academy_entries(registry), *vocabulary.region_entries(registry)],
    lambda _, name: name,
    "Unknown academy {typed}. Did you mean: {near}? See: cmq regions",
    "Unknown academy {typed}. See: cmq regions",
    '{name} is an academy: cmq list --academy "{name}"',
    '"{typed}" means several academies: cmq list --academy "{typed}"',
)
DEPARTMENT = Vocabulary(
    "--department",
    vocabulary.departments,
    vocabulary.department_entries,
    lambda registry, code: registry.department_by_code[code].name,
    "Unknown department {typed}. Did you mean: {near}? Give a name (Doubs) or a number (25, 2A, 974).",
    "Unknown department {typed}. Give a name (Doubs) or a number (25, 2A, 974).",
    "{name} is a department: cmq list --department {value}",
    '"{typed}" means several departments: cmq list --department "{typed}"',
)
_KINDS = (REGION, DEPARTMENT, ACADEMY, SECTOR)


def meant(registry: Registry, kind: Vocabulary, values: Iterable[str]) -> tuple[set[str], tuple[str, ...]]:
    """Return what the values mean, and a sentence on each that means several things.

    Raises UsageError, with the way to say it, where one means nothing.
    """
    wanted: set[str] = set()
    notes = []
    for typed in values:
        found = kind.meaning(registry, typed)
        if not found:
            raise UsageError(_unknown(registry, kind, typed))
        if len(found) > 1:
            names = sorted((kind.name(registry, value) for value in found), key=sort_key)
            notes.append(f"{shown(typed)} means: {'; '.join(names)}.")
        wanted |= found
    return wanted, tuple(notes)


def _unknown(registry: Registry, kind: Vocabulary, typed: str) -> str:
    if several := one_at_a_time(kind.option, typed, lambda part: bool(kind.meaning(registry, part))):
        return several
    near = vocabulary.near(kind.entries(registry), typed)
    named = None if near else commune(registry, typed)
    if other := elsewhere(registry, typed) or named:
        return f"{shown(typed)} is no value of {kind.option}. {other}"
    return (kind.did_you_mean if near else kind.unknown).format(typed=shown(typed), near=", ".join(near))


def one_at_a_time(option: str, typed: str, known: Callable[[str], bool]) -> str | None:
    """Return how to give several values that stand in one text, where all of them are known."""
    parts = [part.strip() for part in typed.replace(";", ",").split(",")]
    if len(parts) < 2 or not all(map(known, parts)):
        return None
    each = " ".join(f'{option} "{part}"' if " " in part else f"{option} {part}" for part in parts)
    return f"{shown(typed)} are several values. Repeat the option: {each}"


def elsewhere(registry: Registry, typed: str, kinds: Iterable[Vocabulary] = _KINDS) -> str | None:
    """Return the sentence on the region, department, academy or sector that is called so, if one is."""
    for kind in kinds:
        values = sorted(kind.meaning(registry, typed))
        if len(values) > 1:
            return kind.are_several.format(typed=typed.strip())
        if values:
            return kind.is_one.format(name=kind.name(registry, values[0]), value=values[0])
    return None


def commune(registry: Registry, typed: str) -> str | None:
    """Return the sentence on the commune that is called so, if one is."""
    from cmq_cli import places  # only what nothing else is called is looked for among all communes

    found = places.named(typed, registry.territories.departments)
    if len(found) > 1:
        return f'There are {len(found)} communes of this name; around the largest: cmq near "{found[0]}"'
    return f'{found[0]} is a commune: cmq near "{found[0]}"' if found else None
