"""JSON piece by piece: to the letter what the standard library writes at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.json_text import array, indented

values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.lists(inside, max_size=3).map(tuple),
        st.dictionaries(st.text(), inside, max_size=3),
    ),
)


@given(values)
def test_a_value_is_written_as_the_standard_library_does(value):
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=2)


@given(st.lists(values, max_size=4))
def test_an_array_in_pieces_is_the_array(several):
    assert "".join(array(several)) == json.dumps(several, ensure_ascii=False, indent=2)


@given(st.lists(values, max_size=4))
def test_an_array_stands_where_its_margin_says(several):
    whole = json.dumps({"inside": several}, ensure_ascii=False, indent=2)
    assert '{\n  "inside": ' + "".join(array(several, "\n  ")) + "\n}" == whole


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_in_json_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        indented([number])
