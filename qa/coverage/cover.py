"""Objectives x index: every point against every document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from qa.coverage.cells import assemble
from qa.coverage.confidence import probability, subject_lack
from qa.coverage.figures import check_figures
from qa.coverage.levels import level_of_point, rule
from qa.coverage.matching import Matcher, PassageMatch, Scored
from qa.coverage.queries import QueryMaker
from qa.coverage.records import (
    CourseObjective,
    Evidence,
    Level,
    ObjectiveCoverage,
    Point,
    PointCoverage,
)
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.settings import Settings

Progress = Callable[[int, int], None]
"""Called with the number of objectives done and their total."""

_DOCUMENTS = 12
"""Documents that are looked at for one point."""


def cover(
    engine: Engine,
    objectives: Sequence[CourseObjective],
    *,
    on_progress: Progress | None = None,
) -> CoverageReport:
    """The report on these objectives; `engine` knows the documents and the settings."""
    coverage = _Coverage(engine, QueryMaker(engine.index, engine.settings))
    done: list[ObjectiveCoverage] = []
    ordered = sorted(objectives, key=lambda one: (one.group, one.code))
    for _, members in groupby(ordered, key=lambda one: one.group):
        done += coverage.of_group(tuple(members))
        if on_progress is not None:
            on_progress(len(done), len(ordered))
    return CoverageReport(
        objectives=tuple(sorted(done, key=lambda one: one.objective.code)),
        documents=engine.documents(),
        rule=rule(engine.settings),
        index_fingerprint=engine.fingerprint,
    )


class _Coverage:
    """Works through groups of objectives that share a subject."""

    def __init__(self, engine: Engine, queries: QueryMaker) -> None:
        self._settings: Settings = engine.settings
        self._matcher = Matcher(engine.index, queries)
        self._passages = len(engine.index.owners)
        documents = engine.documents()
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._languages = {document.id: document.language for document in documents}

    def of_group(self, objectives: Sequence[CourseObjective]) -> list[ObjectiveCoverage]:
        """The coverage of the objectives of one item: they tell of its subject together."""
        # An objective of which nothing but the code is known has no points.
        titles = {one.code: self._scored(one, one.points[0]) for one in objectives if one.points}
        subject = subject_lack(
            [max(scored.subject for scored in of_title) for of_title in titles.values()],
            len(self._numbers),
        )
        found = []
        for one in objectives:
            points = [
                self._point(point, self._scored(one, point) if n else titles[one.code], subject)
                for n, point in enumerate(one.points)
            ]
            found.append(assemble(one, points, self._languages, self._settings))
        return found

    def _scored(self, objective: CourseObjective, point: Point) -> list[Scored]:
        own = frozenset(
            self._numbers[page.document_id]
            for page in objective.pages
            if page.document_id in self._numbers
        )
        return [self._matcher.score(wording, own, _DOCUMENTS) for wording in point.wordings]

    def _point(self, point: Point, scored: Sequence[Scored], subject: float) -> PointCoverage:
        best: dict[str, Evidence] = {}
        for one in scored:
            for match in self._matcher.matches(one, point, subject):
                evidence = self._evidence(match)
                known = best.get(match.document_id)
                if known is None or known.confidence < evidence.confidence:
                    best[match.document_id] = evidence
        ordered = sorted(best.values(), key=lambda e: (-e.confidence, e.document_id))
        # The nearest passage is kept even where it covers nothing: a gap can then be judged.
        kept = tuple(e for n, e in enumerate(ordered) if n == 0 or e.level is not Level.missing)
        return PointCoverage(
            point=point,
            evidence=kept,
            check=check_figures(kept),
        )

    def _evidence(self, match: PassageMatch) -> Evidence:
        confidence = probability(match.features, self._passages)
        return Evidence(
            document_id=match.document_id,
            passage_id=match.passage_id,
            confidence=confidence,
            level=level_of_point(confidence, self._settings),
            start=match.start,
            end=match.end,
            quote=match.quote,
            language=match.language,
        )
