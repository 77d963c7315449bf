"""What instructors decide, and what it makes of a report."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from qa.coverage.decisions import (
    Decision,
    Decisions,
    Matter,
    decided,
    decisions_file,
    matter_of,
    read_decisions,
    record,
)
from qa.coverage.records import Level, ObjectiveCoverage, PointCoverage, Verdict
from qa.coverage.report import CoverageReport
from qa.errors import DecisionsError
from qa.models import DocumentInfo, History
from qa.settings import Settings
from tests.coverage.conftest import SETTINGS

CODE = "OIC-202-07-B"


def objective(report: CoverageReport, code: str = CODE) -> ObjectiveCoverage:
    one = report.objective(code)
    assert one is not None
    return one


def described(report: CoverageReport) -> PointCoverage:
    return next(p for p in objective(report).points if p.point.kind == "description")


def matter(report: CoverageReport) -> Matter:
    return matter_of(objective(report), described(report), described(report).evidence[0])


def after(
    report: CoverageReport, about: Matter, verdict: Verdict, note: str = ""
) -> CoverageReport:
    found = Decisions.of([Decision(matter=about, verdict=verdict, note=note)])
    return decided(report, found, SETTINGS)


def test_rejected_evidence_covers_no_more(report: CoverageReport) -> None:
    assert objective(report).level is Level.covered
    changed = after(report, matter(report), "rejected", "only in passing")
    assert objective(changed).level is Level.missing
    assert described(changed).evidence[-1].note == "only in passing"
    assert changed.total.missing == report.total.missing + 1


def test_confirmed_evidence_covers_whatever_its_confidence(report: CoverageReport) -> None:
    title = objective(report).points[0]
    assert title.level is Level.missing
    about = matter_of(objective(report), title, title.evidence[0])
    changed = objective(after(report, about, "confirmed"))
    assert changed.points[0].level is Level.covered
    assert changed.points[0].confidence == 1


def test_an_objective_taught_elsewhere_is_no_gap(report: CoverageReport) -> None:
    gap = report.gaps_first[0]
    changed = after(report, Matter(gap.objective.code), "elsewhere", "second year")
    found = objective(changed, gap.objective.code)
    assert (found.level, found.elsewhere, found.is_gap) == (Level.elsewhere, "second year", False)
    assert changed.total.elsewhere == 1


def test_decisions_on_other_words_change_nothing(report: CoverageReport) -> None:
    other = matter(report)._replace(quote="another sentence")
    assert after(report, other, "rejected").objectives == report.objectives


def test_the_last_decision_on_a_matter_holds(report: CoverageReport, tmp_path: Path) -> None:
    file = tmp_path / "folder" / "decisions.jsonl"
    about, elsewhere = matter(report), Matter(CODE)
    for one in (
        Decision(matter=about, verdict="rejected", note="é"),
        Decision(matter=elsewhere, verdict="elsewhere"),
        Decision(matter=about, verdict="confirmed", note="seen"),
        Decision(matter=elsewhere, verdict=""),
    ):
        record(file, one)
    found = read_decisions(file, ())
    assert {one: (d.verdict, d.note) for one, d in found.items()} == {about: ("confirmed", "seen")}


def test_they_are_kept_beside_the_index(tmp_path: Path) -> None:
    settings = Settings().changed({"cache_dir": tmp_path / "cache"})
    assert decisions_file(tmp_path / "index", settings).parent == tmp_path
    assert decisions_file(None, settings).parent == tmp_path / "cache"
    assert read_decisions(decisions_file(None, settings), ()) == {}


def test_they_follow_a_document_to_its_new_name(tmp_path: Path) -> None:
    def document(id_: str, *formerly: str) -> DocumentInfo:
        history = History(formerly=formerly)
        return DocumentInfo(id=id_, title="", path=id_, language="en", sha256="", history=history)

    file = tmp_path / "decisions.jsonl"
    for name, verdict in (("a", "confirmed"), ("b", "confirmed"), ("other", "rejected")):
        record(file, Decision(matter=Matter("A", "p", name), verdict=cast(Verdict, verdict)))
    record(file, Decision(matter=Matter("A", "p", "c"), verdict=""))
    # "a" was renamed to "b", then "c"; what is called "other" now is another document.
    found = read_decisions(
        file, [document("c", "a", "b"), document("d", "other"), document("other")]
    )
    assert {one.document: it.verdict for one, it in found.items()} == {"other": "rejected"}


@pytest.mark.parametrize("line", ["{", "[]", '{"objective": "A"}', '{"verdict": "maybe"}'])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "decisions.jsonl"
    record(file, Decision(matter=Matter("A"), verdict="elsewhere"))
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{line}\n")
    with pytest.raises(DecisionsError, match=r"line 2: .*mend the line or take it out"):
        read_decisions(file, ())


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="directory"):
        record(tmp_path, Decision(matter=Matter("A"), verdict="elsewhere"))
