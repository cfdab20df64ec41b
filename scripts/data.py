"""Write what is made of the model and of names: the JSON Schema, the data dictionary, the keys of places.csv."""

import csv
import json
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, with_config

from cmq_cli import model
from cmq_cli.places import place_key

DATA = Path(__file__).parents[1] / "data"
BEGIN, END = "<!-- fields: made by scripts/data.py -->\n", "<!-- end of fields -->"
TYPES = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text", "null": "null"}
_LEFT_OUT = ("title", "default")

Json = dict[str, Any]


def json_schema() -> Json:
    """Return the JSON Schema of a registry file, the same whatever the version of pydantic."""
    with_config(ConfigDict(**model.CONFIG, use_attribute_docstrings=True))(model.Record)
    schema: Json = _plain(TypeAdapter(model.Registry).json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Registry of the Campus des métiers et des qualifications",
        **schema,
    }


def _plain(node: Any) -> Any:
    """Return a part of the schema without titles and defaults, which mean nothing to whoever writes a registry."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return " ".join(node.split()) if isinstance(node, str) else node
    node = {name: _plain(each) for name, each in node.items() if name not in _LEFT_OUT or isinstance(each, dict)}
    if node.get("type") == "array":
        node["uniqueItems"] = True
    return node


def readme() -> str:
    """Return data/README.md with the part that says what each field means."""
    schema, lines = json_schema(), []
    kinds = {"Registry": schema} | {name: schema["$defs"][name] for name in vars(model) if name in schema["$defs"]}
    for kind, described in kinds.items():
        lines += ["", f"### `{kind}`", "", described["description"], "", "| field | type | meaning |", "|---|---|---|"]
        for field, of in described["properties"].items():
            needed = ", required" if field in described.get("required", ()) else ""
            lines.append(f"| `{field}` | {_type(of)}{needed} | {of.get('description', '')} |")
    before, begin, rest = (DATA / "README.md").read_text(encoding="utf-8").partition(BEGIN)
    return before + begin + "\n".join([*lines, "", END]) + rest.partition(END)[2]


def _type(of: Json) -> str:
    """Return in words what a field holds."""
    if "anyOf" in of:
        return " or ".join(map(_type, of["anyOf"]))
    if "$ref" in of:
        return f"`{of['$ref'].rpartition('/')[2]}`"
    if "enum" in of:
        return " or ".join(f"`{word}`" for word in of["enum"]) if len(of["enum"]) < 4 else "name of a field"
    if of["type"] == "array":
        return f"list of {_type(of['items'])}"
    return "date" if of.get("pattern") in (model.DATE, model.DAY) else TYPES[of["type"]]


def places() -> str:
    """Return data/places.csv with the column `key`, by which a commune is found."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    for row in rows:
        names = [row["name"], *filter(None, row["former_names"].split("|"))]
        row["key"] = f"|{'|'.join(dict.fromkeys(map(place_key, names)))}|"
    return "".join(",".join(line) + "\n" for line in [rows[0], *(row.values() for row in rows)])


def made() -> dict[Path, str]:
    """Return the text of every file that is made here."""
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    return {DATA / "campuses.schema.json": schema, DATA / "README.md": readme(), DATA / "places.csv": places()}


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8", newline="\n")
