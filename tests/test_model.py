"""The model, and the bundled data read without it."""

import inspect
import json
from typing import get_args, get_type_hints

import pytest
from typing_extensions import is_typeddict

from cmq_cli import model, registry
from cmq_cli.errors import RegistryError
from support import WHOLE, process

KINDS = [each for each in vars(model).values() if is_typeddict(each) and each.__module__ == model.__name__]
KINDS = [each for each in KINDS if each.__name__ not in ("Record", "_Addressed")]


def test_every_list_and_record_of_the_file_is_described():
    def check(kind, value):
        hints = get_type_hints(kind)
        assert list(value) == list(hints), kind
        for name, hint in hints.items():
            for inner in (hint, *get_args(hint)):
                if is_typeddict(inner):
                    seen.add(inner)
                    for each in value[name] if isinstance(value[name], list) else [value[name]]:
                        check(inner, each)

    seen = {model.Registry}
    check(model.Registry, {"$schema": "campuses.schema.json", **WHOLE})
    assert seen == set(KINDS)


def test_every_field_has_its_own_sentence():
    for kind in KINDS:
        fields, source = get_type_hints(kind), inspect.getsource(kind)
        assert source.count('"""') // 2 == len(fields) + 1 - ("$schema" in fields), kind


def test_the_facts_are_the_fields_of_a_campus_that_dont_follow_from_others():
    follow = {"id", "sources", "region_code", "city_code", "latitude", "longitude"}
    facts = [name for name in get_type_hints(model.Campus) if name not in follow and not name.endswith("_basis")]
    assert list(get_args(model.Fact)) == facts


def test_the_bundled_data_are_read_once_and_told_from_others():
    assert registry.bundled() is registry.bundled()
    assert registry.is_bundled(registry.bundled())
    assert not registry.is_bundled(json.loads(json.dumps(WHOLE)))
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


def test_reading_the_bundled_registry_needs_next_to_nothing():
    code = "import sys; known = {*sys.modules}; from cmq_cli import registry as r; r.bundled()"
    code += "; print(*{*sys.modules} - known)"
    loaded = {name.partition(".")[0] for name in process(program=("-c", code)).stdout.decode().split()}
    assert not loaded & {"pydantic", "typing_extensions", "typer", "rich", "csv", "gettext", "inspect"}
