"""Objectives x index: every point against every document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.coverage.cells import assemble, rule
from qa.coverage.evidence import point_coverage
from qa.coverage.nearness import Nearness, nearest_counts
from qa.coverage.point_confidence import Subject, presence
from qa.coverage.records import CourseObjective, ObjectiveCoverage, PointCoverage
from qa.coverage.report import CoverageReport
from qa.coverage.search import Finder, Found, Groups, batches
from qa.coverage.sharing import FEWEST, found_apart
from qa.engine import Engine
from qa.models import Passage

Progress = Callable[[int, int], None]
"""Called with the number of objectives done and their total."""

_PASSAGES: Final = 1 << 15
"""Of which the text is remembered: passages are evidence for many points."""


def cover(
    engine: Engine,
    objectives: Sequence[CourseObjective],
    *,
    processes: int = 1,
    on_progress: Progress | None = None,
) -> CoverageReport:
    """The report on these objectives; `engine` knows the documents and the settings.

    By so many processes, where the index is on disk and there is enough to share out.
    """
    ordered = sorted(objectives, key=lambda one: (one.group, one.code))
    evidence = _Evidence(engine)
    items: list[_Item] = []
    done = 0
    many = list(batches(ordered))
    for groups, found in zip(many, _found(engine, many, processes), strict=True):
        items += evidence.items(groups, found)
        done += sum(map(len, groups))
        if on_progress is not None:
            on_progress(done, len(ordered))
    covered = _assembled(items, engine)
    return CoverageReport(
        objectives=tuple(sorted(covered, key=lambda one: one.objective.code)),
        documents=engine.documents(),
        rule=rule(engine.settings),
        index_fingerprint=engine.fingerprint,
    )


def _found(engine: Engine, many: Sequence[Groups], processes: int) -> Iterator[list[Found]]:
    generation = engine.index.folder
    if generation is None or processes < 2 or len(many) < FEWEST:
        return Finder(engine).all_found(many)
    return found_apart(generation.parent, engine, many, processes)


def pair_features(
    engine: Engine, objectives: Sequence[CourseObjective], wanted: Mapping[str, Sequence[int]]
) -> dict[tuple[str, int], NDArray[np.float64]]:
    """The features of passages, by number, for points, by id; what says nothing is left out.

    Of several wordings of a point the one that the passage says most of.
    """
    finder = Finder(engine)
    found: dict[tuple[str, int], NDArray[np.float64]] = {}
    ordered = sorted(objectives, key=lambda objective: (objective.group, objective.code))
    for _, members in groupby(ordered, key=lambda one: one.group):
        group = list(members)
        if any(point.id in wanted for one in group for point in one.points):
            for point, passage, row in finder.features(group, wanted):
                before = found.get((point, passage))
                if before is None or row[0] - row[1] > before[0] - before[1]:
                    found[point, passage] = row
    return found


class _Item(NamedTuple):
    """Objectives that share a subject, and all that was found for them."""

    objectives: Sequence[CourseObjective]
    points: Sequence[PointCoverage]
    subjects: Sequence[Subject]
    nearness: Nearness


class _Evidence:
    """Makes evidence of what was found; remembers the texts of passages."""

    def __init__(self, engine: Engine) -> None:
        self._settings = engine.settings
        self._forward = engine.index.forward
        self._texts: dict[int, Passage] = {}

    def items(self, groups: Groups, found: Sequence[Found]) -> Iterator[_Item]:
        """The points of some groups with their evidence."""
        self._remember({find.passage for one in found for find in one.finds})
        for group, (finds, subjects, nearness) in zip(groups, found, strict=True):
            points = [point for one in group for point in one.points]
            covered = point_coverage(points, finds, self._texts, self._settings)
            yield _Item(group, covered, subjects, nearness)

    def _remember(self, passages: set[int]) -> None:
        """Read the text of these passages, where that has not been done."""
        if len(self._texts) > _PASSAGES:
            self._texts.clear()
        numbers = np.array(sorted(passages - self._texts.keys()), np.int64)
        texts = self._forward.read(numbers).texts(range(len(numbers)))
        self._texts.update((n, one) for n, (one, _) in zip(numbers.tolist(), texts, strict=True))


def _assembled(items: Sequence[_Item], engine: Engine) -> Iterator[ObjectiveCoverage]:
    """The objectives, once it is known what is nearest to which item."""
    languages = {one.id: one.language for one in engine.documents()}
    nearest = nearest_counts([item.nearness for item in items]) if items else []
    for item, count in zip(items, nearest, strict=True):
        about = presence(item.subjects, count, documents=len(languages), items=len(items))
        points = iter(item.points)
        for one in item.objectives:
            some = [next(points) for _ in one.points]
            yield assemble(one, some, languages, engine.settings, about)
