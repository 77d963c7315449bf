"""Hits to an answer: the fewest verbatim units that carry the question, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.models import Citation, Hit, Passage, Span
from qa.retrieval.units import UnitEvidence
from qa.settings import Settings

_LEAD_IN = re.compile(r"[:：]\s*$")
_WORTH_ADDING = 0.12
_SOURCES_READ = 3
_RANK_DISCOUNT = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A stretch of units that could be cited."""

    hit: int
    units: tuple[int, ...]
    words: int
    score: float


def choose_extracts(
    hits: Sequence[Hit], evidence: Sequence[UnitEvidence], settings: Settings
) -> tuple[Citation, ...]:
    """The extracts that answer, in order of the sources and, within one, of reading."""
    candidates = [
        candidate
        for place, (hit, units) in enumerate(zip(hits, evidence, strict=True))
        if place < _SOURCES_READ
        for candidate in _candidates(place, hit, units)
    ]
    if not candidates:
        return ()
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.hit, c.units)):
        if len(chosen) == settings.extract_sentences:
            break
        size = sum(c.words for c in chosen)
        if chosen and size + candidate.words > settings.extract_words:
            continue
        if any(c.hit == candidate.hit and set(c.units) & set(candidate.units) for c in chosen):
            continue
        chosen.append(candidate)
    return tuple(
        _citation(hits[hit], span)
        for hit in sorted({c.hit for c in chosen})
        for span in _spans(hits[hit].passage, [c.units for c in chosen if c.hit == hit])
    )


def _candidates(place: int, hit: Hit, evidence: UnitEvidence) -> list[_Candidate]:
    discount = _RANK_DISCOUNT**place
    passage = hit.passage
    lists = _lists(passage)
    in_list = {unit for units in lists for unit in units}
    groups = [(unit,) for unit in range(len(passage.units)) if unit not in in_list] + lists
    return [
        _Candidate(
            hit=place,
            units=units,
            words=sum(len(_unit_text(passage, unit).split()) for unit in units),
            score=discount * evidence.share(list(units)),
        )
        for units in groups
    ]


def _lists(passage: Passage) -> list[tuple[int, ...]]:
    """Lead-in and items of every list of a passage, as unit numbers."""
    found: list[tuple[int, ...]] = []
    run: list[int] = []
    for number, (start, _) in enumerate(passage.units):
        line = passage.text.rfind("\n", 0, start) + 1
        if passage.text[line:start].strip():
            run.append(number)
            continue
        if len(run) > 1:
            found.append(tuple(run))
        run = [number] if _LEAD_IN.search(_unit_text(passage, number)) else []
    if len(run) > 1:
        found.append(tuple(run))
    return found


def _unit_text(passage: Passage, unit: int) -> str:
    start, end = passage.units[unit]
    return passage.text[start:end]


def _spans(passage: Passage, chosen: Sequence[tuple[int, ...]]) -> list[Span]:
    """Spans of the chosen units in reading order, neighbours joined."""
    spans: list[list[int]] = []
    last = -2
    for unit in sorted(unit for units in chosen for unit in units):
        start, end = passage.units[unit]
        if unit == last + 1:
            spans[-1][1] = end
        else:
            spans.append([start, end])
        last = unit
    return [(start, end) for start, end in spans]


def _citation(hit: Hit, span: Span) -> Citation:
    start, end = span
    passage = hit.passage
    return Citation(
        text=passage.text[start:end],
        source=hit.rank,
        start=passage.start + start,
        end=passage.start + end,
    )
