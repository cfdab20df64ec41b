"""Write an answer in the form that is wanted, where it is wanted."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, get_args

from cmq_cli.errors import UsageError
from cmq_cli.options import Format
from cmq_cli.output import formats
from cmq_cli.output.records import columns, inner_names, pick
from cmq_cli.text import nearest, shown

if TYPE_CHECKING:
    from cmq_cli.options import OutputOptions
    from cmq_cli.output.answer import Answer
    from cmq_cli.output.screen import Screen

ENDINGS: dict[str, str] = {f".{form}": form for form in get_args(Format) if form != "table"}
"""The form that a file's ending asks for."""

PICTURES = ("html", "svg")
"""The forms that only a map has."""

PLACE = ("latitude", "longitude")
"""The fields that are a GeoJSON geometry."""


def present(answer: "Answer", options: "OutputOptions", screen: "Screen") -> None:
    """Write the answer to standard output, or to a file, and its notes to standard error.

    Raises UsageError for options that contradict each other or name what doesn't exist, WriteError for a file that
    can't be written, and OSError when standard output can't.
    """
    form = chosen_format(answer, options, screen)
    if to_file(options):
        from cmq_cli.output.files import check_target, write_whole

        assert options.output is not None
        check_target(options.output)
        write_whole(options.output, rendered(answer, form, options, screen))
    else:
        screen.write(rendered(answer, form, options, screen))
    for note in answer.notes if form == "table" else (*answer.remarks, *answer.notes):
        screen.say(note)


def to_file(options: "OutputOptions") -> bool:
    """Tell whether the answer goes to a file; ``-`` means standard output."""
    return options.output not in (None, "-")


def rendered(answer: "Answer", form: str, options: "OutputOptions", screen: "Screen") -> Iterable[str]:
    """Return the answer as the pieces of a text in the form; a table is as wide as the screen."""
    asked = chosen_fields(options.fields, answer.fields)
    if form == "table":
        return [_table(answer, asked, options, screen)]
    if form == "geojson":
        return _geojson(answer, asked)
    if form in PICTURES:
        return [_picture(answer, form, asked)]
    if form in ("json", "jsonl"):
        records = answer.records if asked is None else pick(answer.records, asked)
        return formats.as_json(records, answer.single) if form == "json" else formats.as_jsonl(records)
    wanted = asked or (form == "md" and answer.summary) or columns(answer.fields)
    write = formats.as_excel if options.excel else formats.FLAT[form]
    return write(pick(answer.records, wanted), wanted)


def chosen_format(answer: "Answer", options: "OutputOptions", screen: "Screen") -> str:
    """Return the form of the output: as asked, else as the file's ending says, else as the answer or the screen is.

    Raises UsageError when two options ask for two forms, or for one that isn't possible, or an ending for none.
    """
    possible = _possible(answer)
    form = _asked_format(options, possible)
    if form is None:
        drawn = screen.is_terminal or (answer.drawn_in_pipes and options.fields is None)
        return "json" if answer.draw is None else "table" if drawn else "tsv"
    if form in possible:
        return form
    if form in PICTURES:
        raise UsageError(f"Only a map can be written as {form}. Give cmq map -o campus.{form}, or another form here.")
    if form == "geojson":
        raise UsageError(
            "GeoJSON is for campuses: list, show, near and map. Give --json here, or a file that ends in .json."
        )
    raise UsageError(f"This can't be written as {form}, only as {', '.join(possible)}.")


def _possible(answer: "Answer") -> tuple[str, ...]:
    """Return the forms in which the answer can be written."""
    if answer.draw is None:
        return ("json",)
    lacking = (*(() if answer.places else ("geojson",)), *(() if answer.picture else PICTURES))
    return tuple(form for form in get_args(Format) if form not in lacking)


def _asked_format(options: "OutputOptions", possible: Sequence[str]) -> str | None:
    asked = {
        name: form
        for name, form, given in (
            ("--format", str(options.format), options.format is not None),
            ("--json", "json", options.json),
            ("--csv", "csv", options.csv),
            ("--excel", "csv", options.excel),
        )
        if given
    }
    if len(set(asked.values())) > 1:
        raise UsageError(f"The options {' and '.join(asked)} ask for different forms. Give one of them.")
    name = options.output if to_file(options) else None
    if not asked:
        return None if name is None else _by_ending(name, possible)
    option, form = next(iter(asked.items()))
    if name is not None:
        _check_ending(name, option, form)
    return form


def _by_ending(name: str, possible: Sequence[str]) -> str:
    if (ending := _ending(name)) is not None:
        return ENDINGS[ending]
    from cmq_cli.output.files import check_target

    check_target(name)
    if len(possible) == 1:
        return possible[0]
    endings = ", ".join(ending for ending, form in ENDINGS.items() if form in possible)
    raise UsageError(f"Can't tell the form of {shown(name)} from its ending. End it in {endings}, or give --format.")


def _check_ending(name: str, option: str, form: str) -> None:
    """Raise UsageError for an ending of another form than the option's: it would deceive whoever opens the file."""
    ending = _ending(name)
    if ending is None or ENDINGS[ending] == form or (form == "geojson" and ending == ".json"):
        return
    fitting = next((each for each, known in ENDINGS.items() if known == form), ".txt")
    raise UsageError(f"{shown(name)} can't hold what {option} asks for. End it in {fitting}, or leave out {option}.")


def _ending(name: str) -> str | None:
    """Return the ending that names a form; raise UsageError for that of a workbook, which cmq doesn't write."""
    if name.lower().endswith((".xlsx", ".xls", ".ods")):
        raise UsageError(f"{shown(name)} would not open: cmq writes no workbooks. Give --excel, and end it in .csv.")
    return next((ending for ending in ENDINGS if name.lower().endswith(ending)), None)


def chosen_fields(asked: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the fields asked for, each once, `all` being every other one, or None where none are asked for.

    Raises UsageError, with the valid names, nearest first, for a field that doesn't exist.
    """
    if asked is None:
        return None
    valid = [*known, *inner_names(known)]
    names = [name.strip() for name in asked.split(",")]
    if "" in names:
        raise UsageError(f"A field has no name in {shown(asked)}. Separate the names by one comma: --fields id,name")
    wanted = dict.fromkeys(each for name in names for each in (known if name == "all" else (name,)))
    for name in wanted:
        if name not in valid:
            near = nearest(name, valid, cutoff=0.5)
            others = [each for each in valid if each not in near]
            raise UsageError(f"Unknown field {shown(name)}. The fields are: {', '.join([*near, *others])}")
    return tuple(wanted)


def _geojson(answer: "Answer", asked: Sequence[str] | None) -> Iterable[str]:
    wanted = asked or [name for name in answer.fields if name not in PLACE]
    return formats.as_geojson(answer.records, pick(answer.records, wanted))


def _picture(answer: "Answer", form: str, asked: Sequence[str] | None) -> str:
    assert answer.picture is not None  # or the form would not be possible
    if asked is not None:
        raise UsageError(f"A map as {form} has no fields to choose. Leave out --fields.")
    return answer.picture(form)


def _table(answer: "Answer", asked: Sequence[str] | None, options: "OutputOptions", screen: "Screen") -> str:
    if asked is None and isinstance(answer.draw, str):
        return f"{answer.draw}\n"
    from cmq_cli.output.tables import frame
    from cmq_cli.output.tables.terminal import as_text

    look = frame.Look(
        screen.width,
        screen.ascii_only,
        colored=screen.colored(options.color, to_file=to_file(options)),
        links=screen.links,
        height=screen.height,
        braille=screen.braille,
    )
    if asked is not None:
        return as_text(frame.of_fields(look, list(pick(answer.records, asked)), asked), look)
    assert callable(answer.draw)  # or a table would not be possible
    return as_text(answer.draw(look), look)
