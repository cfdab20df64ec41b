"""Show one campus."""

from typing import TYPE_CHECKING

from cmq_cli.options import Key

if TYPE_CHECKING:
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(registry: "Registry", key: Key) -> "Answer":
    """Show everything about one campus, with its sources.

    The key is tried as an id, an alias, a city, a name, then as words; all that match at that step are shown.

    \b
    Examples:
      cmq show besancon
      cmq show jules haag
      cmq show plasti-campus --json
    """
    from cmq_cli import lookup
    from cmq_cli.output import records
    from cmq_cli.output.answer import Answer

    typed = " ".join(key)
    found, by_words = lookup.search(registry, typed)
    remarks: tuple[str, ...] = ()
    if by_words and len(found) > 1:
        from cmq_cli.commands import coverage

        remarks = (coverage.by_words(typed, len(found)),)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campus import campus_pages

        if not remarks:
            return campus_pages(look, registry, found)
        from cmq_cli.output.tables.campuses import campus_list
        from cmq_cli.output.tables.frame import note, page

        return page(campus_list(look, registry, found, ()), campus_pages(look, registry, found), note(look, *remarks))

    return Answer(
        records.campuses(registry, found),
        records.CAMPUS,
        draw,
        records.CAMPUS_SUMMARY,
        remarks=remarks,
        single=True,
        places=True,
    )
