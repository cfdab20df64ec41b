"""What is worth finding next: which campuses lack a fact, and when its absence tells nothing."""

from dataclasses import replace

import pytest

from cmq_cli.commands.missing import FIELDS, offers, without
from cmq_cli.errors import UsageError
from cmq_cli.model import Campus
from cmq_cli.registry import load

REGISTRY = load()
KNOWN = replace(
    REGISTRY.campuses[0],
    aliases=("CMQ",),
    academy="Besançon",
    department_code="25",
    city="Besançon",
    lead_institution="Lycée",
    members=("Lycée",),
    wave=4,
    labelled_on="2017-02-13",
    labelled_by=None,
    fields=("mode",),
    excellence=True,
    excellence_since="2020",
    website="https://example.org",
    description="Un campus.",
)


def test_a_campus_of_which_all_is_known_lacks_nothing() -> None:
    assert without([KNOWN], FIELDS) == []


@pytest.mark.parametrize("field", [field for field in FIELDS if field != "labelled_by"])
def test_each_fact_can_be_missing(field: str) -> None:
    unknown = () if isinstance(getattr(KNOWN, field), tuple) else None
    lacking: Campus = replace(KNOWN, **{field: unknown})  # type: ignore[arg-type]
    assert without([KNOWN, lacking], [field]) == [lacking]
    assert without([lacking], [other for other in FIELDS if other not in (field, "labelled_by")]) == []


@pytest.mark.parametrize(
    ("known", "field", "missing"),
    [
        ({"labelled_on": None, "labelled_by": None}, "labelled_by", True),
        ({"labelled_on": None, "labelled_by": "2017"}, "labelled_by", False),
        ({"labelled_on": "2017", "labelled_by": None}, "labelled_by", False),
        ({"excellence": True, "excellence_since": None}, "excellence_since", True),
        ({"excellence": False, "excellence_since": None}, "excellence_since", False),
        ({"excellence": None, "excellence_since": None}, "excellence_since", False),
        ({"excellence": False}, "excellence", False),
    ],
)
def test_a_fact_is_missing_where_it_would_tell_something(known: dict[str, object], field: str, missing: bool) -> None:
    campus: Campus = replace(KNOWN, **known)  # type: ignore[arg-type]
    assert without([campus], [field]) == ([campus] if missing else [])


def test_of_several_facts_one_is_enough() -> None:
    campuses = [replace(KNOWN, city=None), replace(KNOWN, website=None), KNOWN]
    assert without(campuses, ["city", "website"]) == campuses[:2]


def test_what_can_not_be_missing_is_refused_with_what_can() -> None:
    with pytest.raises(UsageError) as caught:
        without([KNOWN], ["city", "webste"])
    said, _, named = str(caught.value).rstrip(".").partition(" Give one of: ")
    assert said == "Can't look for what lacks 'webste'."
    assert named.split(", ")[0] == "website"
    assert sorted(named.split(", ")) == sorted(FIELDS)


def test_the_shell_is_offered_what_can_be_missing() -> None:
    assert offers("lab") == [("labelled_on", ""), ("labelled_by", "")]
    assert [name for name, _ in offers("")] == list(FIELDS)
