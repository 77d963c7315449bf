"""What an instructor has decided: evidence confirmed or rejected, an objective taught elsewhere.

Decisions are kept as JSON lines in a file beside the index, the last one of a matter holding. They
name texts and not offsets, so that they outlive another run of `qa index`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple, Self

from qa.coverage.cells import assemble
from qa.coverage.records import Evidence, Level, ObjectiveCoverage, PointCoverage, Verdict
from qa.coverage.report import CoverageReport
from qa.errors import DecisionsError
from qa.index.cluster.address import Address
from qa.models import DocumentInfo
from qa.settings import Settings

_SUFFIX: Final = "-decisions.jsonl"
_ORDER: Final[dict[Verdict, int]] = {"confirmed": 0, "": 1, "elsewhere": 1, "rejected": 2}


class Matter(NamedTuple):
    """What is decided upon: a passage as evidence for a point, or an objective as a whole."""

    objective: str
    point: str = ""
    """Its text; empty for the objective."""
    document: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; an empty verdict takes an earlier one back."""

    matter: Matter
    verdict: Verdict
    note: str = ""


class Decisions(dict[Matter, Decision]):
    """The decisions that hold, by what they are about."""

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Self:
        """The last decision of each matter."""
        found = cls()
        for decision in decisions:
            found.pop(decision.matter, None)
            if decision.verdict:
                found[decision.matter] = decision
        return found

    def on(self, objective: str) -> Decision | None:
        """The decision on an objective as a whole."""
        return self.get(Matter(objective))


def decisions_file(index: Path | None, settings: Settings) -> Path:
    """Where the decisions on the documents of an index are, or those on the built-in ones."""
    if index is None:
        return settings.cache_dir / f"coverage{_SUFFIX}"
    if Address.of(index) is not None:
        return settings.cache_dir / "cluster" / f"{index.name}{_SUFFIX}"
    return index.with_name(f"{index.name}{_SUFFIX}")


def read_decisions(file: Path, documents: Iterable[DocumentInfo]) -> Decisions:
    """The decisions of a file, none where there is no file; raises `DecisionsError`.

    Those on a document of another name than now are on it too.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return Decisions()
    except (OSError, ValueError) as error:
        raise DecisionsError("{file}: {error}", file=file, error=error) from error
    found = [_decision(line, file, n) for n, line in enumerate(lines, start=1) if line]
    names = _names_of_now(documents) if found else {}
    return Decisions.of(
        replace(one, matter=one.matter._replace(document=names.get(about, about)))
        for one in found
        for about in (one.matter.document,)
    )


def _names_of_now(documents: Iterable[DocumentInfo]) -> dict[str, str]:
    """By an identifier that a document had, and none has now, the one that it has."""
    documents = tuple(documents)
    known = {document.id for document in documents}
    return {
        name: document.id
        for document in documents
        for name in document.history.formerly
        if name not in known
    }


def record(file: Path, decision: Decision) -> None:
    """Write a decision behind the others; raises `DecisionsError` where that cannot be done."""
    line = json.dumps(
        {**decision.matter._asdict(), "verdict": decision.verdict, "note": decision.note},
        ensure_ascii=False,
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{line}\n")
    except OSError as error:
        raise DecisionsError("{file}: {error}", file=file, error=error) from error


def decided(report: CoverageReport, decisions: Decisions, settings: Settings) -> CoverageReport:
    """The report with these decisions in place of what the words alone say."""
    touched = {matter.objective for matter in decisions}
    if not touched:
        return report
    languages = {document.id: document.language for document in report.documents}
    objectives = []
    for one in report.objectives:
        if one.objective.code in touched:
            points = [_decided(point, one.objective.code, decisions) for point in one.points]
            one = assemble(one.objective, points, languages, settings, one.presence)
            taught = decisions.on(one.objective.code)
            one = replace(one, elsewhere=taught.note if taught else None)
        objectives.append(one)
    return replace(report, objectives=tuple(objectives))


def matter_of(coverage: ObjectiveCoverage, point: PointCoverage, evidence: Evidence) -> Matter:
    """A piece of evidence as what is decided upon."""
    return Matter(coverage.objective.code, point.point.text, evidence.document_id, evidence.quote)


def _decided(point: PointCoverage, code: str, decisions: Decisions) -> PointCoverage:
    evidence = []
    for one in point.evidence:
        found = decisions.get(Matter(code, point.point.text, one.document_id, one.quote))
        if found is not None and found.verdict in ("confirmed", "rejected"):
            confirmed = found.verdict == "confirmed"
            one = replace(
                one,
                verdict=found.verdict,
                note=found.note,
                level=Level.covered if confirmed else Level.missing,
                confidence=float(confirmed),
            )
        evidence.append(one)
    return replace(point, evidence=tuple(sorted(evidence, key=lambda one: _ORDER[one.verdict])))


def _decision(line: str, file: Path, number: int) -> Decision:
    try:
        said = json.loads(line)
        matter = Matter(*(str(said[name]) for name in Matter._fields))
        verdict = said["verdict"]
        if verdict not in _ORDER:
            raise ValueError(verdict)
        return Decision(matter=matter, verdict=verdict, note=str(said["note"]))
    except (ValueError, KeyError, TypeError) as error:
        raise DecisionsError(
            "{file}, line {number}: {error!r}; mend the line or take it out",
            file=file,
            number=number,
            error=error,
        ) from error
