"""Hits to an answer: the fewest verbatim units that carry the question, each with its citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.models import Citation, Hit, Passage, Span
from qa.retrieval.evidence import UnitEvidence
from qa.settings import AnsweringSettings

_STOPS = (".", "!", "?", "…")
_FEWEST_WORDS = 4
"""A shorter unit is a label, not an answer."""
_SOURCES_READ = 3
_RANK_DISCOUNT = 0.8
"""What a unit counts by each rank that its passage is lower."""
_BEFORE, _AFTER = 0.2, 0.1
"""What a unit gains from its neighbours: sentences refer to the one before by pronouns."""
_LEAST_SHARE = 0.4
"""Score of a further extract, at least, over that of the best one."""
_WIDEST_GAP = 2
"""Units between two extracts of one passage that are cited along with them."""
_LONGEST_BRIDGED = 100
"""Words that extracts of one passage may have in all, once joined."""
_ABOUT = 0.6
"""Share of the question in the title and headings from which on the text below is about it."""
_ITEM_ALONE = 0.85
"""Share of a list's match from which on one item answers without the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A stretch of units that could be cited."""

    hit: int
    units: tuple[int, ...]
    words: int
    score: float
    label: bool
    """Whether it is too short to say something."""


def choose_extracts(
    hits: Sequence[Hit], evidence: UnitEvidence, settings: AnsweringSettings
) -> tuple[Citation, ...]:
    """The extracts that answer, in order of the sources and, within one, of reading."""
    candidates = [
        candidate
        for place, hit in enumerate(hits[:_SOURCES_READ])
        for candidate in _candidates(place, hit.passage, evidence.of(place), _standing(hits, place))
    ]
    # Passages of labels only are cited nonetheless: an answer has an extract.
    candidates = [c for c in candidates if not c.label] or candidates
    if not any(c.score > 0 for c in candidates):
        # Only a page was named: it answers with its beginning.
        candidates = [c for c in candidates if c.hit == candidates[0].hit]
    chosen = _choose(sorted(candidates, key=lambda c: (-c.score, c.hit, c.units)), settings)
    cited = sorted({c.hit for c in chosen})
    units = {hit: sorted({u for c in chosen if c.hit == hit for u in c.units}) for hit in cited}
    if chosen and evidence.above[chosen[0].hit] >= _ABOUT:
        best = chosen[0].hit
        units[best] += _following(hits[best].passage, units[best], settings.extract_words)
    return tuple(
        _citation(hits[hit], span)
        for hit in cited
        for span in _spans(hits[hit].passage, units[hit])
    )


def _following(passage: Passage, units: Sequence[int], most_words: int) -> list[int]:
    """The units after the last one of `units`, as long as all of them have at most so many words.

    Under a title that says the question, the text answers in whatever words.
    """
    words = sum(_word_count(passage, unit) for unit in units)
    found: list[int] = []
    for unit in range(units[-1] + 1, len(passage.units)):
        words += _word_count(passage, unit)
        if words > most_words:
            break
        found.append(unit)
    return found


def _standing(hits: Sequence[Hit], place: int) -> float:
    """What the units of a hit count by its rank and by how sure it is beside the others."""
    surest = max(hit.confidence for hit in hits[:_SOURCES_READ])
    return float(_RANK_DISCOUNT**place * (hits[place].confidence / surest) ** 0.5)


def _choose(ordered: Sequence[_Candidate], settings: AnsweringSettings) -> list[_Candidate]:
    """The best candidate, and further ones that are nearly as good, within the limits."""
    chosen: list[_Candidate] = []
    words = 0
    for candidate in ordered:
        if len(chosen) == settings.extract_sentences:
            break
        if chosen:
            if candidate.score < _LEAST_SHARE * chosen[0].score:
                break
            if words + candidate.words > settings.extract_words:
                continue
        chosen.append(candidate)
        words += candidate.words
    return chosen


def _candidates(
    place: int, passage: Passage, evidence: UnitEvidence, standing: float
) -> Iterator[_Candidate]:
    shares = [evidence.share([unit]) for unit in range(len(passage.units))]
    for units in _groups(passage, evidence, shares):
        before = shares[units[0] - 1] if units[0] else 0.0
        after = shares[units[-1] + 1] if units[-1] + 1 < len(shares) else 0.0
        # A list is worth its best item under its lead-in: many items do not make a better answer.
        share = max(evidence.share(tuple({units[0], unit})) for unit in units)
        score = share + _BEFORE * before + _AFTER * after
        yield _Candidate(
            hit=place,
            units=units,
            words=sum(_word_count(passage, unit) for unit in units),
            score=score * standing,
            label=_is_label(passage, units) and len(passage.units) > 1,
        )


def _groups(
    passage: Passage, evidence: UnitEvidence, shares: Sequence[float]
) -> Iterator[tuple[int, ...]]:
    """Units to cite together: a list with its lead-in, unless one item of it answers alone."""
    together = list(_lists(passage))
    grouped = {unit for units in together for unit in units}
    yield from ((unit,) for unit in range(len(passage.units)) if unit not in grouped)
    for units in together:
        best = max(units, key=lambda unit: (shares[unit], -unit))
        alone = shares[best] >= _ITEM_ALONE * evidence.share(units)
        if best == units[0]:
            yield units
        elif alone and not _is_label(passage, (best,)):
            yield (*_header(passage, best), best)
        elif sum(_word_count(passage, unit) for unit in units) > _LONGEST_BRIDGED:
            yield tuple(sorted({units[0], *_header(passage, best), best}))
        else:
            yield units


def _header(passage: Passage, row: int) -> tuple[int, ...]:
    """The row that names the columns above one row of a table, where there is one."""
    header = passage.units[row].header
    return () if header is None else (header,)


def _lists(passage: Passage) -> Iterator[tuple[int, ...]]:
    """Lead-in and items of every list, caption and rows of every table, as unit numbers."""
    run: list[int] = []
    for number, unit in enumerate(passage.units):
        if run and unit.kind in ("item", "row"):
            run.append(number)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [number] if _begins(passage, number) else []
    if len(run) > 1:
        yield tuple(run)


def _begins(passage: Passage, number: int) -> bool:
    """Whether what follows a unit can belong to it: a lead-in, a short title, a caption, a row."""
    unit, text = passage.units[number], _unit_text(passage, number)
    if unit.leads or unit.kind == "row" or len(text.split()) < 2 * _FEWEST_WORDS:
        return True
    below = passage.units[number + 1 : number + 2]
    return bool(below) and below[0].kind == "row" and not text.endswith(_STOPS)


def _is_label(passage: Passage, units: Sequence[int]) -> bool:
    """Whether units are too short to say something; `Fever is rare.` does."""
    words = sum(_word_count(passage, unit) for unit in units)
    ended = _unit_text(passage, units[-1]).endswith(_STOPS)
    return words < (_FEWEST_WORDS - 1 if ended else _FEWEST_WORDS)


def _unit_text(passage: Passage, unit: int) -> str:
    span = passage.units[unit]
    return passage.text[span.start : span.end]


def _word_count(passage: Passage, unit: int) -> int:
    return len(_unit_text(passage, unit).split())


def _spans(passage: Passage, chosen: Sequence[int]) -> list[Span]:
    """Spans of the chosen units in reading order, neighbours joined and short gaps filled."""
    spans: list[Span] = []
    last = -2
    for number in _bridged(passage, chosen):
        unit = passage.units[number]
        if number == last + 1:
            spans[-1] = (spans[-1][0], unit.end)
        else:
            spans.append((unit.start, unit.end))
        last = number
    return spans


def _bridged(passage: Passage, units: Sequence[int]) -> list[int]:
    """The units, and those between them where one extract reads better than two."""
    bridged = set(units)
    words = sum(_word_count(passage, unit) for unit in units)
    for left, right in pairwise(units):
        gap = range(left + 1, right)
        size = sum(_word_count(passage, unit) for unit in gap)
        if 0 < len(gap) <= _WIDEST_GAP and words + size <= _LONGEST_BRIDGED:
            bridged.update(gap)
            words += size
    return sorted(bridged)


def _citation(hit: Hit, span: Span) -> Citation:
    start, end = span
    passage = hit.passage
    return Citation(
        text=passage.text[start:end],
        source=hit.rank,
        start=passage.start + start,
        end=passage.start + end,
    )
