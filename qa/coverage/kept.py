"""What a run of coverage found, kept in a file, so that the next one can take over most of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from qa.analysis.lexicon import built_in_entries
from qa.coverage.figures import check_figures
from qa.coverage.levels import level_of_point
from qa.coverage.records import CourseObjective, Evidence, ObjectiveCoverage, Point, PointCoverage
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.index.recipe import code_digest
from qa.models import DocumentInfo
from qa.settings import Settings

_FORMAT: Final = "qa coverage 2"
_CODE: Final = ("coverage", "retrieval", "reading", "analysis", "index", "models.py", "passages.py")
_NO_MATTER: Final = ("cache_dir", "caution", "question_log", "question_log_days")
_MOST_CHANGED: Final = 0.01
"""Share of the documents beyond which all is looked at again: the statistics of the collection
have then moved too far from those of the run."""


class Measured(NamedTuple):
    """The documents that all points were last looked at with."""

    fingerprint: str
    documents: Mapping[str, str]
    """Identifier and SHA-256 of each."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A run of coverage, as it is read again. Not slotted: what follows is computed once."""

    measured: Measured
    fingerprint: str
    """Of the index as it is since the latest change that was taken in."""
    documents: Mapping[str, str]
    """Identifier and SHA-256 of each document that has been taken into account."""
    objectives: Mapping[str, Mapping[str, Any]]
    """By code, the `group` and `digest` of an objective, and what was found for its `points`."""

    @classmethod
    def load(cls, path: Path, made_by: str) -> Self | None:
        """The run in a file; `None` where it was made otherwise, or cannot be read."""
        try:
            with path.open(encoding="utf-8", errors="surrogatepass") as lines:
                head = json.loads(next(lines, ""))
                if head["format"] != _FORMAT or head["made_by"] != made_by:
                    return None
                return cls(
                    measured=Measured(**head["measured"]),
                    fingerprint=head["fingerprint"],
                    documents=head["documents"],
                    objectives=dict(json.loads(line) for line in lines),
                )
        except (OSError, ValueError, LookupError, TypeError):
            # It only saves time: a run without it gives the same.
            return None

    def is_near(self, engine: Engine) -> bool:
        """Whether so little has changed since all points were looked at that most of it holds."""
        documents = engine.documents()
        if self.fingerprint != engine.fingerprint and not self.changed(documents):
            # The documents are the same, so it is the glossary or the acronyms beside them.
            return False
        changed = len(_differing(self.measured.documents, digests(documents)))
        return changed <= _MOST_CHANGED * len(self.measured.documents)

    def changed(self, documents: Iterable[DocumentInfo]) -> frozenset[str]:
        """Identifiers of the documents that are new, gone or different."""
        return _differing(self.documents, digests(documents))

    def is_of(self, engine: Engine, objectives: Sequence[CourseObjective]) -> bool:
        """Whether it is of this index and of these objectives, as they are, and no others."""
        known = {code: one["digest"] for code, one in self.objectives.items()}
        return self.fingerprint == engine.fingerprint and known == _digests(objectives)

    def has_group(self, objectives: Sequence[CourseObjective]) -> bool:
        """Whether these are all the objectives of their group, each as it was."""
        return self._groups.get(objectives[0].group) == _digests(objectives)

    def point(self, point: Point, texts: Mapping[str, str], settings: Settings) -> PointCoverage:
        """What was found for a point of an objective that is as it was.

        `texts`: the documents by identifier; where one has changed, its quote means nothing.
        """
        floors, evidence = self._points[point.id]
        found = tuple(
            Evidence(
                document_id=document_id,
                passage_id=passage_id,
                confidence=confidence,
                level=level_of_point(confidence, settings),
                start=start,
                end=end,
                quote=texts.get(document_id, "")[start:end],
                language=language,
            )
            for document_id, passage_id, confidence, start, end, language in evidence
        )
        return PointCoverage(
            point=point, evidence=found, check=check_figures(found), floors=tuple(floors)
        )

    @cached_property
    def _groups(self) -> dict[str, dict[str, str]]:
        groups: dict[str, dict[str, str]] = {}
        for code, one in self.objectives.items():
            groups.setdefault(one["group"], {})[code] = one["digest"]
        return groups

    @cached_property
    def _points(self) -> dict[str, tuple[list[float], list[list[Any]]]]:
        return {
            point_id: (floors, evidence)
            for one in self.objectives.values()
            for point_id, (floors, evidence) in one["points"].items()
        }


def lines(report: CoverageReport, measured: Measured, made_by: str) -> Iterator[str]:
    """A report as `Kept.load` reads it: what it rests on, then an objective a line, in JSON."""
    head = {
        "format": _FORMAT,
        "made_by": made_by,
        "measured": measured._asdict(),
        "fingerprint": report.index_fingerprint,
        "documents": digests(report.documents),
    }
    yield _line(head)
    for one in report.objectives:
        yield _line([one.objective.code, _objective(one)])


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def digests(documents: Iterable[DocumentInfo]) -> dict[str, str]:
    """The SHA-256 of each document by its identifier."""
    return {document.id: document.sha256 for document in documents}


def _objective(one: ObjectiveCoverage) -> dict[str, Any]:
    return {
        "group": one.objective.group,
        "digest": _digest(one.objective),
        "points": {
            found.point.id: [found.floors, [_evidence(evidence) for evidence in found.evidence]]
            for found in one.points
        },
    }


def _evidence(one: Evidence) -> list[Any]:
    """Without the quote, which the text of the document has."""
    place = (one.confidence, one.start, one.end, one.language)
    return [one.document_id, one.passage_id, *place]


def _digests(objectives: Iterable[CourseObjective]) -> dict[str, str]:
    return {one.code: _digest(one) for one in objectives}


def _digest(objective: CourseObjective) -> str:
    return hashlib.sha256(repr(objective).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def made_by(engine: Engine) -> str:
    """Identifies the code, the settings and the user's glossary that a report follows from."""
    values = {n: str(v) for n, v in asdict(engine.settings).items() if n not in _NO_MATTER}
    digest = hashlib.sha256(code_digest(_CODE).encode())
    digest.update(json.dumps([values, dict(engine.index.settings)], sort_keys=True).encode())
    # Of the glossary that comes along, and of acronyms, an index has what its documents call for.
    glossary = {entry for entry in engine.index.catalogue.lexicon() if entry.via == "glossary"}
    for entry in sorted(glossary.difference(built_in_entries())):
        digest.update(repr(entry).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _differing(first: Mapping[str, str], second: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name, _ in first.items() ^ second.items())
