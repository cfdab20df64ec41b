"""What a person of a trade deals with, as French builds such words: a soudeur with soudure. Pure functions."""

import re
from functools import lru_cache

SHORTEST = 3
"""Letters that the trade must have in common with what it deals with."""

ENDINGS = (
    ("icien(?:ne)?", ("ique", "icite", "isme")),  # informaticienne: informatique
    ("ien(?:ne)?", ("ie",)),  # pharmacien: pharmacie
    ("(?:teu(?:r|se)|trice)", ("tion", "ture", "tage")),  # agricultrice: agriculture
    ("eu(?:r|se)", ("ure", "age", "e", "erie", "ierie", "")),  # soudeur: soudure
    ("ier|iere", ("erie", "e", "")),  # chaudronnier: chaudronnerie
    ("lier|liere", ("llerie",)),  # hotelier: hotellerie
    ("ger|gere", ("gerie",)),  # horloger: horlogerie
    ("cher|chere", ("cherie",)),  # boucher: boucherie
    ("iste", ("e", "ie", "isme", "ique")),  # plasturgiste: plasturgie
    ("estier|estiere", ("et",)),  # forestier: foret
    ("gnante?", ("n",)),  # soignante: soin
    ("ante?", ("e", "ement")),  # commercant: commerce
    ("aste", ("ma",)),  # cineaste: cinema
    ("naire", ("",)),  # gestionnaire: gestion
    ("phe", ("phie",)),  # photographe: photographie
    ("logue", ("logie",)),  # geologue: geologie
)
"""How folded words for trades end, as patterns that JavaScript knows as well, and how what they deal with does."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(f"(.{{{SHORTEST},}}?)(?:{trade})"), fields) for trade, fields in ENDINGS)


@lru_cache
def fields(word: str) -> tuple[str, ...]:
    """Return the folded words for what a trade, given folded, may deal with; not all of them need exist.

    >>> "couture" in fields("couturiere")
    True
    >>> fields("bois")
    ()
    """
    roots = [(match[1], fields) for trade, fields in _patterns() if (match := trade.fullmatch(word))]
    return tuple(root + field for root, fields in roots for field in fields)
