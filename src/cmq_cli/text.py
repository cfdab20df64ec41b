"""French text as a reader compares it: pure functions that know nothing of campuses."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")
_SAINTS = {"st": "saint", "ste": "sainte"}
_NUMERALS = dict(
    zip(
        # Single letters (I, V, X) and words of the language (VI + e = "vie", DIX, MIX) stay as they are.
        "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx".split(),
        "2 3 4 6 7 8 9 11 12 13 14 15 16 17 18 19 20".split(),
        strict=True,
    )
)
_ORDINAL = re.compile(r"(\d+|[ivx]{2,})(?:i?eme|e|er|ere|nd|nde)")
_LONGEST_WORD = 200
"""Letters; no word or name of the registry comes near, so a longer one matches nothing and costs nothing."""


def plain(text: str) -> str:
    """Return the text without case, accents and ligatures; spaces and punctuation stay.

    >>> plain("Œnotourisme à BESANÇON")
    'oenotourisme a besancon'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return "".join(char for char in text if not unicodedata.combining(char)).translate(_LETTERS)


@cache
def _stem(word: str) -> str:
    while len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if word in _SAINTS:
        return _SAINTS[word]
    if word in _NUMERALS:
        return _NUMERALS[word]
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal and word != "vie":
        number = _NUMERALS.get(ordinal[1], ordinal[1])
        if number.isdigit():
            return f"{number}e"
    return word


def fold(text: str) -> str:
    """Return the text as it is compared: words in lower-case ASCII where possible, joined by single spaces.

    Case, accents, ligatures, every apostrophe, hyphen and space, ``St``/``Saint``, simple plurals, ``&``/``et`` and
    Roman numerals make no difference. Folding twice changes nothing.

    >>> fold("Métiers d’art")
    'metier d art'
    >>> fold("ST-DENIS") == fold("Saint Denis")
    True
    """
    return " ".join(map(_stem, _WORD.findall(plain(text).replace("&", " et "))))


def solid(text: str) -> str:
    """Return the folded text without its spaces, in which ``éco-construction`` and ``écoconstruction`` are equal."""
    return fold(text).replace(" ", "")


_SMALL_WORDS = frozenset(
    fold(
        "a au aux avec ce cet cette ces d dans de des du en et l la le les leur ou par pour qu que qui s sur un une vers"
    ).split()
)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words that carry meaning: articles and prepositions are left out unless nothing else is said."""
    folded = fold(text).split()
    return tuple(word for word in folded if word not in _SMALL_WORDS) or tuple(folded)


@cache
def _needle(word: str) -> re.Pattern[str]:
    return re.compile("(?:^| )" + " ?".join(word.replace(" ", "")) + "( |$)?")


def fit(word: str, text: str) -> int:
    """Tell how a folded word or phrase occurs in a folded text: 2 as whole words, 1 at the start of a word, 0 not at all.

    >>> fit("ecoconstruction", "bois eco construction et eco technologie")
    2
    >>> fit("techno", "bois eco construction et eco technologie")
    1
    """
    if not word or len(word) > _LONGEST_WORD:
        return 0
    best = 0
    for match in _needle(word).finditer(text):
        if match[1] is not None:
            return 2
        best = 1
    return best


def shown(text: str, longest: int = 60) -> str:
    """Return what a user typed as it can be shown in a one-line message: quoted, shortened, without control codes."""
    return repr(text if len(text) <= longest else text[: longest - 1] + "…")


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts as a French dictionary does: É with E, œ as oe, punctuation aside; accents break ties."""
    return " ".join(_WORD.findall(plain(text))), text


def nearest(wanted: str, candidates: Iterable[str], limit: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the candidates most like what was typed, best first; equals in alphabetical order.

    Likeness is that of the folded spellings, from 0 to 1 as `difflib` measures it; less than `cutoff` doesn't count.
    """
    scored = ((likeness(fold(wanted), fold(candidate), cutoff), candidate) for candidate in set(candidates))
    ranked = sorted((-score, sort_key(candidate), candidate) for score, candidate in scored if score >= cutoff)
    return [candidate for _, _, candidate in ranked[:limit]]


def likeness(one: str, other: str, cutoff: float = 0.0) -> float:
    """Tell how alike two folded spellings are, from 0 to 1; less than `cutoff` may come out as 0."""
    from difflib import SequenceMatcher

    if max(len(one), len(other)) > _LONGEST_WORD:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < cutoff or matcher.quick_ratio() < cutoff:
        return 0.0
    return matcher.ratio()
