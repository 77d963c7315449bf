"""What the documents have for groups of objectives, before anything is made of it.

What is found for a group follows from the group alone, so that groups can be shared out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.coverage.evidence import Find, features_of, finds
from qa.coverage.matching import Asked, match, subjects, without
from qa.coverage.nearness import Nearness, nearness
from qa.coverage.parameters import CROWD
from qa.coverage.point_confidence import Subject
from qa.coverage.queries import PointQuery, QueryMaker, term_vectors
from qa.coverage.records import CourseObjective, Wording
from qa.engine import Engine
from qa.index.contracts import ScoredDocuments

_POINTS: Final = 500
"""About how many are put to the documents together."""

Groups = Sequence[Sequence[CourseObjective]]
"""Objectives that share a subject, by group."""


class Found(NamedTuple):
    """What was found for a group of objectives."""

    finds: list[Find]
    """For its points, numbered through."""
    subjects: list[Subject]
    """What the documents have on each of its titles."""
    nearness: Nearness


def batches(objectives: Iterable[CourseObjective]) -> Iterator[Groups]:
    """Objectives, those of a group together, in batches of groups with about so many points."""
    batch: list[list[CourseObjective]] = []
    points = 0
    for _, members in groupby(objectives, key=lambda one: one.group):
        batch.append(list(members))
        points += sum(len(one.points) for one in batch[-1])
        if points >= _POINTS:
            yield batch
            batch, points = [], 0
    if batch:
        yield batch


class _Batch(NamedTuple):
    """Groups of objectives, and what all wordings of their points ask for, in order."""

    groups: Groups
    queries: list[PointQuery]


class Finder:
    """Looks groups of objectives up in the documents of an engine; remembers words alone."""

    def __init__(self, engine: Engine) -> None:
        self._least = engine.settings.coverage.coverage_partly
        self._first_pass = engine.index.first_pass
        self._forward = engine.index.forward
        self._passages = engine.index.lexicon.passage_count
        self._rarest = engine.index.lexicon.idf(1)
        self._terms = len(engine.index.lexicon.vocabulary)
        self._queries = QueryMaker(engine.index.lexicon, engine.settings)
        self._numbers = {one.id: number for number, one in enumerate(engine.documents())}

    def found(self, groups: Groups) -> list[Found]:
        """What the documents have for each group."""
        batch = self._asking(groups)
        return self._read(batch, self._first(batch))

    def all_found(self, many: Iterable[Groups]) -> Iterator[list[Found]]:
        """What the documents have for one batch after the other.

        While one is read, the next one is put to the documents: that leaves Python free.
        """
        with ThreadPoolExecutor(1) as thread:
            before = None
            for groups in many:
                batch = self._asking(groups)
                scored = thread.submit(self._first, batch)
                if before is not None:
                    yield self._read(before[0], before[1].result())
                before = batch, scored
            if before is not None:
                yield self._read(before[0], before[1].result())

    def features(
        self, group: Sequence[CourseObjective], wanted: Mapping[str, Sequence[int]]
    ) -> Iterator[tuple[str, int, NDArray[np.float64]]]:
        """The features of passages, by number, for points, by id."""
        points = [point for one in group for point in one.points]
        batch = self._asking([group])
        asked, _ = self._asked(group, zip(batch.queries, self._first(batch), strict=True))
        some = []
        for one in asked:
            passages = np.array(wanted.get(points[one.point].id, ()), np.int64)
            if len(passages):
                given = ScoredDocuments(passages, passages, np.ones(len(passages)))
                some.append(one._replace(found=given))
        for matches in match(self._forward, some, self._rarest):
            rows = features_of(points, matches, self._passages)
            passages = matches.candidates.passages[matches.places]
            for number, passage, row in zip(
                matches.points.tolist(), passages.tolist(), rows, strict=True
            ):
                yield points[number].id, passage, row

    def _asking(self, groups: Groups) -> _Batch:
        wordings = [w for group in groups for one in group for w in _wordings(one)]
        return _Batch(groups, self._queries.queries(wordings))

    def _first(self, batch: _Batch) -> list[ScoredDocuments]:
        """The best documents for every wording, with room for the objectives' own pages."""
        pages = max(len(one.pages) for group in batch.groups for one in group)
        vectors = term_vectors([query.words for query in batch.queries], self._terms)
        return self._first_pass.best_documents(vectors, CROWD + 1 + pages)

    def _read(self, batch: _Batch, scored: Sequence[ScoredDocuments]) -> list[Found]:
        pairs = zip(batch.queries, scored, strict=True)
        return [self._found(group, pairs) for group in batch.groups]

    def _found(
        self, group: Sequence[CourseObjective], pairs: Iterator[tuple[PointQuery, ScoredDocuments]]
    ) -> Found:
        asked, titles = self._asked(group, pairs)
        found = finds(
            [point for one in group for point in one.points],
            match(self._forward, asked, self._rarest),
            passages=self._passages,
            least=self._least,
        )
        about = subjects(self._forward, titles, len(self._numbers))
        return Found(found, list(about.values()), nearness(titles))

    def _asked(
        self, group: Sequence[CourseObjective], pairs: Iterator[tuple[PointQuery, ScoredDocuments]]
    ) -> tuple[list[Asked], list[Asked]]:
        """What a group asks for, and which of it are titles."""
        asked: list[Asked] = []
        titles: list[Asked] = []
        number = 0
        for one in group:
            own = [self._numbers.get(page.document_id, -1) for page in one.pages]
            for point in one.points:
                wordings = () if point.unjudged else point.wordings
                some = [
                    Asked(number, wording.language, query, without(documents, own))
                    for wording, (query, documents) in zip(wordings, pairs, strict=False)
                ]
                number += 1
                asked += some
                # The title comes first; of an objective without points only the code is known.
                if point is one.points[0]:
                    titles += some
        return asked, titles


def _wordings(objective: CourseObjective) -> list[Wording]:
    return [w for point in objective.points if not point.unjudged for w in point.wordings]
