"""French text as a reader compares it, partial dates, and what a mistyped text may have meant; nothing of campuses."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from cmq_cli.errors import UsageError
from cmq_cli.language import _, quoted
from cmq_cli.language import typed as shell

LONGEST = 200
"""Letters; nothing in a registry is as long, so that what is longer matches nothing, at once."""

SHORTEST_START = 3
"""Letters that the start of a word must have to stand for it; "ia" isn't meant to find "iard"."""

_REMEMBERED = 10_000
"""Texts and words; what a registry holds is compared many times."""

_REMOVED = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\ufeff"
"""What pasted text carries inside words."""

_APOSTROPHES = "ʹʺʻʼʽˈˊˋꞋꞌ"
"""Those that Unicode counts among the letters."""

_BASES = {
    **{"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"},
    **dict.fromkeys(_REMOVED, ""),
    **dict.fromkeys(_APOSTROPHES, "'"),
}


class _Letters(dict[int, str]):
    """What a character is without case, accents and ligatures; worked out when it is first met.

    One character at a time, so that no order of combining marks, however long, costs more than its length.
    """

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code).casefold()).casefold())
        bare = "".join(char for char in folded if not unicodedata.combining(char))
        return self.setdefault(code, "".join(_BASES.get(char, char) for char in bare))


_LETTERS = _Letters()

_WORD = re.compile(r"[^\W_]+")
_SAINTS = {"st": "saint", "ste": "sainte"}
_NUMERALS = {
    # Single letters (I, V, X) stay as they are, and so does VI + e, the word "vie".
    **{"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"},
    **{"xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20"},
}
_BEGINNING = frozenset(("ii", "iv", "ix", "vi", "xi", "xv", "xx"))
_ORDINAL = r"(\d+)(?:er|ere|re|nd|nde|i?eme|e)|((?!vie)[ivx]{2,})(?:i?eme|e)"
"""Of Roman numerals only the forms that no other word has: Vire isn't the sixth."""


def plain(text: str) -> str:
    """Return the text without case, accents and ligatures; spaces and punctuation stay."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str) -> str:
    """Return the text as it is compared: words in lower-case ASCII where possible, joined by single spaces.

    Case, accents, ligatures, every apostrophe, hyphen and space, ``St``/``Saint``, simple plurals, ``&``/``et`` and
    Roman numerals make no difference. Folding twice changes nothing.

    >>> fold("Métiers d’art à ST-DENIS")
    'metier d art a saint deni'
    """
    return " ".join(map(_stem, _raw_words(text)))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words that carry meaning: without articles and prepositions, unless nothing else is said."""
    folded = fold(text).split()
    return tuple(word for word in folded if word not in SMALL_WORDS) or tuple(folded)


@lru_cache(maxsize=_REMEMBERED)
def forms(text: str) -> frozenset[str]:
    """Return the forms that a text answers to, none of which has spaces; two texts that share one say the same.

    They are the folded text, the same without articles and prepositions, and all written as one word, as in a hashtag.

    >>> [not forms("Pays de la Loire").isdisjoint(forms(typed)) for typed in ("#PaysDeLaLoire", "pays de loire")]
    [True, True]
    """
    raw = _raw_words(text)
    folded = [*map(_stem, raw)]
    telling = [word for word in folded if word not in SMALL_WORDS]
    return frozenset(("".join(folded), "".join(telling), _stem("".join(raw)))) - {""}


def fit(word: str, text: str) -> int:
    """Tell how a folded word or phrase occurs in a folded text: 2 as whole words, 1 to begin a word, 0 not at all.

    Spaces make no difference to whole words.

    >>> [fit(word, "bois eco construction et eco technologie") for word in ("ecoconstruction", "techno", "nologie")]
    [2, 1, 0]
    """
    if not word or len(word) > LONGEST:
        return 0
    between = f" {text} "
    if f" {word} " in between or (word.replace(" ", "") in text.replace(" ", "") and _whole(word).search(text)):
        return 2
    return int(len(word) >= SHORTEST_START and f" {word}" in between)


def agree(typed: str, meant: str) -> bool:
    """Tell whether the accents that were typed are also, in this order, in what may be meant.

    >>> agree("Mâcon", "maçon"), agree("patissière", "pâtissière")
    (False, True)
    """
    accents = iter([char for char in meant.lower() if not char.isascii()])
    return all(char in accents for char in typed.lower() if char.isalpha() and not char.isascii())


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts as a French dictionary does: É with E, œ as oe, punctuation aside; accents break ties."""
    return " ".join(_raw_words(text)), text


def slug(name: str) -> str:
    """Return a name as an id: ASCII words joined by hyphens, which a shell needs no quotes for."""
    return "-".join("".join(char if char.isalnum() else " " for char in plain(name)).split())


def suggest(typed: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return what may have been meant by a mistyped text, the most likely first; equals in alphabetical order.

    A candidate is likely where it begins with what was typed, or differs from it, or word for word from some of its
    words, by few typing errors: one in a short word, two in a longer one. Nothing else is suggested.

    >>> suggest("bretange", ["Bretagne", "Normandie"]), suggest("search", ["near", "sectors"])
    (['Bretagne'], [])
    """
    wanted = fold(typed)
    if not SHORTEST_START <= len(wanted) <= LONGEST:
        return []
    scores = {candidate: likeness(wanted, fold(candidate)) for candidate in dict.fromkeys(candidates)}
    least = max(scores.values(), default=0.0) - _FAR_BEHIND
    found = [candidate for candidate, points in scores.items() if points and points >= least]
    return sorted(found, key=lambda candidate: (-scores[candidate], sort_key(candidate)))[:limit]


def did_you_mean(typed: str, candidates: Iterable[str], limit: int = 3) -> str:
    """Return the sentence that names what may have been meant by a mistyped text, or "" where nothing is likely."""
    return perhaps(suggest(typed, candidates, limit))


def perhaps(names: Sequence[str]) -> str:
    """Return the sentence that asks whether one of the names was meant, or "" where there is none."""
    return _("Did you mean {names}?").format(names=", ".join(names)) if names else ""


def told(*sentences: str | None) -> str:
    """Return whole sentences, one behind the other; those that are empty are left out."""
    return " ".join(filter(None, sentences))


def refuse_exclusion(typed: str) -> None:
    """Raise UsageError for a word or value with a sign before it that means "not" elsewhere: nothing is excluded."""
    if bare := re.match(r"\s*[!\N{NOT SIGN}\N{MINUS SIGN}\N{EN DASH}-]+(?=[^\W_])", typed):
        sentence = _("Nothing can be excluded, so {typed} means nothing. To look for it, leave out the sign: {without}")
        raise UsageError(sentence.format(typed=quoted(typed), without=shell(typed[bare.end() :])))


_ALIKE = 0.7
"""Least likeness of two spellings, from 0 to 1, of which one may be the other with typing errors."""

_FAR_BEHIND = 0.12
"""How much less likely than the best a suggestion may be before it only distracts."""

_BEGUN = 0.9
"""Likeness of a text that begins with what was typed, and what single words count beside the whole."""


def likeness(typed: str, meant: str) -> float:
    """Return how likely one folded text was meant by another, from 0, where more than typing errors differ, to 1."""
    parts = meant.split()
    if len(typed) > LONGEST or (len(parts) < 2 and " " not in typed):
        return _alike(typed, meant)
    whole = max(_alike(typed, meant), _alike(typed.replace(" ", ""), meant.replace(" ", "")))
    each = [max((_alike(word, part) for part in parts), default=0.0) for word in typed.split()]
    return whole or (_BEGUN * sum(each) / len(each) if all(each) else 0.0)


@lru_cache(maxsize=_REMEMBERED)
def _alike(typed: str, meant: str) -> float:
    """Return how alike two folded texts are, and 0 where they differ by more than typing errors."""
    if len(typed) >= SHORTEST_START and meant.startswith(typed):
        return 1.0 if typed == meant else _BEGUN
    most = min(1 + (len(typed) > 5) + len(typed) // 10, len(meant) - 1)
    if abs(len(typed) - len(meant)) > most:
        return 0.0
    from rapidfuzz.distance import DamerauLevenshtein

    errors = DamerauLevenshtein.distance(typed, meant, score_cutoff=most)
    errors += typed[:1] != meant[:1]  # people look at the first letter
    alike = 1 - errors / max(len(typed), len(meant))
    return alike if errors <= most and alike >= _ALIKE else 0.0


def first_day(text: str) -> date:
    """Return the first day that a partial date can mean: ``2017``, ``2017-02`` or ``2017-02-13``.

    Raises ValueError when the text has none of the three forms or names a day that doesn't exist.
    """
    return _days(text)[0]


def last_day(text: str) -> date:
    """Return the last day that a partial date can mean; raises ValueError as `first_day` does."""
    return _days(text)[1]


def _days(text: str) -> tuple[date, date]:
    parts = text.split("-")
    if [*map(len, parts)] != [4, 2, 2][: len(parts)] or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("not a date of the form 2017-02-13, 2017-02 or 2017")
    first = date(*map(int, [*parts, "1", "1"][:3]))
    if len(parts) == 3:
        return first, first
    following = date(first.year, first.month + 1, 1) if len(parts) == 2 and first.month < 12 else None
    return first, following - timedelta(1) if following else date(first.year, 12, 31)


def _raw_words(text: str) -> list[str]:
    return _WORD.findall(plain(text).replace("&", " et "))


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    word = word[:3] + word[3:].rstrip("sx")
    if word in _SAINTS:
        return _SAINTS[word]
    if word in _NUMERALS:
        return _NUMERALS[word]
    ordinal = re.fullmatch(_ORDINAL, word) if word[:1].isdigit() or word[:2] in _BEGINNING else None
    number = (ordinal[1] or _NUMERALS.get(ordinal[2])) if ordinal else None
    return f"{number}e" if number else word


@lru_cache(maxsize=_REMEMBERED)
def _whole(word: str) -> re.Pattern[str]:
    letters = " ?".join(map(re.escape, word.replace(" ", "")))
    return re.compile(f"(?<![^ ]){letters}(?![^ ])")


SMALL_WORDS = frozenset(
    fold(
        "a and au aux avec ce cet cette ces d dans de des du en et l la le les leur ou par pour qu que qui s sur "
        "un une vers"
    ).split()
)
"""Folded articles and prepositions, which a query may leave out."""
