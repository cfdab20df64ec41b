"""What the values of filters are called: what is accepted in one place is accepted in all."""

from cmq_cli import vocabulary
from cmq_cli.registry import bundled

REGISTRY = bundled()
TERRITORIES = REGISTRY["territories"]
SAID = {
    "region": ("{0}", "{1}", "{0} ({1})", "région {0}"),
    "academy": ("{0}", "académie de {0}", "ACADÉMIE D’{0}", "rectorat de {0}"),
    "department": ("{0}", "{1}", "{2}", "{0} ({1})", "{0} ({2})", "département {1}"),
    "city": ("{0}", "{1}", "{0} ({2})", "ville de {0}"),
    "wave": ("{0}", "0{0}", "{0}e", "vague {0}", "{1}", "{1}e vague", "n° {0}"),
}
"""How a value is said with its name, its code, and what else tells it."""
NAMED = {
    "region": [(each["name"], each["code"]) for each in TERRITORIES["regions"]],
    "academy": [(each["name"], each["name"]) for each in TERRITORIES["academies"]],
    "department": [(each["name"], each["code"], each["code"].lstrip("0")) for each in TERRITORIES["departments"]],
    "city": [(one["city"], one["city_code"], one["department_code"]) for one in REGISTRY["campuses"] if one["city"]],
    "wave": [(str(wave["number"]), ["", "I", "II", "III", "IV", "V"][wave["number"]]) for wave in REGISTRY["waves"]],
}


def spelled():
    """Give each spelling of the vocabularies with its kind, and what it means."""
    for kind, every in NAMED.items():
        for named in every:
            for said in SAID[kind]:
                yield kind, said.format(*named), named[kind != "wave"]
    for sector in REGISTRY["sectors"]:
        for spelling in (sector["id"], sector["label"], *sector["keywords"]):
            yield "sector", spelling, sector["id"]
    for region in TERRITORIES["regions"]:
        yield from (("region", spelling, region["code"]) for spelling in region["abbreviations"])
    for former in TERRITORIES["former_regions"]:
        yield "region", former["name"], former["name"]


def test_every_spelling_is_understood_and_as_nothing_else():
    meant = [(kind, typed, value, vocabulary.meant(REGISTRY, kind, typed)) for kind, typed, value in spelled()]
    assert [(typed, value) for _kind, typed, value, values in meant if value not in values] == []
    alone = [(typed, value, values) for kind, typed, value, values in meant if kind not in ("sector", "city")]
    assert [(typed, values) for typed, value, values in alone if values != {value}] == []


def test_whole_sectors_are_meant_by_id_and_label_but_not_by_a_search_word():
    def whole(typed):
        return vocabulary.meant(REGISTRY, "sector", typed, keywords=False)

    assert [sector["id"] for sector in REGISTRY["sectors"] if whole(sector["id"]) != {sector["id"]}] == []
    labels = [sector["label"] for sector in REGISTRY["sectors"]]
    assert all(map(whole, [*labels, "mécatronique", "Bâtiment", "transports", "secteur du bâtiment"]))
    assert not any(map(whole, ["bois", "plasturgie", "santé", "xyzzy"]))


ELSEWHERE = {
    "doubs": "Doubs is a department: cmq list --department 25",
    "pays de la loire": 'Pays de la Loire is a region: cmq list --region "Pays de la Loire"',
    "Lorraine": "Lorraine is a region: cmq list --region Lorraine",
    "créteil": "Créteil is an academy: cmq list --academy Créteil",
    "matériaux innovants": "Matériaux, matériaux innovants is a sector: cmq list --sector materiaux",
    "DROM": "DROM is a region: cmq list --region DROM",
    "xyzzy": None,
}


def test_what_else_is_called_so():
    assert {typed: vocabulary.elsewhere(REGISTRY, typed) for typed in ELSEWHERE} == ELSEWHERE


def test_several_values_in_one_text():
    known = {"wood", "sea", "the air"}.__contains__
    said = "'{}' are several values. Repeat the option: {}"
    assert vocabulary.one_at_a_time("--by", "wood,sea", known) == said.format("wood,sea", "--by wood --by sea")
    assert '--by "the air"' in str(vocabulary.one_at_a_time("--by", "wood; the air", known))
    assert [vocabulary.one_at_a_time("--by", typed, known) for typed in ("wood,stone", "wood")] == [None, None]
