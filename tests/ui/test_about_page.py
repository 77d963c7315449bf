"""The page that says what this is."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.engine import Engine


def about_page() -> None:
    from qa.ui import about_page

    about_page.show()


def shown() -> str:
    app = AppTest.from_function(about_page, default_timeout=60).run()
    assert not app.exception
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


def test_it_says_what_answers_rest_on(served: Path, engine: Engine) -> None:
    page = shown()
    assert engine.fingerprint in page
    assert "<dt>Documents</dt><dd>3</dd>" in page
    assert "Un extrait n&#39;est pas un conseil" in page


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("QA_QUESTION_LOG", "", "Les questions ne sont pas enregistrées ici."),
        ("QA_QUESTION_LOG_DAYS", "90", "Les questions ne sont pas enregistrées ici."),
        ("QA_QUESTION_LOG", "sqlite", "pendant 365 jours"),
        ("QA_CONVERSATION_DAYS", "0", "Aucune conversation n&#39;est gardée."),
        ("QA_CONVERSATION_DAYS", "7", "pendant 7 jours"),
    ],
)
def test_it_says_what_is_kept_as_it_is_set(
    served: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, said: str
) -> None:
    monkeypatch.setenv(setting, value)
    assert said in shown()
