"""Draw evidence: the sources of a record, the list of sources, and all that one supports."""

from collections.abc import Sequence

from rich.text import Text

from cmq_cli.model import Citation, Evidence, Registry
from cmq_cli.output.records import Row
from cmq_cli.output.tables.frame import (
    Column,
    Look,
    Renderable,
    facts,
    grid,
    heading,
    lines,
    note,
    page,
    paragraph,
    words,
)


def evidence(look: Look, registry: Registry, cited: Sequence[Citation | Evidence]) -> Text:
    """Draw the sources of a record: title, publisher and date, what it says, what it supports, and its id.

    Evidence that supports fields is numbered: the page has the numbers beside those fields. Others support the whole.
    """
    margin = len(f"[{len(cited)}] ")
    entries = [
        _entry(look, registry, one, f"[{at}]".ljust(margin) if isinstance(one, Evidence) else "")
        for at, one in enumerate(cited, 1)
    ]
    return lines(words("Evidence", "bold"), words("\n\n").join(entries))


def _entry(look: Look, registry: Registry, one: Citation | Evidence, mark: str) -> Text:
    source = registry.source_by_id[one.source]
    parts = lines(
        words(source.title, link=source.url),
        words(", ".join(filter(None, (source.publisher, source.published))), "dim"),
        _quoted(look, one.quote) if one.quote else None,
        words(f"supports {', '.join(one.supports)}", "dim") if isinstance(one, Evidence) else None,
        words(source.id, "cyan"),
        words(source.url, "dim", link=source.url) if source.url else None,
    )
    return paragraph(look, parts, mark)


def _quoted(look: Look, quote: str) -> Text:
    return words(f'"{quote}"' if look.ascii else f"« {quote} »", "italic")


def source_list(look: Look, records: Sequence[Row], summary: str) -> Renderable:
    """Draw the sources with the number of records that each supports."""
    columns = [Column("Source"), Column("Published", fixed=True), Column("Supports", right=True, fixed=True)]
    rows = []
    for record in records:
        published = record["published"]
        publisher = ", ".join(filter(None, (record["publisher"], published if look.narrow else None)))
        title = words(record["title"], "bold", link=record["url"])
        source = lines(title, words(publisher, "dim"), words(record["id"], "cyan"))
        rows.append([source, published or look.unknown, str(len(record["supports"]))])
    if look.narrow:
        columns = [columns[0], columns[2]]
        rows = [[source, supports] for source, _, supports in rows]
    return page(grid(look, columns, rows, apart=True), note(look, summary))


def source_page(look: Look, record: Row) -> Renderable:
    """Draw a source with everything that it supports."""
    known = facts(
        look,
        [
            ("Id", words(record["id"], "cyan")),
            ("Publisher", words(record["publisher"])),
            ("Published", words(record["published"] or look.unknown)),
            ("Address", words(record["url"] or look.unknown, link=record["url"])),
        ],
    )
    supported = [
        (
            each["kind"],
            lines(
                words(each["record"], "cyan"),
                words(", ".join(each["fields"]), "dim") if each["fields"] else None,
                _quoted(look, each["quote"]) if each["quote"] else None,
            ),
        )
        for each in record["supports"]
    ]
    return page(
        heading(look, words(record["title"], link=record["url"])),
        known,
        lines(words("Supports", "bold"), facts(look, supported)) if supported else words("No record cites it.", "dim"),
    )
