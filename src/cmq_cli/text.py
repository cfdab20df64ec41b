"""French text as a reader compares it, partial dates, and what a mistyped text may have meant; nothing of campuses."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from unicodedata import combining, normalize

from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted, shell

LONGEST = 200  # letters; nothing in a registry is as long, so that what is longer matches nothing, at once
SHORTEST_START = 3  # letters that the start of a word must have to stand for it: "ia" isn't meant to find "iard"
_BASES = {
    **{"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"},
    **dict.fromkeys("ʹʺʻʼʽˈˊˋꞋꞌ", "'"),  # which Unicode counts among the letters
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),  # what pasted text carries inside words
}


def plain(text: str) -> str:
    """Return the text without case, accents and ligatures; spaces and punctuation stay."""
    return text.lower() if text.isascii() else "".join(map(_plain_letter, text))


@cache  # letter by letter, so that no order of combining marks, however long, costs more than its length
def _plain_letter(letter: str) -> str:
    folded = normalize("NFKD", normalize("NFKD", letter.casefold()).casefold())
    return "".join(_BASES.get(char, char) for char in folded if not combining(char))


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text).replace("&", " et "))


def _singular(word: str) -> str:
    """Return a word without the ending of a simple plural, unless it is as short as "bus", and saints written out."""
    word = word[:3] + word[3:].rstrip("sx")
    return {"st": "saint", "ste": "sainte"}.get(word, word)


@lru_cache(10_000)  # what a registry holds is compared many times
def fold(text: str) -> str:
    """Return the text without what makes no difference, such as case, accents and hyphens: ``art saint deni``."""
    return " ".join(map(_singular, _plain_words(text)))


# Folded articles and prepositions, which a query may leave out.
SMALL_WORDS = frozenset(fold("a au aux avec d dans de des du en et l la le les ou par pour s sur un une").split())


def words(text: str) -> tuple[str, ...]:
    """Return the folded words that carry meaning: without articles and prepositions, unless nothing else is said."""
    folded = fold(text).split()
    return tuple([word for word in folded if word not in SMALL_WORDS] or folded)


@lru_cache(10_000)
def forms(text: str) -> frozenset[str]:
    """Return a text without spaces, with and without small words, and as one word; texts that share one are equal."""
    one = _singular("".join(_plain_words(text)))
    return frozenset((fold(text).replace(" ", ""), "".join(words(text)), one)) - {""}


def fit(word: str, text: str) -> int:
    """Tell how a folded word or phrase is in a folded text: 2 as whole words, spaces aside, 1 to begin one, 0 not."""
    between, joined = f" {text} ", word.replace(" ", "")
    if f" {word} " in between:
        return 2
    if joined and joined in text.replace(" ", "") and re.search(rf"(?<![^ ]){' ?'.join(joined)}(?![^ ])", text):
        return 2
    return int(len(word) >= SHORTEST_START and f" {word}" in between)


def agree(typed: str, meant: str) -> bool:
    """Tell whether the accented letters that were typed are also in what may be meant: "Mâcon" is no "maçon"."""
    return all(char.isascii() or char in meant.lower() for char in typed.lower() if char.isalpha())


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts as a French dictionary does: É with E, œ as oe, punctuation aside; accents break ties."""
    return " ".join(_plain_words(text)), text


def slug(name: str) -> str:
    """Return a name as an id: ASCII words joined by hyphens, which a shell needs no quotes for."""
    return "-".join(_plain_words(name))


def suggest(typed: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return what begins so, or differs by a typing error, two in a longer word, the most likely first."""
    wanted = fold(typed)
    if not SHORTEST_START <= len(wanted) <= LONGEST:
        return []
    scores = {}
    for candidate in candidates:
        meant = fold(candidate).split()
        each = [max((_alike(word, own) for own in meant), default=0.0) for word in wanted.split()]
        whole = _alike(wanted.replace(" ", ""), "".join(meant))
        scores[candidate] = max(whole, sum(each) / len(each) if all(each) else 0.0)
    least = max(scores.values(), default=0.0) - 0.12  # what is less likely only distracts
    found = [candidate for candidate, score in scores.items() if score and score >= least]
    return sorted(found, key=lambda candidate: (-scores[candidate], sort_key(candidate)))[:limit]


@lru_cache(10_000)
def _alike(typed: str, meant: str) -> float:
    """Return how alike two folded words are, up to 1, and 0 where they differ by more than typing errors."""
    if typed == meant:
        return 1.0
    if len(typed) >= SHORTEST_START and meant.startswith(typed):
        return 0.85
    from rapidfuzz.distance import DamerauLevenshtein

    errors = DamerauLevenshtein.distance(typed, meant) + (typed[:1] != meant[:1])  # people look at the first letter
    alike = 1 - errors / max(len(typed), len(meant))
    return alike if alike > 0.7 else 0.0


def perhaps(names: Sequence[str]) -> str:
    """Return the sentence that asks whether one of the names was meant, or "" where there is none."""
    return _("Did you mean {names}?", names=", ".join(names)) if names else ""


def told(*sentences: str | None) -> str:
    """Return whole sentences, one behind the other; those that are empty are left out."""
    return " ".join(filter(None, sentences))


def refuse_exclusion(typed: str, option: str = "") -> None:
    """Raise UsageError for a word with a sign before it that means "not" elsewhere, or is perhaps an option's."""
    if bare := re.match(r"[\s=]*[!\N{NOT SIGN}\N{MINUS SIGN}\N{EN DASH}-]+(?=[^\W_])", typed):
        said = N_("Nothing can be excluded, so {typed} means nothing. To look for it, leave out the sign: {without}")
        said = _(said, typed=quoted(typed), without=shell(typed[bare.end() :]))
        raise UsageError(told(_("For the option, leave a space ({option}).", option=option) if option else "", said))


@lru_cache(10_000)
def first_day(text: str) -> date:
    """Return the first day that ``2017``, ``2017-02`` or ``2017-02-13`` can mean; raise ValueError for no date."""
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError("not a date of the form 2017-02-13, 2017-02 or 2017")
    return date.fromisoformat(f"{text}-01-01"[:10])


@lru_cache(10_000)
def last_day(text: str) -> date:
    """Return the last day that a partial date can mean; raise ValueError as `first_day` does."""
    first = first_day(text)
    if len(text) == len("2017-02-13"):
        return first
    if len(text) == len("2017") or first.month == 12:
        return date(first.year, 12, 31)
    return date(first.year, first.month + 1, 1) - timedelta(1)
