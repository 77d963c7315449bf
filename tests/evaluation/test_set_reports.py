"""What is measured on retrieval sets: the set itself, baselines, ablation, hidden documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.ablation import SWITCHES, Switch, ablate
from evaluation.abstention_report import hidden_half, measure_hidden, measure_labelled
from evaluation.answer_measures import risk_coverage, sampled
from evaluation.beir import load_beir
from evaluation.beir_report import measure_set, retrieved_lines
from evaluation.errors import DatasetError
from evaluation.records import Query
from evaluation.retrieval_measures import score_run
from evaluation.table import (
    BASELINES,
    SYSTEM,
    available_baselines,
    find_sets,
    mean_row,
    measure_row,
    rank_with,
)
from qa.settings import Settings

MakeSet = Callable[..., Path]


def test_the_report_of_a_set(make_set: MakeSet) -> None:
    report = measure_set(load_beir(make_set()), Settings())
    found = report.as_json()
    assert found["dataset"] == "small"
    assert (found["documents"], found["queries"], found["judged"]) == (4, 4, 3)
    assert found["nDCG@10"] == found["Success@1"] == found["RR@10"] == found["R@100"] == 1.0
    assert found["answer_hit"] == 1.0
    assert found["abstention_auroc"] == 1.0
    assert found["index_seconds"] > 0
    assert found["queries_per_second"] > 0
    assert found["p50_ms"] <= found["p99_ms"]
    assert len(found["index_fingerprint"]) == 16


def test_two_runs_give_the_same_figures_and_ranking(make_set: MakeSet) -> None:
    dataset = load_beir(make_set())
    first, second = (measure_set(dataset, Settings()) for _ in range(2))
    assert retrieved_lines(first.outcomes) == retrieved_lines(second.outcomes)
    assert first.scores.values.tolist() == second.scores.values.tolist()


def test_a_set_without_answers_is_not_asked(make_set: MakeSet) -> None:
    folder = make_set(queries='{"_id": "q1", "text": "antibody"}\n', qrels="q1\td1\t1\n")
    found = measure_set(load_beir(folder), Settings()).as_json()
    assert found["answer_hit"] is found["abstention_auroc"] is found["ask_p50_ms"] is None


def test_progress_is_told_by_query(make_set: MakeSet) -> None:
    told: list[tuple[int, int]] = []
    measure_set(load_beir(make_set()), Settings(), on_progress=lambda *step: told.append(step))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_baselines_find_plain_words(make_set: MakeSet, baseline: object) -> None:
    dataset = load_beir(make_set())
    installed = [b for b in available_baselines() if b is baseline]
    if not installed:
        pytest.skip("library not installed")
    run = list(rank_with(installed[0], dataset))
    assert {line.query_id for line in run} == {"q1", "q2", "q3"}
    assert score_run(dataset.judgements, run).mean("Success@1") == 1.0
    nothing = replace(dataset, queries=(Query(id="q1", text=""),))
    assert list(rank_with(installed[0], nothing)) == []


def test_the_table_has_every_system(make_set: MakeSet) -> None:
    folder = make_set()
    assert find_sets(folder) == find_sets(folder.parent) == (folder,)
    row = measure_row(load_beir(folder), Settings())
    names = [name for name, _ in row.systems]
    assert names == [*(b.name for b in available_baselines()), SYSTEM]
    assert dict(mean_row([row, row])) == dict(row.systems)
    assert row.as_json()["answer_hit"] == 1.0


def test_an_empty_query_scores_0_and_finds_nothing(make_set: MakeSet) -> None:
    queries = '{"_id": "q1", "text": "antibody"}\n{"_id": "q2", "text": " ", "answers": ["x"]}\n'
    dataset = load_beir(make_set(queries=queries, qrels="q1\td1\t1\nq2\td1\t1\n"))
    report = measure_set(dataset, Settings())
    assert report.scores.of("nDCG@10").tolist() == [1.0, 0.0]
    assert report.as_json()["answer_hit"] == 0.0
    assert [o.documents for o in report.outcomes if o.question.id == "q2"] == [()]


def test_what_is_relevant_and_missing_is_not_found(make_set: MakeSet) -> None:
    dataset = load_beir(make_set(qrels="q1\td1\t1\nq1\tgone\t1\n"))
    assert measure_set(dataset, Settings()).scores.mean("R@100") == 0.5
    assert dataset.relevant["q1"] == {"d1"}


def test_a_query_that_is_judged_with_0_only_is_not_averaged(make_set: MakeSet) -> None:
    dataset = load_beir(make_set(qrels="q1\td1\t1\nq2\td2\t0\n"))
    report = measure_set(dataset, Settings())
    assert report.scores.of("nDCG@10").tolist() == [1.0]
    assert len(report.outcomes) == len(dataset.queries)


def test_a_folder_without_sets(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no folder with"):
        find_sets(tmp_path)


def test_the_hidden_half_is_fixed() -> None:
    names = [f"d{n}" for n in range(9)]
    assert len(hidden_half(names)) == 4
    assert hidden_half(names) == hidden_half(names[::-1]) == hidden_half(names * 2)


def test_hidden_documents_make_questions_unanswerable(make_set: MakeSet) -> None:
    report = measure_hidden(load_beir(make_set()), Settings())
    right, answerable = report.decisions.right, report.decisions.answerable
    assert len(answerable) == 3
    assert sum(answerable) == 2
    assert not any(r and not a for r, a in zip(right, answerable, strict=True))
    found = report.as_json()
    assert found["AUROC"] == 1.0
    assert list(found["risk_at_coverage"])[-1] == "1.00"


def test_labels_of_the_set_are_measured_where_there_are_some(make_set: MakeSet) -> None:
    labelled = measure_labelled(load_beir(make_set()), Settings())
    assert labelled is not None
    assert labelled.decisions.answerable == [True, False]
    bare = make_set(queries='{"_id": "q1", "text": "a"}\n', qrels="q1\td1\t1\n", name="bare")
    assert measure_labelled(load_beir(bare), Settings()) is None


def test_a_sampled_curve_never_promises_less_coverage() -> None:
    curve = risk_coverage([True, False, False], [0.5, 0.5, 0.2])
    assert sampled(curve, 2) == [(0.5, 0.5), (1.0, pytest.approx(2 / 3))]
    assert sampled(risk_coverage([], []), 2) == []


def test_every_switch_is_a_setting_and_is_measured(make_set: MakeSet) -> None:
    for switch in SWITCHES:
        assert Settings().changed(dict(switch.changes)) != Settings() or (
            switch.part == "full model"
        )
    some = [SWITCHES[0], Switch("no title", (("title_weight", 0.0),))]
    found = list(ablate(load_beir(make_set()), Settings(), switches=some))
    assert [one.part for one in found] == ["full model", "no title"]
    assert found[0].value == 1.0
