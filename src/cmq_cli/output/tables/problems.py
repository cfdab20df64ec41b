"""Draw the problems of a registry file: errors apart from warnings, record by record."""

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from cmq_cli.output.tables.frame import Look, Renderable, lines, page, paragraph, words
from cmq_cli.problems import Problem


def problems(look: Look, errors: Sequence[Problem], warnings: Sequence[Problem], remarks: Sequence[str]) -> Renderable:
    """Draw each problem below the record that has it, and the verdict at the end."""
    return page(
        *_section(look, f"Errors ({len(errors)})", errors),
        *_section(look, f"Warnings ({len(warnings)})", warnings),
        *(paragraph(look, words(remark, "bold")) for remark in remarks),
    )


def _section(look: Look, title: str, found: Sequence[Problem]) -> list[Text]:
    if not found:
        return []
    groups = [
        lines(paragraph(look, words(_heading(kind, record))), *(_problem(look, each) for each in members))
        for (kind, record), members in groupby(found, lambda each: (each.kind, each.record))
    ]
    return [words(title, "bold"), *groups]


def _heading(kind: str, record: str | None) -> str:
    return kind if record is None else f"{kind} {record}"


def _problem(look: Look, one: Problem) -> Text:
    where = ": ".join(filter(None, (one.path, one.value)))
    return paragraph(
        look, lines(words(where, "cyan") if where else None, words(one.message), words(one.remedy, "dim")), "  "
    )
