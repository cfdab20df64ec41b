"""List the campuses nearest to a place."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import Annotated

from typer import Argument, Option

from cmq_cli import places
from cmq_cli.commands import sentences
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, Name, _, ngettext, number, quoted
from cmq_cli.options import FORM, ORDER, WHICH, FilterOptions
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look, Sheet
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import told

_FAR_KM, _NEAREST = 1000, 10  # nobody looks for campuses so far away, or for more of them, unless that is asked for


def kilometres(typed: str) -> float:
    """Return a distance in km: ``50``, ``50km`` or ``50,5``; raises UsageError for what is none."""
    digits = "".join(typed.lower().split()).removesuffix("km").replace(",", ".")
    if not digits.replace(".", "", 1).isdecimal():
        message = _("{value} is not a distance. Give a number of kilometres, 0 or more: --within 50")
        raise UsageError(message.format(value=quoted(typed)))
    return float(digits[:12])


PlaceAndWords = Annotated[
    list[str],
    Argument(metavar=N_("PLACE [WORDS]..."), help=N_("A commune, its postal or INSEE code, or LAT,LON; then words.")),
]
Within = Annotated[
    float | None,
    Option("--within", metavar="KM", parser=kilometres, help=N_("At most so far, in km."), rich_help_panel=WHICH),
]
All = Annotated[bool, Option("--all", help=N_("All that have a known seat, however far."), rich_help_panel=WHICH)]
Map = Annotated[
    bool,
    Option("--map", help=N_("Below the list, a map of the place and those nearest to it."), rich_help_panel=FORM),
]
Limit = Annotated[
    int | None,
    Option("--limit", "-n", metavar="N", min=0, help=N_("At most N of the nearest, else 10."), rich_help_panel=ORDER),
]


def near_place(
    registry: Registry,
    place: PlaceAndWords,
    *,
    filters: FilterOptions,
    within: Within = None,
    limit: Limit = None,
    all: All = False,
    map: Map = False,
) -> Answer:
    """List the campuses nearest to a place, then those of its academy and region whose seat is not known.

    Distances are great circles, from the commune (or the point) to the commune of the seat. Raises UsageError and
    NotFoundError, which say what to type, for what is no place, may be several, or is a wrong value.
    """
    from cmq_cli.commands.selection import choose  # not where only the options are wanted

    text, words = places.split(place)
    chosen = choose(registry, words, filters, ("cmq", "near", text))
    if words and not chosen.campuses:
        known = max((one.population for one in places.communes(text)), default=0)
        places.ask_back(" ".join(place), " ".join(words), least=known)
    where, said = places.locate(text)
    every = by_distance(chosen.campuses, where.latitude, where.longitude)
    reach = within if within is not None else inf if all else _FAR_KM
    most = limit if limit is not None else None if all or within is not None else _NEAREST
    near = [pair for pair in every if pair[1] <= reach][:most]
    departments = registry["territories"]["departments"]
    academy = next((one["academy"] for one in departments if one["code"] == where.department), None)
    lost = [one for one in chosen.campuses if one["latitude"] is None and where.region in ("", one["region_code"])]
    seatless = sorted(lost, key=lambda one: one["academy"] != academy)
    then = seatless if where.region and within is None else []
    rows: list[tuple[Campus, float | None]] = [*near, *((campus, None) for campus in then)]
    campuses, distances = [campus for campus, _km in rows], {campus["id"]: km for campus, km in rows}

    def draw(look: Look) -> list[Block]:
        from cmq_cli.output.tables.campuses import campus_table  # answers to programs come sooner without it

        blocks = campus_table(look, registry, campuses, distances)
        if map:
            from cmq_cli.output.map.terminal import near_map

            blocks += near_map(look, registry, where, [campus for campus, _km in near])
        return blocks

    def sheet() -> Sheet:
        from cmq_cli.output.tables.campuses import campus_sheet

        return campus_sheet(registry, campuses, distances)

    start = _("From {place}, as the crow flies.")
    aside = chosen.query.aside if chosen.query else ()
    if sought := [word for word in words if word not in aside]:
        start = _("From {place}, as the crow flies: campuses that mention {words}.")
    start = start.format(place=where, words=quoted(" ".join(sought)))
    counted = _counted(len(near), [km for _campus, km in every], reach) if chosen.campuses else ""
    unplaced = _on_seatless(seatless, academy, bool(then)) if seatless else ""
    other = places.area(where.name) if where.population < places.SMALL else None
    return Answer(
        records.near(registry, rows),
        records.NEAR,
        draw,
        sheet,
        head=tuple(
            filter(None, (other or _exchanged(where, every, chosen.campuses), said, told(start, counted, unplaced)))
        ),
        notes=chosen.notes,
        legend=sentences.marks(campuses),
    )


def _exchanged(where: places.Place, every: Sequence[tuple[Campus, float]], campuses: Sequence[Campus]) -> str | None:
    """Return the sentence on a point that is near campuses only with its two numbers exchanged."""
    if where.code or abs(where.longitude) > 90 or not every or every[0][1] <= _FAR_KM:
        return None
    there = by_distance(campuses, where.longitude, where.latitude)
    said = _("Latitude comes first. Did you mean: cmq near {longitude},{latitude}")
    return said.format(longitude=where.longitude, latitude=where.latitude) if there[0][1] <= _FAR_KM else None


def by_distance(campuses: Iterable[Campus], latitude: float, longitude: float) -> list[tuple[Campus, float]]:
    """Return the campuses of which the seat is known, with their distance in km, nearest first, equals by id."""
    near = [
        (campus, places.distance_km(latitude, longitude, campus["latitude"], campus["longitude"]))
        for campus in campuses
        if campus["latitude"] is not None and campus["longitude"] is not None
    ]
    return sorted(near, key=lambda pair: (pair[1], pair[0]["id"]))


def _counted(listed: int, distances: Sequence[float], reach: float) -> str:
    """Return the sentence on how many of the campuses with a known seat are listed, or how far the nearest is."""
    total, nearest = len(distances), min(distances, default=0.0)
    if nearest > reach:
        return _("No campus is so near: the nearest is {km} km away (all: --all).", km=number(round(nearest)))
    if listed == total:
        return ngettext("{number} campus with a known seat.", "{number} campuses with a known seat.", total)
    said = _("{listed} of {total} campuses, the nearest first (all: --all).")
    said = said if reach < inf else _("{listed} of {total} campuses, the nearest first.")
    return said.format(listed=number(listed), total=number(total))


def _on_seatless(seatless: Sequence[Campus], academy: str | None, listed: bool) -> str:
    """Return the sentence on the campuses whose seat isn't known: those of the region, or all that there are."""
    said = _("Left out, because their seat is not known: {number}.")
    if listed:
        said = _("Then those of {region} whose seat is not known: {number}.")
    if listed and seatless[0]["academy"] == academy != seatless[-1]["academy"]:
        said = _("Then those of {region} whose seat is not known, the academy of {academy} first: {number}.")
    return said.format(region=seatless[0]["region"], academy=Name(academy or ""), number=number(len(seatless)))
