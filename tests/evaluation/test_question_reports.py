"""The report on a question set: values by hand, slices, failures, and equal bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from evaluation.answer_measures import auroc
from evaluation.citations import ANSWER_MEASURES, answer_values
from evaluation.html_reports import question_page
from evaluation.intervals import mean_estimate, statistic_estimate
from evaluation.provenance import settings_digest, settings_record
from evaluation.question_report import QuestionReport, measure_questions
from evaluation.question_set import load_questions
from evaluation.runs import Extract
from evaluation.saved_runs import run_text
from qa.engine import Engine
from qa.locale.translator import translator


def test_the_small_set_is_answered(report: QuestionReport) -> None:
    found = report.as_json()
    assert found["questions"]["size"] == 4
    assert found["questions"]["answerable"] == 3
    assert found["measures"]["Success@1"]["value"] == 1.0
    assert found["measures"]["passage Success@1"]["value"] == 1.0
    assert found["measures"]["abstention_auroc"]["value"] == 1.0
    assert found["measures"]["nDCG@10"]["size"] == 3
    assert found["libraries"]["qa"]
    assert set(found["timing"]) == {
        "ranking_p50_ms",
        "ranking_p99_ms",
        "asking_p50_ms",
        "asking_p99_ms",
    }


def test_equal_input_gives_equal_bytes_but_for_the_times(
    engine: Engine, questions_file: Path, report: QuestionReport
) -> None:
    again = measure_questions(engine, load_questions(questions_file, engine))
    first, second = ({**one.as_json(), "timing": None} for one in (report, again))
    assert json.dumps(first) == json.dumps(second)
    assert run_text(report) == run_text(again)


@pytest.mark.parametrize(
    ("extracts", "answered", "expected"),
    [
        # The whole quote, 45 characters from the first of its document.
        ("whole", True, (1.0, 1.0, 1.0, 1.0, 1.0, 7.0)),
        ("whole", False, (1.0, 0.0, None, 0.0, 0.0, 7.0)),
        ("elsewhere", True, (0.0, 0.0, 0.0, 0.0, 1.0, 1.0)),
    ],
)
def test_values_of_an_answer(
    report: QuestionReport, extracts: str, answered: bool, expected: tuple[float | None, ...]
) -> None:
    outcome = report.outcomes[0]
    evidence = outcome.question.evidence[0]
    start, end = evidence.spans[0]
    chosen = {
        "whole": Extract(evidence.document, start, end, evidence.quote),
        "elsewhere": Extract("kinases.txt", start, end, "x"),
    }[extracts]
    changed = replace(outcome, extracts=(chosen,), answered=answered)
    assert answer_values(changed) == pytest.approx(expected)
    assert len(expected) == len(ANSWER_MEASURES)


def test_quotes_of_one_document_answer_together(report: QuestionReport) -> None:
    outcome = report.outcomes[1]
    first, second = outcome.question.evidence
    start, end = first.spans[0]
    half = replace(
        outcome, answered=True, extracts=(Extract(first.document, start, end, first.quote),)
    )
    size, other = end - start, second.spans[0][1] - second.spans[0][0]
    assert answer_values(half)[3] == pytest.approx(size / (size + other))


def test_unanswerable_questions_only_have_a_decision(report: QuestionReport) -> None:
    values = answer_values(replace(report.outcomes[3], answered=True))
    assert values == (None, None, None, None, 0.0, None)


def test_slices_part_the_questions(report: QuestionReport) -> None:
    slices = list(report.slices())
    for by in ("language pair", "kind", "facet", "split", "objective", "rank"):
        assert sum(one.size for one in slices if one.by == by) == 4
    assert ("language pair", "fr→en", 1) in {one[:3] for one in slices}
    far = next(one for one in slices if one.value == "unanswerable-far")
    assert far.means[0] is None
    assert far.estimates[0] is None


def test_slices_have_intervals(report: QuestionReport) -> None:
    changed = replace(report.outcomes[0].question, facet="mechanism")
    outcome = replace(report.outcomes[0], question=changed)
    found = replace(report, outcomes=(outcome, *report.outcomes[1:])).as_json()["slices"]
    sizes = {one["value"]: one["size"] for one in found if one["by"] == "facet"}
    assert sizes == {"mechanism": 1, "none": 3}
    whole = next(one for one in found if one["by"] == "split")
    low, high = whole["intervals"]["answer_hit"]
    assert low <= whole["answer_hit"] <= high


def test_failures_say_what_was_found_and_wanted(report: QuestionReport) -> None:
    worse = replace(
        report,
        outcomes=(
            replace(report.outcomes[0], answered=False),
            *report.outcomes[1:3],
            replace(report.outcomes[3], answered=True),
        ),
    )
    whys = {failure.question.id: failure.why for failure in worse.failures()}
    assert whys["a1"] == "abstained"
    assert whys["u1"] == "answered what the documents do not answer"
    failures = {one["id"]: one for one in worse.as_json()["failures"]}
    assert failures["a1"]["wanted"][0]["document"] == "antibodies.txt"
    assert failures["a1"]["found"]["passage"].startswith("antibodies.txt:")


def test_the_page_stands_alone_and_escapes_what_it_shows(report: QuestionReport) -> None:
    question = replace(report.outcomes[0].question, text="<script>alert(1)</script> & more")
    outcome = replace(report.outcomes[0], question=question, answered=False)
    page = question_page(replace(report, outcomes=(outcome, *report.outcomes[1:])))
    assert page.count("<svg") == 3
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_page_speaks_french(report: QuestionReport) -> None:
    failed = replace(report.outcomes[0], answered=False)
    page = question_page(replace(report, outcomes=(failed, *report.outcomes[1:])), translator("fr"))
    assert '<html lang="fr">' in page
    for expected in ("Quand répondre", ">couverture<", "langues\u00a0: fr→fr", ">abstention<"):
        assert expected in page
    assert 'data-why="abstained"' in page
    assert "coverage<" not in page


def test_a_page_has_no_more_failures_than_a_browser_can_show(
    report: QuestionReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = replace(report.outcomes[0], answered=False)
    worse = replace(report, outcomes=(failed, *report.outcomes[1:]))
    wrong = len(list(worse.failures()))
    assert question_page(worse).count("<details") == wrong > 0
    monkeypatch.setattr("evaluation.html_reports.MOST_FAILURES", 0)
    page = question_page(worse)
    assert page.count("<details") == 0
    assert f"Not shown here: {wrong} more" in page


def test_reports_do_not_tell_where_questions_are_logged(engine: Engine) -> None:
    logged = engine.settings.changed({"question_log": "postgresql://name:secret@host/log"})
    assert "secret" not in json.dumps(settings_record(logged))
    assert settings_digest(logged) == settings_digest(engine.settings)


def test_intervals_hold_the_value_and_never_change() -> None:
    values = np.linspace(0, 1, 41) ** 2
    first, second = mean_estimate(values), mean_estimate(values)
    assert first == second
    assert first is not None
    assert first.low < first.value < first.high
    assert mean_estimate([0.5, 0.5]) == (0.5, 0.5, 0.5, 2)
    assert mean_estimate([]) is None


def test_auroc_is_that_of_scikit_learn_and_has_an_interval() -> None:
    rng = np.random.default_rng(1)
    labels = (rng.random(80) < 0.4).tolist()
    confidences = np.round(rng.random(80), 1).tolist()
    estimate = statistic_estimate(auroc, labels, confidences)
    assert estimate is not None
    assert estimate.value == pytest.approx(roc_auc_score(labels, confidences), abs=1e-12)
    assert estimate.low < estimate.value < estimate.high
    assert statistic_estimate(auroc, [True], [0.5]) is None
