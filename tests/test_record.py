"""Records: what a frozen dataclass promises, also before anybody asked for its machinery."""

import copy
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, asdict, fields, is_dataclass, replace
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import model
from cmq_cli.model import Academy, Department, Source
from cmq_cli.record import Record, names
from processes import unmeasured

BESANCON = Academy("Besançon", "Bourgogne-Franche-Comté", "27")
CLASSES = [
    value
    for value in vars(model).values()
    if isinstance(value, type) and issubclass(value, Record) and value is not Record
]


class Pair(Record):
    one: int
    other: int

    @cached_property
    def total(self) -> int:
        return self.one + self.other


@given(st.text(), st.text(), st.text())
def test_made_by_place_or_by_name_a_record_is_the_same(name, region, code):
    by_place, by_name = Academy(name, region, code), Academy(region_code=code, name=name, region=region)
    assert by_place == by_name == Academy(name, region, region_code=code)
    assert hash(by_place) == hash(by_name)
    for academy in (by_place, by_name):
        assert list(vars(academy).items()) == [("name", name), ("region", region), ("region_code", code)]
        assert asdict(academy) == vars(academy)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        (("Besançon", "Bourgogne-Franche-Comté"), {}),
        (("Besançon", "Bourgogne-Franche-Comté", "27", "more"), {}),
        (("Besançon", "Bourgogne-Franche-Comté", "27"), {"region_code": "27"}),
        (("Besançon", "Bourgogne-Franche-Comté"), {"name": "Dijon"}),
        (("Besançon", "Bourgogne-Franche-Comté"), {"unknown": "27"}),
        ((), {"name": "Besançon", "region": "Bourgogne-Franche-Comté"}),
    ],
)
def test_each_field_must_be_given_once(values, named):
    with pytest.raises(TypeError, match=r"^Academy takes each of its fields once: name, region, region_code$"):
        Academy(*values, **named)


def test_a_record_does_not_change():
    pair = Pair(1, 2)
    for change in (lambda: setattr(pair, "one", 2), lambda: setattr(pair, "new", 2), lambda: delattr(pair, "one")):
        with pytest.raises(FrozenInstanceError):
            change()
    assert pair == Pair(1, 2)


def test_what_was_worked_out_from_a_record_is_no_part_of_it():
    asked, unasked = Pair(1, 2), Pair(1, 2)
    assert asked.total == 3
    assert asked == unasked
    assert hash(asked) == hash(unasked)
    assert asdict(asked) == {"one": 1, "other": 2}


def test_records_of_two_classes_are_never_equal():
    class Couple(Record):
        one: int
        other: int

    assert Pair(1, 2) != Couple(1, 2)
    assert Pair(1, 2) != (1, 2)


def test_a_record_shows_what_it_is():
    assert repr(Pair(one=1, other=2)) == "Pair(one=1, other=2)"
    department = Department(code="01", name="Ain", region_code="84", academy=None)
    assert eval(repr(department)) == department


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_classes_of_the_model_are_dataclasses(kind):
    assert is_dataclass(kind)
    assert names(kind) == tuple(field.name for field in fields(kind)) == tuple(kind.__annotations__)
    assert kind.__dataclass_params__.frozen


def test_records_are_copied_replaced_and_pickled():
    source = Source("a", None, "Titre", "Éditeur", "2017-02")
    assert replace(source, id="b") == Source("b", None, "Titre", "Éditeur", "2017-02")
    assert copy.copy(source) == copy.deepcopy(source) == pickle.loads(pickle.dumps(source)) == source


def test_the_machinery_waits_until_it_is_asked_for():
    program = (
        "import sys; from cmq_cli import model; before = 'dataclasses' in sys.modules;"
        "from dataclasses import fields; print(before, [field.name for field in fields(model.Citation)])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=unmeasured())
    assert done.stdout == "False ['source', 'quote']\n"
