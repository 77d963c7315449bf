"""Objectives x index: every point against every document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from qa.coverage.cells import assemble
from qa.coverage.confidence import subject_lack
from qa.coverage.evidence import Find, finds, point_coverage
from qa.coverage.levels import rule
from qa.coverage.matching import Asked, match, subject_of, without
from qa.coverage.numbers import CROWD
from qa.coverage.queries import PointQuery, QueryMaker
from qa.coverage.records import CourseObjective, ObjectiveCoverage, Wording
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.index.contracts import ScoredDocuments
from qa.models import Passage

Progress = Callable[[int, int], None]
"""Called with the number of objectives done and their total."""

_POINTS: Final = 500
"""About how many are put to the documents together."""


def cover(
    engine: Engine,
    objectives: Sequence[CourseObjective],
    *,
    on_progress: Progress | None = None,
) -> CoverageReport:
    """The report on these objectives; `engine` knows the documents and the settings."""
    done: list[ObjectiveCoverage] = []
    ordered = sorted(objectives, key=lambda one: (one.group, one.code))
    for some in _Coverage(engine).of_groups(_groups(ordered)):
        done += some
        if on_progress is not None:
            on_progress(len(done), len(ordered))
    return CoverageReport(
        objectives=tuple(sorted(done, key=lambda one: one.objective.code)),
        documents=engine.documents(),
        rule=rule(engine.settings),
        index_fingerprint=engine.fingerprint,
    )


def _groups(objectives: Sequence[CourseObjective]) -> Iterator[list[list[CourseObjective]]]:
    """Objectives by their group, in batches of groups with about so many points."""
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

    groups: list[list[CourseObjective]]
    queries: list[PointQuery]


class _Coverage:
    """Works through groups of objectives that share a subject."""

    def __init__(self, engine: Engine) -> None:
        self._settings = engine.settings
        self._first_pass = engine.index.first_pass
        self._forward = engine.index.forward
        self._passages = engine.index.lexicon.passage_count
        self._queries = QueryMaker(engine.index.lexicon, engine.settings)
        documents = engine.documents()
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._languages = {document.id: document.language for document in documents}

    def of_groups(
        self, batches: Iterator[list[list[CourseObjective]]]
    ) -> Iterator[list[ObjectiveCoverage]]:
        """The coverage of one batch after the other.

        While one is read, the next one is put to the documents: that leaves Python free.
        """
        with ThreadPoolExecutor(1) as thread:
            before = None
            for groups in batches:
                wordings = [w for group in groups for one in group for w in _wordings(one)]
                batch = _Batch(groups, [self._queries.query(wording) for wording in wordings])
                found = thread.submit(self._first, batch)
                if before is not None:
                    yield self._read(before[0], before[1].result())
                before = batch, found
            if before is not None:
                yield self._read(before[0], before[1].result())

    def _first(self, batch: _Batch) -> list[ScoredDocuments]:
        """The best documents for every wording, with room for the objectives' own pages."""
        pages = max(len(one.pages) for group in batch.groups for one in group)
        vectors = [query.vector for query in batch.queries]
        return self._first_pass.best_documents(vectors, CROWD + 1 + pages)

    def _read(
        self, batch: _Batch, found: Sequence[ScoredDocuments]
    ) -> list[ObjectiveCoverage]:
        pairs = iter(zip(batch.queries, found, strict=True))
        kept: list[tuple[CourseObjective, list[Find]]] = []
        for group in batch.groups:
            asked = [self._asked(one, pairs) for one in group]
            # The title comes first; nothing but the code is known of one without any points.
            titles = [[a for a in some if a.point == 0] for some in asked if some]
            subject = subject_lack(
                [max(subject_of(a, len(self._numbers)) for a in title) for title in titles],
                len(self._numbers),
            )
            kept += [
                (one, self._finds(one, some, subject))
                for one, some in zip(group, asked, strict=True)
            ]
        texts = self._texts({find.passage for _, some in kept for find in some})
        return [
            assemble(
                one,
                point_coverage(one.points, some, texts, self._settings),
                self._languages,
                self._settings,
            )
            for one, some in kept
        ]

    def _asked(
        self, objective: CourseObjective, pairs: Iterator[tuple[PointQuery, ScoredDocuments]]
    ) -> list[Asked]:
        own = [
            self._numbers[page.document_id]
            for page in objective.pages
            if page.document_id in self._numbers
        ]
        return [
            Asked(number, wording.language, query, without(found, own))
            for number, point in enumerate(objective.points)
            for wording, (query, found) in zip(point.wordings, pairs)
        ]

    def _finds(
        self, objective: CourseObjective, asked: Sequence[Asked], subject: float
    ) -> list[Find]:
        by_language = [
            (language, [a for a in asked if a.language == language]) for language in ("fr", "en")
        ]
        matches = [match(self._forward, some, language) for language, some in by_language if some]
        return finds(
            objective.points,
            matches,
            subject=subject,
            passages=self._passages,
            least=self._settings.coverage_partly,
        )

    def _texts(self, passages: set[int]) -> dict[int, Passage]:
        numbers = np.array(sorted(passages), np.int64)
        texts = self._forward.read(numbers).texts(range(len(numbers)))
        return {n: passage for n, (passage, _) in zip(numbers.tolist(), texts, strict=True)}


def _wordings(objective: CourseObjective) -> list[Wording]:
    return [wording for point in objective.points for wording in point.wordings]
