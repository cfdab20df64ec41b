"""Find one campus by whatever people call it, and say what to try where nothing is found."""

import re
from collections.abc import Sequence
from itertools import compress
from operator import itemgetter

from cmq_cli import search
from cmq_cli.errors import NotFoundError
from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.registry import Campus, Registry
from cmq_cli.search import TITLE, Found, Query, understood
from cmq_cli.text import fold, forms, perhaps, suggest, told
from cmq_cli.vocabulary import PLACES, elsewhere


def find(registry: Registry, key: str) -> list[Campus]:
    """Return the campuses of the first step that finds any: id, alias, city, name, words; raise CmqError for none."""
    wanted = forms(key) | forms(TITLE.sub("", fold(key)).removeprefix("excellence "))
    campuses = sorted(registry["campuses"], key=itemgetter("id"))
    steps = [([one["id"]], one["aliases"], [one["city"], one["city_code"]], [one["name"]]) for one in campuses]
    for spellings in zip(*steps, strict=True):
        called = [any(not wanted.isdisjoint(forms(text or "")) for text in each) for each in spellings]
        if any(called):
            return [*compress(campuses, called)]
    query = understood([key], registry)
    found = search.find(registry, query)
    if found.through:
        sentence = N_("No campus mentions {key}. Campuses of the sector whose search word it is: {command}")
        command = shell("cmq", "list", *(term.typed for term in query.terms))
        raise NotFoundError(_(sentence, key=quoted(key), command=command))
    if not found.campuses:
        near = [f"{campus['id']} ({campus['city'] or campus['region']})" for campus in suggestions(registry, query)]
        raise NotFoundError(no_words(registry, query, found, near))
    return found.named if len(found.named) == 1 else found.campuses  # who is called so is meant, not who mentions it


def suggestions(registry: Registry, query: Query) -> list[Campus]:
    """Return up to three campuses called like what was typed, else of which like words are said; likeliest first."""
    campuses = registry["campuses"]
    called = [{one["id"], one["name"], *one["aliases"], one["city"] or ""} for one in campuses]
    near = suggest(query.typed, set().union(*called), 9)
    if not near:
        called = [{" ".join(texts.values())} for texts in search.searchable(registry)]
        near = suggest(" ".join(term.typed for term in query.terms), set().union(*called))
    likely = [one for name in near for one, names in zip(campuses, called, strict=True) if name in names]
    return [*{campus["id"]: campus for campus in likely}.values()][:3]


def no_words(registry: Registry, query: Query, found: Found, near: Sequence[str] = ()) -> str:
    """Return what to say of words that occur together in no campus, and what to try: what `near` names, if anything."""
    terms = query.terms[:12]  # who types more hopes for no hint
    strange = [term.typed for term in terms if not found.counts[term]]
    others = [term.typed for term in terms if term.typed not in strange]
    typed = " ".join(strange)
    if re.fullmatch(r"20\d\d", typed):
        labelled = shell("cmq", "list", "--as-of", typed, *others)
        return _("No campus mentions {words}. Those labelled by then: {command}", words=quoted(typed), command=labelled)
    article = re.search(rf"\b(?:l[ae] |les |l['’]){re.escape(typed)}", query.typed, re.IGNORECASE)
    place = elsewhere(registry, query.typed, PLACES) or elsewhere(registry, typed, PLACES)
    place = place or commune(query.typed) or commune(article[0] if article else typed, others)
    if not strange and not place:
        each = ", ".join(f"{term.typed} {found.counts[term]}" for term in terms)
        return _("No campus has all of these words. How many have each: {each}.", each=each)
    further = _("For more words: cmq sectors, cmq regions; around a place: cmq near PLACE")
    meant = place or perhaps(near) or perhaps(suggest(strange[0], search.spelled(registry))) or further
    return told(_("No campus mentions {words}.", words=quoted(typed or query.typed)), meant)


def commune(typed: str, others: Sequence[str] = ()) -> str | None:
    """Return the sentence on the largest commune called so, with the other words to look for near it, or None."""
    from cmq_cli import places  # only what nothing else is called is looked for among all communes

    found = places.communes(typed)
    command = shell("cmq", "near", *(str(place) for place in found[:1]), *others)
    return _("{name} is a commune: {command}", name=found[0], command=command) if found else None
