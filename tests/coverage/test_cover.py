"""Objectives against documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.coverage.cover import cover
from qa.coverage.objective_sources import objectives_for
from qa.coverage.objectives import Stated, course_objectives
from qa.coverage.records import Level, ObjectiveCoverage
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.errors import ObjectivesError, SettingsError
from qa.settings import Settings


@pytest.fixture
def found(report: CoverageReport) -> Callable[[str], ObjectiveCoverage]:
    def find(code: str) -> ObjectiveCoverage:
        one = report.objective(code)
        assert one is not None
        return one

    return find


Find = Callable[[str], ObjectiveCoverage]


def levels(one: ObjectiveCoverage) -> dict[str, Level]:
    return {point.point.text.split()[0]: point.level for point in one.points}


def test_points_are_covered_by_other_documents(found: Find) -> None:
    antibodies = found("OIC-202-03-B")
    assert antibodies.level is Level.covered
    assert antibodies.documents[0].document_id == "en/antibodies.md"
    assert levels(antibodies)["blocking"] is Level.covered
    assert levels(antibodies)["The"] is Level.missing


def test_evidence_is_verbatim(report: CoverageReport, engine: Engine) -> None:
    evidence = [e for one in report.objectives for point in one.points for e in point.evidence]
    assert evidence
    for one in evidence:
        assert engine.document(one.document_id).text[one.start : one.end] == one.quote
        assert one.passage_id.startswith(f"{one.document_id}:")
        assert 0 <= one.confidence <= 1


def test_an_objective_does_not_cover_itself(report: CoverageReport) -> None:
    for one in report.objectives:
        own = {page.document_id for page in one.objective.pages}
        assert own.isdisjoint(e.document_id for point in one.points for e in point.evidence)


def test_pages_are_present_stubs_or_absent(found: Find, engine: Engine) -> None:
    assert found("OIC-202-03-B").objective.page_state == "present"
    assert found("OIC-202-07-B").objective.page_state == "stub"
    stated = Stated(code="X", title="Knowing vaccines", language="en")
    (alone,) = cover(engine, course_objectives([stated])).objectives
    assert alone.objective.page_state == "absent"


def test_coverage_crosses_languages(found: Find) -> None:
    vaccines = found("OIC-202-07-B")
    assert vaccines.only_in == "fr"
    assert vaccines.french.level is Level.covered
    assert vaccines.english.level is Level.missing


def test_a_gap_keeps_the_nearest_passage(found: Find) -> None:
    gap = found("OIC-300-01-A")
    assert gap.level is Level.missing
    assert not gap.documents
    assert all(point.level is Level.missing for point in gap.points)


def test_gaps_come_first(report: CoverageReport) -> None:
    shares = [one.overall.share for one in report.gaps_first]
    assert shares == sorted(shares)
    assert report.gaps_first[0].objective.code == "OIC-300-01-A"


def test_rollups_add_up(report: CoverageReport) -> None:
    assert report.total.objectives == len(report.objectives)
    assert [one.name for one in report.by_item] == ["202", "300"]
    assert [one.name for one in report.by_rank] == ["A", "B"]
    for rollups in (report.by_item, report.by_rank):
        assert sum(one.objectives for one in rollups) == report.total.objectives
    assert {one.name: one.objectives for one in report.by_language} == {"en": 3, "fr": 3}


def test_documents_by_what_only_they_cover(report: CoverageReport) -> None:
    only = {value.document.id: value.only for value in report.by_document if value.only}
    assert only["fr/vaccins.md"] == ("OIC-202-07-B",)
    assert report.by_document[0].only


def test_the_rule_is_stated_with_its_thresholds(engine: Engine) -> None:
    settings = engine.settings.changed({"coverage_covered": 0.999, "coverage_partly": 0.99})
    strict = Engine(engine.index, settings)
    report = cover(strict, objectives_for(strict))
    assert "at least 100%, and partly from 99% on" in str(report.rule)
    lenient = cover(engine, objectives_for(engine))
    shares = [sum(one.overall.share for one in r.objectives) for r in (report, lenient)]
    assert shares[0] < shares[1]


def test_thresholds_must_be_in_order() -> None:
    with pytest.raises(SettingsError, match="coverage_partly is above coverage_covered"):
        Settings().changed({"coverage_partly": 0.9})


def test_equal_input_gives_equal_reports(engine: Engine, report: CoverageReport) -> None:
    assert cover(engine, objectives_for(engine)).objectives == report.objectives


def test_progress_is_told(engine: Engine) -> None:
    calls: list[tuple[int, int]] = []
    cover(engine, objectives_for(engine), on_progress=lambda done, of: calls.append((done, of)))
    assert calls[-1] == (3, 3)


def test_without_objectives_the_remedy_is_named(corpus: Path) -> None:
    with pytest.raises(ObjectivesError, match="--objectives FILE"):
        objectives_for(Engine.from_corpus(corpus))


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("?", "code"),
        ("2C-028-DP-A02", "code"),
        ("Photograph of a monoclonal antibody", "picture"),
        ("Definition", "bare"),
        ("How monoclonal antibodies act", ""),
    ],
)
def test_what_has_no_words_for_it_is_not_judged(engine: Engine, title: str, reason: str) -> None:
    stated = Stated(code="X", title=title, language="en")
    (one,) = cover(engine, course_objectives([stated])).objectives
    assert one.points[0].point.unjudged == reason
    assert (one.level is Level.unjudged) is bool(reason)


def test_a_bare_title_is_judged_with_its_item(engine: Engine) -> None:
    stated = Stated(code="X", title="Definition", item_title="Monoclonal antibodies", language="en")
    (one,) = cover(engine, course_objectives([stated])).objectives
    assert one.level is not Level.unjudged


def test_an_objective_of_another_subject_is_missing(engine: Engine) -> None:
    titles = ("Repairing a cell phone", "Réparer un moteur", "Live concerts")
    stated = [Stated(code=t, title=t, language="en") for t in titles]
    assert cover(engine, course_objectives(stated)).total.missing == 3


def test_an_objective_is_covered_alike_whatever_other_items_are_asked_for(
    engine: Engine, report: CoverageReport
) -> None:
    alone = [one for one in objectives_for(engine) if one.item == "300"]
    (found,) = cover(engine, alone).objectives
    among_all = report.objective("OIC-300-01-A")
    assert among_all is not None
    assert found.points == among_all.points
    assert found.level is among_all.level


def test_a_batch_more_or_less_makes_no_difference(
    engine: Engine, report: CoverageReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.coverage.search._POINTS", 1)
    assert cover(engine, objectives_for(engine)).objectives == report.objectives
