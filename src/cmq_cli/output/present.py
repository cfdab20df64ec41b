"""Write an answer in the form that is wanted, where it is wanted."""

from collections.abc import Sequence
from pathlib import Path

from cmq_cli.errors import UsageError
from cmq_cli.options import OutputOptions
from cmq_cli.output import formats
from cmq_cli.output.answer import Answer
from cmq_cli.output.records import NESTED, Record, pick
from cmq_cli.output.screen import Screen
from cmq_cli.text import nearest, shown

ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "md",
    ".geojson": "geojson",
    ".txt": "table",
}
"""The form that a file's ending asks for."""


def present(answer: Answer, options: OutputOptions, screen: Screen) -> None:
    """Write the answer to standard output, or to a file, and its notes to standard error.

    Raises UsageError for options that contradict each other, and OSError when the output can't be written.
    """
    form = chosen_format(options, screen)
    text = rendered(answer, form, options, screen)
    if options.output is None:
        screen.stdout.write(text)
        screen.stdout.flush()
    else:
        from cmq_cli.output.files import write_whole

        write_whole(options.output, text)
    notes = answer.notes if form == "table" else (*answer.remarks, *answer.notes)
    for note in notes:
        screen.stderr.write(f"cmq: {note}\n")


def rendered(answer: Answer, form: str, options: OutputOptions, screen: Screen) -> str:
    """Return the answer as text in the form; a table is as wide as the screen."""
    fields = chosen_fields(options.fields, answer.fields)
    records = answer.records if fields is None else pick(answer.records, fields)
    if form == "table":
        return _table(answer, records, fields, options, screen)
    if form == "json":
        return formats.as_json(records, answer.single)
    if form == "jsonl":
        return formats.as_jsonl(records)
    if form == "geojson":
        return _geojson(answer, fields)
    if answer.number is not None and form == "tsv":
        return f"{answer.number}\n"
    if form == "csv" and options.excel:
        return formats.as_excel(records, fields or answer.fields)
    if form == "md" and fields is None and answer.summary:
        return formats.as_markdown(pick(records, answer.summary), answer.summary)
    return formats.FLAT[form](records, fields or answer.fields)


def chosen_format(options: OutputOptions, screen: Screen) -> str:
    """Return the form of the output: as asked, else as the file's ending says, else as the screen is.

    Raises UsageError when two options ask for two forms.
    """
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
    if asked:
        return next(iter(asked.values()))
    if options.output is not None:
        if Path(options.output).is_dir():
            raise UsageError(f"{shown(options.output)} is a directory. Give the name of a file in it.")
        ending = next((known for known in ENDINGS if options.output.lower().endswith(known)), None)
        if ending is None:
            raise UsageError(
                f"Can't tell the form of {shown(options.output)} from its ending. "
                f"End it in one of {', '.join(ENDINGS)}, or give --format."
            )
        return ENDINGS[ending]
    return "table" if screen.is_terminal else "tsv"


def chosen_fields(asked: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the fields asked for, or None where all are wanted.

    Raises UsageError, with the nearest valid names first, for a field that doesn't exist.
    """
    if asked is None:
        return None
    valid = [*known, *(f"{name}.{inner}" for name in known for inner in NESTED.get(name, ()))]
    wanted = tuple(name.strip() for name in asked.split(","))
    for name in wanted:
        if name not in valid:
            near = nearest(name, valid, cutoff=0.5)
            others = [each for each in known if each not in near]
            raise UsageError(f"Unknown field {shown(name)}. The fields are: {', '.join([*near, *others])}")
    return wanted


def _geojson(answer: Answer, fields: tuple[str, ...] | None) -> str:
    if not answer.places:
        raise UsageError("GeoJSON needs campuses: it is for list, show and near. Give --json here.")
    return formats.as_geojson(answer.records, fields)


def _table(
    answer: Answer,
    records: Sequence[Record],
    fields: tuple[str, ...] | None,
    options: OutputOptions,
    screen: Screen,
) -> str:
    if answer.number is not None:
        return f"{answer.number}\n"
    from cmq_cli.output.tables import frame

    look = frame.Look(screen.width, screen.ascii_only, screen.colored(options.color))
    renderable = answer.draw(look) if fields is None else frame.of_fields(look, records, fields)
    return frame.as_text(renderable, look)
