"""Judged pairs, objectives surely absent, and the model that is fitted to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evaluation.coverage_fit import features_text, fit, quality, read_features
from evaluation.coverage_pairs import (
    PAIRS,
    Pair,
    decided_pairs,
    features_of_pairs,
    measure_absent,
    read_absent,
    read_pairs,
)
from evaluation.errors import DatasetError, EvaluationError
from qa.builtin import corpus_path
from qa.coverage.cover import cover
from qa.coverage.decisions import Decision, Decisions, matter_of
from qa.coverage.objective_sources import objectives_for
from qa.coverage.point_confidence import fitted_model
from qa.engine import Engine
from qa.settings import Settings


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs()


@pytest.fixture(scope="module")
def corpus() -> Engine:
    return Engine.from_corpus(corpus_path())


def test_there_are_enough_of_both_halves(pairs: list[Pair]) -> None:
    halves = [pair.half for pair in pairs]
    assert len(pairs) >= 400
    assert 0.4 < halves.count("fit") / len(halves) < 0.6
    assert {pair.label for pair in pairs} == {"states", "touches", "no"}


def test_the_numbers_in_use_are_those_of_the_fit(pairs: list[Pair]) -> None:
    assert fit(pairs, read_features()) == fitted_model().points


def test_features_are_stored_as_the_documents_give_them(pairs: list[Pair], corpus: Engine) -> None:
    numbers = [number for number, pair in enumerate(pairs) if pair.documents == "corpus"]
    rows = features_of_pairs(corpus, [pairs[number] for number in numbers])
    assert rows == pytest.approx(read_features()[numbers], abs=1e-3)


def test_the_half_that_was_not_fitted_to_is_told_apart(pairs: list[Pair]) -> None:
    covered = Settings().coverage.coverage_covered
    found = quality(pairs, read_features(), fitted_model().points, covered)
    assert (found.auroc or 0) >= 0.8
    assert (found.calibration_error or 1) <= 0.05


def test_no_absent_objective_is_covered(corpus: Engine) -> None:
    assert len(read_absent()) == 60
    found = measure_absent(corpus, "corpus")
    assert found["covered"] == 0
    assert found["partly"] <= found["absent"] / 10


def test_decisions_are_pairs_to_fit_to(corpus: Engine, pairs: list[Pair]) -> None:
    report = cover(corpus, objectives_for(corpus))
    one = report.objectives[0]
    point = next(p for p in one.points if p.evidence)
    about = matter_of(one, point, point.evidence[0])
    decisions = Decisions.of(
        [
            Decision(matter=about, verdict="rejected"),
            Decision(matter=about._replace(quote="not there"), verdict="rejected"),
            Decision(matter=about._replace(point="", document="", quote=""), verdict="elsewhere"),
        ]
    )
    (pair,) = decided_pairs(corpus, decisions)
    assert (pair.label, pair.half, pair.document) == ("no", "fit", about.document)
    (row,) = features_of_pairs(corpus, [pair])
    assert fit([*pairs, pair], np.vstack([read_features(), row])) != fit(pairs, read_features())


def test_features_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "features.csv"
    rows = read_features()
    path.write_text(features_text(rows), encoding="utf-8")
    assert read_features(path) == pytest.approx(rows)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="has the columns a, b; fit again"):
        read_features(path)


def test_a_label_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS.read_text(encoding="utf-8").replace("touches\n", "maybe\n", 1))
    with pytest.raises(DatasetError, match="'maybe'; expected one of: states, touches, no"):
        read_pairs(path)


def test_a_pair_on_other_documents(corpus: Engine, pairs: list[Pair]) -> None:
    moved = pairs[0]._replace(document="courses/gone.md")
    with pytest.raises(DatasetError, match=r"no passage of courses/gone\.md"):
        features_of_pairs(corpus, [moved])


def test_too_little_to_fit_to(pairs: list[Pair]) -> None:
    with pytest.raises(EvaluationError, match="judge some that are stated"):
        fit(pairs[:2], read_features()[:2])
