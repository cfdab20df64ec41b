"""Write an answer in the form that is wanted, where it is wanted: the same answer to a person and to a pipe."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import _, quoted
from cmq_cli.output import formats
from cmq_cli.output.answer import Answer, Block, Column, Look, Prose, Sheet, Span, Table
from cmq_cli.output.records import columns, inner_names, pick

if TYPE_CHECKING:
    from cmq_cli.output.screen import Screen

FORMS = ("table", "md", "xlsx", "json", "jsonl", "csv", "tsv", "geojson", "html", "svg")
"""The forms of an answer: three for people, five for programs, two that only a map has."""

PROGRAMS, PICTURES = FORMS[3:8], FORMS[8:]

ENDINGS = {".txt": "table", **{f".{form}": form for form in FORMS[1:]}, ".htm": "html", ".markdown": "md"}
"""The form that a file's ending asks for."""


def present(answer: Answer, options: Any, screen: "Screen") -> None:
    """Write the answer to standard output, or to a file, and what is said of it below, or to standard error.

    The options are format, json, csv, fields, output and color. Raises UsageError for those that contradict each other
    or name what doesn't exist, NotFoundError where a form for programs is wanted of one record that several answer to,
    WriteError for a file that can't be written, and OSError when standard output can't.
    """
    file = options.output if options.output != "-" else None
    form = chosen_form(answer, options, screen)
    if answer.several and form in PROGRAMS:
        raise NotFoundError(answer.several)
    fields = chosen_fields(options.fields, answer.fields)
    told = (*answer.head, *answer.notes)
    if fields is not None:
        answer = answer._replace(legend=())  # of a table that isn't drawn
    if form != "table":
        content = _content(answer, form, fields)
        told = (*told, *answer.legend) if form in ("md", "xlsx") and answer.sheet else told  # a sheet has the marks too
    elif fields is None and isinstance(answer.draw, str):
        content = answer.draw if answer.draw.endswith("\n") else f"{answer.draw}\n"
    elif file is None and (screen.is_terminal or options.color == "always"):
        content, told = _for_terminal(answer, fields, screen, screen.colored(options.color)), ()
    else:
        from cmq_cli.output.plain import as_plain

        content = as_plain(_blocks(answer, fields, Look(None)))
        told = (*told, *answer.legend) if content or told else (_("Nothing is known of this."),)
    if file is not None:
        from cmq_cli.output.files import write_whole

        write_whole(file, content)
    else:
        assert isinstance(content, str)  # a workbook is only for a file
        screen.write(content)
    for sentence in told:
        screen.remark(sentence)


def possible_forms(answer: Answer) -> tuple[str, ...]:
    """Return the forms in which an answer can be written."""
    if answer.draw is None:
        return ("json",)
    if not answer.fields:
        return ("table",)
    lacking = (*(() if answer.places else ("geojson",)), *(() if answer.picture else PICTURES))
    return tuple(form for form in FORMS if form not in lacking)


def chosen_form(answer: Answer, options: Any, screen: "Screen") -> str:
    """Return the form of the output: as asked, else as the file's ending says, else a table, or fields for a pipe.

    Raises UsageError when two options ask for two forms, or for one that isn't possible, or an ending for none.
    """
    possible = possible_forms(answer)
    file = options.output if options.output != "-" else None
    form = _asked_form(options, file)
    if form is None and file is not None and len(possible) > 1:
        endings = ", ".join(ending for ending, form in ENDINGS.items() if form in possible)
        message = _("The ending of {file} doesn't tell its form. End it in {endings}, or give --format.")
        raise UsageError(message.format(file=quoted(file), endings=endings))
    if form is None:
        to_cut = options.fields and not screen.is_terminal and "tsv" in possible
        return "tsv" if to_cut else possible[0]
    if form == "xlsx" and file is None:
        raise UsageError(_("A workbook needs a file: -o FILE.xlsx"))
    if form in possible:
        return form
    if form in PICTURES and len(possible) > 1:
        raise UsageError(_("Only a map can be written as {form}: cmq map -o campuses.{form}").format(form=form))
    if form == "geojson" and len(possible) > 1:
        raise UsageError(_("GeoJSON is for campuses: list, show, near and map. Give --json here."))
    message = _("This can't be written as {form}. Give one of: {forms}")
    raise UsageError(message.format(form=form, forms=", ".join(possible)))


def _asked_form(options: Any, file: str | None) -> str | None:
    """Return the form that the options, or else the file's ending, ask for, or None where nothing does."""
    given = {"--json": options.json and "json", "--csv": options.csv and "csv", "--format": options.format}
    asked: dict[str, str] = {option: form for option, form in given.items() if form}
    first, last = next(iter(asked), ""), next(reversed(asked), "")
    if len({*asked.values()}) > 1:
        message = _("{first} and {second} ask for different forms. Give one of them.")
        raise UsageError(message.format(first=first, second=last))
    form, of_ending = asked.get(first), _by_ending(file) if file is not None else None
    if form and of_ending not in (None, form) and (of_ending, form) != ("json", "geojson"):
        ending = next(each for each, known in ENDINGS.items() if known == form)
        message = _("{file} can't hold what {option} asks for. End it in {ending}, or leave out {option}.")
        raise UsageError(message.format(file=quoted(file or ""), option=first, ending=ending))
    return form or of_ending


def _by_ending(file: str) -> str | None:
    """Return the form that an ending asks for, or None; raise UsageError where only a relative is written."""
    from cmq_cli.output.files import check_target

    check_target(file)
    name = file.lower()
    if name.endswith((".xls", ".ods")):
        message = _("{file} can't be written. Excel and LibreOffice open: -o FILE.xlsx")
        raise UsageError(message.format(file=quoted(file)))
    if name.endswith((".png", ".jpg", ".jpeg", ".gif", ".pdf")):
        message = _("{file} can't be written. Office programs open a map as cmq map -o FILE.svg, browsers as FILE.html")
        raise UsageError(message.format(file=quoted(file)))
    return next((form for ending, form in ENDINGS.items() if name.endswith(ending)), None)


def chosen_fields(asked: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the fields asked for, each once, `all` being every other one, or None where none are asked for.

    Raises UsageError, with the valid names, nearest first, for a field that doesn't exist.
    """
    if asked is None:
        return None
    names = [name.strip() for name in asked.split(",")]
    if "" in names:
        message = _("A field has no name in {typed}. Separate the names by one comma: --fields id,name")
        raise UsageError(message.format(typed=quoted(asked)))
    wanted = tuple(dict.fromkeys(each for name in names for each in (known if name == "all" else (name,))))
    valid = [*known, *inner_names(known)]
    for name in wanted:
        if name not in valid:
            from cmq_cli.lookup import suggest

            listed = ", ".join(dict.fromkeys([*suggest(name, valid), *valid]))
            message = _("Unknown field {typed}. The fields are: {fields}")
            raise UsageError(message.format(typed=quoted(name), fields=listed))
    return wanted


def _content(answer: Answer, form: str, fields: Sequence[str] | None) -> str | bytes:
    """Return the answer in any form but a table."""
    if form in PICTURES:
        assert answer.picture is not None  # or the form would not be possible
        if fields is not None:
            raise UsageError(_("A map as {form} has no fields to choose. Leave out --fields.").format(form=form))
        return answer.picture(form)
    if form == "geojson":
        wanted = fields or [name for name in answer.fields if name not in ("latitude", "longitude")]
        return formats.as_geojson(answer.records, pick(answer.records, wanted))
    if form in ("json", "jsonl"):
        records = answer.records if fields is None else pick(answer.records, fields)
        if form == "jsonl":
            return formats.as_jsonl(records)
        return formats.as_json(records[0] if answer.single and len(records) == 1 else records)
    if answer.sheet and fields is None and form not in PROGRAMS:
        sheet = answer.sheet()
    else:
        wanted = fields or columns(answer.fields)
        sheet = Sheet("cmq", wanted, [[*row.values()] for row in pick(answer.records, wanted)])
    if form == "xlsx":
        from cmq_cli.output.workbook import as_workbook

        return as_workbook(*sheet)
    return formats.FLAT[form](sheet.headings, sheet.rows)


def _for_terminal(answer: Answer, fields: Sequence[str] | None, screen: "Screen", colored: bool) -> str:
    from cmq_cli.output.terminal import as_terminal

    look = Look(screen.width, screen.height, screen.ascii_only, colored, screen.links, screen.braille)
    head, below = "\n".join(answer.head), "\n".join((*answer.notes, *answer.legend))
    blocks: list[Block] = [Prose(head)] if head else []
    blocks += _blocks(answer, fields, look)
    blocks += [Prose((Span(below, "dim"),))] if below else []
    return as_terminal(blocks or [Prose(_("Nothing is known of this."))], look)


def _blocks(answer: Answer, fields: Sequence[str] | None, look: Look) -> list[Block]:
    """Return what is drawn of an answer, without tables that have no rows: sentences tell what isn't there."""
    if fields is not None:
        blocks: Sequence[Block] = [_of_fields(look, answer, fields)]
    else:
        assert callable(answer.draw)  # or a table would not be possible
        blocks = answer.draw(look)
    return [block for block in blocks if not isinstance(block, Table) or block.rows]


def _of_fields(look: Look, answer: Answer, fields: Sequence[str]) -> Table:
    """Return a plain table of the fields that were asked for."""
    rows = [[*row.values()] for row in pick(answer.records, fields)]
    kinds = [{type(value) for value in column} - {type(None)} for column in zip(*rows, strict=True)]
    headings = [Column(name, right=kind in ({int}, {float})) for name, kind in zip(fields, kinds, strict=bool(rows))]
    texts = [[formats.flat(value) or look.unknown for value in row] for row in rows]
    return Table(headings, [[(Span(text, link=text),) for text in row] for row in texts])
