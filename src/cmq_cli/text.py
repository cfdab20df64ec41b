"""French text as a reader compares it: pure functions that know nothing of campuses."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 200
"""Letters; nothing in a registry is as long, so that what is longer matches nothing, at once."""

_REMEMBERED = 10_000
"""Texts and words; what a registry holds is compared many times."""

_SHORTEST_START = 3
"""Letters that the start of a word must have to stand for it; "ia" isn't meant to find "iard"."""

_STEM = 5
"""Letters that words of one stem begin with; a word of no more is short."""

_ENDED = 6
"""Letters beyond which a final ``e`` is only an ending."""

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
_ORDINAL = re.compile(r"(\d+)(?:er|ere|re|nd|nde|i?eme|e)|((?!vie)[ivx]{2,})(?:i?eme|e)")
"""Of Roman numerals only the forms that no other word has: Vire isn't the sixth."""


def plain(text: str) -> str:
    """Return the text without case, accents and ligatures; spaces and punctuation stay.

    >>> plain("Œnotourisme à BESANÇON")
    'oenotourisme a besancon'
    """
    return text.lower() if text.isascii() else text.translate(_LETTERS)


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str) -> str:
    """Return the text as it is compared: words in lower-case ASCII where possible, joined by single spaces.

    Case, accents, ligatures, every apostrophe, hyphen and space, ``St``/``Saint``, simple plurals, ``&``/``et`` and
    Roman numerals make no difference. Folding twice changes nothing.

    >>> fold("Métiers d’art")
    'metier d art'
    >>> fold("ST-DENIS") == fold("Saint Denis")
    True
    """
    return " ".join(map(_stem, _raw_words(text)))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words that carry meaning: articles and prepositions are left out unless nothing else is said.

    >>> words("Les métiers de la mer")
    ('metier', 'mer')
    """
    folded = fold(text).split()
    return tuple(word for word in folded if word not in SMALL_WORDS) or tuple(folded)


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


def initials(text: str) -> frozenset[str]:
    """Return the acronyms that the text's initials make: of the whole and of each part between commas or brackets.

    >>> sorted(initials("École nationale supérieure de mécanique et des microtechniques (Besançon)"))
    ['ensmm']
    """
    wholes = re.split(r"[():–]", text)
    spelled = (words(part) for whole in wholes for part in (whole, *whole.split(",")))
    return frozenset("".join(word[0] for word in part) for part in spelled if len(part) >= _SHORTEST_START)


def fit(word: str, text: str) -> int:
    """Tell how a folded word or phrase occurs in a folded text: 2 as whole words, 1 to begin a word, 0 not at all.

    Spaces make no difference to whole words, nor does a final ``e`` to long ones.

    >>> fit("ecoconstruction", "bois eco construction et eco technologie")
    2
    >>> fit("techno", "bois eco construction et eco technologie")
    1
    >>> fit("aerospatiale", "filiere aerospatial")
    2
    """
    if not word or len(word) > _LONGEST:
        return 0
    between = f" {text} "
    if f" {word} " in between or (stub(word).replace(" ", "") in text.replace(" ", "") and _whole(word).search(text)):
        return 2
    return int(len(word) >= _SHORTEST_START and f" {stub(word)}" in between)


def stub(word: str) -> str:
    """Return what a folded word has in common with its feminine form: a text that it fits contains it, spaces aside.

    >>> stub("aerospatiale") == stub("aerospatial")
    True
    """
    return word[:_ENDED] + word[_ENDED:].rstrip("e")


def shown(text: str, longest: int = 60) -> str:
    """Return what a user typed as it can be shown in a one-line message: quoted, shortened, without control codes."""
    return repr(text if len(text) <= longest else text[: longest - 1] + "…")


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts as a French dictionary does: É with E, œ as oe, punctuation aside; accents break ties."""
    return " ".join(_raw_words(text)), text


def nearest(wanted: str, candidates: Iterable[str], limit: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the candidates most like what was typed, best first; equals in alphabetical order.

    Likeness is that of the folded spellings, from 0 to 1 as `difflib` measures it; less than `cutoff` doesn't count.

    >>> nearest("bretange", ["Bretagne", "Normandie"])
    ['Bretagne']
    """
    spelled = {candidate: fold(candidate) for candidate in candidates}
    scores = alike(fold(wanted), spelled.values(), cutoff)
    found = [candidate for candidate, spelling in spelled.items() if spelling in scores]
    return sorted(found, key=lambda candidate: (-scores[spelled[candidate]], sort_key(candidate)))[:limit]


def alike(wanted: str, others: Iterable[str], cutoff: float) -> dict[str, float]:
    """Return which folded spellings are at least as alike as `cutoff`, and how alike: from 0 to 1.

    >>> alike("bezancon", ["besancon", "vesoul"], 0.6)
    {'besancon': 0.875}
    """
    from difflib import SequenceMatcher

    if not 0 < len(wanted) <= _LONGEST:
        return {}
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    scores = {}
    for other in set(others):
        shorter, longer = sorted((len(wanted), len(other)))
        if 2 * shorter < cutoff * (shorter + longer) or longer > _LONGEST:
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() >= cutoff and (score := matcher.ratio()) >= cutoff:
            scores[other] = score
    return scores


def mistyped(wanted: str, others: Iterable[str], cutoff: float) -> dict[str, float]:
    """Return which folded spellings the wanted one may be with typing errors in it, and how alike they are.

    Of several words likeness tells enough; one word is like many that nobody takes for it, and may have two errors
    (one, if it has three letters), or one to each five letters.

    >>> mistyped("viticulture", ["agriculture", "viticultures"], 0.6)
    {'viticultures': 0.9565217391304348}
    """
    scores = alike(wanted, others, cutoff)
    if " " in wanted:
        return scores
    most = max(1 if len(wanted) <= _SHORTEST_START else 2, len(wanted) // 5)
    return {other: score for other, score in scores.items() if typing_errors(wanted, other) <= most}


def akin(word: str, others: Iterable[str], cutoff: float) -> dict[str, float]:
    """Return which folded words the given one may be with typing errors in it, or shares its stem with.

    A short word may have one error only; in a longer one an error in the first letter, where people look, counts
    twice. Of several words likeness tells enough.

    >>> sorted(akin("hotelier", ["hotellerie", "hotelie", "atelier"], 0.6))
    ['hotelie', 'hotellerie']
    >>> sorted(akin("sport", ["transport", "export", "spor"], 0.6))
    ['spor']
    """
    scores = alike(word, others, cutoff)
    if " " in word:
        return scores
    return {other: score for other, score in scores.items() if word[:_STEM] == other[:_STEM] or _likely(word, other)}


def _likely(typed: str, meant: str) -> bool:
    errors = typing_errors(typed, meant)
    longer = max(len(typed), len(meant))
    if longer <= _STEM:
        return errors <= 1
    return errors + (typed[:1] != meant[:1]) <= max(2, longer // 4)


def typing_errors(typed: str, meant: str) -> int:
    """Return how many errors make one text of the other: a letter too many, too few, wrong, or two exchanged.

    This is the Damerau-Levenshtein distance, by the algorithm of Lowrance and Wagner (1975).

    >>> typing_errors("bezancno", "besancon")
    2
    """
    far = len(typed) + len(meant)
    edge = {(at, 0): at for at in range(len(typed) + 1)} | {(0, to): to for to in range(len(meant) + 1)}
    beyond = {(at, -1): far for at in range(-1, len(typed) + 1)} | {(-1, to): far for to in range(len(meant) + 1)}
    errors = edge | beyond
    last_row: dict[str, int] = {}
    for at, letter in enumerate(typed, 1):
        last_column = 0
        for to, other in enumerate(meant, 1):
            row, column = last_row.get(other, 0), last_column
            if letter == other:
                last_column = to
            errors[at, to] = min(
                errors[at - 1, to] + 1,
                errors[at, to - 1] + 1,
                errors[at - 1, to - 1] + (letter != other),
                errors[row - 1, column - 1] + (at - row - 1) + 1 + (to - column - 1),  # exchanged, perhaps apart
            )
        last_row[letter] = at
    return errors[len(typed), len(meant)]


def _raw_words(text: str) -> list[str]:
    return _WORD.findall(plain(text).replace("&", " et "))


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    word = word[:3] + word[3:].rstrip("sx")
    if word in _SAINTS:
        return _SAINTS[word]
    if word in _NUMERALS:
        return _NUMERALS[word]
    ordinal = _ORDINAL.fullmatch(word)
    number = (ordinal[1] or _NUMERALS.get(ordinal[2])) if ordinal else None
    return f"{number}e" if number else word


@lru_cache(maxsize=_REMEMBERED)
def _whole(word: str) -> re.Pattern[str]:
    letters = " ?".join(map(re.escape, stub(word).replace(" ", "")))
    return re.compile(f"(?<![^ ]){letters}{'e*' if len(word) > _ENDED else ''}(?![^ ])")


SMALL_WORDS = frozenset(
    fold(
        "a au aux avec ce cet cette ces d dans de des du en et l la le les leur ou par pour qu que qui s sur "
        "un une vers"
    ).split()
)
"""Folded articles and prepositions, which a query may leave out."""
