"""The gate: what passes, what does not, what may be pinned; and the built-in set is held to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import evaluation
from evaluation.errors import GateError
from evaluation.gate import (
    Floor,
    Gate,
    gate_text,
    measured_gate,
    pinned,
    problems,
    read_gate,
)
from evaluation.question_report import QuestionReport, measure_questions
from evaluation.question_set import BUILT_IN, load_questions
from qa.builtin import corpus_path
from qa.engine import Engine
from qa.settings import Settings

_GATE = Gate(
    corpus="c", questions="q", settings="s", floors=(Floor("AP", 0.5), Floor("nDCG@10", 0.6))
)


def _with(**values: float) -> Gate:
    floors = tuple(Floor(name.replace("nDCG", "nDCG@10"), v) for name, v in values.items())
    return replace(_GATE, floors=floors)


def test_the_built_in_set_passes() -> None:
    engine = Engine.from_corpus(corpus_path(), Settings())
    report = measure_questions(engine, load_questions(BUILT_IN, engine))
    gate = read_gate(Path(evaluation.__file__).parent / "gate.toml")
    assert list(problems(gate, measured_gate(engine, report))) == []


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (_GATE, []),
        (_with(AP=0.5, nDCG=0.9), []),
        (_with(AP=0.499, nDCG=0.6), ["AP is 0.499, below its floor of 0.500"]),
        (_with(AP=0.5), ["nDCG@10 was not measured; its floor is 0.600"]),
    ],
)
def test_floors_hold(measured: Gate, expected: list[str]) -> None:
    assert [*map(str, problems(_GATE, measured))] == expected


@pytest.mark.parametrize("kind", ["corpus", "questions", "settings"])
def test_what_was_measured_on_must_be_the_same(kind: str) -> None:
    changes: dict[str, Any] = {kind: "other"}
    (problem,) = problems(_GATE, replace(_GATE, **changes))
    assert str(problem).startswith(f"the {kind} changed since the floors were pinned")


def test_pinning_does_not_lower_a_floor_unless_told() -> None:
    lower, higher = _with(AP=0.4, nDCG=0.7), _with(AP=0.5, nDCG=0.7)
    assert pinned(_GATE, higher, allow_lower=False) == higher
    assert pinned(None, lower, allow_lower=False) == lower
    assert pinned(_GATE, lower, allow_lower=True) == lower
    with pytest.raises(GateError, match=r"would lower AP from 0\.500 to 0\.400"):
        pinned(_GATE, lower, allow_lower=False)
    with pytest.raises(GateError, match=r"nDCG@10 from 0\.600 to 0\.000"):
        pinned(_GATE, _with(AP=0.5), allow_lower=False)


def test_a_gate_survives_its_file(tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_text(gate_text(_GATE), encoding="utf-8")
    assert read_gate(tmp_path / "gate.toml") == _GATE


def test_a_report_passes_the_gate_it_makes(engine: Engine, report: QuestionReport) -> None:
    gate = measured_gate(engine, report)
    assert list(problems(gate, gate)) == []
    assert dict(gate.floors)["nDCG@10"] == 1.0


def test_a_worse_setting_is_caught(
    engine: Engine, report: QuestionReport, questions_file: Path
) -> None:
    gate = measured_gate(engine, report)
    worse = Engine(engine.index, Settings().changed({"glossary_weight": 0.0, "neighbours": 0}))
    asked = load_questions(questions_file, worse)
    found = list(problems(gate, measured_gate(worse, measure_questions(worse, asked))))
    assert any(str(problem).startswith("the settings changed") for problem in found)


@pytest.mark.parametrize(
    ("text", "message"), [("[", "gate.toml"), ("a = 1", "is not a gate"), (None, "No such file")]
)
def test_what_is_no_gate_is_told(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "gate.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(GateError, match=message):
        read_gate(path)
