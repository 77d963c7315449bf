"""Comparing runs: real differences are told from chance, and re-ordering is none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import permutation_test

from evaluation.comparison import TESTED, as_json, compare, conclusion, holm, randomisation_p
from evaluation.errors import DatasetError
from evaluation.html_reports import comparison_page, macros
from evaluation.question_report import QuestionReport
from evaluation.saved_runs import SavedRun, load_run, run_text
from qa.locale.translator import translator

FRENCH = translator("fr")


def _run(values: dict[str, float], name: str = "run") -> SavedRun:
    return SavedRun(
        format="qa-eval run 1",
        name=name,
        question_ids=tuple(values),
        measures={measure: tuple(values.values()) for measure in TESTED},
        questions_sha256="",
        index_fingerprint="",
        settings={},
    )


_BASE = {f"q{n}": 0.5 + 0.01 * (n % 7) for n in range(40)}


def test_a_real_loss_is_called_one() -> None:
    worse = {name: value - 0.2 for name, value in _BASE.items()}
    differences = compare(_run(_BASE), _run(worse))
    assert all(d.is_real and d.losses == 40 and d.wins == 0 for d in differences)
    assert all(d.verdict == "the second run is worse" for d in differences)
    assert str(conclusion(differences)).startswith("The second run is really worse in nDCG@10")


def test_a_real_gain_is_called_one() -> None:
    better = {name: value + 0.2 for name, value in _BASE.items()}
    assert "really better" in str(conclusion(compare(_run(_BASE), _run(better))))


def test_chance_is_called_chance() -> None:
    noisy = {name: v + (0.1 if n % 2 else -0.1) for n, (name, v) in enumerate(_BASE.items())}
    differences = compare(_run(_BASE), _run(noisy))
    assert not any(d.is_real for d in differences)
    assert "do not really differ" in str(conclusion(differences))
    assert differences[0].effect.low < 0 < differences[0].effect.high


def test_a_new_order_of_the_questions_is_no_difference() -> None:
    shuffled = dict(reversed(_BASE.items()))
    differences = compare(_run(_BASE), _run(shuffled))
    assert all(d.verdict == "no question differs" and d.p_value == 1.0 for d in differences)
    assert all(not d.changes for d in differences)


def test_different_questions_cannot_be_compared() -> None:
    with pytest.raises(DatasetError, match="different questions"):
        compare(_run(_BASE), _run({"q0": 0.5}))


def test_a_measure_must_be_there() -> None:
    with pytest.raises(DatasetError, match="has no nDCG@10"):
        compare(_run(_BASE), replace(_run(_BASE), measures={}))


@pytest.mark.parametrize("size", [6, 30])
def test_p_values_are_those_of_scipy(size: int) -> None:
    differences = np.random.default_rng(size).normal(0.3, 1.0, size)
    expected = permutation_test(
        (differences,),
        np.sum,
        permutation_type="samples",
        n_resamples=20_000,
        rng=np.random.default_rng(5),
    ).pvalue
    assert randomisation_p(differences) == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.5, 0.9], [1.0, 1.0]),
        ([0.2], [0.2]),
        ([], []),
    ],
)
def test_holm_by_hand(p_values: list[float], expected: list[float]) -> None:
    assert holm(p_values) == pytest.approx(expected)


def test_a_saved_run_is_read_back(report: QuestionReport, tmp_path: Path) -> None:
    path = tmp_path / "first.json"
    path.write_text(run_text(report), encoding="utf-8")
    run = load_run(path)
    assert run.name == "first"
    assert run.measures == {one.measure: one.values for one in report.columns}
    again = tmp_path / "second.json"
    again.write_text(run_text(report), encoding="utf-8")
    assert again.read_bytes() == path.read_bytes()
    differences = compare(run, load_run(again))
    assert json.loads(json.dumps(as_json(differences)))["measures"]["nDCG@10"]["real"] is False
    page = comparison_page(run, load_run(again), differences)
    assert "do not really differ" in page
    assert page.count("<svg") == 1


def _damaged(**values: object) -> str:
    """A saved run of one question, with some of its values replaced."""
    record = {
        "format": "qa-eval run 1",
        "question_ids": ["a"],
        "measures": {"AP": [1.0]},
        "questions_sha256": "",
        "index_fingerprint": "",
        "settings": {},
    }
    return json.dumps(record | values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not a saved run"),
        ("{}", "make one with `qa-eval run --save`"),
        ('{"format": "qa-eval run 2"}', r"is not a saved run .*`\$\.format`"),
        ('{"format": "qa-eval run 1"}', "missing required field"),
        (
            '{"format": "qa-eval run 1", "question_ids": ["a"], "measures": {"AP": []},'
            ' "questions_sha256": "", "index_fingerprint": "", "settings": {}}',
            "not one value a question",
        ),
        (_damaged(question_ids=[["a"]]), r"Expected `str`.*question_ids"),
        (_damaged(question_ids=["a", "a"], measures={}), "occurs twice"),
        (_damaged(measures={"AP": ["1"]}), r"Expected `float \| null`.*measures"),
        (_damaged(measures={"AP": [float("nan")]}), "Expected `float`"),
        (_damaged(measures={"AP": [10**400]}), "is not a saved run"),
        (_damaged(settings=[]), r"Expected `object`.*settings"),
        (_damaged(questions_sha256=1), r"Expected `str`.*questions_sha256"),
        ("[" * 100_000, "is not a saved run"),
    ],
)
def test_what_is_no_run_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=message):
        load_run(path)


def test_a_run_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="does not exist"):
        load_run(tmp_path / "none.json")


def test_the_page_shows_what_changed() -> None:
    worse = {name: value - 0.2 for name, value in _BASE.items()}
    first = replace(_run(_BASE, "first"), settings={"k1": 1.2, "b": 0.75})
    second = replace(_run(worse, "second"), settings={"k1": 2.0, "b": 0.75})
    page = comparison_page(first, second, compare(first, second))
    assert "setting k1" in page
    assert "setting b" not in page
    assert "questions won: 0, lost: 40" in page
    assert page.count('class="bad"') == len(TESTED)


def test_many_changes_are_cut_to_the_greatest() -> None:
    moved = {name: v + 0.001 * (n - 20) for n, (name, v) in enumerate(_BASE.items())}
    runs = _run(_BASE), _run(moved)
    parts = str(macros("comparison", FRENCH).comparison(*runs, compare(*runs), "", 4))
    for question in ("q0", "q1", "q38", "q39"):
        assert parts.count(f"<td>{question}</td>") == len(TESTED)
    assert "<td>q2</td>" not in parts
    assert parts.count("celles-ci, pas montrées ici\u00a0: 35.") == len(TESTED)
    assert "q2</td>" in comparison_page(*runs, compare(*runs))


def test_the_conclusion_speaks_french() -> None:
    worse = {name: value - 0.2 for name, value in _BASE.items()}
    told = conclusion(compare(_run(_BASE), _run(worse))).said(FRENCH)
    assert told.startswith("Le second essai est vraiment moins bon en nDCG@10, ")
