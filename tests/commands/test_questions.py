"""`qa questions`."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from qa.cli import main
from qa.engine import Engine
from qa.question_log import QuestionLog
from qa.settings import Settings


@pytest.fixture
def logged(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QuestionLog:
    """A log with one question that was answered, and one asked in vain."""
    address = f"sqlite:///{tmp_path / 'log.db'}"
    monkeypatch.setenv("QA_QUESTION_LOG", address)
    engine = Engine.from_corpus(corpus)
    with closing(QuestionLog.require(Settings().changed({"question_log": address}))) as log:
        for question in ("How does a monoclonal antibody act?", "Wo ist der\nBahnhof?"):
            log.record(engine.ask(question))
        return log


def test_export(logged: QuestionLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "export"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["answered"] for line in lines] == [True, False]
    assert lines[0]["asked_at"].endswith("Z")


def test_gaps(logged: QuestionLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "gaps"]) == 0
    shown = capsys.readouterr().out
    assert shown == "no objective near: 1\n  Wo ist der Bahnhof? (not answered)\n"
    assert main(["questions", "gaps", "--json"]) == 0
    (gap,) = json.loads(capsys.readouterr().out)
    assert gap["objective"] == ""


def test_erase(logged: QuestionLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "erase", "--older-than", "1"]) == 0
    assert main(["questions", "erase", "--all"]) == 0
    assert capsys.readouterr().out == "0 questions erased\n2 questions erased\n"
    assert main(["questions", "gaps"]) == 0
    assert capsys.readouterr().out == "no question was asked in vain\n"


@pytest.mark.parametrize("extra", [[], ["--all", "--older-than", "3"]])
def test_erase_wants_to_know_what(
    logged: QuestionLog, capsys: pytest.CaptureFixture[str], extra: list[str]
) -> None:
    assert main(["questions", "erase", *extra]) == 2
    assert "give --all or --older-than DAYS" in capsys.readouterr().err


def test_without_a_log_the_remedy_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "export"]) == 2
    assert 'question_log = "sqlite"' in capsys.readouterr().err
