"""Draw evidence: the sources of a record, the list of sources, and all that one supports."""

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table

from cmq_cli.model import Citation, Evidence, Registry
from cmq_cli.output.records import Record
from cmq_cli.output.tables.frame import Look, Renderable, facts, grid, lines, note, page, words


def evidence(look: Look, registry: Registry, cited: Sequence[Citation | Evidence]) -> Renderable:
    """Draw the sources of a record: title, what it says, who published it when, what it supports, and its id."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in cited:
        source = registry.source_by_id[one.source]
        parts = [words(source.title, link=source.url)]
        if one.quote:
            parts.append(words(f"« {one.quote} »", "italic"))
        parts.append(words(", ".join(filter(None, (source.publisher, source.published))), "dim"))
        if isinstance(one, Evidence):
            parts.append(words(f"supports {', '.join(one.supports)}", "dim"))
        if source.url:
            parts.append(words(source.url, "dim", link=source.url))
        parts.append(words(source.id, "cyan"))
        table.add_row("-" if look.ascii else "•", lines(*parts))
    return Group(words("Evidence", "bold"), table)


def source_list(look: Look, records: Sequence[Record], summary: str) -> Renderable:
    """Draw the sources with the number of records that each supports."""
    if look.narrow:
        table = grid(look, "Source", "Supports", right=("Supports",), fixed=("Supports",))
    else:
        table = grid(look, "Source", "Published", "Supports", right=("Supports",), fixed=("Published", "Supports"))
    for record in records:
        title = words(record["title"], link=record["url"])
        text = lines(title, words(record["publisher"], "dim"), words(record["id"], "cyan"))
        published = [] if look.narrow else [words(record["published"] or look.unknown)]
        table.add_row(text, *published, str(len(record["supports"])))
    return page(table, note(summary))


def source_page(look: Look, record: Record) -> Renderable:
    """Draw a source with everything that it supports."""
    known = facts(
        look,
        [
            ("Id", words(record["id"], "cyan")),
            ("Address", words(record["url"], link=record["url"]) if record["url"] else words(look.unknown)),
            ("Publisher", words(record["publisher"])),
            ("Published", words(record["published"] or look.unknown)),
        ],
    )
    table = grid(look, "Supports", "What", "Quote")
    for each in record["supports"]:
        name = f"{each['kind']} {each['record']}"
        table.add_row(words(name), words(", ".join(each["fields"])), words(each["quote"] or look.unknown, "italic"))
    return page(words(record["title"], "bold"), known, table if record["supports"] else None)
