"""Check a registry of one's own, describe its form, or begin one."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option

from cmq_cli import filters, places, registry, vocabulary
from cmq_cli.errors import ExitCode, RegistryError, UsageError
from cmq_cli.language import N_, _, ngettext, quoted, shell
from cmq_cli.options import which
from cmq_cli.output import files, records
from cmq_cli.output.answer import Answer, Block, Look, Prose
from cmq_cli.output.tables import lists
from cmq_cli.text import slug, told

File = Annotated[str | None, Argument(metavar=N_("FILE"), help=N_("A registry file; - is standard input."))]
NewFile = Annotated[str, Argument(metavar=N_("FILE"), help=N_("The name of the new file."))]
Fix = Annotated[bool, Option("--fix", help=N_("Write the file anew in its canonical form; no fact changes."))]
Strict = Annotated[bool, Option("--strict", help=N_("A fact that no source supports is an error."))]
OfRegion = Annotated[str | None, which("--region -r", N_("Only what lies there."), N_("REGION"))]
Example = Annotated[str | None, Option("--example", metavar=N_("CITY"), help=N_("With a campus there, to fill in."))]
WithData = Annotated[bool, Option("--with-data", help=N_("With the campuses of the bundled registry."))]


def validate_file(
    file: File = None, *, fix: Fix = False, strict: Strict = False, registry: str | None = None
) -> Answer:
    """Tell every problem of a registry file, and how to fix it; raise UsageError where no file is named, or to fix."""
    from cmq_cli import validation

    name = file or registry
    if not name:
        raise UsageError(_("Which file? Give its name: cmq validate FILE"))
    if fix and not Path(name).is_file():
        raise UsageError(_("Only a file can be written anew. Give its name: cmq validate --fix FILE"))
    report = validation.examine(name, strict)
    said = []
    if fix:
        done = N_("{file} is in its canonical form already.")
        if not report.canonical:
            done = N_("{file} was not written anew: fix the errors first.")
        elif report.canonical != report.data:
            if not Path(name).is_file() or Path(name).read_bytes() != report.data:
                changed = _("{file} changed meanwhile and was not written anew. Try again.", file=report.file)
                raise RegistryError(changed)
            files.write_whole(name, report.canonical)
            done = N_("{file} was written anew in its canonical form.")
        said.append(_(done, file=report.file))
        report = validation.examine(name, strict)
    errors, warnings = report.problems("error"), report.problems("warning")
    rows = [*errors, *warnings]
    verdict = _("{file} is not a valid registry.") if errors else _("{file} is a valid registry.")
    wrong = ngettext("{number} error.", "{number} errors.", len(errors)) if errors else ""
    doubts = ngettext("{number} warning.", "{number} warnings.", len(warnings)) if warnings else ""
    said.append(told(verdict.format(file=report.file), wrong, doubts))

    def draw(look: Look) -> list[Block]:
        return [lists.problems(look, rows), *map(Prose, said)]

    return Answer(rows, records.PROBLEM, draw, exit_code=ExitCode.NOT_FOUND if errors else ExitCode.DONE)


def print_schema() -> Answer:
    """Print the JSON Schema of a registry file."""
    return Answer((), (), registry.read_data("campuses.schema.json").decode())


def init_file(
    file: NewFile, *, region: OfRegion = None, example: Example = None, with_data: WithData = False
) -> Answer:
    """Write a valid registry to begin with, and say what to do next; raise UsageError for what can't be begun so."""
    files.check_target(file)
    if file == "-":
        raise UsageError(_("A registry is begun in a file. Give its name: cmq init mine.json"))
    if os.path.lexists(file):
        message = _("{file} exists already, and is not overwritten. Give the name of a new file.")
        raise UsageError(message.format(file=quoted(file)))
    content = _begun(region, with_data)
    said = "" if example is None else _add_example(content, example)
    files.write_whole(file, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    done = _("{file} is written. Fill it in, then check it: {command}")
    return Answer((), (), told(said, done.format(file=quoted(file), command=shell("cmq", "validate", file))))


def _begun(typed: str | None, with_data: bool) -> dict[str, Any]:
    """Return what a new registry holds: the vocabulary and the calls, or all data; only of a region if one is typed."""
    content: dict[str, Any] = {**registry.bundled()}
    if not with_data:
        content |= {"milestones": [], "figures": [], "campuses": []}
    if typed is not None:
        filters.make(registry.bundled(), "region", [typed])
        meant = vocabulary.meant(registry.bundled(), "region", typed)
        territories = content["territories"]
        meant |= {former["region_code"] for former in territories["former_regions"] if former["name"] in meant}

        def lies_there(record: dict[str, Any]) -> bool:
            return record.get("region_code", record.get("code")) in meant

        content["campuses"] = [*filter(lies_there, content["campuses"])]
        content["territories"] = {name: [*filter(lies_there, every)] for name, every in territories.items()}
    if typed is not None or not with_data:
        citing = json.dumps({**content, "sources": []})
        content["sources"] = [source for source in content["sources"] if f'"{source["id"]}"' in citing]
    return content


def _add_example(content: dict[str, Any], typed: str) -> str:
    """Add a campus and a source, with what follows from the commune; return what is to be said of that, if anything."""
    place, said = places.locate(typed)
    if place.part_of:
        raise UsageError(told(said, _("Give the commune of today.")))
    region = registry.index(content["territories"]["regions"], "code").get(place.region)
    if region is None:
        message = _("{place} is no commune of the regions of this registry. Give another commune, or no --region.")
        raise UsageError(message.format(place=quoted(typed)))
    departments = registry.index(content["territories"]["departments"], "code")
    academy = departments.get(place.department, {}).get("academy")
    source = {"id": "source-to-fill-in", "url": None, "title": "", "publisher": "", "published": None}
    evidence = {"source": source["id"], "supports": ["name", "city"], "quote": None}
    like = registry.bundled()["campuses"][0].items()
    campus: dict[str, Any] = {name: [] if isinstance(value, list) else None for name, value in like}
    campus |= {"id": slug(f"campus to fill in {place.name}"), "name": "", "sectors_basis": "assigned"}
    campus |= {"region": region["name"], "region_code": region["code"], "region_basis": "territory"}
    campus |= {"academy": academy, "academy_basis": academy and "territory", "department_code": place.department}
    campus |= {"city": place.name, "city_code": place.code, "latitude": place.latitude, "longitude": place.longitude}
    for name, added in (("sources", source), ("campuses", campus | {"sources": [evidence]})):
        content[name] = sorted([*content[name], added], key=lambda each: each["id"])
    return said
