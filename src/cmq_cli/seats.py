"""What of a campus's seat the list of communes contradicts: no error, because the list isn't part of the registry."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cmq_cli.document import records
from cmq_cli.places import Place, distance_km, with_codes
from cmq_cli.problems import Finding, Steps
from cmq_cli.text import fold

FAR_KM = 50
"""How far from its commune a seat is doubted; even Arles, the widest commune of metropolitan France, reaches 40 km."""


def doubts(document: Mapping[str, Any], wrong: Collection[Steps] = ()) -> Iterator[Finding]:
    """Give where city, code, department and coordinates of a campus disagree, as far as the list of communes can tell.

    Campuses that are among what is wrong are left out. Raises RegistryError when the list can't be read.
    """
    campuses = enumerate(records(document, ("campuses",)))
    right = [(at, campus) for at, campus in campuses if ("campuses", at) not in wrong]
    seats = [(at, campus) for at, campus in right if campus["city_code"] is not None]
    communes = with_codes({campus["city_code"] for _, campus in seats}) if seats else {}
    for at, campus in seats:
        for field, message, remedy in _of_one(campus, communes.get(campus["city_code"])):
            yield Finding(("campuses", at, field), message, campus[field], remedy, (), "warning")


def _of_one(campus: Mapping[str, Any], commune: Place | None) -> Iterator[tuple[str, str, str]]:
    """Give the field, what is doubted of it, and how to mend it."""
    code, given = campus["city_code"], campus["department_code"]
    department = code[: 3 if code.startswith(("97", "98")) else 2]
    if given is not None and given != department:
        message = f"The commune {code} of {campus['city']} lies in the department {department}."
        yield "department_code", message, "Correct department_code, or city and city_code."
    if commune is None:
        return
    if campus["city"] is not None and fold(campus["city"]) != fold(commune.name):
        yield "city_code", f"This is the code of {commune}, not of {campus['city']}.", "Correct city_code, or city."
    latitude, longitude = campus["latitude"], campus["longitude"]
    if latitude is None or longitude is None:
        return
    distance = distance_km(latitude, longitude, commune.latitude, commune.longitude)
    if distance > FAR_KM:
        message = f"With longitude {longitude}, this lies {distance:,.0f} km from {commune}."
        remedy = f"Correct city_code, or write latitude {commune.latitude} and longitude {commune.longitude}."
        yield "latitude", message, remedy
