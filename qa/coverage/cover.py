"""Objectives x index: every point against every document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.coverage.cells import assemble, rule
from qa.coverage.evidence import Find, features_of, finds, point_coverage
from qa.coverage.matching import Asked, match, subjects, without
from qa.coverage.parameters import CROWD
from qa.coverage.point_confidence import subject_lack
from qa.coverage.queries import PointQuery, QueryMaker, term_vectors
from qa.coverage.records import CourseObjective, ObjectiveCoverage, Wording
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.index.contracts import ScoredDocuments
from qa.models import Passage

Progress = Callable[[int, int], None]
"""Called with the number of objectives done and their total."""

_POINTS: Final = 500
"""About how many are put to the documents together."""
_PASSAGES: Final = 1 << 15
"""Of which the text is remembered: passages are evidence for many points."""


def cover(
    engine: Engine,
    objectives: Sequence[CourseObjective],
    *,
    on_progress: Progress | None = None,
) -> CoverageReport:
    """The report on these objectives; `engine` knows the documents and the settings."""
    done: list[ObjectiveCoverage] = []
    ordered = sorted(objectives, key=lambda objective: (objective.group, objective.code))
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


def pair_features(
    engine: Engine, objectives: Sequence[CourseObjective], wanted: Mapping[str, Sequence[int]]
) -> dict[tuple[str, int], NDArray[np.float64]]:
    """The features of passages, by number, for points, by id; what says nothing is left out.

    Of several wordings of a point the one that the passage says most of.
    """
    coverage = _Coverage(engine)
    found: dict[tuple[str, int], NDArray[np.float64]] = {}
    ordered = sorted(objectives, key=lambda objective: (objective.group, objective.code))
    for _, members in groupby(ordered, key=lambda one: one.group):
        group = list(members)
        if any(point.id in wanted for objective in group for point in objective.points):
            for point, passage, row in coverage.features(group, wanted):
                before = found.get((point, passage))
                if before is None or row[0] - row[1] > before[0] - before[1]:
                    found[point, passage] = row
    return found


def _groups(objectives: Sequence[CourseObjective]) -> Iterator[list[list[CourseObjective]]]:
    """Objectives by their group, in batches of groups with about so many points."""
    batch: list[list[CourseObjective]] = []
    points = 0
    for _, members in groupby(objectives, key=lambda objective: objective.group):
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
        self._rarest = engine.index.lexicon.idf(1)
        self._terms = len(engine.index.lexicon.vocabulary)
        self._queries = QueryMaker(engine.index.lexicon, engine.settings)
        self._texts: dict[int, Passage] = {}
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
                wordings = [
                    w for group in groups for objective in group for w in _wordings(objective)
                ]
                batch = _Batch(groups, self._queries.queries(wordings))
                found = thread.submit(self._first, batch)
                if before is not None:
                    yield self._read(before[0], before[1].result())
                before = batch, found
            if before is not None:
                yield self._read(before[0], before[1].result())

    def _first(self, batch: _Batch) -> list[ScoredDocuments]:
        """The best documents for every wording, with room for the objectives' own pages."""
        pages = max(len(objective.pages) for group in batch.groups for objective in group)
        vectors = term_vectors([query.words for query in batch.queries], self._terms)
        return self._first_pass.best_documents(vectors, CROWD + 1 + pages)

    def _read(self, batch: _Batch, found: Sequence[ScoredDocuments]) -> list[ObjectiveCoverage]:
        pairs = zip(batch.queries, found, strict=True)
        finds = [self._finds(group, pairs) for group in batch.groups]
        self._remember({find.passage for some, _ in finds for find in some})
        return [
            one
            for group, (some, lack) in zip(batch.groups, finds, strict=True)
            for one in self._assembled(group, some, lack)
        ]

    def _finds(
        self, group: Sequence[CourseObjective], pairs: Iterator[tuple[PointQuery, ScoredDocuments]]
    ) -> tuple[list[Find], float]:
        """The evidence for the points of a group, numbered through; how its subject is lacking."""
        asked, lack = self._asked(group, pairs)
        found = finds(
            [point for objective in group for point in objective.points],
            match(self._forward, asked, self._rarest),
            passages=self._passages,
            least=self._settings.coverage.coverage_partly,
        )
        return found, lack

    def _asked(
        self, group: Sequence[CourseObjective], pairs: Iterator[tuple[PointQuery, ScoredDocuments]]
    ) -> tuple[list[Asked], float]:
        """What a group asks for, and how much the documents lack its subject."""
        asked: list[Asked] = []
        titles: list[Asked] = []
        number = 0
        for objective in group:
            own = [self._numbers.get(page.document_id, -1) for page in objective.pages]
            for point in objective.points:
                wordings = () if point.unjudged else point.wordings
                some = [
                    Asked(number, wording.language, query, without(documents, own))
                    for wording, (query, documents) in zip(wordings, pairs, strict=False)
                ]
                number += 1
                asked += some
                # The title comes first; of an objective without points only the code is known.
                if point is objective.points[0]:
                    titles += some
        count = len(self._numbers)
        found = subjects(self._forward, titles, count)
        return asked, subject_lack(list(found.values()), count)

    def features(
        self, group: Sequence[CourseObjective], wanted: Mapping[str, Sequence[int]]
    ) -> Iterator[tuple[str, int, NDArray[np.float64]]]:
        """The features of passages, by number, for points, by id."""
        points = [point for objective in group for point in objective.points]
        batch = _Batch(
            [list(group)], self._queries.queries([w for o in group for w in _wordings(o)])
        )
        asked, _ = self._asked(group, zip(batch.queries, self._first(batch), strict=True))
        some = []
        for wording in asked:
            passages = np.array(wanted.get(points[wording.point].id, ()), np.int64)
            if len(passages):
                given = ScoredDocuments(passages, passages, np.ones(len(passages)))
                some.append(wording._replace(found=given))
        for matches in match(self._forward, some, self._rarest):
            rows = features_of(points, matches, self._passages)
            passages = matches.candidates.passages[matches.places]
            for number, passage, row in zip(
                matches.points.tolist(), passages.tolist(), rows, strict=True
            ):
                yield points[number].id, passage, row

    def _assembled(
        self, group: Sequence[CourseObjective], found: Sequence[Find], lack: float
    ) -> Iterator[ObjectiveCoverage]:
        points = [point for objective in group for point in objective.points]
        covered = iter(point_coverage(points, found, self._texts, self._settings))
        for objective in group:
            some = [next(covered) for _ in objective.points]
            yield assemble(objective, some, self._languages, self._settings, lack)

    def _remember(self, passages: set[int]) -> None:
        """Read the text of these passages, where that has not been done."""
        if len(self._texts) > _PASSAGES:
            self._texts.clear()
        numbers = np.array(sorted(passages - self._texts.keys()), np.int64)
        texts = self._forward.read(numbers).texts(range(len(numbers)))
        self._texts.update((n, one) for n, (one, _) in zip(numbers.tolist(), texts, strict=True))


def _wordings(objective: CourseObjective) -> list[Wording]:
    return [w for point in objective.points if not point.unjudged for w in point.wordings]
