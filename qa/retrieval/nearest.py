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
"""Mass of a word over that of the weightiest one; only lighter ones are as general as "effects"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """What there is, where there is no answer."""

    known: tuple[str, ...] = ()
    """Words of the question that one passage says, in the order of the question."""
    headings: tuple[NearHeading, ...] = ()
    """Of the passages that say them all, the best first."""


def nearest(ranking: Ranking, passages: Sequence[ReadPassage]) -> Nearest:
    """The words that the best passage says, and the headings of all that say the same."""
    by_passage = [_said(ranking, one) for one in passages]
    said = _telling(ranking, next(filter(None, by_passage), frozenset()))
    if not said:
        return Nearest()
    found: dict[tuple[str, str], NearHeading] = {}
    for one, all_said in zip(passages, by_passage, strict=True):
        if said <= all_said:
            heading = heading_of(one)
            found.setdefault((heading.document_id, heading.text), heading)
    # A compound that is written in several ways has a class for each.
    words = dict.fromkeys(ranking.classes[number].word for number in sorted(said))
    return Nearest(known=tuple(words), headings=tuple(found.values())[:_MOST])


def _said(ranking: Ranking, one: ReadPassage) -> frozenset[int]:
    """The classes of the subject, by number, that a passage says."""
    sizes = [len(c.members) for c in ranking.classes]
    columns = np.repeat(np.arange(len(sizes)), sizes)
    said = set(columns[ranking.member_scores[one.place] > 0].tolist())
    return frozenset(
        number
        for number, c in enumerate(ranking.classes)
        if number in said and not c.facet and not c.guessed
    )


def _telling(ranking: Ranking, said: frozenset[int]) -> frozenset[int]:
    """Those that are not much lighter than the weightiest."""
    most = max((ranking.classes[number].mass for number in said), default=0.0)
    return frozenset(n for n in said if ranking.classes[n].mass >= _TELLING * most)


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
