"""What of a question the documents know, and the headings under which they speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from qa.models import NearHeading
from qa.retrieval.reading import ReadPassage
from qa.retrieval.search import Ranking

_MOST: Final = 5
_TELLING: Final = 0.7
"""Mass of a word over that of the weightiest one; only lighter ones are as general as "effects". It
moves no answer, but what is said to be known where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """What there is, where there is no answer."""

    known: tuple[str, ...] = ()
    """Words of the question that one passage says, in the order of the question."""
    headings: tuple[NearHeading, ...] = ()
    """Of the passages that say them all, the best first."""


def nearest(ranking: Ranking, passages: Sequence[ReadPassage]) -> Nearest:
    """The weightiest word that any says, with those beside it in the best passage that says it.

    The headings are those of all passages that say the same.
    """
    by_passage = [_said(ranking, one) for one in passages]
    weightiest = max(
        frozenset[int]().union(*by_passage), key=lambda n: _mass(ranking, n), default=None
    )
    if weightiest is None:
        return Nearest()
    said = _telling(ranking, next(one for one in by_passage if weightiest in one))
    found: dict[tuple[str, str], NearHeading] = {}
    for one, all_said in zip(passages, by_passage, strict=True):
        if said <= all_said:
            heading = heading_of(one)
            found.setdefault((heading.document_id, heading.text), heading)
    # A compound that is written in several ways has a class for each.
    words = dict.fromkeys(ranking.classes[number].word for number in sorted(said))
    return Nearest(known=tuple(words), headings=tuple(found.values())[:_MOST])


def _said(ranking: Ranking, one: ReadPassage) -> frozenset[int]:
    """The classes of the subject, by number, that a passage says.

    What the conversation lends is the subject only of a question that names none.
    """
    sizes = [len(c.members) for c in ranking.classes]
    columns = np.repeat(np.arange(len(sizes)), sizes)
    said = set(columns[ranking.member_scores[one.place] > 0].tolist())
    lent = all(c.carried or c.facet for c in ranking.classes)
    return frozenset(
        number
        for number, c in enumerate(ranking.classes)
        if number in said and not c.facet and not c.guessed and (lent or not c.carried)
    )


def _telling(ranking: Ranking, said: frozenset[int]) -> frozenset[int]:
    """Those that are not much lighter than the weightiest."""
    most = max(_mass(ranking, number) for number in said)
    return frozenset(number for number in said if _mass(ranking, number) >= _TELLING * most)


def _mass(ranking: Ranking, number: int) -> float:
    return ranking.classes[number].mass


def heading_of(one: ReadPassage) -> NearHeading:
    """The heading right above a passage, or else the title of its document."""
    passage, document = one.passage, one.document
    return NearHeading(
        text=passage.heading[-1] if passage.heading else document.title,
        document_id=document.id,
        document_title=document.title,
        start=passage.start,
        end=passage.end,
        language=passage.language,
    )
