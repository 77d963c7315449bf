"""Which objectives of a report are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.analysis.words import fold
from qa.coverage.records import Cell, Level, ObjectiveCoverage
from qa.models import DocumentInfo, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFilter:
    """Restrictions; an empty one does not restrict."""

    items: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    language: Language | None = None
    """Of the documents that count."""
    words: str = ""

    def cell(self, one: ObjectiveCoverage) -> Cell:
        """What the documents that count give to an objective."""
        cells = {None: one.overall, "fr": one.french, "en": one.english}
        return cells[self.language]

    def level(self, one: ObjectiveCoverage) -> Level:
        """That of an objective by these documents; what is taught elsewhere stays so."""
        return one.level if one.level is Level.elsewhere else self.cell(one).level

    def chosen(self, objectives: Sequence[ObjectiveCoverage]) -> tuple[ObjectiveCoverage, ...]:
        """The objectives that pass, the least covered first."""
        found = [one for one in objectives if self._passes(one)]
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    self.level(one) not in (Level.missing, Level.partly),
                    self.cell(one).share,
                    self.cell(one).confidence,
                    one.objective.code,
                ),
            )
        )

    def _passes(self, one: ObjectiveCoverage) -> bool:
        objective = one.objective
        if self.items and objective.item_name not in self.items:
            return False
        if self.ranks and objective.rank not in self.ranks:
            return False
        if self.levels and self.level(one) not in self.levels:
            return False
        wanted = fold(self.words).split()
        if not wanted:
            return True
        said = fold(f"{objective.code} {objective.title} {objective.item_title}")
        return all(word in said for word in wanted)


def columns(
    objectives: Sequence[ObjectiveCoverage],
    documents: Sequence[DocumentInfo],
    language: Language | None,
    most: int,
) -> tuple[DocumentInfo, ...]:
    """The documents that give most to these objectives, at most `most`."""
    given: dict[str, float] = {}
    for one in objectives:
        for cell in one.documents:
            given[cell.document_id] = given.get(cell.document_id, 0.0) + cell.share
    found = [
        document
        for document in documents
        if document.id in given and language in (None, document.language)
    ]
    return tuple(sorted(found, key=lambda one: (-given[one.id], one.id))[:most])
