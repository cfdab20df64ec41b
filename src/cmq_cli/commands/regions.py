"""Show the regions."""

from typing import TYPE_CHECKING

from cmq_cli.commands import coverage
from cmq_cli.model import Registry
from cmq_cli.output import records
from cmq_cli.output.answer import Answer

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(registry: Registry) -> Answer:
    """Show the regions, academies and departments.

    \b
    Examples:
      cmq regions
      cmq regions --json
    """
    rows = [records.region(registry, region) for region in registry.territories.regions]

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.vocabulary import regions

        return regions(look, rows, coverage.of_all(registry))

    return Answer(
        rows, records.REGION, draw, ("code", "name", "abbreviations", "former", "academies", "count", "campuses")
    )
