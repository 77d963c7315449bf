"""How well a unit answers a question: named features, and the model that weighs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.models import DocumentInfo, Passage, Unit
from qa.retrieval.asking import ReadQuestion
from qa.retrieval.evidence import UnitEvidence
from qa.retrieval.facet_evidence import said_by, said_by_heading

_NUMBER = re.compile(r"\d")
_LONG: Final = 25
"""Words from which on a unit's length tells no more."""
_FEW: Final = 3
"""Words below which a unit is a label."""

Vector = NDArray[np.float64]


class Features(NamedTuple):
    """What tells whether a unit answers; shares are of the subject's mass, 0 to 1."""

    own: float
    """Said by the unit itself."""
    lead: float
    """What its lead-in or the header of its table adds."""
    above: float
    """What the headings and the title add."""
    before: float
    """What the sentence before adds."""
    earlier: float
    """What the passage says further up adds."""
    lacking: float
    """The weightiest word that none of these says."""
    opening: float
    """Said by the first words of the unit: it is about them."""
    score: float
    """Score of the passage over that of the best one."""
    facet_own: float
    """How much the unit looks like an answer to what is asked, 0 to 1, as the next ones."""
    facet_lead: float
    """The same of its lead-in or header."""
    facet_heading: float
    """The same of the heading right above."""
    facet_above: float
    """The same of the headings further up and the title."""
    both: float
    """Facet times subject: that it answers this, of this."""
    listed: float
    """An item or row where a list is asked."""
    compared: float
    """A row where a comparison is asked."""
    defines: float
    """A definition is asked, and the unit opens with the subject."""
    numbered: float
    """A number is asked, and the unit has one."""
    label: float
    """It says nothing alone: a heading, a caption, a lead-in, a header, a question."""
    length: float
    """Logarithm of its words, up to a point, over that of the longest."""


SIGNS: Final = Features(**dict.fromkeys(Features._fields, 1))._replace(
    lacking=-1, label=-1, length=0
)
"""Which way each feature must count: for an answer, against it, or either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What a unit is read with: the texts above it, and what they say of the subject."""

    text: str
    lead: str
    header: str
    own: Vector
    led: Vector
    above: Vector
    before: Vector
    earlier: Vector


def unit_features(
    texts: Sequence[tuple[Passage, DocumentInfo]],
    scores: NDArray[np.float64],
    evidence: UnitEvidence,
    question: ReadQuestion,
) -> NDArray[np.float64]:
    """The features of every unit of some passages, float64 (units, features).

    `scores`: of the passages, best first.
    """
    rows = [
        row
        for place, (passage, document) in enumerate(texts)
        for row in _of_passage(place, passage, document, scores, evidence, question)
    ]
    return np.array(rows, np.float64).reshape(-1, len(Features._fields))


def _of_passage(
    place: int,
    passage: Passage,
    document: DocumentInfo,
    scores: NDArray[np.float64],
    evidence: UnitEvidence,
    question: ReadQuestion,
) -> Iterator[Features]:
    language = passage.language
    facets = question.facets
    # Who names a page and nothing else asks for all that it says.
    everything = float(evidence.of_page)

    @cache  # A lead-in is read with each of its items.
    def says(text: str) -> float:
        said = (said_by(facet, text, language) for facet in facets)
        return max(said, default=everything) if text else 0.0

    def announces(heading: str) -> float:
        return max((said_by_heading(f, heading, language) for f in facets), default=everything)

    headings = [announces(heading) for heading in (document.title, *passage.heading)]
    first = int(evidence.unit_begins[place])
    named = {unit.header for unit in passage.units}
    for number, context in enumerate(_contexts(place, passage, evidence)):
        unit, shares = passage.units[number], evidence.shares
        said = (
            float(shares @ context.own),
            *_added(
                shares,
                context.own,
                (context.led, context.above, context.before, context.earlier),
            ),
        )
        own, lead, above, before, earlier, lacking = said
        facet_own, facet_lead = says(context.text), max(says(context.lead), says(context.header))
        facet_heading = headings[-1] if passage.heading else 0.0
        subject = own + lead + above + before + earlier
        opening = float(shares @ evidence.opening[first + number])
        form = question.facet.form if question.facet else ""
        words = len(context.text.split())
        yield Features(
            own=own,
            lead=lead,
            above=above,
            before=before,
            earlier=earlier,
            lacking=lacking,
            opening=opening,
            score=float(scores[place] / scores[0]) if scores[0] > 0 else 1.0,
            facet_own=facet_own,
            facet_lead=facet_lead,
            facet_heading=facet_heading,
            facet_above=max(headings[:-1] if passage.heading else headings),
            both=subject * max(facet_own, facet_lead, facet_heading),
            listed=float(form == "list" and unit.kind in ("item", "row")),
            compared=float(form == "comparison" and unit.kind == "row"),
            defines=opening * any(f.name == "definition" for f in facets),
            numbered=float(form == "number" and _NUMBER.search(context.text) is not None),
            label=float(_is_label(unit, context.text, words) or number in named),
            length=log1p(min(words, _LONG)) / log1p(_LONG),
        )


def _contexts(place: int, passage: Passage, evidence: UnitEvidence) -> Iterator[_Context]:
    """What each unit of a passage stands under and behind."""
    first = int(evidence.unit_begins[place])
    nothing = np.zeros(len(evidence.shares))
    lead, led, before, earlier = "", nothing, nothing, nothing
    for number, unit in enumerate(passage.units):
        own = evidence.own[first + number]
        text = passage.text[unit.start : unit.end]
        listed = unit.kind in ("item", "row")
        header = ""
        under = led if listed else nothing
        if unit.header is not None:
            above = passage.units[unit.header]
            header = passage.text[above.start : above.end]
            under = np.maximum(under, evidence.own[first + unit.header])
        yield _Context(
            text=text,
            lead=lead if listed else "",
            header=header,
            own=own,
            led=under,
            above=evidence.above[place],
            before=nothing if listed else before,
            earlier=earlier,
        )
        if not listed:
            lead, led = text, own
        before, earlier = own, np.maximum(earlier, own)


def _added(shares: Vector, own: Vector, more: Sequence[Vector]) -> Iterator[float]:
    """What each further text adds to the share that is said; then the greatest share unsaid."""
    said = own
    for one in more:
        together = np.maximum(said, one)
        yield float(shares @ (together - said))
        said = together
    yield float((shares * (1 - said)).max(initial=0.0)) if shares.any() else 1.0


def _is_label(unit: Unit, text: str, words: int) -> bool:
    return (
        unit.leads
        or unit.kind in ("caption", "heading")
        or words < _FEW
        or text.rstrip().endswith("?")
    )
