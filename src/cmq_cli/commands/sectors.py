"""Show the sectors."""

from typing import TYPE_CHECKING

from cmq_cli.commands import coverage
from cmq_cli.model import Registry
from cmq_cli.output import records
from cmq_cli.output.answer import Answer

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(registry: Registry) -> Answer:
    """Show the sectors and their search words.

    \b
    Examples:
      cmq sectors
      cmq sectors --fields id,label,count
    """
    rows = [records.sector(registry, sector) for sector in registry.sectors]

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.vocabulary import sectors

        return sectors(look, rows, coverage.of_sectors(registry))

    return Answer(rows, records.SECTOR, draw, ("id", "label", "page", "count", "campuses", "keywords"))
