"""Question sets: what is read, and how every malformed line is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.errors import DatasetError, QuestionSetError
from evaluation.question_set import load_questions
from qa.engine import Engine
from qa.models import Turn

_GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "What is bound?",
    "language": "en",
    "evidence": [{"document": "antibodies.txt", "quote": "one antigen"}],
}


def _file(tmp_path: Path, *lines: str, name: str = "set.jsonl") -> Path:
    path = tmp_path / name
    path.write_bytes("\n".join(lines).encode())
    return path


def _line(**changes: Any) -> str:
    return json.dumps({**_GOOD, **changes})


def test_a_question_is_read_with_its_evidence(engine: Engine, tmp_path: Path) -> None:
    line = _line(
        objective="OIC-202-03-B",
        kind="direct",
        facet="mechanism",
        split="fit",
        history=[{"speaker": "user", "text": "Hello"}],
    )
    (question,) = load_questions(_file(tmp_path, line), engine).questions
    assert question.answerable
    assert question.rank == "B"
    assert (question.kind, question.facet, question.split) == ("direct", "mechanism", "fit")
    assert question.language_pair == "en→en"
    assert question.history == (Turn(speaker="user", text="Hello"),)
    (evidence,) = question.evidence
    (span,) = evidence.spans
    assert engine.document("antibodies.txt").text[span[0] : span[1]] == "one antigen"


def test_what_is_left_out_has_a_default(engine: Engine, tmp_path: Path) -> None:
    line = json.dumps({"id": 7, "question": "Why?", "language": "fr"})
    (question,) = load_questions(_file(tmp_path, line), engine).questions
    assert (question.id, question.answerable, question.kind) == ("7", False, "unspecified")
    assert question.language_pair == "fr→none"
    assert question.rank == question.objective == question.facet == question.split == ""


def test_nulls_are_as_good_as_nothing(engine: Engine, tmp_path: Path) -> None:
    line = _line(objective=None, history=None, kind=None)
    (question,) = load_questions(_file(tmp_path, line), engine).questions
    assert question.objective == ""


def test_windows_line_ends_a_byte_order_mark_and_blank_lines(
    engine: Engine, tmp_path: Path
) -> None:
    path = _file(tmp_path, "\ufeff" + _line() + "\r", "\r", _line(id="q2") + "\r", "")
    assert [q.id for q in load_questions(path, engine).questions] == ["q1", "q2"]


def test_a_folder_is_one_set_and_the_order_is_no_matter(engine: Engine, tmp_path: Path) -> None:
    _file(tmp_path, _line(id="b"), name="1.jsonl")
    _file(tmp_path, _line(id="a"), name="2.jsonl")
    whole = load_questions(tmp_path, engine)
    assert [q.id for q in whole.questions] == ["a", "b"]
    other = tmp_path / "other"
    other.mkdir()
    _file(other, _line(id="a"), _line(id="b"))
    assert load_questions(other, engine).sha256 == whole.sha256


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "expected a JSON object, found list"),
        (_line(id=None), "'id' must be a string"),
        (_line(id=" "), "'id' is empty"),
        (_line(question=" "), "'question' is empty"),
        (_line(question="x" * 10_001), "has 10001 characters; at most 10000"),
        (_line(language="de"), "'language' is 'de'; expected 'fr' or 'en'"),
        (_line(evidence="x"), "'evidence' must be a list"),
        (_line(evidence=[{"document": "antibodies.txt"}]), "needs a 'document' and a 'quote'"),
        (_line(evidence=[{"document": "antibodies.txt", "quote": " "}]), "needs a 'document'"),
        (_line(evidence=[{"document": "no.txt", "quote": "x"}]), "no document has the id 'no.txt'"),
        (
            _line(evidence=[{"document": "antibodies.txt", "quote": "two antigens"}]),
            "the quote 'two antigens' is not in antibodies.txt",
        ),
        (_line(answerable="yes"), "'answerable' must be true or false"),
        (_line(answerable=False), "'answerable' is false, but there is 'evidence'"),
        (_line(answerable=True, evidence=[]), "an answerable question needs 'evidence'"),
        (_line(history=["x"]), "a turn of 'history'"),
        (_line(id="q0"), "id 'q0' was already used at"),
    ],
)
def test_malformed_lines_are_named(engine: Engine, tmp_path: Path, line: str, message: str) -> None:
    path = _file(tmp_path, _line(id="q0"), line)
    with pytest.raises(QuestionSetError) as caught:
        load_questions(path, engine)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{path}:2: ")
    assert message in str(problem)


def test_every_bad_line_is_reported_up_to_a_limit(engine: Engine, tmp_path: Path) -> None:
    path = _file(tmp_path, *["{"] * 30)
    with pytest.raises(QuestionSetError, match="and 10 more") as caught:
        load_questions(path, engine)
    assert len(caught.value.problems) == 30


def test_no_questions(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="no questions"):
        load_questions(_file(tmp_path, ""), engine)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(QuestionSetError, match=r"no \.jsonl file"):
        load_questions(empty, engine)
    with pytest.raises(DatasetError, match="does not exist"):
        load_questions(tmp_path / "missing.jsonl", engine)


def test_ten_thousand_questions_are_read(engine: Engine, tmp_path: Path) -> None:
    path = _file(tmp_path, *(_line(id=f"q{n}") for n in range(10_000)))
    assert len(load_questions(path, engine).questions) == 10_000
