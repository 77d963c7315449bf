"""The page to learn from a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.models import DocumentInfo, Objective
from qa.ui.study_page import taught
from qa.ui.study_state import StudyState


def study_page() -> None:
    from qa.ui import study_page

    study_page.show()


@pytest.fixture
def app(served: Path) -> AppTest:
    app = AppTest.from_function(study_page, default_timeout=60).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


def choose(app: AppTest, title: str) -> str:
    box = app.selectbox[0]
    box.select_index(next(n for n, option in enumerate(box.options) if title in option)).run()
    assert not app.exception
    return html(app)


def press(app: AppTest, key: str) -> str:
    app.button(key=key).click().run()
    assert not app.exception
    return html(app)


def test_a_card_hides_its_answer_until_it_is_turned(app: AppTest) -> None:
    asked = choose(app, "antibodies")
    assert "How they act" in asked
    assert "qa-extract" not in asked
    turned = press(app, "card-turn")
    assert "it carries a toxin into the cell." in turned.partition("qa-extract")[2]
    assert "Monoclonal antibodies › How they act" in turned
    assert "qa-extract" not in press(app, "card-turn")


def test_the_source_opens_at_the_extract_and_closes_again(app: AppTest) -> None:
    choose(app, "antibodies")
    press(app, "card-turn")
    shown = press(app, "card-source")
    assert '<mark class="qa-selected"' in shown
    assert "qa-panel" not in press(app, "outline-back")
    assert '<mark class="qa-selected"' in press(app, "heading-0")


def test_a_document_without_cards_says_so(app: AppTest) -> None:
    assert "ni définition ni liste" in choose(app, "graft")


def test_an_address_names_the_document(served: Path) -> None:
    app = AppTest.from_function(study_page, default_timeout=60)
    app.query_params["document"] = "fr/vaccins.md"
    app.run()
    assert not app.exception
    assert app.selectbox[0].value == "fr/vaccins.md"


def test_behind_the_last_card_comes_the_first() -> None:
    studying = StudyState()
    studying.open("one")
    studying.turn()
    studying.go(1, 2)
    assert (studying.card, studying.turned) == (1, False)
    studying.go(1, 2)
    assert studying.card == 0
    studying.go(-1, 2)
    studying.open("one")
    assert studying.card == 1
    studying.open("two")
    assert studying.card == 0


def test_an_objective_is_told_in_the_words_of_the_page_that_states_it() -> None:
    stated = Objective(code="OIC-202-03-B", title="Monitoring")

    def info(**known: object) -> DocumentInfo:
        values = {"id": "1", "title": "1", "path": "1", "language": "en", "sha256": ""}
        return DocumentInfo(**{**values, **known})  # type: ignore[arg-type]

    teaches = info(objectives=("OIC-202-03-B", "OIC-202-04-A"))
    assert taught(teaches, (teaches, info(objective=stated))) == (
        stated,
        Objective(code="OIC-202-04-A"),
    )
    assert taught(info(objective=stated), ()) == (stated,)
