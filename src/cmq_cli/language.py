"""The language that the program speaks: French or English, as the environment says; English is in the code."""

import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

_spoken = "en"
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"  # of French; `str.isprintable` takes them for controls


def spoken_in(environ: Mapping[str, str]) -> str:
    """Return what the first variable that is set asks for, or else Windows: ``fr``, or ``en`` for all others."""
    said = next(filter(None, map(environ.get, ("CMQ_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if not said and sys.platform == "win32":
        import ctypes

        said = "fr" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x0C else ""
    return "fr" if said.lower().startswith("fr") else "en"


def speak(language: str) -> None:
    """Speak a language from now on: ``fr`` or ``en``."""
    global _spoken
    _spoken = language


@cache
def _catalogue(language: str) -> "NullTranslations":
    from gettext import translation

    return translation("cmq", Path(__file__).parent / "locale", [language], fallback=True)


def _(message: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken, with the values of its named placeholders, if there are any."""
    said = message if _spoken == "en" or not message else _catalogue(_spoken).gettext(message)
    return said.format(**values) if values else said


def plural(one: str, several: str, count: int) -> str:
    """Return the form of a sentence for so many things, its placeholders left; in French 0 and 1 are singular."""
    if _spoken == "en":
        return one if count == 1 else several
    return _catalogue(_spoken).ngettext(one, several, count)


def ngettext(one: str, several: str, count: int, /, **values: object) -> str:
    """Return the sentence for so many things, which are its ``{number}``, with its other values."""
    return plural(one, several, count).format(number=number(count), **values)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a text that is translated later, where it is used."""
    return message


_REASONS = N_(  # what systems say, always in English, of the usual errors; translators keep the order
    "No such file or directory|Permission denied|Operation not permitted|Is a directory|Not a directory|"
    "File name too long|Read-only file system|Too many levels of symbolic links|No space left on device|File too large|"
    "Input/output error|Bad file descriptor|standard output is closed"
)


def reason(error: Exception) -> str:
    """Return why the system refused to do something."""
    said = getattr(error, "strerror", None) or str(error)
    return dict(zip(_REASONS.split("|"), _(_REASONS).split("|"), strict=True)).get(said, said)


class Name(str):
    """A name that a sentence may have behind the French "de", as ``{name:de}``: d’Amiens, de Besançon."""

    def __format__(self, form: str) -> str:
        de = "d’" if self[:1] in "AEIOUÂÉÎ" else "de "
        return de + self if form == "de" else super().__format__(form)


def quoted(typed: str, longest: int = 60) -> str:
    """Return what a user typed as a one-line message shows it: in quotes, shortened, without control codes."""
    shown = printable(typed if len(typed) <= longest else typed[: longest - 1] + "…")
    return f"«\N{NO-BREAK SPACE}{shown}\N{NO-BREAK SPACE}»" if _spoken == "fr" else f"'{shown}'"


def shell(*words: str) -> str:
    """Return words as a line to type in a shell, with quotes around those that need them: ``near "Penol (38)"``."""
    line = []
    for word in map(printable, words):
        if re.search(r'["$`\\!]', word):
            line.append("'{}'".format(word.replace("'", "'\\''")))
        else:
            line.append(word if re.fullmatch(r"[\w@%+=:,./’–−-]+", word) else f'"{word}"')
    return " ".join(line)


def printable(text: str) -> str:
    """Return a text on one line, with everything that a terminal obeys, or can't show, spelled out."""
    if text.isprintable():
        return text
    line = re.sub(rf"[^\S{_SPACES}]+", " ", text).strip(" ")
    spelled = (char if char.isprintable() or char in _SPACES else repr(char)[1:-1] for char in line)
    return "".join(each.replace("\\udc", "\\x") for each in spelled)  # a byte of an argument that is no UTF-8


def number(value: int) -> str:
    """Return a whole number with its thousands apart, as readers of the language write it; it doesn't break there."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if _spoken == "fr" else ",")


def day(text: str) -> str:
    """Return a partial ISO date as a sentence has it: 13 février 2017, février 2017, 2017; 13 February 2017."""
    year, month, of_month = [*text.split("-"), "", ""][:3]
    # one message with all names, which a translator keeps in their order
    names = _("January February March April May June July August September October November December")
    name = names.split()[int(month) - 1] if month else ""
    first = "1er" if _spoken == "fr" else "1"
    return " ".join(filter(None, [first if of_month == "01" else of_month.lstrip("0"), name, year]))
