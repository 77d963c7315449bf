"""Courses side by side in the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import qa
from qa.commands.options import COLLECTION_VARIABLE, INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

APP = Path(qa.__file__).parent.parent / "app.py"


@pytest.fixture
def courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    folder = tmp_path / "courses"
    for name in ("Cardiology", "Nephrology"):
        source = tmp_path / f"{name}.txt"
        source.write_text(f"{name} is taught in the third year.\n", encoding="utf-8")
        update_index([source], folder / name, settings)
    monkeypatch.setenv("QA_COLLECTIONS_DIR", str(folder))
    monkeypatch.setenv(COLLECTION_VARIABLE, "Cardiology")
    return folder


def ask(app: AppTest, question: str) -> str:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def test_one_course_is_chosen_of_several_and_each_has_its_conversation(courses: Path) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    chooser = app.selectbox(key="collection")
    assert chooser.options == ["Cardiology", "Nephrology"]
    assert "Cardiology is taught" in ask(app, "When is cardiology taught?")
    app.selectbox(key="collection").set_value("Nephrology").run()
    assert "Cardiology is taught" not in "\n".join(e.proto.body for e in app.get("html"))
    assert "Nephrology is taught" in ask(app, "When is nephrology taught?")
    app.selectbox(key="collection").set_value("Cardiology").run()
    assert "Cardiology is taught" in "\n".join(e.proto.body for e in app.get("html"))


def test_a_single_course_is_named_without_a_choice(
    courses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (courses / "Nephrology" / "CURRENT").unlink()
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.selectbox
    assert '<p class="qa-course">Cardiology</p>' in "\n".join(
        element.proto.body for element in app.get("html")
    )


def test_an_index_that_is_given_by_itself_shows_no_courses(
    courses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, str(courses / "Nephrology"))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.selectbox
    assert "Nephrology is taught" in ask(app, "When is nephrology taught?")
