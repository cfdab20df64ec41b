"""The model, and the bundled data read without it."""

from typing import get_args, get_type_hints

import pytest

from cmq_cli import model, registry
from cmq_cli.errors import RegistryError
from support import WHOLE


def test_the_facts_are_the_fields_of_a_campus_that_dont_follow_from_others():
    assert [*get_type_hints(model.Campus)] == [*WHOLE["campuses"][0]]
    follow = {"id", "sources", "region_code", "city_code", "latitude", "longitude"}
    facts = [name for name in get_type_hints(model.Campus) if name not in follow and not name.endswith("_basis")]
    assert list(get_args(model.Fact)) == facts


def test_the_bundled_data_are_read_once():
    assert registry.bundled() is registry.bundled()
    assert registry.data_version() == WHOLE["data_version"]
    assert registry.index(WHOLE["sectors"])["materiaux"]["label"] == "Matériaux, matériaux innovants"
    assert registry.Synonym("menuisier", "menuisière", ("bois", "forêt-bois")) in registry.synonyms()


@pytest.mark.parametrize("read", [registry.bundled, registry.data_version, registry.synonyms])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff,,", b'{"campuses": []}', b"[" * 100_000])
def test_an_installation_without_its_data_says_how_to_fix_it(tmp_path, monkeypatch, read, content):
    name = "synonyms.csv" if read is registry.synonyms else "campuses.json"
    monkeypatch.setattr(registry, "data_file", tmp_path.joinpath)
    if content is not None:
        (tmp_path / name).write_bytes(b"head\n" + content if read is registry.synonyms else content)
    if read is registry.synonyms and content == b"":
        return  # no synonyms
    read = getattr(read, "__wrapped__", read)
    with pytest.raises(RegistryError, match=rf"{name} (is damaged|can't be read \(.*\)); reinstall cmq"):
        read()
