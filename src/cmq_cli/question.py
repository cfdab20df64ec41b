"""A question in free words, understood once: what is looked for, what it stands for, and what is left aside."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import _, quoted
from cmq_cli.registry import synonyms
from cmq_cli.text import SMALL_WORDS, agree, fold, refuse_exclusion, words

if TYPE_CHECKING:
    from cmq_cli.model import Registry

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[-\u2010\u2011](?=[^\W_]))?)+|\|")
"""Words as they are typed, joined by hyphens, perhaps with combining accents and what pasted text carries; or a bar."""

_PUNCTUATION = re.compile(r"[\s!-/:-@\[-`{-~«»‹›“”„‘’‚…–—·•°]*")

_PARTICIPLE = re.compile(r"([^\W_]+)ée?s?", re.IGNORECASE)

UNTOLD = frozenset(
    fold(
        "métier formation formé former étude étudier étudiant apprendre apprenti travailler travail devenir emploi job "
        "carrière poste profession professionnel secteur filière domaine département région académie rectorat bac pro "
        "baccalauréat bachelier bts cap bep but dut licence master bachelor diplôme alternance apprentissage stage "
        "orientation chef responsable agent technicien technicienne ingénieur ingénieure ouvrier ouvrière opérateur "
        "opératrice employé employée spécialiste occuper réparer fabriquer conduire première terminale collège"
    ).split()
)
"""Folded words that only ask, and those for levels and posts, by which no campus differs: each has many."""

ASKING = frozenset(
    fold(
        "campus cmq cmqe je j tu nous vous on me m mon ma mes se il elle ils y être est sont ai as faire fait aime "
        "aimer aimerais veux veut vouloir voudrais souhaite cherche chercher trouver trouve existe sais savoir quel "
        "quelle où comment qui quoi pourquoi peut peux liste tout tous toute toutes près après avant chez comme plus "
        "ne pas si mais donc c ça t gens"
    ).split()
)
"""Folded words of sentences, which say nothing of what is looked for."""

TITLE = re.compile(
    r"\A(?:l[ea] )?(?:cmqe?|campu(?: (?:des? )?metier(?! d art))?(?: et)?(?: (?:des? )?qualification)?)"
    r"(?: d excellence)?(?: cmqe?)?(?: (?:de la|de l|des?|du|d))? (?=.)"
)
"""The official title and what people make of it, at the beginning of a folded text that goes on."""

_LONGEST_RUN = 8
"""Words that belong together, at most; a trade of the synonyms has seven."""

_Runs = Mapping[tuple[str, ...], tuple[str, ...]]


class Term(NamedTuple):
    """A word, or words that belong together, to look for."""

    typed: str
    """As it was typed."""
    wanted: tuple[str, ...]
    """Folded words and phrases of which any counts; the first is its own spelling."""
    instead: tuple[str, ...] = ()
    """What it stands for as a synonym, as it is shown; nothing where it is none."""


class Query(NamedTuple):
    """What was typed, understood: alternatives, each of terms that must all occur."""

    alternatives: tuple[tuple[Term, ...], ...] = ()
    """Nothing is looked for where it is empty."""
    aside: tuple[str, ...] = ()
    """Typed words that only ask, or say a level or post, and are not looked for."""
    typed: str = ""
    """The whole text."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all alternatives, each once."""
        return tuple(dict.fromkeys(term for terms in self.alternatives for term in terms))


def understood(typed: Sequence[str], registry: "Registry") -> Query:
    """Return what typed words ask for. Words that make a trade or a search word of the registry stay together.

    ``ou``, ``OR`` and ``|`` stand between alternatives. Raises UsageError for text without letter or digit, and for a
    leading ``!`` or ``-``, since nothing can be excluded.
    """
    text = " ".join(typed)
    for part in text.split():
        refuse_exclusion(part)
    alternatives: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(text):
        if match[0] in ("|", "OR") or match[0].lower() == "ou":
            alternatives.append([])
        elif folded := tuple(fold(match[0]).split()):
            alternatives[-1].append(_Token(folded, *match.span()))
    telling = [_telling(tokens) for tokens in alternatives if tokens]
    if typed and not telling:
        sentence = _("There is nothing to look for in {typed}. Give a word: cmq list bois")
        raise UsageError(sentence.format(typed=quoted(text)))
    together = runs(registry)
    each = [_terms(text, tokens, together) for tokens in telling]
    found = [terms for terms, _aside in each if terms]
    if not found:  # then those that only ask are looked for
        terms = [dict.fromkeys(_term(text, token) for token in tokens) for tokens in telling]
        return Query(tuple(map(tuple, terms)), (), text)
    aside = [word for _terms, aside in each for word in aside]
    asked = [token for tokens in alternatives for token in tokens if token.words == ("excellence",)]
    aside += [text[token.start : token.end] for token in asked if not any(token in tokens for tokens in telling)]
    aside += [part for part in text.split() if not _TOKEN.search(part) and not _PUNCTUATION.fullmatch(part)]
    return Query(
        tuple(dict.fromkeys(tuple(dict.fromkeys(terms)) for terms in found)), tuple(dict.fromkeys(aside)), text
    )


def without_title(folded: str) -> str:
    """Return a folded text without the leading words "campus des métiers et des qualifications (d'excellence)"."""
    return TITLE.sub("", folded)


class _Token(NamedTuple):
    """The folded words of what was typed without a blank, and where in the text it begins and ends."""

    words: tuple[str, ...]
    start: int
    end: int


def _telling(tokens: Sequence[_Token]) -> list[_Token]:
    """Return the tokens without the official title at their beginning, articles and prepositions, unless all are."""
    title = TITLE.match(" ".join(word for token in tokens for word in token.words))
    known = len(title[0].split()) if title else 0
    sizes = accumulate(len(token.words) for token in tokens)
    after = [token for token, size in zip(tokens, sizes, strict=True) if size > known]
    return [token for token in after if not SMALL_WORDS.issuperset(token.words)] or after


def _terms(text: str, tokens: Sequence[_Token], runs: _Runs) -> tuple[list[Term], list[str]]:
    """Return what to look for, words that belong together as one, and the words left aside."""
    terms, aside = [], []
    at = 0
    while at < len(tokens):
        words = tokens[at].words
        term, length = _run(text, tokens[at : at + _LONGEST_RUN], runs) or (_term(text, tokens[at]), 1)
        if term.instead or length > 1 or not (UNTOLD | ASKING | SMALL_WORDS).issuperset(words):
            terms.append(term)
        elif not UNTOLD.isdisjoint(words):
            aside.append(term.typed)
        at += length
    return terms, aside


def _run(text: str, tokens: Sequence[_Token], runs: _Runs) -> tuple[Term, int] | None:
    """Return the longest run of words at the beginning that belong together, and how many tokens it has, if any."""
    for length in range(len(tokens), 0, -1):
        run = tuple(word for token in tokens[:length] for word in token.words)
        typed = " ".join(text[tokens[0].start : tokens[length - 1].end].split()) if run in runs else ""
        if typed and (run not in _said_instead() or agree(typed, _said_instead()[run][0])):
            own = fold(typed)
            instead = tuple(word for word in runs[run] if fold(word) != own)
            return Term(typed, tuple(dict.fromkeys((own, *map(fold, instead)))), instead), length
    return None


def _term(text: str, token: _Token) -> Term:
    typed = text[token.start : token.end]
    own, done = " ".join(token.words), participle(typed)
    return Term(typed, (own, done) if done else (own,))


def participle(word: str) -> str:
    """Return a word that ends like a participle as sentences keep it, unless it names a topic: with its accent."""
    match = _PARTICIPLE.fullmatch(word)  # such as "piloté", "privées"
    return f"{fold(match[1])}é" if match else ""


@cache
def _said_instead() -> dict[tuple[str, ...], tuple[str, tuple[str, ...]]]:
    said = [(text, each.words) for each in synonyms() for text in (each.said, each.feminine) if text]
    return {words(text): (text, instead) for text, instead in said}


def runs(registry: "Registry") -> _Runs:
    """Return folded words that belong together, small ones left out, with what they stand for, if for anything else."""
    keywords = [words(keyword) for sector in registry["sectors"] for keyword in sector["keywords"]]
    phrases = {run: () for run in keywords if len(run) > 1 and not _CALLED.intersection(run)}
    return {**phrases, **{run: instead for run, (_said, instead) in _said_instead().items()}}


_CALLED = frozenset(("filiere", "secteur", "domaine"))
"""Words before the name of a sector, which say no more than the name."""
