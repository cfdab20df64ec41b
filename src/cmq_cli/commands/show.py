"""Show one campus."""

from typing import TYPE_CHECKING

from cmq_cli import lookup
from cmq_cli.model import Registry
from cmq_cli.options import Key
from cmq_cli.output import records
from cmq_cli.output.answer import Answer

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(registry: Registry, key: Key) -> Answer:
    """Show everything about one campus, with its sources.

    The key is tried as an id, an alias, a city, a name, then as words; all that match at that step are shown.

    \b
    Examples:
      cmq show besancon
      cmq show "jules haag"
      cmq show plasti-campus --json
    """
    found = lookup.find(registry, key)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campus import campus_pages

        return campus_pages(look, registry, found)

    return Answer(
        records.campuses(registry, found), records.CAMPUS, draw, records.CAMPUS_SUMMARY, single=True, places=True
    )
