"""Measures of rankings agree with trec_eval, and no query vanishes."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from evaluation.errors import DatasetError
from evaluation.records import Judgement, Retrieved
from evaluation.retrieval_measures import MEASURES, score_run
from evaluation.trec import ranked, write_run

_TREC_NAMES = {
    "nDCG@10": "ndcg_cut_10",
    "R@100": "recall_100",
    "Success@1": "success_1",
    "Success@3": "success_3",
    "AP": "map",
}


def _random_run(seed: int) -> tuple[list[Judgement], list[Retrieved]]:
    rng = Random(seed)  # noqa: S311  # not for secrets
    documents = [f"d{n}" for n in range(150)]
    judgements = [
        Judgement(f"q{q}", document, rng.choice([0, 1, 1, 2]))
        for q in range(12)
        for document in rng.sample(documents, 8)
    ]
    run = [
        line
        for q in range(0, 12, 2)
        for line in ranked(
            f"q{q}",
            sorted(
                ((d, round(rng.random(), 1)) for d in rng.sample(documents, 120)),
                key=lambda pair: -pair[1],
            ),
        )
    ]
    return judgements, run


def lines_of(run: Path) -> list[list[str]]:
    return [line.split() for line in run.read_text(encoding="utf-8").splitlines()]


def test_agrees_with_pytrec_eval_on_a_run_file(tmp_path: Path) -> None:
    judgements, run = _random_run(3)
    path = tmp_path / "run.trec"
    write_run(path, run)
    scores = score_run(judgements, run, tuple(_TREC_NAMES))
    qrels: dict[str, dict[str, int]] = {}
    for judgement in judgements:
        qrels.setdefault(judgement.query_id, {})[judgement.document_id] = judgement.grade
    found: dict[str, dict[str, float]] = {}
    for query_id, _, document_id, _, score, _ in lines_of(path):
        found.setdefault(query_id, {})[document_id] = float(score)
    theirs = pytrec_eval.RelevanceEvaluator(
        qrels, {"ndcg_cut.10", "recall.100", "success.1,3", "map"}
    ).evaluate(found)
    for row, query_id in enumerate(scores.query_ids):
        for name, trec_name in _TREC_NAMES.items():
            expected = theirs.get(query_id, {}).get(trec_name, 0.0)
            assert scores.values[row, scores.measures.index(name)] == pytest.approx(
                expected, abs=1e-9
            )


def test_a_judged_query_without_result_counts_as_zero() -> None:
    judgements = [Judgement("q1", "d1", 1), Judgement("q2", "d1", 1)]
    scores = score_run(judgements, [Retrieved("q1", "d1", 1.0)])
    assert scores.query_ids == ("q1", "q2")
    assert all(scores.mean(name) == 0.5 for name in MEASURES)


def test_a_query_without_judgements_is_not_measured() -> None:
    scores = score_run([Judgement("q1", "d1", 1)], [Retrieved("q2", "d1", 1.0)])
    assert scores.query_ids == ("q1",)
    assert scores.mean("nDCG@10") == 0.0


def test_no_judgements_at_all() -> None:
    assert score_run([], []).mean("AP") == 0.0


def test_reciprocal_rank_stops_at_ten() -> None:
    judgements = [Judgement("q", "d10", 1)]
    run = ranked("q", [(f"d{n}", 1.0) for n in range(11)])
    assert score_run(judgements, run, ["RR@10"]).mean("RR@10") == 0.0


@given(st.lists(st.floats(0, 50), min_size=1, max_size=60))
def test_ties_keep_the_order_they_were_returned_in(scores: list[float]) -> None:
    falling = sorted(scores, reverse=True)
    lines = ranked("q", [(f"d{n}", score) for n, score in enumerate(falling)])
    assert all(a.score > b.score for a, b in pairwise(lines))
    assert [line.document_id for line in lines] == [f"d{n}" for n in range(len(falling))]


def test_a_run_survives_the_file(tmp_path: Path) -> None:
    _, run = _random_run(5)
    write_run(tmp_path / "run", run)
    read = [(line[0], line[2], float(line[4])) for line in lines_of(tmp_path / "run")]
    assert read == run


def test_an_identifier_that_a_run_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="white space"):
        write_run(tmp_path / "run", [Retrieved("q 1", "d", 1.0)])


def test_a_run_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("earlier")
    with pytest.raises(DatasetError):
        write_run(path, [Retrieved("q", "d", 1.0), Retrieved("q", "d 2", 1.0)])
    (tmp_path / "run.new").mkdir()
    with pytest.raises(DatasetError, match="Is a directory"):
        write_run(path, [Retrieved("q", "d", 1.0)])
    assert path.read_text() == "earlier"


def test_a_run_can_go_to_what_is_no_file() -> None:
    write_run(Path(os.devnull), [Retrieved("q", "d", 1.0)])
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["missing/run", "."])
def test_a_run_needs_a_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(DatasetError, match="name one in a folder that exists"):
        write_run(tmp_path / name, [])
