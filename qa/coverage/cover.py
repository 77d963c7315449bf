"""Objectives x index: every point against every document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from qa.coverage.confidence import probability, subject_lack
from qa.coverage.figures import check_figures
from qa.coverage.levels import level_of_point, measure, rule
from qa.coverage.matching import Matcher, PassageMatch, Scored
from qa.coverage.records import (
    Cell,
    CourseObjective,
    DocumentCell,
    Evidence,
    Level,
    ObjectiveCoverage,
    Point,
    PointCoverage,
)
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.models import Language
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
    coverage = _Coverage(engine)
    done: list[ObjectiveCoverage] = []
    ordered = sorted(objectives, key=lambda one: (one.group, one.code))
    for _, group in groupby(ordered, key=lambda one: one.group):
        done += coverage.of_group(tuple(group))
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

    def __init__(self, engine: Engine) -> None:
        self._settings: Settings = engine.settings
        self._matcher = Matcher(engine.index, engine.class_builder)
        documents = engine.documents()
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._languages = {document.id: document.language for document in documents}

    def of_group(self, objectives: Sequence[CourseObjective]) -> list[ObjectiveCoverage]:
        """The coverage of the objectives of one item: they tell of its subject together."""
        # An objective of which nothing but the code is known has no points.
        titles = [self._scored(one, one.points[0]) if one.points else [] for one in objectives]
        subject = subject_lack(
            [max(scored.subject for scored in of_title) for of_title in titles if of_title],
            len(self._numbers),
        )
        return [
            self._objective(one, of_title, subject)
            for one, of_title in zip(objectives, titles, strict=True)
        ]

    def _objective(
        self, objective: CourseObjective, of_title: Sequence[Scored], subject: float
    ) -> ObjectiveCoverage:
        points = []
        for number, point in enumerate(objective.points):
            scored = self._scored(objective, point) if number else of_title
            points.append(self._point(point, scored, subject))
        return assemble(objective, points, self._languages, self._settings)

    def _scored(self, objective: CourseObjective, point: Point) -> list[Scored]:
        own = frozenset(
            self._numbers[page.document_id]
            for page in objective.pages
            if page.document_id in self._numbers
        )
        return [self._matcher.score(wording, own, _DOCUMENTS) for wording in point.wordings]

    def _point(self, point: Point, scored: Iterable[Scored], subject: float) -> PointCoverage:
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
        return PointCoverage(point=point, evidence=kept, check=check_figures(kept))

    def _evidence(self, match: PassageMatch) -> Evidence:
        confidence = probability(match.features)
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


def assemble(
    objective: CourseObjective,
    points: Sequence[PointCoverage],
    languages: Mapping[str, Language],
    settings: Settings,
) -> ObjectiveCoverage:
    """The cells of an objective from the evidence for its points.

    `languages`: that of each document.
    """

    def best_in(language: Language) -> Cell:
        best = [
            next((e for e in point.evidence if e.language == language), None)
            for point in _stated_for(points, language)
        ]
        return measure(best, settings)

    documents = dict.fromkeys(e.document_id for point in points for e in point.evidence)
    cells = (
        _document_cell(document_id, _stated_for(points, languages[document_id]), settings)
        for document_id in documents
    )
    return ObjectiveCoverage(
        objective=objective,
        points=tuple(points),
        overall=measure([next(iter(p.evidence), None) for p in points], settings),
        french=best_in("fr"),
        english=best_in("en"),
        documents=tuple(
            sorted(
                (cell for cell in cells if cell.level is not Level.missing),
                key=lambda cell: (-cell.share, -cell.confidence, cell.document_id),
            )
        ),
    )


def _stated_for(points: Sequence[PointCoverage], language: Language) -> Sequence[PointCoverage]:
    """The points that a document in this language answers for.

    Two pages of one objective say the same, each in its language: one of them is enough.
    """
    statements = {p.point.language for p in points if p.point.kind == "statement"}
    if language not in statements:
        return points
    return [p for p in points if p.point.kind != "statement" or p.point.language == language]


def _document_cell(
    document_id: str, points: Sequence[PointCoverage], settings: Settings
) -> DocumentCell:
    cell = measure([point.in_document(document_id) for point in points], settings)
    return DocumentCell(
        document_id=document_id, level=cell.level, share=cell.share, confidence=cell.confidence
    )
