"""Sentences on what a map doesn't show by itself."""

from collections.abc import Mapping, Sequence

from cmq_cli.model import Campus, Registry
from cmq_cli.output.map.placing import Placing

LETTER = "Letters and counts go by the most fitting sector; a digit is so many in one place."
CROWDED = "Letters and counts go by the most fitting sector; a digit is so many in one place; +, more than nine."
UNSEATED = "+N counts those of a region whose seat is not known."
UNSEATED_IN_SHORT = "+N counts those of a region (see cmq regions) whose seat is not known."
NARROW = "No map: it takes {columns} columns."
FAR = "No map: none of the campuses listed lies within {km} km of {place}."

IN_A_FILE = (
    "A letter marks a campus by its most fitting sector, at the commune of its seat; where marks would hide each other "
    "they are moved, and a line leads to the seat."
)
COUNTED_ONCE = "The legend counts each campus once, by its most fitting sector."
COUNTED_IN_EACH = (
    "The number beside a sector counts all campuses that have it, one of two sectors in both; choose a sector to see "
    "its campuses alone."
)
VICINITY = "@ is {place}. The map is {km} km wide and holds the campuses nearest to it: {number}."
NONE = "No campus of the registry matches."
ASKED = "Here are the campuses that this command finds: {command}"


def of_file(registry: Registry, placing: Placing) -> list[str]:
    """Return the sentences below a map in a file."""
    marked = [IN_A_FILE] if placing.marks else []
    return [*marked, *([UNSEATED] if placing.unseated else []), *left_out(registry, placing)]


def left_out(registry: Registry, placing: Placing, without_room: Sequence[str] = ()) -> list[str]:
    """Return a sentence on each kind of campus that is not on the map; `without_room` are INSEE codes of regions."""
    counted = {code: placing.unseated[code] for code in without_room}
    said = []
    if counted:
        said.append(f"No room on the map for: {_regions(registry, counted)}.")
    if placing.unframed:
        said.append(f"No outline to draw for: {_regions(registry, placing.unframed)}.")
    if placing.outside:
        said.append(f"Not drawn, because the seat lies outside the outlines of the region: {len(placing.outside)}.")
    return said


def _regions(registry: Registry, found: Mapping[str, Sequence[Campus]]) -> str:
    return ", ".join(f"{registry.region_by_code[code].name} +{len(campuses)}" for code, campuses in found.items())
