"""Uploads: read as files are, and refused with what is wrong at which line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.errors import DatasetError, EvaluationError, QuestionSetError
from evaluation.exchange.gift import gift_text
from evaluation.exchange.squad import squad_text
from evaluation.exchange.tables import csv_text
from evaluation.question_report import QuestionReport
from evaluation.question_set import load_questions
from evaluation.saved_runs import run_text
from evaluation.ui.work import read_questions, read_run
from qa.engine import Engine

GOOD = {"id": "g1", "question": "Why?", "language": "en", "answerable": False}
QUOTE = {"document": "kinases.txt", "quote": "It is taken by mouth."}


HUGE = b'{"data": 1' + b"0" * 5000 + b"}"
HALF = rb'{"data": [{"title": "a \ud800"}]}'


def lines(*objects: dict[str, object], end: str = "\n") -> bytes:
    return "".join(json.dumps(one) + end for one in objects).encode()


@pytest.mark.parametrize("name", ["my set.jsonl", "SET.JSONL", "a/b\\..\\x.jsonl"])
def test_a_set_is_the_one_on_disk(engine: Engine, questions_file: Path, name: str) -> None:
    read = read_questions(name, questions_file.read_bytes(), engine)
    assert read.questions.sha256 == load_questions(questions_file, engine).sha256
    assert read.questions.name == Path(name).stem
    assert read.left_out == ()


def test_mark_and_line_ends_of_windows_are_read_over(engine: Engine) -> None:
    data = b"\xef\xbb\xbf" + lines(GOOD, GOOD | {"id": "g2"}, end="\r\n")
    assert len(read_questions("set.jsonl", data, engine).questions.questions) == 2


def test_other_formats_are_read_and_answers_looked_up(engine: Engine, questions_file: Path) -> None:
    asked = load_questions(questions_file, engine)
    for name, text in (
        ("set.csv", csv_text(asked)),
        ("set.gift", gift_text(asked)),
        ("set.json", squad_text(asked, engine)),
    ):
        read = read_questions(name, text.encode(), engine)
        assert [q.id for q in read.questions.questions] == ["a1", "a2", "a3", "u1"]
        assert [q.answerable for q in read.questions.questions] == [True, True, True, False]


def test_questions_whose_answers_no_document_has_are_named(engine: Engine) -> None:
    data = b"::q1::Who? {=nobody at all}\n\n::q2::What? {=one antigen}\n"
    read = read_questions("bank.gift", data, engine)
    assert read.left_out == ("q1",)
    assert [q.id for q in read.questions.questions] == ["q2"]


@pytest.mark.parametrize(
    ("name", "data", "messages"),
    [
        ("set.jsonl", b"", ["set.jsonl: no questions"]),
        ("set.jsonl", b"\n \r\n", ["set.jsonl: no questions"]),
        ("set.jsonl", '{"id": "é"}'.encode("latin-1"), ["set.jsonl is not UTF-8 text"]),
        ("set.jsonl", '{"id": "é"}'.encode("utf-16"), ["set.jsonl is not UTF-8 text"]),
        ("set.jsonl", bytes(range(256)), ["set.jsonl is not UTF-8 text"]),
        ("set.jsonl", b"\x00\x01\n", ["set.jsonl:1: not JSON"]),
        ("set.jsonl", HUGE, ["set.jsonl:1: not JSON"]),
        ("set.jsonl", HALF, [r"set.jsonl:1: '\ud800' is half of a character"]),
        (
            "set.jsonl",
            lines(GOOD, GOOD) + b"{\n" + lines(GOOD | {"id": "g4", "language": "de"}),
            ["set.jsonl:2: id 'g1' was already used", "set.jsonl:3: not JSON", "set.jsonl:4: 'lan"],
        ),
        (
            "set.jsonl",
            lines(GOOD | {"answerable": True, "evidence": [QUOTE | {"quote": "by no mouth"}]}),
            ["set.jsonl:1: the quote 'by no mouth' is not in kinases.txt"],
        ),
        (
            "set.jsonl",
            lines(GOOD | {"answerable": True, "evidence": [QUOTE | {"document": "none.txt"}]}),
            ["set.jsonl:1: no document has the id 'none.txt'"],
        ),
        (
            "set.csv",
            b"id,question,document,quote\n1,Who?,kinases.txt,\n2,Who?,kinases.txt,nobody\n",
            ["set.csv:2: evidence needs", "set.csv:3: the quote 'nobody' is not in kinases.txt"],
        ),
        ("set.csv", b'id,question\n1,"' + b"x" * 200_000, ["set.csv:", "not a table"]),
        ("set.gift", b"::q::Who? {=nobody at all}", ["set.gift: no document has the answers"]),
        (
            "set.json",
            b'{"data": [{"paragraphs": [{"context": "", "qas": [{"id": "q", "question": " "}]}]}]}',
            ["set.json: question q: 'question' is empty"],
        ),
        ("set.json", b"{}", ["set.json is not in the format of SQuAD"]),
        ("set.json", b"[" * 100_000, ["set.json: not JSON"]),
        ("set.json", HUGE, ["set.json: not JSON"]),
        ("set.json", HALF, [r"set.json: '\ud800' is half of a character"]),
        ("set.csv", b"id,question,history\n1,Who?," + b"9" * 5000, ["set.csv:2: 'history': not"]),
        ("set.doc", b"", ["set.doc: unknown format '.doc'"]),
        ("set", b"", ["set: unknown format ''"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    engine: Engine, name: str, data: bytes, messages: list[str]
) -> None:
    with pytest.raises(EvaluationError) as caught:
        read_questions(name, data, engine)
    told = caught.value.problems if isinstance(caught.value, QuestionSetError) else ()
    assert all(message in str(caught.value) for message in messages)
    assert not told or len(told) == len(messages)
    assert "upload" not in str(caught.value)


def test_a_run_is_the_one_on_disk(report: QuestionReport) -> None:
    run = read_run("first try.json", run_text(report).encode())
    assert run.name == "first try"
    assert run.questions_sha256 == report.questions.sha256


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, HUGE, HALF])
def test_what_is_no_run_is_told(data: bytes) -> None:
    with pytest.raises(DatasetError, match=r"^first\.json is not a saved run"):
        read_run("first.json", data)


@pytest.mark.parametrize("where", ["caution", "\ud800"])
def test_half_a_character_in_a_run_is_refused(report: QuestionReport, where: str) -> None:
    settings = {where: "\udfff"} if where == "caution" else {where: ""}
    data = json.dumps(json.loads(run_text(report)) | {"settings": settings}).encode()
    with pytest.raises(DatasetError, match=r"^first\.json is not .* is half of a character"):
        read_run("first.json", data)
