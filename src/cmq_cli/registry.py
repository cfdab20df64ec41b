"""Find the bundled data and read them: the registry, and the words that people say instead of others."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from cmq_cli.errors import RegistryError
from cmq_cli.language import N_, _, reason

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Figure, Institution, Milestone, Region, Registry, Sector, Source, Wave
else:  # a record is the dict that the JSON holds; the model, which says what is in it, takes long to import
    Campus = Figure = Institution = Milestone = Region = Registry = Sector = Source = Wave = dict

Record = TypeVar("Record", bound=Mapping[str, Any])


class Synonym(NamedTuple):
    """What people say instead of other words, any of which is meant; `feminine` is empty where there is none."""

    said: str
    feminine: str
    words: tuple[str, ...]


def data_file(name: str) -> Path:
    """Return the path where a bundled data file is, or should be: inside the package, or at the top of a checkout."""
    package = Path(__file__).parent
    in_checkout = package.parent.name == "src" and not (package / "data").exists()
    return (package.parents[1] if in_checkout else package) / "data" / name


def read_data(name: str) -> bytes:
    """Return what a bundled data file holds; raise RegistryError, with the way to fix it, where that is impossible."""
    try:
        return data_file(name).read_bytes()
    except OSError as error:
        message = N_("{file} can't be read ({reason}); reinstall cmq as its README says.")
        raise RegistryError(_(message, file=data_file(name), reason=reason(error))) from None


def damaged(name: str) -> RegistryError:
    """Return the error to raise for a bundled data file that isn't what it was when it was released."""
    return RegistryError(_("{file} is damaged; reinstall cmq as its README says.", file=data_file(name)))


@cache
def bundled() -> Registry:
    """Return the bundled registry, whose records are never changed; raise RegistryError for a damaged file, or none."""
    try:
        registry = json.loads(read_data("campuses.json"))
    except (ValueError, RecursionError):
        registry = None
    if not isinstance(registry, dict) or "$schema" not in registry or not isinstance(registry.get("campuses"), list):
        raise damaged("campuses.json")
    del registry["$schema"]
    return cast("Registry", registry)


def data_version() -> str:
    """Return the day of the bundled registry, from its beginning: the rest isn't parsed; raise RegistryError."""
    found = re.search(rb'"data_version": "([0-9-]+)"', read_data("campuses.json")[:200])
    if not found:
        raise damaged("campuses.json")
    return found[1].decode()


def index(records: Iterable[Record], key: str = "id") -> dict[Any, Record]:
    """Return records by what one of their fields says."""
    return {record[key]: record for record in records}


@cache
def synonyms() -> tuple[Synonym, ...]:
    """Return what people say instead of other words: trades and abbreviations; raise RegistryError."""
    try:  # no field holds a comma or a quote, which a test holds: the csv module would cost its import
        rows = [line.split(",") for line in read_data("synonyms.csv").decode().splitlines()[1:]]
        return tuple([Synonym(said, feminine, tuple(words.split("|"))) for said, feminine, words in rows])
    except ValueError:
        raise damaged("synonyms.csv") from None
