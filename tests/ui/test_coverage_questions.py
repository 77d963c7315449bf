"""The questions asked in vain, below the report."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.commands.options import INDEX_VARIABLE
from qa.engine import Engine
from qa.index.update import update_index
from qa.locale.translator import ENGLISH
from qa.question_log import Gap, LoggedQuestion, QuestionLog
from qa.settings import Settings
from qa.ui.coverage_questions import questions_table

PAGE = """{{knowledge objective
|Identifiant=OIC-300-01-A
|Title=Treating snake bites
|Order=1}}

The '''antivenom''' neutralises the venom of a viper.
"""
TRAIN = "Combien coûte un billet de train pour Lyon ?"


def coverage_page() -> None:
    from qa.ui import coverage_page

    coverage_page.show()


def shown() -> str:
    app = AppTest.from_function(coverage_page, default_timeout=60).run()
    assert not app.exception
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


@pytest.fixture
def index(
    corpus: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Path:
    (corpus / "snakes.wiki").write_text(PAGE, encoding="utf-8")
    update_index([corpus], tmp_path / "index", settings)
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "index"))
    return tmp_path / "index"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'log.db'}"
    monkeypatch.setenv("QA_QUESTION_LOG", address)
    return address


def test_they_stand_by_objective_with_how_often(index: Path, log: str) -> None:
    engine = Engine.open(index)
    with closing(QuestionLog.require(Settings().changed({"question_log": log}))) as questions:
        for asked in (TRAIN, TRAIN.upper(), "How does a monoclonal antibody act?"):
            questions.record(engine.ask(asked))
        snakes = questions.record(engine.ask("How does the antivenom neutralise the venom?"))
        questions.vote(snakes, -1, "incomplete")
    page = shown()
    assert "Questions des étudiants" in page
    table = page.partition('<table class="qa-asked">')[2]
    assert f"<li>{TRAIN} × 2</li>" in table
    assert "OIC-300-01-A · Treating snake bites" in table
    assert 'class="qa-level qa-missing">manquant' in table
    assert "Loin de tout objectif" in table
    assert 'neutralise the venom? <span class="qa-facts">Incomplet</span></li>' in table
    assert "Enregistrées\N{NO-BREAK SPACE}: 4, posées en vain\N{NO-BREAK SPACE}: 3" in page
    assert "monoclonal" not in table
    assert str(datetime.now(UTC).year) not in table


def test_without_a_log_nothing_is_said_of_it(index: Path) -> None:
    assert "Questions des étudiants" not in shown()


def test_an_empty_log_says_so(index: Path, log: str) -> None:
    assert "Aucune question n&#39;a été posée en vain." in shown()


def test_a_log_that_is_down_leaves_the_report(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_QUESTION_LOG", "sqlite:////nowhere/at/all.db")
    page = shown()
    assert "vérifiez l&#39;adresse" in page
    assert "OIC-300-01-A" in page


def test_the_most_frequent_come_first_and_text_is_never_markup(hostile: str) -> None:
    texts = [*(f"Question {n}" for n in range(8)), hostile, hostile]
    questions = tuple(
        LoggedQuestion(
            id=n,
            asked_at=datetime(2000, 1, 1),
            text=text,
            answered=False,
            confidence=0.0,
            objective="",
        )
        for n, text in enumerate(texts)
    )
    table = questions_table((Gap(objective=hostile, questions=questions),), None, ENGLISH)
    assert table.index("× 2</li>") < table.index("Question 0")
    assert "4 more" in table
    assert hostile not in table or "<" not in hostile
    assert "<script" not in table
    assert "<img" not in table
