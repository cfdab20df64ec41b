"""Bring the French catalogue up to date with the code, and compile it: ``python scripts/catalogue.py``.

What is new stands there without a translation, and what the code no longer says is gone. No file holds
a date, so that the same code and translations make the same bytes.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PO = ROOT / "src" / "cmq_cli" / "locale" / "fr" / "LC_MESSAGES" / "cmq.po"
MO = PO.with_suffix(".mo")


class _French(Catalog):
    """A catalogue without dates, in which only one and several are told apart, not millions too."""

    num_plurals = 2
    plural_expr = "(n > 1)"

    @property  # type: ignore[misc]
    def mime_headers(self) -> list[tuple[str, str]]:
        kept = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
        return [(name, value) for name, value in super().mime_headers if name in kept]


def _in_template(file: BinaryIO, *_known: Any, **_options: Any) -> Iterator[Any]:
    """Give the messages of the page's template, which stand between ``{_`` and ``_}``; a plural is behind a bar."""
    for message in re.findall(r"\{_ (.+?) _\}", file.read().decode()):
        one, bar, several = message.partition(" | ")
        yield 1, "ngettext" if bar else "_", (one, several) if bar else one, []


def translated() -> Catalog:
    """Return the catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="fr")


def today() -> tuple[bytes, bytes]:
    """Return what the catalogue and its compiled form are to be: the messages of the code, as far as translated."""
    said: dict[Any, set[str]] = {}  # where; what has a plural is a pair
    methods: Any = [("**.py", "python"), ("**.html", _in_template)]
    keywords: Any = {"_": None, "N_": None, "ngettext": (1, 2)}
    for file, _line, message, *_more in extract_from_dir(ROOT / "src" / "cmq_cli", methods, keywords=keywords):
        said.setdefault(message, set()).add(Path(file).as_posix())
    kept = translated()
    catalogue = _French(locale="fr", charset="utf-8", fuzzy=False, header_comment="# French for cmq.")
    for message, files in sorted(said.items(), key=lambda each: (min(each[1]), str(each[0]))):
        known = kept.get(message if isinstance(message, str) else message[0])
        string = known.string if known and known.id == message else None
        catalogue.add(message, string, [(file, 1) for file in sorted(files)])
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=120, include_lineno=False)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


if __name__ == "__main__":
    for path, content in zip((PO, MO), today(), strict=True):
        path.write_bytes(content)
    missing = [each.id for each in translated() if each.id and not (each.string and all(each.string))]
    print("\n".join([*map(str, missing), f"{len(missing)} without a translation"]))
