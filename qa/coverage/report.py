"""The coverage report: what is covered, by what, and the roll-ups over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from qa.coverage.records import DocumentValue, Level, ObjectiveCoverage, Rollup
from qa.locale.message import Message
from qa.models import DocumentInfo, Language


@dataclass(frozen=True, kw_only=True)
class CoverageReport:
    """Objectives against documents. Not slotted: what follows from it is computed once."""

    objectives: tuple[ObjectiveCoverage, ...]
    documents: tuple[DocumentInfo, ...]
    """All documents of the index, in index order."""
    rule: Message
    """What the levels mean."""
    index_fingerprint: str

    @cached_property
    def gaps_first(self) -> tuple[ObjectiveCoverage, ...]:
        """Objectives from the least covered to the best, ties by code."""
        return tuple(
            sorted(
                self.objectives,
                key=lambda row: (
                    not row.is_gap,
                    row.overall.share,
                    row.overall.confidence,
                    row.objective.code,
                ),
            )
        )

    @cached_property
    def total(self) -> Rollup:
        """All objectives."""
        return _rollup("", self.objectives)

    @cached_property
    def by_item(self) -> tuple[Rollup, ...]:
        """By item, in order of their numbers; one without a number goes by its title."""
        return self._by(lambda one: one.objective.item_name, lambda one: one.objective.item_title)

    @cached_property
    def by_rank(self) -> tuple[Rollup, ...]:
        """By rank of knowledge."""
        return self._by(lambda one: one.objective.rank)

    @cached_property
    def by_language(self) -> tuple[Rollup, ...]:
        """All objectives, by what the documents of one language give to them: `en`, then `fr`."""
        languages: tuple[Language, ...] = ("en", "fr")
        return tuple(
            _counted(
                language,
                (
                    (row.french if language == "fr" else row.english).level
                    for row in self.objectives
                ),
            )
            for language in languages
        )

    @cached_property
    def by_document(self) -> tuple[DocumentValue, ...]:
        """What each document brings, those that alone reach most objectives first.

        The pages of objectives are left out where they bring nothing.
        """
        reached: dict[str, list[tuple[str, Level]]] = {}
        only: dict[str, list[str]] = {}
        for row in self.objectives:
            for cell in row.documents:
                reached.setdefault(cell.document_id, []).append((row.objective.code, cell.level))
            if len(row.documents) == 1:
                only.setdefault(row.documents[0].document_id, []).append(row.objective.code)
        values = [
            DocumentValue(
                document=document,
                covered=sum(level is Level.covered for _, level in reached.get(document.id, ())),
                partly=sum(level is Level.partly for _, level in reached.get(document.id, ())),
                only=tuple(only.get(document.id, ())),
            )
            for document in self.documents
            if document.id in reached or document.objective is None
        ]
        return tuple(
            sorted(values, key=lambda v: (-len(v.only), -v.covered, -v.partly, v.document.id))
        )

    @cached_property
    def in_one_language(self) -> tuple[ObjectiveCoverage, ...]:
        """Objectives that only documents of one language cover, even partly."""
        return tuple(row for row in self.objectives if row.only_in is not None)

    @cached_property
    def to_check(self) -> tuple[ObjectiveCoverage, ...]:
        """Objectives with a point whose numbers differ between the languages."""
        return tuple(row for row in self.objectives if row.checks)

    def objective(self, code: str) -> ObjectiveCoverage | None:
        """The coverage of one objective."""
        return next((row for row in self.objectives if row.objective.code == code), None)

    def _by(
        self,
        key: Callable[[ObjectiveCoverage], str],
        title: Callable[[ObjectiveCoverage], str] = lambda _: "",
    ) -> tuple[Rollup, ...]:
        groups: dict[str, list[ObjectiveCoverage]] = {}
        for row in self.objectives:
            groups.setdefault(key(row), []).append(row)
        return tuple(
            _rollup(name, groups[name], next(filter(None, map(title, groups[name])), ""))
            for name in sorted(groups)
        )


def _rollup(name: str, objectives: Iterable[ObjectiveCoverage], title: str = "") -> Rollup:
    return _counted(name, (row.level for row in objectives), title)


def _counted(name: str, levels: Iterable[Level], title: str = "") -> Rollup:
    found = Counter(levels)
    return Rollup(
        name=name,
        covered=found[Level.covered],
        partly=found[Level.partly],
        missing=found[Level.missing],
        elsewhere=found[Level.elsewhere],
        unjudged=found[Level.unjudged],
        title="" if title == name else title,
    )
