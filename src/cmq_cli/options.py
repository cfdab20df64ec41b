"""Every option, declared once: a command names the bundles that it takes and gets them filled in.

Bundles are named tuples, here and wherever the model isn't concerned: a dataclass takes five times as long to define.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from cmq_cli import completion
from cmq_cli.errors import CmqError, UsageError

if TYPE_CHECKING:
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer

Words = Annotated[
    list[str] | None,
    typer.Argument(
        help="Words that must all occur in names, places, schools, fields, sectors or description.",
        metavar="[WORDS]...",
        show_default=False,
    ),
]
Key = Annotated[
    list[str],
    typer.Argument(
        help="An id, a name, an alias, a city, or words.",
        metavar="KEY...",
        autocompletion=completion.campuses,
        show_default=False,
    ),
]


class FilterOptions(NamedTuple):
    """Which campuses: one option repeated means "or", different options mean "and"."""

    sector: Annotated[
        list[str] | None,
        typer.Option(
            "--sector", "-s", metavar="SECTOR", help="Id, label or search word.", autocompletion=completion.sectors
        ),
    ] = None
    region: Annotated[
        list[str] | None,
        typer.Option(
            "--region",
            "-r",
            metavar="REGION",
            help="Name, former name, abbreviation or INSEE code.",
            autocompletion=completion.regions,
        ),
    ] = None
    academy: Annotated[
        list[str] | None,
        typer.Option(
            "--academy", "-a", metavar="ACADEMY", help="Name, as of 2017.", autocompletion=completion.academies
        ),
    ] = None
    department: Annotated[
        list[str] | None,
        typer.Option(
            "--department", "-d", metavar="DEPARTMENT", help="Number or name.", autocompletion=completion.departments
        ),
    ] = None
    city: Annotated[
        list[str] | None,
        typer.Option("--city", "-c", metavar="CITY", help="Name or INSEE code.", autocompletion=completion.cities),
    ] = None
    wave: Annotated[
        list[str] | None,
        typer.Option("--wave", "-w", metavar="1-5|none", help="Number of the call.", autocompletion=completion.waves),
    ] = None
    excellence: Annotated[
        bool | None,
        typer.Option(
            "--excellence/--no-excellence", help="With, or without, the mention of excellence.", show_default=False
        ),
    ] = None
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Label proven by that day: 2017-02-13, 2017-02 or 2017."),
    ] = None


class OrderOptions(NamedTuple):
    """In what order, and how many."""

    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="FIELD",
            help="name, region, city, wave, date or id; -name reverses.",
            autocompletion=completion.sort_fields,
        ),
    ] = None
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="At most N campuses.")] = None


Format = Literal["table", "json", "jsonl", "csv", "tsv", "md", "geojson", "html", "svg"]


class OutputOptions(NamedTuple):
    """In what form, and where to."""

    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help="Form of the output. A table on a terminal, tab-separated in a pipe; geojson is for campuses, "
            "html and svg are for map.",
            case_sensitive=False,
            show_default=False,
        ),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False
    csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.")] = False
    fields: Annotated[
        str | None,
        typer.Option(
            "--fields",
            metavar="A,B",
            help="Only these fields, in this order; sources.url reaches into records; all is every field "
            "(md shows a choice without it).",
            autocompletion=completion.fields,
        ),
    ] = None
    excel: Annotated[bool, typer.Option("--excel", help="CSV for a French Excel or LibreOffice.")] = False
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write a file, whole or not at all; its ending gives the form; - is standard output.",
        ),
    ] = None
    color: Annotated[Literal["auto", "always", "never"], typer.Option("--color", help="When to use colour.")] = "auto"


class JsonOptions(NamedTuple):
    """Where to, for an answer that has no other form."""

    json: Annotated[bool, typer.Option("--json", help="As JSON, which it always is.")] = False
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write a file, whole or not at all; - is standard output."),
    ] = None


_VARIABLE = "CMQ_REGISTRY"


class RegistryOptions(NamedTuple):
    """Which registry."""

    registry: Annotated[
        str | None,
        typer.Option(
            "--registry",
            metavar="FILE",
            envvar=_VARIABLE,
            help="A registry file of your own; - is standard input.",
        ),
    ] = None


def with_options(
    command: "Callable[..., Answer]", offered: Any = OutputOptions
) -> "Callable[..., tuple[Answer, OutputOptions]]":
    """Return the command as Typer is to see it: each parameter that is a bundle replaced by the bundle's options.

    The command gets its bundles filled in, and as its first argument, if that is called `registry`, the registry that
    is asked about. The options for the registry and for the output are added to the command, which need not know of
    them; the latter, of which those of the bundle `offered` can be given, are returned beside the answer.
    """
    declared = inspect.signature(command).parameters
    asks_registry = "registry" in declared
    parameters = []
    bundles: dict[str, Any] = {}
    for name, parameter in list(declared.items())[asks_registry:]:
        if hasattr(parameter.annotation, "_fields"):
            bundles[name] = parameter.annotation
            parameters += _parameters(parameter.annotation)
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    parameters += _parameters(offered)
    if asks_registry:
        parameters += _parameters(RegistryOptions)

    @wraps(command)
    def with_bundles(**given: Any) -> "tuple[Answer, OutputOptions]":
        output = OutputOptions(**_filled(offered, given)._asdict())
        where = _filled(RegistryOptions, given).registry if asks_registry else None
        if asks_registry:  # and so compares what was typed with French text, rather than opening a file of that name
            given = {name: _decoded(value) for name, value in given.items()}
        filled = {name: _filled(bundle, given) for name, bundle in bundles.items()}
        own = [bundle.registry for bundle in filled.values() if isinstance(bundle, RegistryOptions)]
        _spare(output.output, (where, *own, given.get("file")))
        with reminding(where):
            answer = command(*([_loaded(where)] if asks_registry else []), **given, **filled)
        return answer._replace(notes=(*answer.notes, *_reminder(where))), output

    with_bundles.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_bundles.__annotations__ = {}  # the signature has them; Typer would resolve them once more
    return with_bundles


def from_environment() -> str | None:
    """Return the registry that the environment names, if any."""
    return os.environ.get(_VARIABLE) or None


def _reminder(registry: str | None) -> tuple[str, ...]:
    """Return what is said of a registry that nobody named in this command, and may have forgotten."""
    if registry is None or registry != from_environment():
        return ()
    if registry == "-":
        return (f"The registry asked is standard input, as {_VARIABLE} says, not the bundled one.",)
    from cmq_cli.reading import called

    return (f"The registry asked is {called(registry)}, as {_VARIABLE} says, not the bundled one.",)


def _spare(output: str | None, registries: Iterable[str | None]) -> None:
    """Raise UsageError for an answer that is to be written over the registry that it comes from, or the bundled one."""
    if not output:
        return
    from cmq_cli.registry import data_file

    for registry in (data_file("campuses.json"), *registries):
        with suppress(OSError, ValueError):  # a file that isn't there can't be lost
            if registry and os.path.samestat(
                os.fstat(sys.stdin.fileno()) if registry == "-" else Path(registry).stat(), Path(output).stat()
            ):
                raise UsageError(f"--output names the registry itself: {output}. Give another file for the answer.")


@contextmanager
def reminding(registry: str | None) -> Iterator[None]:
    """Let an error say which registry was asked, where that may have been forgotten."""
    try:
        yield
    except CmqError as error:
        error.args = (" ".join((str(error), *(f"({sentence})" for sentence in _reminder(registry)))),)
        raise


def _loaded(registry: str | None) -> "Registry":
    from cmq_cli.registry import load

    return load(registry)


def _decoded(typed: Any) -> Any:
    """Return a text, or each of several, as UTF-8, in which it was typed, also where the locale (``C``) is ASCII."""
    if isinstance(typed, str):
        with suppress(UnicodeEncodeError):
            return typed.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return [_decoded(each) for each in typed] if isinstance(typed, list) else typed


def _filled(bundle: Any, given: dict[str, Any]) -> Any:
    return bundle(**{name: given.pop(name) for name in bundle._fields})


def _parameters(bundle: Any) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=bundle.__annotations__[name]
        )
        for name, default in bundle._field_defaults.items()
    ]
