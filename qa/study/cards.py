"""Cards to test oneself by: a term or a heading on one side, what the document says on the other.

Both sides are spans of the document. A sentence that defines gives a card that asks for what it
defines; a list gives one that asks for what its heading, or else the title, announces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qa.analysis.rarity import is_common
from qa.analysis.words import analyser, fold
from qa.models import Document, Language, Passage, Span, Unit
from qa.retrieval.facet_evidence import defined_by

_LONGEST_TERM: Final = 5
"""Words before "is a": more of them are a statement about something, not its name."""
_FEWEST_ITEMS: Final = 2
_POINTING: Final = frozenset(
    "ce cet cette ces cela celui celle ceux celles son sa ses leur leurs notre nos tel telle tels"
    " telles certains certaines autre autres il elle ils elles on"
    " this that these those such its their his her our it they he she there some other others"
    " one".split()
)
"""Words, folded, by which a sentence speaks of something named before it."""
_ARTICLES: Final = frozenset("a an the le la les l un une des".split())
_DEFINITE: Final = re.compile(r"\W*(?:is|are) the\b|\W*(?:est|sont) (?:l[ae']|les)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A question side and an answer side, both spans of the document."""

    kind: Literal["definition", "list"]
    heading: tuple[str, ...]
    """What stands above both, outermost first, without the document's title."""
    term: Span | None
    """What is defined; `None` where the heading is what is asked."""
    lead: Span | None
    """What leads into a list: it belongs to the question."""
    start: int
    end: int
    """Of the answer side."""
    page: int | None
    language: Language


def cards_of(document: Document, passages: Sequence[Passage]) -> tuple[Card, ...]:
    """The cards of a document in reading order, one for each thing that is asked."""
    found: dict[tuple[str, ...], Card] = {}
    for passage in passages:
        for card in (*_definitions(document, passage), *_lists(passage)):
            asked = document.text[slice(*card.term)] if card.term else _lead_text(document, card)
            found.setdefault((card.kind, *(() if card.term else card.heading), fold(asked)), card)
    return tuple(sorted(found.values(), key=lambda card: card.start))


def _lead_text(document: Document, card: Card) -> str:
    return document.text[slice(*card.lead)] if card.lead else ""


def _definitions(document: Document, passage: Passage) -> Iterator[Card]:
    for unit in passage.units:
        if unit.kind != "sentence" or unit.leads:
            continue
        term = _defined(document, passage, unit)
        if term is not None:
            yield Card(
                kind="definition",
                heading=passage.heading,
                term=term,
                lead=None,
                start=passage.start + unit.start,
                end=passage.start + unit.end,
                page=passage.page,
                language=passage.language,
            )


def _defined(document: Document, passage: Passage, unit: Unit) -> Span | None:
    """The name that a sentence begins with and says the meaning of."""
    text = passage.text[unit.start : unit.end]
    end = defined_by(text, passage.language)
    if end is None or any(sign in text[:end] for sign in ",;:()"):
        return None
    words_of = analyser(passage.language)
    words = list(words_of.placed_surfaces(text[:end]))
    names = [place for place, (_, _, terms) in enumerate(words) if terms]
    if not names or len(words) > _LONGEST_TERM:
        return None
    said = [fold(text[first:last]) for first, last, _ in words]
    if not _POINTING.isdisjoint(said) or not _ARTICLES.issuperset(said[: names[0]]):
        return None
    start = passage.start + unit.start
    span = (start + words[names[0]][0], start + words[names[-1]][1])
    terms = {term for _, _, some in words for term in some}
    above = {t for h in (*passage.heading, document.title) for t in words_of.terms(h)}
    marked = any(low < span[1] and span[0] < high for low, high in document.key_terms)
    # "The first cause is the dose" says which one it is, and not what a thing is.
    special = not _DEFINITE.match(fold(text[end:])) and not all(
        is_common(term, passage.language) for term in terms
    )
    return span if marked or special or terms <= above else None


def _lists(passage: Passage) -> Iterator[Card]:
    """Runs of items, each with what leads into it."""
    units = passage.units
    place = 0
    while place < len(units):
        first = place
        while place < len(units) and units[place].kind == "item":
            place += 1
        if place - first >= _FEWEST_ITEMS:
            lead = units[first - 1] if first and units[first - 1].leads else None
            start = passage.start
            yield Card(
                kind="list",
                heading=passage.heading,
                term=None,
                lead=(start + lead.start, start + lead.end) if lead else None,
                start=start + units[first].start,
                end=start + units[place - 1].end,
                page=passage.page,
                language=passage.language,
            )
        place = max(place, first + 1)
