"""Write an answer in the form that is wanted, where it is wanted: the same answer to a person and to a pipe."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import _, quoted, shell
from cmq_cli.output import formats
from cmq_cli.output.answer import UNKNOWN, Answer, Look, Prose, Sheet, Span, Table
from cmq_cli.output.records import columns, pick, whole
from cmq_cli.output.screen import Screen

PEOPLE = ("table", "md", "xlsx")
PICTURES = ("html", "svg")
FORMS = (*PEOPLE, "json", "jsonl", "csv", "tsv", "geojson", *PICTURES)
ENDINGS = {".txt": "table", **{f".{form}": form for form in FORMS if form != "table"}}
ENDINGS |= {".htm": "html", ".markdown": "md"}
INSTEAD = {".xls": ".xlsx", ".ods": ".xlsx", **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".pdf"), ".svg")}


def present(answer: Answer, forms: Sequence[str], options: Any, screen: Screen) -> None:
    """Write an answer, which has these forms, as options say; raise CmqError where they can't be kept, or OSError."""
    if options.output == "-":
        options = options._replace(output=None)
    look = Look(None) if options.output else screen.look(options.color)
    content, beside = _written(answer, forms, options, look)
    if options.output:
        from cmq_cli.output.files import write_whole

        write_whole(options.output, content)
    else:
        screen.write(str(content))  # a workbook, which is bytes, is only for a file
    for sentence in beside:
        screen.remark(sentence)


def _written(answer: Answer, forms: Sequence[str], options: Any, look: Look) -> tuple[str | bytes, Sequence[str]]:
    """Return what is to be written, and the sentences that don't stand in it."""
    if isinstance(answer.draw, str):
        if Path(options.output or "").suffix:  # which may promise something else
            _form(forms, options, look)
        return answer.draw.rstrip("\n") + "\n", ()
    form = _form(forms, options, look)
    fields = _fields(options.fields, answer.fields)
    if answer.several and form not in PEOPLE:
        raise NotFoundError(answer.several)
    below = (*answer.notes, *(answer.legend if form in PEOPLE and not fields else ()))
    if form != "table":
        return _content(answer, form, fields), (*answer.head, *below)
    blocks = [_of_fields(answer, fields)] if fields else answer.draw(look)
    blocks = [block for block in blocks if not isinstance(block, Table) or block.rows]  # no heads of nothing
    if look.width is None:
        return formats.as_plain(blocks), (*answer.head, *below)
    from cmq_cli.output.terminal import as_terminal

    if answer.head:
        blocks.insert(0, Prose("\n".join(answer.head)))
    if below:
        blocks.append(Prose((Span("\n".join(below), "dim"),)))
    return as_terminal(blocks, look), ()


def _form(forms: Sequence[str], options: Any, look: Look) -> str:
    """Return the form that options or a file's ending ask for, else a table, or TSV for fields in a pipe."""
    possible = [form for form in FORMS if form in forms or (form == "xlsx" and "table" in forms)]
    file = options.output or ""
    ending = Path(file).suffix.lower()
    given = {"--json": options.json and "json", "--csv": options.csv and "csv", "--format": options.format}
    given[shell("-o", file)] = ENDINGS.get(ending)
    asked = {form: option for option, form in given.items() if form}
    if len(asked) > 1:
        first, *_others, second = asked.values()
        message = _("{first} and {second} ask for different forms. Give one of them.", first=first, second=second)
        raise UsageError(message)
    if file and not asked:
        known = [ending for ending, form in ENDINGS.items() if form in possible]
        endings = INSTEAD[ending] if INSTEAD.get(ending) in known else ", ".join(known)
        message = _("No form has the ending of {file}. End it in {endings}, or give --format.")
        raise UsageError(message.format(file=quoted(file), endings=endings))
    form = next(iter(asked), "tsv" if options.fields and look.width is None else "table")
    if form == "xlsx" and not file:
        raise UsageError(_("A workbook needs a file: -o FILE.xlsx"))
    if form in PICTURES and form not in possible:
        raise UsageError(_("Only a map can be written as {form}: cmq map -o campuses.{form}", form=form))
    if form not in possible:
        listed = ", ".join(possible)
        raise UsageError(_("This can't be written as {form}. Give one of: {forms}", form=form, forms=listed))
    return form


def _fields(asked: str | None, known: Sequence[str]) -> list[str]:
    """Return the fields asked for, each once; `all` is every other one. Unknown ones come with the nearest names."""
    wanted: list[str] = []
    for name in filter(None, map(str.strip, (asked or "").split(","))):
        if name != "all" and name not in known:
            from cmq_cli.text import suggest

            listed = ", ".join(dict.fromkeys([*suggest(name, known), *known]))
            raise UsageError(_("Unknown field {typed}. The fields are: {fields}", typed=quoted(name), fields=listed))
        wanted += whole(known) if name == "all" else [name]
    return [*dict.fromkeys(wanted)]


def _content(answer: Answer, form: str, fields: Sequence[str]) -> str | bytes:
    """Return an answer in any form but a table, with the wanted fields only if there are some."""
    if answer.picture and form in PICTURES:
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

        return as_workbook(sheet)
    return formats.as_rows(form, sheet.headings, sheet.rows)


def _of_fields(answer: Answer, fields: Sequence[str]) -> Table:
    rows = pick(answer.records, fields)
    right = [at for at, name in enumerate(fields) if any(type(row[name]) in (int, float) for row in rows)]
    texts = [[formats.flat(row[name]) or UNKNOWN for name in fields] for row in rows]
    return Table(fields, [[(Span(text, link=text),) for text in row] for row in texts], right)
