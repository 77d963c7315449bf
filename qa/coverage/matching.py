"""Points against all passages of an index: one dot product gives the best of each document."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.coverage.confidence import CROWD, Features, Subject, smallness
from qa.coverage.passage_units import PassageUnits, WeightsByTerm, match_units, weights_by_term
from qa.coverage.queries import CONTEXT_WEIGHT, PointQuery, QueryMaker
from qa.coverage.records import Point, Wording
from qa.index.dense import DenseFirstPass, best
from qa.index.index import Index
from qa.models import Language
from qa.retrieval.confidence import FULL_MATCH
from qa.retrieval.terms import query_vector

_CLOSE: Final = 0.35
"""Least score of a document that is looked at, over that of the best one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The best passage of one document for a wording."""

    passage: int
    document: int
    own_score: float
    context_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A wording put to the index; documents in order of score, without those excluded."""

    wording: Wording
    query: PointQuery
    candidates: tuple[Candidate, ...]
    prominence: float
    """1 less the mean score of the next documents over that of the best one."""

    @property
    def subject(self) -> Subject:
        """What the documents have on the subject of the wording."""
        score = self.candidates[0].own_score if self.candidates else 0.0
        return Subject(
            support=_relative(score, self.query.mass),
            prominence=self.prominence,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageMatch:
    """A candidate with its features; the quote is a span of the document's text."""

    document_id: str
    passage_id: str
    features: Features
    start: int
    end: int
    quote: str
    language: Language


class Matcher:
    """Scores wordings of points over one index."""

    def __init__(self, index: Index, queries: QueryMaker) -> None:
        self._index = index
        self._queries = queries
        assert isinstance(index.first_pass, DenseFirstPass)
        self._first_pass = index.first_pass
        self._units = PassageUnits(index)
        self._smallness = smallness(len(index.owners))
        changes = np.flatnonzero(np.diff(index.owners)) + 1
        self._begins = np.concatenate([[0], changes]) if len(index.owners) else changes
        self._documents: NDArray[np.int32] = index.owners[self._begins]
        self._ends = np.append(self._begins[1:], len(index.owners))
        self._places = {int(number): place for place, number in enumerate(self._documents)}

    def score(self, wording: Wording, excluded: frozenset[int], most: int) -> Scored:
        """The best `most` documents; `excluded` are document numbers."""
        query = self._queries.query(wording)
        own = self._first_pass.scores(query_vector(query.own))
        context = self._first_pass.scores(query_vector(query.context))
        total = own + CONTEXT_WEIGHT * context
        by_document = np.maximum.reduceat(total, self._begins) if len(total) else total
        by_document[[self._places[number] for number in excluded if number in self._places]] = 0.0
        order = best(by_document, max(most, CROWD + 1))
        scores = by_document[order]
        floor = _floor(scores, most)
        candidates = (
            self._candidate(int(place), total, own, context)
            for place in order[:most]
            if by_document[place] >= floor
        )
        return Scored(
            wording=wording,
            query=query,
            candidates=tuple(one for one in candidates if one.own_score > 0),
            prominence=_prominence(scores, len(by_document) - len(excluded)),
        )

    def matches(self, scored: Scored, point: Point, subject: float) -> tuple[PassageMatch, ...]:
        """The features of every candidate; `subject` is the feature of that name."""
        weights = weights_by_term(scored.query.own)
        self._units.read(candidate.passage for candidate in scored.candidates)
        languages = {wording.language for wording in point.wordings}
        return tuple(
            self._match(scored.query, weights, candidate, point, subject, languages)
            for candidate in scored.candidates
        )

    def _match(
        self,
        query: PointQuery,
        weights: WeightsByTerm,
        candidate: Candidate,
        point: Point,
        subject: float,
        languages: AbstractSet[Language],
    ) -> PassageMatch:
        units = self._units.of(candidate.passage)
        found = match_units(query, weights, units)
        start, end = units.spans[found.unit]
        passage, share = units.passage, found.passage_share
        return PassageMatch(
            document_id=units.document_id,
            passage_id=passage.id,
            features=Features(
                unit_share=found.unit_share,
                passage_share=share,
                saturation=_relative(candidate.own_score, query.mass),
                context=_relative(candidate.context_score, query.context_mass),
                other_language=share if passage.language not in languages else 0.0,
                statement=float(point.kind == "statement"),
                small=share * self._smallness,
                subject=subject,
            ),
            start=passage.start + start,
            end=passage.start + end,
            quote=passage.text[start:end],
            language=passage.language,
        )

    def _candidate(
        self,
        place: int,
        total: NDArray[np.float64],
        own: NDArray[np.float64],
        context: NDArray[np.float64],
    ) -> Candidate:
        begin, end = int(self._begins[place]), int(self._ends[place])
        passage = begin + int(np.argmax(total[begin:end]))
        return Candidate(
            passage=passage,
            document=int(self._documents[place]),
            own_score=float(own[passage]),
            context_score=float(context[passage]),
        )


def _floor(scores: NDArray[np.float64], most: int) -> float:
    """The score of the last document that is looked at, or the least one that is close enough."""
    if len(scores) == 0:
        return 0.0
    close = _CLOSE * float(scores[0])
    return max(close, float(scores[most - 1])) if len(scores) >= most else close


def _prominence(scores: NDArray[np.float64], documents: int) -> float:
    """How far the first score stands out from the next ones."""
    crowd = min(CROWD, documents - 1)
    if len(scores) == 0 or scores[0] <= 0 or crowd < 1:
        return 0.0
    return 1 - float(scores[1 : 1 + crowd].sum()) / crowd / float(scores[0])


def _relative(score: float, mass: float) -> float:
    return score / (FULL_MATCH * mass) if mass > 0 else 0.0
