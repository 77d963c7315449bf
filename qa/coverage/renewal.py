"""Which findings of an earlier run still hold after a few documents have changed.

A point is looked at again where a changed document is among its evidence or scores high enough to
become so; where that holds for the title of an objective, all objectives of its item are. For the
rest, only the statistics of the whole collection differ, by next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from qa.coverage.kept import Kept
from qa.coverage.queries import CONTEXT_WEIGHT, ENOUGH_WORDS, QueryMaker, languages_of_query
from qa.coverage.records import CourseObjective, PointCoverage, Wording
from qa.engine import Engine
from qa.index.index import Index
from qa.models import Language
from qa.retrieval.confidence import FULL_MATCH
from qa.retrieval.leads import Leads
from qa.settings import Settings

_NEARLY = 0.9
"""Share of the least score of a document that is looked at from which a point is touched: the
statistics of the collection have moved a little."""
_CONTEXTS = 256


class Renewal:
    """Takes over from an earlier run what the changed documents do not touch."""

    def __init__(self, engine: Engine, queries: QueryMaker, kept: Kept) -> None:
        self._settings: Settings = engine.settings
        self._kept = kept
        documents = engine.documents()
        self._changed = kept.changed(documents)
        self._texts = engine.index.catalogue.texts()
        numbers = {d.id: n for n, d in enumerate(documents) if d.id in self._changed}
        # Looks through the whole lexicon, which is for nothing where nothing has changed.
        self._probe = Probe(engine.index, queries, numbers) if self._changed else None

    def of_group(self, objectives: Sequence[CourseObjective]) -> dict[str, PointCoverage]:
        """By identifier, the points of these objectives, all of one item, that stay as they were.

        Nothing where the objectives have changed, or what the documents have on the item.
        """
        if not self._kept.has_group(objectives):
            return {}
        points = {
            point.id: self._kept.point(point, self._texts, self._settings)
            for one in objectives
            for point in one.points
        }
        if self._probe is None:
            return points
        probe = self._probe
        untouched = {}
        for one in objectives:
            for number, point in enumerate(one.points):
                if not self._touches(probe, one, points[point.id]):
                    untouched[point.id] = points[point.id]
                elif number == 0:
                    return {}
        return untouched

    def _touches(self, probe: Probe, objective: CourseObjective, found: PointCoverage) -> bool:
        """Whether a changed document is, or may become, evidence for a point."""
        if any(evidence.document_id in self._changed for evidence in found.evidence):
            return True
        own = frozenset(page.document_id for page in objective.pages)
        return any(
            probe.reaches(wording, _NEARLY * floor, own)
            for wording, floor in zip(found.point.wordings, found.floors, strict=True)
        )


class Probe:
    """Scores points in a few documents only."""

    def __init__(self, index: Index, queries: QueryMaker, numbers: dict[str, int]) -> None:
        """`numbers`: the documents by identifier."""
        passages = np.flatnonzero(np.isin(index.owners, sorted(numbers.values())))
        terms = np.unique(index.sequences.of(passages)[0]).tolist()
        self._index = index
        self._queries = queries
        self._columns = {term: column for column, term in enumerate(terms)}
        self._weights = index.postings.submatrix(passages, terms)
        names = {number: document_id for document_id, number in numbers.items()}
        self._owners = [names[int(number)] for number in index.owners[passages]]
        most = self._weights.max(axis=0, initial=0.0).tolist()
        weights = dict(zip(terms, most, strict=True))
        self._leads = Leads(index, queries.settings, weights)
        self._most = lru_cache(maxsize=None)(self._find_most)
        self._context_bound = lru_cache(_CONTEXTS)(self._bound_of_context)

    def reaches(self, wording: Wording, least: float, excluded: frozenset[str]) -> bool:
        """Whether a wording scores above `least` in one of the documents."""
        return self.bound(wording) > least and self.best(wording, excluded) > least

    def bound(self, wording: Wording) -> float:
        """A score that a wording does not exceed in these documents."""
        words = self._words(wording.text, wording.language)
        known = sum(self._index.vocabulary.number(word[0]) is not None for word in words)
        context = 1.0 if known < ENOUGH_WORDS else CONTEXT_WEIGHT
        return self._bound_of(words) + context * self._context_bound(
            wording.context, wording.language
        )

    def _words(self, text: str, language: Language) -> frozenset[tuple[str, ...]]:
        return frozenset(self._queries.builder.forms(text, languages_of_query(language)))

    def _bound_of_context(self, text: str, language: Language) -> float:
        return self._bound_of(self._words(text, language))

    def _bound_of(self, words: frozenset[tuple[str, ...]]) -> float:
        forms = frozenset(form for word in words for form in word)
        more: dict[str, float] = {}
        for phrase, weight in self._leads.phrases(forms):
            for form in phrase:
                more[form] = more.get(form, 0.0) + weight
        return sum(
            idf * (weight + max(more.get(form, 0.0) for form in word))
            for word in words
            for idf, weight in (self._most(word),)
        )

    def _find_most(self, word: tuple[str, ...]) -> tuple[float, float]:
        """The idf of a word and its greatest weight in the documents."""
        numbers = [n for form in word if (n := self._index.vocabulary.number(form)) is not None]
        weight = max(map(self._leads.weight, word)) if numbers else FULL_MATCH
        postings = self._index.postings
        found = max(map(postings.frequency, numbers), default=0)
        return postings.idf(found), weight

    def best(self, wording: Wording, excluded: frozenset[str]) -> float:
        """The score of the best passage, 0 without any."""
        query = self._queries.query(wording)
        question = np.zeros(len(self._columns))
        for classes, factor in ((query.own, 1.0), (query.context, CONTEXT_WEIGHT)):
            for term_class in classes:
                for member in term_class.members:
                    column = self._columns.get(member.term)
                    if column is not None:
                        question[column] += factor * term_class.mass * member.weight
        scores = (self._weights @ question).tolist()
        found = zip(scores, self._owners, strict=True)
        return max((score for score, owner in found if owner not in excluded), default=0.0)
