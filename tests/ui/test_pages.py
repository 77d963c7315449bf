"""Every page, run without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import qa
from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

APP = Path(qa.__file__).parent.parent / "app.py"
PATIENCE = 60
ANSWERED = "How does a monoclonal antibody act?"
IN_VAIN = "Combien coûte un billet de train pour Lyon ?"


def documents_page() -> None:
    from qa.ui import documents_page

    documents_page.show()


@pytest.fixture
def app(served: Path) -> AppTest:
    return run(AppTest.from_file(str(APP), default_timeout=PATIENCE))


@pytest.fixture
def shelf(served: Path) -> AppTest:
    return run(AppTest.from_function(documents_page, default_timeout=PATIENCE))


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question)
    return run(app)


def html(app: AppTest) -> str:
    """All HTML of the page, without its style sheet."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_the_empty_page_invites_in_french(app: AppTest) -> None:
    assert "Posez une question" in html(app)
    assert "Documents en français et en anglais\u00a0: 3" in html(app)
    assert app.chat_input[0].placeholder == "Votre question…"
    assert [button for button in app.button if str(button.key).startswith("example-")]


def test_an_example_is_asked_by_a_click(app: AppTest) -> None:
    app.button(key="example-0").click()
    run(app)
    assert "qa-turn" in html(app)
    assert "qa-extract" in html(app)


def test_an_answer_shows_its_extracts_their_source_and_why(app: AppTest) -> None:
    ask(app, ANSWERED)
    shown = html(app)
    for expected in ('class="qa-extract"', 'data-qa-target=""', "Confiance", 'class="qa-terms"'):
        assert expected in shown
    assert r"\[1\] Monoclonal antibodies" in labels(app)
    assert "Source 1" in shown


def test_a_citation_switches_the_source(app: AppTest) -> None:
    ask(app, ANSWERED)
    assert "Source 1" in html(app)
    other = next(b for b in app.button if str(b.key).startswith("cite-0-2-"))
    other.click()
    run(app)
    assert re.search(r"(?:Source|Passage) 2 ", html(app))


def test_an_abstention_says_why_and_shows_what_is_near(app: AppTest) -> None:
    ask(app, IN_VAIN)
    shown = html(app)
    assert 'class="qa-abstained" role="status" lang="fr"' in shown
    assert "Les documents ne répondent pas" in shown
    assert "Pas de réponse" in shown
    assert "qa-hint" in shown
    assert "qa-extract" not in shown


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Bonjour", "Bonjour\u00a0!"),
        ("Effets secondaires ?", "De quoi"),
        ("Thanks", "You are welcome"),
    ],
)
def test_what_is_no_question_gets_a_word_and_nothing_else(
    app: AppTest, said: str, reply: str
) -> None:
    ask(app, said)
    shown = html(app)
    assert f'<p lang="{"en" if said == "Thanks" else "fr"}">{reply}' in shown
    for unfit in ("Pas de réponse", "Passages les plus proches", "Confiance", "qa-hint"):
        assert unfit not in shown
    assert not [button for button in app.button if str(button.key).startswith("cite-")]


def test_a_follow_up_can_forget_what_it_was_understood_with(app: AppTest) -> None:
    ask(app, ANSWERED)
    ask(app, "And how are they given?")
    assert "Compris avec" in html(app)
    carried = [button for button in app.button if str(button.key).startswith("forget-1")]
    app.button(key="forget-1" if len(carried) > 1 else str(carried[0].key)).click()
    run(app)
    assert "Compris avec" not in html(app)


def test_filters_restrict_the_search(app: AppTest) -> None:
    assert not app.multiselect
    app.session_state["filters"] = True
    run(app)
    app.multiselect(key="filter-language").set_value(["fr"])
    run(app)
    ask(app, "vaccines")
    cards = html(app)
    assert "Monoclonal antibodies" not in " ".join(labels(app))
    assert 'lang="fr"' in cards


def test_caution_changes_when_it_answers(app: AppTest) -> None:
    app.radio(key="caution").set_value("strict")
    run(app)
    ask(app, "Quel vaccin pour la fièvre ?")
    strict = 'class="qa-abstained"' in html(app)
    app.radio(key="caution").set_value("eager")
    run(app)
    app.button(key="restart").click()
    run(app)
    ask(app, "Quel vaccin pour la fièvre ?")
    assert strict >= ('class="qa-abstained"' in html(app))
    assert app.radio(key="caution").value == "eager"


def test_the_interface_speaks_english(app: AppTest) -> None:
    app.button_group(key="interface").set_value("en")
    run(app)
    assert "Ask a question" in html(app)


def test_a_reply_speaks_the_language_of_its_question(app: AppTest) -> None:
    ask(app, "How much does a train ticket to Lyon cost?")
    assert '<div class="qa-abstained" role="status" lang="en">' in html(app)
    assert "No answer in the documents" in html(app)
    assert "The documents do not answer" in html(app)
    assert "Pas de réponse" not in html(app)


def test_a_question_that_is_too_long_is_told(app: AppTest) -> None:
    ask(app, "a" * 2001)
    assert "qa-turn" not in html(app)
    assert "la question a 2001 caractères" in html(app)


def test_a_new_conversation_starts_over(app: AppTest) -> None:
    ask(app, ANSWERED)
    app.button(key="restart").click()
    run(app)
    assert "qa-turn" not in html(app)
    assert "Posez une question" in html(app)


def test_the_question_is_never_markup(app: AppTest) -> None:
    ask(app, "<script>alert(1)</script> **monoclonal** antibody")
    shown = html(app)
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **monoclonal** antibody" in shown


def test_a_blank_question_is_explained(app: AppTest) -> None:
    ask(app, "   ")
    assert "qa-turn" not in html(app)


def test_documents_that_changed_are_not_shown_as_the_source(
    app: AppTest, served: Path, corpus: Path, settings: Settings
) -> None:
    ask(app, ANSWERED)
    (corpus / "en" / "new.txt").write_text("Interferon alpha is a cytokine.", encoding="utf-8")
    update_index([corpus], served, settings)
    run(app)
    assert "Les documents ont changé" in html(app)
    ask(app, "Is interferon alpha a cytokine?")
    assert "interferon" in html(app).lower()
    assert "Source 1" in html(app)


@pytest.mark.parametrize("make", [documents_page, APP])
def test_a_missing_index_is_one_clear_line(
    make: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "nowhere"))
    app = AppTest.from_file(str(APP)) if make is APP else AppTest.from_function(documents_page)
    run(app)
    assert 'role="alert"' in html(app)
    assert "qa index" in html(app)


def test_the_shelf_lists_the_documents(shelf: AppTest) -> None:
    table = shelf.dataframe[0].value
    # Objectives, ranks and licences are known of none.
    assert list(table.columns) == ["Document", "Langue", "Passages", "Caractères"]
    assert sorted(table["Langue"]) == ["Anglais", "Anglais", "Français"]
    assert "Documents\u00a0: 3 sur 3" in html(shelf)
    assert "Choisissez un document" in html(shelf)


def test_the_shelf_is_searched(shelf: AppTest) -> None:
    shelf.text_input(key="document-search").set_value("antibod")
    run(shelf)
    assert list(shelf.dataframe[0].value["Document"]) == ["Monoclonal antibodies"]
    assert "Documents\u00a0: 1 sur 3" in html(shelf)


@pytest.mark.parametrize(
    "wanted", ["graft-versus-host", "maladie du greffon contre l'hôte", "donor"]
)
def test_the_shelf_is_searched_in_the_text(shelf: AppTest, wanted: str) -> None:
    shelf.text_input(key="document-search").set_value(wanted)
    run(shelf)
    assert shelf.dataframe[0].value["Document"].iloc[0] == "graft"


def test_a_document_is_opened_and_long_ones_are_turned_over(
    served: Path, corpus: Path, settings: Settings
) -> None:
    words = "\n\n".join(f"Paragraph {n} of a very long document." for n in range(1500))
    (corpus / "a-long-one.txt").write_text(words, encoding="utf-8")
    update_index([corpus], served, settings)
    app = AppTest.from_function(documents_page, default_timeout=PATIENCE)
    cells = [(0, "Document")]
    app.session_state["shelf-"] = {"selection": {"rows": [], "columns": [], "cells": cells}}
    run(app)
    assert "Paragraph 1 of" in html(app)
    assert "Partie 1 sur 2" in html(app)
    app.button[1].click()
    run(app)
    assert "Partie 2 sur 2" in html(app)
    assert "Paragraph 1499 of" in html(app)
    assert app.button[1].disabled


def test_a_long_conversation_begins_with_its_latest_questions(app: AppTest) -> None:
    run(app)
    for number in range(12):
        ask(app, f"How is dose {number} given?")
    assert "How is dose 1 given?" not in html(app)
    app.button(key="earlier").click()
    run(app)
    assert "How is dose 1 given?" in html(app)
