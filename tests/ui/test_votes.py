"""Votes on answers, where questions are logged."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import qa
from qa.question_log import LoggedQuestion, QuestionLog
from qa.settings import Settings

APP = Path(qa.__file__).parent.parent / "app.py"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("QA_QUESTION_LOG", f"sqlite:///{tmp_path / 'log.db'}")
    return f"sqlite:///{tmp_path / 'log.db'}"


def ask(question: str, *, agreed: bool = True) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    for box in app.checkbox if agreed else ():
        box.check().run()
    app.chat_input[0].set_value(question)
    app.run()
    assert not app.exception
    return app


def logged(address: str) -> tuple[LoggedQuestion, ...]:
    with closing(QuestionLog.require(Settings().changed({"question_log": address}))) as log:
        return log.questions()


def test_a_question_is_logged_once_and_voted_down(served: Path, address: str) -> None:
    app = ask("How does a monoclonal antibody act?")
    app.run()
    (one,) = logged(address)
    assert (one.answered, one.vote) == (True, 0)
    app.get("feedback")[0].set_value(0)  # type: ignore[union-attr]  # thumbs down, not a block
    app.run()
    assert not app.exception
    assert logged(address)[0].vote == -1
    app.button_group[-1].set_value("incomplete")
    app.run()
    assert not app.exception
    assert (logged(address)[0].vote, logged(address)[0].reason) == (-1, "incomplete")


def test_an_abstention_is_logged_without_thumbs(served: Path, address: str) -> None:
    app = ask("Combien coûte un billet de train pour Lyon ?")
    assert [one.answered for one in logged(address)] == [False]
    assert not app.get("feedback")


def test_what_is_no_question_is_not_logged(served: Path, address: str) -> None:
    assert not ask("Bonjour").get("feedback")
    assert not logged(address)


def test_nothing_is_kept_of_who_did_not_agree(served: Path, address: str) -> None:
    app = ask("How does a monoclonal antibody act?", agreed=False)
    assert not app.get("feedback")
    app.checkbox(key="keep-questions").check()
    app.run()
    assert not logged(address)


def test_nothing_is_logged_unless_switched_on(served: Path) -> None:
    assert not ask("How does a monoclonal antibody act?").get("feedback")


def test_a_log_that_is_down_does_not_disturb(
    served: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("QA_QUESTION_LOG", "sqlite:////nowhere/at/all.db")
    assert not ask("How does a monoclonal antibody act?").get("feedback")
    assert "check the address" in caplog.text
