"""Check a registry of one's own, describe its form, or begin one."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmq_cli import places, registry, vocabulary
from cmq_cli.errors import ExitCode, RegistryError, UsageError
from cmq_cli.filters import by_region
from cmq_cli.language import N_, _, ngettext, number, quoted
from cmq_cli.language import typed as shell
from cmq_cli.options import RegistryOptions
from cmq_cli.output import files, records
from cmq_cli.output.answer import Answer, Block, Look, Prose
from cmq_cli.output.tables import lists
from cmq_cli.text import slug, told

if TYPE_CHECKING:
    from cmq_cli.model import Registry

File = Annotated[
    str | None,
    typer.Argument(metavar=N_("FILE"), help=N_("A registry file; - is standard input."), show_default=False),
]
NewFile = Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The name of the new file."), show_default=False)]
Fix = Annotated[bool, typer.Option("--fix", help=N_("Write the file anew in its canonical form; no fact changes."))]
Strict = Annotated[bool, typer.Option("--strict", help=N_("A fact that no source supports is an error."))]
OfRegion = Annotated[
    str | None, typer.Option("--region", "-r", metavar=N_("REGION"), help=N_("Only what lies in this region."))
]
Example = Annotated[
    str | None, typer.Option("--example", metavar=N_("CITY"), help=N_("With a campus of this commune to fill in."))
]
WithData = Annotated[bool, typer.Option("--with-data", help=N_("With the campuses of the bundled registry."))]


def validate_file(file: File = None, *, fix: Fix = False, strict: Strict = False, where: RegistryOptions) -> Answer:
    """Tell every problem of a registry file, and how to fix it; what is wrong ends in exit code 1.

    Raises UsageError where no file is named, or what is to be written anew is none.
    """
    from cmq_cli import validation

    name = file or where.registry
    if not name:
        raise UsageError(_("Which file? Give its name: cmq validate FILE"))
    if fix and not Path(name).is_file():
        raise UsageError(_("Only a file can be written anew. Give its name: cmq validate --fix FILE"))
    errors, warnings, *forms = validation.examine(name, strict)
    done = ""
    if fix:
        done = _fix(name, *forms)
        errors, warnings, *_forms = validation.examine(name, strict)
    verdict = _verdict(validation.called(name), len(errors), len(warnings))

    def draw(look: Look) -> list[Block]:
        said = [Prose(sentence) for sentence in (done, verdict) if sentence]
        return [*lists.problems(look, errors, warnings), *said]

    rows = [problem._asdict() for problem in (*errors, *warnings)]
    code = ExitCode.NOT_FOUND if errors else ExitCode.DONE
    return Answer(rows, records.PROBLEM, draw, exit_code=code)


def _verdict(file: str, errors: int, warnings: int) -> str:
    said = _("{file} is a valid registry.")
    if errors:
        said = ngettext(
            "{file} is not a valid registry: {number} error.",
            "{file} is not a valid registry: {number} errors.",
            errors,
        )
    doubts = ngettext("{number} warning.", "{number} warnings.", warnings) if warnings else ""
    return told(said.format(file=file, number=number(errors)), doubts.format(number=number(warnings)))


def _fix(name: str, before: bytes, canonical: bytes | None) -> str:
    """Write a file anew in its canonical form, and return what was done."""
    file = quoted(name, longest=200)
    if canonical is None:
        return _("{file} was not written anew: fix the errors first.").format(file=file)
    if canonical == before:
        return _("{file} is in its canonical form already.").format(file=file)
    if Path(name).read_bytes() != before:
        raise RegistryError(_("{file} changed meanwhile and was not written anew. Try again.").format(file=file))
    files.write_whole(name, canonical)
    return _("{file} was written anew in its canonical form.").format(file=file)


def print_schema() -> Answer:
    """Print the JSON Schema of a registry file."""
    return Answer((), (), registry.read_data("campuses.schema.json").decode())


def init_file(
    file: NewFile, *, region: OfRegion = None, example: Example = None, with_data: WithData = False
) -> Answer:
    """Write a valid registry to begin with, and say what to do next.

    Raises UsageError for a file that exists already, a region or a commune that doesn't, and where that lies elsewhere.
    """
    import json

    files.check_target(file)
    content = _begun(region, with_data)
    said = "" if example is None else _add_example(content, example)
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if os.path.lexists(file):
        message = _("{file} exists already, and is not overwritten. Give the name of a new file.")
        raise UsageError(message.format(file=quoted(file)))
    files.write_whole(file, text)
    done = _("{file} is written. Fill it in, then check it: {command}")
    return Answer((), (), told(said, done.format(file=quoted(file), command=f"cmq validate {shell(file)}")))


def _begun(typed: str | None, with_data: bool) -> dict[str, Any]:
    """Return the vocabulary and the calls for projects of the bundled registry, of a region only if one is typed."""
    whole = registry.bundled()
    territories: Any = whole["territories"]
    wanted = {each["code"] for each in territories["regions"]} if typed is None else _regions(whole, typed)
    campuses = [campus for campus in whole["campuses"] if with_data and campus["region_code"] in wanted]
    milestones, figures = (whole["milestones"], whole["figures"]) if with_data else ([], [])
    citing: list[Any] = [*whole["waves"], *figures, *campuses]
    cited = {each["source"] for record in citing for each in record["sources"]}
    cited |= {each["source"] for each in milestones}
    everything = with_data and typed is None
    return {
        **whole,
        "sources": [each for each in whole["sources"] if everything or each["id"] in cited],
        "territories": {
            name: [each for each in every if each.get("region_code", each.get("code")) in wanted]
            for name, every in territories.items()
        },
        "milestones": milestones,
        "figures": figures,
        "campuses": campuses,
    }


def _regions(whole: "Registry", typed: str) -> set[str]:
    """Return the codes of the regions that are meant, by a former name too; raise UsageError where there is none."""
    by_region(whole, [typed])
    former = registry.index(whole["territories"]["former_regions"], "name")
    return {former[name]["region_code"] if name in former else name for name in vocabulary.regions(whole, typed)}


def _add_example(content: dict[str, Any], typed: str) -> str:
    """Add a campus and a source, with what follows from the commune; return what is to be said of that, if anything."""
    place, said = places.locate(typed)
    if place.part_of:
        raise UsageError(told(said, _("Give the commune of today.")))
    region = registry.index(content["territories"]["regions"], "code").get(place.region)
    department = registry.index(content["territories"]["departments"], "code").get(place.department, {})
    if region is None:
        message = _("{place} is no commune of the regions of this registry. Give another commune, or no --region.")
        raise UsageError(message.format(place=quoted(typed)))
    blank: dict[str, Any] = dict.fromkeys(records.CAMPUS)
    academy = department.get("academy")
    source = {"id": "source-to-fill-in", "url": None, "title": "", "publisher": "", "published": None}
    campus = blank | {
        "id": slug(f"campus to fill in {place.name}"),
        "name": "",
        "region": region["name"],
        "region_code": region["code"],
        "region_basis": "territory",
        "academy": academy,
        "academy_basis": academy and "territory",
        "department_code": place.department,
        "city": place.name,
        "city_code": place.code,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "sectors_basis": "assigned",
        "sources": [{"source": source["id"], "supports": ["name", "city"], "quote": None}],
    }
    campus |= {name: [] for name in ("aliases", "institutions", "sectors", "specialties")}
    content["sources"] = sorted([*content["sources"], source], key=lambda each: each["id"])
    content["campuses"] = sorted([*content["campuses"], campus], key=lambda each: each["id"])
    return said
