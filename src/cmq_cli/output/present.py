"""Write an answer in the form that is wanted, where it is wanted: the same answer to a person and to a pipe."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import _, quoted, shell
from cmq_cli.output import formats
from cmq_cli.output.answer import UNKNOWN, Answer, Column, Look, Prose, Sheet, Span, Table
from cmq_cli.output.records import columns, pick, whole
from cmq_cli.output.screen import Screen

FORMS = ("table", "md", "xlsx", "json", "jsonl", "csv", "tsv", "geojson", "html", "svg")
"""The forms of an answer: three for people, five for programs, two that only a map has."""
PEOPLE, PICTURES = FORMS[:3], FORMS[8:]
ENDINGS = {".txt": "table", **{f".{form}": form for form in FORMS[1:]}, ".htm": "html", ".markdown": "md"}
"""The form that a file's ending asks for."""
INSTEAD = {".xls": ".xlsx", ".ods": ".xlsx", **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".pdf"), ".svg")}
"""What can be written instead of files with other endings, for the same programs."""


def present(answer: Answer, options: Any, screen: Screen) -> None:
    """Write the answer to standard output, or to a file, and what is said of it below, or to standard error.

    The options are format, json, csv, fields, output and color. Raises UsageError for those that contradict each other
    or name what doesn't exist, NotFoundError where a form for programs is wanted of one record that several answer to,
    WriteError for a file that can't be written, and OSError when standard output can't.
    """
    file = options.output if options.output != "-" else None
    content, told = _written(answer, options, file, Look(None) if file else screen.look(options.color))
    if file:
        from cmq_cli.output.files import write_whole

        write_whole(file, content)
    else:
        screen.write(str(content))  # a workbook, which is bytes, is only for a file
    for sentence in told:
        screen.remark(sentence)


def _written(answer: Answer, options: Any, file: str | None, look: Look) -> tuple[str | bytes, Sequence[str]]:
    """Return what is to be written, and the sentences that don't stand in it."""
    if isinstance(answer.draw, str):
        return answer.draw.rstrip("\n") + "\n", ()
    form = chosen_form(answer, options, file, look)
    fields = chosen_fields(options.fields, answer.fields)
    if answer.several and form not in PEOPLE:
        raise NotFoundError(answer.several)
    below = (*answer.notes, *(answer.legend if form in PEOPLE and fields is None else ()))
    if form != "table":
        return _content(answer, form, fields), (*answer.head, *below)
    blocks = answer.draw(look) if fields is None else [_of_fields(answer, fields)]
    blocks = [block for block in blocks if not isinstance(block, Table) or block.rows]  # no heads of nothing
    if look.width is None:
        return formats.as_plain(blocks), (*answer.head, *below)
    from cmq_cli.output.terminal import as_terminal

    above = [Prose("\n".join(answer.head))] if answer.head else []
    return as_terminal([*above, *blocks, *([Prose((Span("\n".join(below), "dim"),))] if below else [])], look), ()


def chosen_form(answer: Answer, options: Any, file: str | None, look: Look) -> str:
    """Return the form of the output: as asked, else as the file's ending says, else a table, or fields for a pipe.

    Raises UsageError when two options ask for two forms, or for one that isn't possible, or an ending for none.
    """
    possible = [form for form in FORMS if form not in PICTURES or answer.picture]
    if "latitude" not in answer.fields:
        possible.remove("geojson")
    ending = Path(file or "").suffix.lower()
    given = {"--json": options.json and "json", "--csv": options.csv and "csv", "--format": options.format}
    given[shell("-o", file or "")] = ENDINGS.get(ending)
    asked = {form: option for option, form in given.items() if form}
    if len(asked) > 1:
        first, *_others, second = asked.values()
        message = _("{first} and {second} ask for different forms. Give one of them.")
        raise UsageError(message.format(first=first, second=second))
    if file and not asked:
        known = [ending for ending, form in ENDINGS.items() if form in possible]
        endings = INSTEAD[ending] if INSTEAD.get(ending) in known else ", ".join(known)
        message = _("No form has the ending of {file}. End it in {endings}, or give --format.")
        raise UsageError(message.format(file=quoted(file), endings=endings))
    form = next(iter(asked), "tsv" if options.fields and look.width is None else "table")
    if form == "xlsx" and not file:
        raise UsageError(_("A workbook needs a file: -o FILE.xlsx"))
    if form in PICTURES and not answer.picture:
        raise UsageError(_("Only a map can be written as {form}: cmq map -o campuses.{form}", form=form))
    if form not in possible:
        forms = ", ".join(possible)
        raise UsageError(_("This can't be written as {form}. Give one of: {forms}", form=form, forms=forms))
    return form


def chosen_fields(asked: str | None, known: Sequence[str]) -> list[str] | None:
    """Return the fields asked for, each once, `all` being every other one, or None where none are asked for.

    Raises UsageError, with the valid names, nearest first, for a field that doesn't exist.
    """
    names = filter(None, map(str.strip, (asked or "").split(",")))
    wanted = dict.fromkeys(each for name in names for each in (whole(known) if name == "all" else (name,)))
    for unknown in (name for name in wanted if name not in known):
        from cmq_cli.text import suggest

        listed = ", ".join(dict.fromkeys([*suggest(unknown, known), *known]))
        raise UsageError(_("Unknown field {typed}. The fields are: {fields}", typed=quoted(unknown), fields=listed))
    return [*wanted] or None


def _content(answer: Answer, form: str, fields: Sequence[str] | None) -> str | bytes:
    """Return the answer in any form but a table."""
    if form in PICTURES and answer.picture:
        if fields:
            raise UsageError(_("A map as {form} has no fields to choose. Leave out --fields.", form=form))
        return answer.picture(form)
    if form == "geojson":
        wanted = fields or [name for name in whole(answer.fields) if name not in ("latitude", "longitude")]
        return formats.as_geojson(answer.records, pick(answer.records, wanted))
    if form in ("json", "jsonl"):
        records = pick(answer.records, fields) if fields else answer.records
        if form == "jsonl":
            return "".join(formats.as_json(record, indent=None) for record in records)
        return formats.as_json(records[0] if answer.single and len(records) == 1 else records)
    if answer.sheet and not fields and form in PEOPLE:
        sheet = answer.sheet()
    else:
        wanted = fields or columns(answer.fields)
        sheet = Sheet("cmq", wanted, [[*row.values()] for row in pick(answer.records, wanted)])
    if form == "xlsx":
        from cmq_cli.output.workbook import as_workbook

        return as_workbook(*sheet)
    return formats.as_rows(form, sheet.headings, sheet.rows)


def _of_fields(answer: Answer, fields: Sequence[str]) -> Table:
    """Return a plain table of the fields that were asked for."""
    rows = pick(answer.records, fields)
    heads = [Column(name, right=any(type(row[name]) in (int, float) for row in rows)) for name in fields]
    texts = [[formats.flat(row[name]) or UNKNOWN for name in fields] for row in rows]
    return Table(heads, [[(Span(text, link=text),) for text in row] for row in texts])
