"""What can be asked next, below the newest answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import qa
from qa.index.update import update_index
from qa.settings import Settings

APP = Path(qa.__file__).parent.parent / "app.py"
SHEET = """# Florbumab

## Definition

Florbumab is a monoclonal antibody that blocks interleukin 6.

## Indications

Florbumab is indicated in severe rheumatoid arthritis.

## Adverse effects

The adverse effects of florbumab are infections and raised liver enzymes.
"""


def next_buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("next-")]


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question)
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def index(corpus: Path, tmp_path: Path, settings: Settings) -> Path:
    (corpus / "florbumab.md").write_text(SHEET, encoding="utf-8")
    update_index([corpus], tmp_path / "index", settings)
    return tmp_path / "index"


@pytest.fixture
def app(served: Path) -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60).run()


def turns(app: AppTest) -> int:
    return sum('class="qa-turn"' in e.proto.body for e in app.get("html"))


def test_what_is_asked_next_is_answered(app: AppTest) -> None:
    ask(app, "What are the indications of florbumab?")
    assert next_buttons(app)
    app.button(key="next-0").click().run()
    assert not app.exception
    assert turns(app) == 2
    assert not any('class="qa-abstained"' in e.proto.body for e in app.get("html"))


def test_a_question_in_vain_shows_what_is_known_and_headings(app: AppTest) -> None:
    ask(app, "What is the molecular weight of florbumab?")
    said = "\n".join(e.proto.body for e in app.get("html"))
    assert "Connu ici\N{NO-BREAK SPACE}: florbumab" in said
    assert any("Adverse effects" in label for label in next_buttons(app))
    app.button(key="next-0").click().run()
    assert not app.exception
