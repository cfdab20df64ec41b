"""List the campuses nearest to a place."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import places
from cmq_cli.commands import sentences
from cmq_cli.commands.selection import choose
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import N_, _, decimal, ngettext, number, quoted
from cmq_cli.language import typed as line
from cmq_cli.options import ORDER, WHICH, FilterOptions, whole_number
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look
from cmq_cli.text import told

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry
    from cmq_cli.places import Place

FAR_KM, _NEAREST = 1000, 10
"""Nobody looks for campuses so far away, or for more of them, unless that is asked for."""
_SMALL = 10_000
"""Inhabitants of a commune whose name may as well stand for a region: Bretagne, Doubs."""


def kilometres(typed: str) -> float:
    """Return a distance in km: ``50``, ``50km`` or ``50,5``; raises UsageError for what is none."""
    digits = "".join(typed.lower().split()).removesuffix("km").replace(",", ".")
    if not digits.replace(".", "", 1).isdecimal():
        message = _("{value} is not a distance. Give a number of kilometres, 0 or more: --within 50")
        raise UsageError(message.format(value=quoted(typed)))
    return float(digits[:12])


PlaceAndWords = Annotated[
    list[str],
    typer.Argument(
        metavar=N_("PLACE [WORDS]..."),
        help=N_('A commune (Dole, "Saint-Denis (974)"), its postal or INSEE code, or LAT,LON; then words to look for.'),
        show_default=False,
    ),
]
Within = Annotated[
    float | None,
    typer.Option("--within", metavar="KM", parser=kilometres, help=N_("At most so far, in km."), rich_help_panel=WHICH),
]
All = Annotated[bool, typer.Option("--all", help=N_("All that have a known seat, however far."), rich_help_panel=WHICH)]
Map = Annotated[bool, typer.Option("--map", help=N_("Below the list, a map of the place and those nearest to it."))]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", "-n", metavar="N", parser=whole_number, help=N_("At most N, 10 unless told."), rich_help_panel=ORDER
    ),
]


def near_place(
    registry: "Registry",
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
    NotFoundError, which say what to type, for what is no place or may be several, and for a wrong value.
    """
    from cmq_cli.output.tables.campuses import campus_sheet, campus_table

    text, words = _split(registry, place)
    chosen = choose(registry, words, filters, line("cmq", "near", text))
    if words and not chosen.campuses:
        _refuse_mistyped(place, text, words)
    where, said = places.locate(text)
    every = by_distance(chosen.campuses, where.latitude, where.longitude)
    reach = within if within is not None else inf if all else FAR_KM
    near = [pair for pair in every if pair[1] <= reach]
    listed = near[: limit if limit is not None else _NEAREST if reach == FAR_KM else None]
    departments = registry["territories"]["departments"]
    academy = next((one["academy"] for one in departments if one["code"] == where.department), None)
    lost = [one for one in chosen.campuses if one["latitude"] is None and where.region in ("", one["region_code"])]
    seatless = sorted(lost, key=lambda one: one["academy"] != academy)
    then = seatless if where.region and within is None else []
    rows: list[tuple[Campus, float | None]] = [*listed, *((campus, None) for campus in then)]
    campuses, distances = [campus for campus, _km in rows], {campus["id"]: km for campus, km in rows}

    def draw(look: Look) -> list[Block]:
        table = campus_table(look, registry, campuses, distances)
        if not map:
            return table
        from cmq_cli.output.map.terminal import near_map

        return [*table, *near_map(look, registry, where, listed)]

    sought = [word for word in words if word not in chosen.query.aside]
    counted = _counted(len(listed), len(near), within, every) if chosen.campuses else ""
    unplaced = _on_seatless(seatless, academy, bool(then)) if seatless else ""
    return Answer(
        records.near(registry, rows),
        records.NEAR,
        draw,
        lambda: campus_sheet(registry, campuses, distances),
        head=(*([said] if said else []), told(_from(where, sought), counted, unplaced)),
        notes=(*_instead(registry, where, words if campuses else []), *chosen.notes),
        legend=sentences.marks(campuses),
    )


def by_distance(campuses: "Iterable[Campus]", latitude: float, longitude: float) -> "list[tuple[Campus, float]]":
    """Return the campuses of which the seat is known, with their distance in km, nearest first, equals by id."""
    near = [
        (campus, places.distance_km(latitude, longitude, campus["latitude"], campus["longitude"]))
        for campus in campuses
        if campus["latitude"] is not None and campus["longitude"] is not None
    ]
    return sorted(near, key=lambda pair: (pair[1], pair[0]["id"]))


def _split(registry: "Registry", typed: Sequence[str]) -> tuple[str, list[str]]:
    """Return the place and the words to look for; raise NotFoundError where it all is a department or region."""
    text, words = places.split(typed)
    if (words or not places.communes(text)) and (other := _area(registry, " ".join(typed))):
        raise NotFoundError(other)
    return text, words


def _area(registry: "Registry", text: str) -> str | None:
    """Return the sentence on the department or region that is called so, or None."""
    from cmq_cli.vocabulary import elsewhere

    return elsewhere(registry, text, ("department", "region"))


def _refuse_mistyped(typed: Sequence[str], place: str, words: Sequence[str]) -> None:
    """Raise NotFoundError where the words, which no campus says, are a place or a part of it, mistyped."""
    known = max((one.population for one in places.communes(place)), default=0)
    for text, least in ((" ".join(typed), 0), (" ".join(words), known)):
        if near := places.named([one for one in places.like(text, places.ALIKE) if one.population > least]):
            message = _("No commune matches {typed}. Did you mean: {near}?")
            raise NotFoundError(message.format(typed=quoted(text), near=near))


def _from(where: "Place", words: Sequence[str]) -> str:
    if not words:
        return _("From {place}, as the crow flies.").format(place=where)
    message = _("From {place}, as the crow flies: campuses that mention {words}.")
    return message.format(place=where, words=quoted(" ".join(words)))


def _counted(listed: int, near: int, within: float | None, every: "Sequence[tuple[Campus, float]]") -> str:
    """Return the sentence on how many campuses with a known seat there are, or are so near."""
    total, count = len(every), near
    if every and not near:
        said = _("No campus within {km} km; the nearest is {nearest} km away.")
    elif within is not None:
        said = ngettext("{number} campus within {km} km.", "{number} campuses within {km} km.", near)
    elif listed < total:
        count = listed
        said = ngettext(
            "The nearest of {total} campuses (all: --all).",
            "The {number} nearest of {total} campuses (all: --all).",
            listed,
        )
    else:
        said = ngettext("{number} campus with a known seat.", "{number} campuses with a known seat.", total)
    km = FAR_KM if within is None else within
    sizes = {"km": decimal(km) if km % 1 else number(int(km)), "nearest": number(round(every[0][1])) if every else ""}
    return said.format(number=number(count), total=number(total), **sizes)


def _on_seatless(seatless: "Sequence[Campus]", academy: str | None, listed: bool) -> str:
    """Return the sentence on the campuses whose seat isn't known: those of the region, or all that there are."""
    several = len(seatless)
    if not listed:
        said = ngettext(
            "{number} whose seat is not known is left out.", "{number} whose seat is not known are left out.", several
        )
    elif seatless[0]["academy"] == academy != seatless[-1]["academy"]:
        said = _("Then {number} campuses of {region} whose seat is not known, the academy of {academy} first.")
    else:
        said = ngettext(
            "Then {number} campus of {region} whose seat is not known.",
            "Then {number} campuses of {region} whose seat is not known.",
            several,
        )
    return said.format(number=number(several), region=seatless[0]["region"], academy=academy)


def _instead(registry: "Registry", where: "Place", words: Sequence[str]) -> list[str]:
    """Return what else may have been meant: a point with its numbers exchanged, or the words as a place."""
    if not where.code and abs(where.longitude) <= 90:
        point = places.point(where.longitude, where.latitude)
        here, there = (by_distance(registry["campuses"], at.latitude, at.longitude)[:1] for at in (where, point))
        if here and here[0][1] > FAR_KM >= there[0][1]:
            message = _("{place} is far from every campus; latitude comes first. Did you mean: {command}")
            return [message.format(place=where, command=line("cmq", "near", str(point)))]
    if where.code and where.population < _SMALL and (other := _area(registry, where.name)):
        return [other]
    communes = places.communes(" ".join(words), whole=True)
    if len(communes) == 1 and communes[0].population * 10 > where.population:
        message = _("{place} is a commune too: {command}")
        return [message.format(place=communes[0], command=line("cmq", "near", str(communes[0])))]
    return []
