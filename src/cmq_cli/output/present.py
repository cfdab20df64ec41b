"""Write an answer in the form that is wanted, where it is wanted: the same answer to a person and to a pipe."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import _, quoted, shell
from cmq_cli.output import formats
from cmq_cli.output.answer import Answer, Block, Column, Look, Prose, Sheet, Span, Table
from cmq_cli.output.records import columns, inner_names, pick

if TYPE_CHECKING:
    from cmq_cli.output.screen import Screen

FORMS = ("table", "md", "xlsx", "json", "jsonl", "csv", "tsv", "geojson", "html", "svg")
"""The forms of an answer: three for people, five for programs, two that only a map has."""

PEOPLE, PICTURES = FORMS[:3], FORMS[8:]

ENDINGS = {".txt": "table", **{f".{form}": form for form in FORMS[1:]}, ".htm": "html", ".markdown": "md"}
"""The form that a file's ending asks for."""

INSTEAD = {".xls": ".xlsx", ".ods": ".xlsx", **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".pdf"), ".svg")}
"""What can be written instead of files with other endings, for the same programs."""


def present(answer: Answer, options: Any, screen: "Screen") -> None:
    """Write the answer to standard output, or to a file, and what is said of it below, or to standard error.

    The options are format, json, csv, fields, output and color. Raises UsageError for those that contradict each other
    or name what doesn't exist, NotFoundError where a form for programs is wanted of one record that several answer to,
    WriteError for a file that can't be written, and OSError when standard output can't.
    """
    file = options.output if options.output != "-" else None
    look = Look(None) if file else screen.look(options.color)
    form = chosen_form(answer, options, file, look)
    fields = chosen_fields(options.fields, answer.fields)
    if answer.several and form not in PEOPLE:
        raise NotFoundError(answer.several)
    below = (*answer.notes, *(answer.legend if form in PEOPLE and fields is None else ()))
    told = (*answer.head, *below)
    content: str | bytes
    if isinstance(answer.draw, str):
        content = answer.draw.rstrip("\n") + "\n"
    elif form != "table":
        content = _content(answer, form, fields)
    else:
        blocks = answer.draw(look) if fields is None else [_of_fields(answer, fields, look)]
        content = _drawn(blocks, answer.head, below, look)
        told = told if look.width is None else ()
    if file:
        from cmq_cli.output.files import write_whole

        write_whole(file, content)
    else:
        screen.write(str(content))  # a workbook, which is bytes, is only for a file
    for sentence in told:
        screen.remark(sentence)


def chosen_form(answer: Answer, options: Any, file: str | None, look: Look) -> str:
    """Return the form of the output: as asked, else as the file's ending says, else a table, or fields for a pipe.

    Raises UsageError when two options ask for two forms, or for one that isn't possible, or an ending for none.
    """
    if isinstance(answer.draw, str):
        if ENDINGS.get(Path(file or "").suffix.lower(), "json") not in ("json", "table"):
            raise UsageError(_("This is a text, not what {file} holds: -o FILE.json", file=quoted(file or "")))
        return "table"
    lacking = {*([] if "latitude" in answer.fields else ["geojson"]), *([] if answer.picture else PICTURES)}
    possible = [form for form in FORMS if form not in lacking]
    ending = Path(file or "").suffix.lower()
    given = {"--json": options.json and "json", "--csv": options.csv and "csv", "--format": options.format}
    given[shell("-o", file or "")] = ENDINGS.get(ending)
    asked = {option: form for option, form in given.items() if form}
    if len({*asked.values()}) > 1:
        message = _("{first} and {second} ask for different forms. Give one of them.")
        raise UsageError(message.format(first=next(iter(asked)), second=next(reversed(asked))))
    if file and ending in INSTEAD:
        instead = ".xlsx" if INSTEAD[ending] == ".svg" and not answer.picture else INSTEAD[ending]
        message = _("There is no such form as that of {file}. The programs for it also open: -o FILE{ending}")
        raise UsageError(message.format(file=quoted(file), ending=instead))
    if file and not asked:
        endings = ", ".join(ending for ending, form in ENDINGS.items() if form in possible)
        message = _("The ending of {file} doesn't tell its form. End it in {endings}, or give --format.")
        raise UsageError(message.format(file=quoted(file), endings=endings))
    form = next(iter(asked.values()), "tsv" if options.fields and look.width is None else "table")
    if form == "xlsx" and not file:
        raise UsageError(_("A workbook needs a file: -o FILE.xlsx"))
    if form in PICTURES and not answer.picture:
        raise UsageError(_("Only a map can be written as {form}: cmq map -o campuses.{form}", form=form))
    if form not in possible:
        message = _("This can't be written as {form}. Give one of: {forms}")
        raise UsageError(message.format(form=form, forms=", ".join(possible)))
    return form


def chosen_fields(asked: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the fields asked for, each once, `all` being every other one, or None where none are asked for.

    Raises UsageError, with the valid names, nearest first, for a field that doesn't exist.
    """
    if asked is None:
        return None
    names = filter(None, map(str.strip, asked.split(",")))
    wanted = tuple(dict.fromkeys(each for name in names for each in (known if name == "all" else (name,))))
    valid = [*known, *inner_names(known)]
    for name in wanted:
        if name not in valid:
            from cmq_cli.text import suggest

            listed = ", ".join(dict.fromkeys([*suggest(name, valid), *valid]))
            raise UsageError(_("Unknown field {typed}. The fields are: {fields}", typed=quoted(name), fields=listed))
    return wanted or None


def _content(answer: Answer, form: str, fields: Sequence[str] | None) -> str | bytes:
    """Return the answer in any form but a table."""
    if form in PICTURES and answer.picture:
        if fields is not None:
            raise UsageError(_("A map as {form} has no fields to choose. Leave out --fields.", form=form))
        return answer.picture(form)
    if form == "geojson":
        wanted = fields or [name for name in answer.fields if name not in ("latitude", "longitude")]
        return formats.as_geojson(answer.records, pick(answer.records, wanted))
    if form in ("json", "jsonl"):
        records = answer.records if fields is None else pick(answer.records, fields)
        if form == "jsonl":
            return "".join(formats.as_json(record, indent=None) for record in records)
        return formats.as_json(records[0] if answer.single and len(records) == 1 else records)
    if answer.sheet and fields is None and form in PEOPLE:
        sheet = answer.sheet()
    else:
        wanted = fields or columns(answer.fields)
        sheet = Sheet("cmq", wanted, [[*row.values()] for row in pick(answer.records, wanted)])
    if form == "xlsx":
        from cmq_cli.output.workbook import as_workbook

        return as_workbook(*sheet)
    return formats.FLAT[form](sheet.headings, sheet.rows)


def _of_fields(answer: Answer, fields: Sequence[str], look: Look) -> Table:
    """Return a plain table of the fields that were asked for."""
    rows = pick(answer.records, fields)
    heads = [Column(name, right=any(type(row[name]) in (int, float) for row in rows)) for name in fields]
    texts = [[formats.flat(row[name]) or look.unknown for name in fields] for row in rows]
    return Table(heads, [[(Span(text, link=text),) for text in row] for row in texts])


def _drawn(blocks: Sequence[Block], head: Sequence[str], below: Sequence[str], look: Look) -> str:
    """Return a table or page; what is said of it stands around it on a terminal, and where tables would be empty."""
    blocks = [block for block in blocks if not isinstance(block, Table) or block.rows]
    if look.width is None:
        from cmq_cli.output.plain import as_plain

        return as_plain(blocks)
    from cmq_cli.output.terminal import as_terminal

    above = [Prose("\n".join(head))] if head else []
    return as_terminal([*above, *blocks, *([Prose((Span("\n".join(below), "dim"),))] if below else [])], look)
