"""Show where campuses are: the nearest to a place, and all of them on a map."""

from collections.abc import Sequence
from math import inf
from typing import Annotated

from typer import Argument

from cmq_cli import places
from cmq_cli.commands import sentences
from cmq_cli.commands.campuses import listed
from cmq_cli.commands.selection import asked, choose
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, Name, _, ngettext, number, quoted, shell
from cmq_cli.options import FilterOptions, Words, form, order, which
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look
from cmq_cli.output.tables.campuses import campus_sheet, campus_table
from cmq_cli.registry import Campus, Registry, index
from cmq_cli.text import told


def kilometres(typed: str) -> float:
    """Return a distance in km: ``50``, ``50km`` or ``50,5``; raise UsageError for what is none."""
    digits = "".join(typed.lower().split()).removesuffix("km").replace(",", ".")
    if not digits.replace(".", "", 1).isdecimal():
        message = _("{value} is not a distance. Give a number of kilometres, 0 or more: --within 50")
        raise UsageError(message.format(value=quoted(typed)))
    return float(digits[:12])


PlaceAndWords = Annotated[
    list[str],
    Argument(metavar=N_("PLACE [WORDS]..."), help=N_("A commune, its postal or INSEE code, or LAT,LON; then words.")),
]
Within = Annotated[float | None, which("--within", N_("At most so far, in km."), "KM", parser=kilometres)]
All = Annotated[bool, which("--all", N_("All that have a known seat, however far."))]
Map = Annotated[bool, form("--map", N_("Below the list, a map of the place and those nearest to it."))]
Limit = Annotated[int | None, order("--limit -n", N_("At most N of the nearest, else 10."), "N", min=0)]


def near_place(
    registry: Registry,
    place: PlaceAndWords,
    *,
    filters: FilterOptions,
    within: Within = None,
    limit: Limit = None,
    however_far: All = False,
    with_map: Map = False,
) -> Answer:
    """List the nearest campuses, then those of the region without known seat; raise UsageError or NotFoundError."""
    text, words = places.split(place)
    chosen = choose(registry, words, filters, ("cmq", "near", text))
    if words and not chosen.campuses:
        known = max((one.population for one in places.communes(text)), default=0)
        places.ask_back(" ".join(place), " ".join(words), least=known)
    where, said = places.locate(text)
    reach, most = (inf, None) if however_far else (1000, 10)  # who looks for one farther away, or for more, says so
    if within is not None:
        reach, most = within, None
    away = {
        one["id"]: places.distance_km(where.latitude, where.longitude, one["latitude"], one["longitude"])
        for one in chosen.campuses
        if one["latitude"] is not None and one["longitude"] is not None
    }
    seated = sorted((one for one in chosen.campuses if one["id"] in away), key=lambda one: (away[one["id"]], one["id"]))
    near = [one for one in seated if away[one["id"]] <= reach][: most if limit is None else limit]
    seatless, on_seatless = _seatless(registry, chosen.campuses, where, listed=within is None)
    campuses = [*near, *seatless]

    def draw(look: Look) -> list[Block]:
        blocks: list[Block] = [campus_table(look, registry, campuses, away)]
        if with_map:
            from cmq_cli.output.map.terminal import near_map  # needed only here

            blocks += near_map(look, registry, where, near[:10])
        return blocks

    other = None
    if where.code and where.population < places.SMALL:
        other = places.area(text) or places.area(where.name)
    start = _("From {place}, as the crow flies.", place=where)
    aside = chosen.query.aside if chosen.query else ()
    if sought := " ".join(word for word in words if word not in aside).strip(" ,;"):
        start = _("From {place}, as the crow flies: campuses found for {words}.", place=where, words=quoted(sought))
    counted = _counted(len(near), sorted(away.values()), reach) if chosen.campuses else ""
    return Answer(
        records.near(registry, campuses, away),
        records.NEAR,
        draw,
        lambda: campus_sheet(registry, campuses, away),
        head=tuple(filter(None, (other, said, told(start, counted, on_seatless)))),
        notes=chosen.notes if chosen.campuses else chosen.notes_on(0),
        legend=sentences.marks(campuses),
    )


def _counted(shown: int, distances: Sequence[float], reach: float) -> str:
    if distances and distances[0] > reach:
        return _("No campus is so near: the nearest is {km} km away (all: --all).", km=number(round(distances[0])))
    if shown == len(distances):
        return ngettext("{number} campus with a known seat.", "{number} campuses with a known seat.", shown)
    listed, total = number(shown), number(len(distances))
    if reach == inf:  # --all is given
        return _("{listed} of {total} campuses, the nearest first.", listed=listed, total=total)
    return _("{listed} of {total} campuses, the nearest first (all: --all).", listed=listed, total=total)


def _seatless(registry: Registry, chosen: list[Campus], where: places.Place, listed: bool) -> tuple[list[Campus], str]:
    """Return the campuses around a place whose seat isn't known, if they are listed, and the sentence on them."""
    departments = index(registry["territories"]["departments"], "code")
    academy = departments[where.department]["academy"] if where.department in departments else None
    found = [one for one in chosen if one["latitude"] is None and where.region in ("", one["region_code"])]
    found.sort(key=lambda one: one["academy"] != academy)
    if not found:
        return [], ""
    if not listed or not where.region:
        return [], _("Left out, because their seat is not known: {number}.", number=number(len(found)))
    said = _("Then those of {region} whose seat is not known: {number}.")
    if found[0]["academy"] == academy != found[-1]["academy"]:
        said = _("Then those of {region} whose seat is not known, the academy of {academy} first: {number}.")
    return found, said.format(region=found[0]["region"], academy=Name(academy or ""), number=number(len(found)))


def map_campuses(registry: Registry, words: Words = None, *, filters: FilterOptions) -> Answer:
    """Draw the campuses on a map: here, or as one HTML page or SVG picture; raise UsageError for a wrong value."""
    chosen = choose(registry, words, filters, ("cmq", "map"))
    found = chosen.campuses
    somewhere = filters.region or filters.academy or filters.department or filters.city
    regions = {campus["region_code"] for campus in found} if somewhere else set()
    notes = chosen.notes_on(len(found))

    def draw(look: Look) -> list[Block]:
        from cmq_cli.output.map import geometry, terminal  # needed only here

        frame = geometry.france(regions, look.height >= terminal.WITH_OVERSEAS)
        return terminal.campus_map(look, registry, found, frame, notes, None)

    def picture(form: str) -> str:
        from cmq_cli.output.map import geometry, page, svg  # needed only here

        command = shell("cmq", "map", *asked(filters, words))
        days = [one["on"] for one in registry["milestones"] if one["campuses"] is not None]
        waves = [str(wave["number"]) for wave in registry["waves"]]
        selection = [_("Here are the campuses that this command finds: {command}", command=command), *notes]
        said = {
            "coverage": [sentences.in_short(registry)],
            "selection": selection if asked(filters, words) else [],
            "completeness": [*sentences.of_waves(registry, waves), *(sentences.as_of(registry, day) for day in days)],
        }
        write = svg.alone if form == "svg" else page.page
        return write(registry, geometry.picture(found, geometry.france(regions)), found, said)

    return listed(registry, found)._replace(draw=draw, notes=notes, legend=(), picture=picture)
