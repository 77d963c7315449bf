"""What there is to learn from in a document: all of it in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.engine import Engine
from qa.errors import UnknownDocumentError
from qa.study import StudySheet, study_sheet

SHEET = """# Florbumab

## Definition

Florbumab is a monoclonal antibody that blocks interleukin 6. It is a protein.
The first cause of failure is the dose. Because of this, these drugs are a last resort.

## Adverse effects

Florbumab has three adverse effects:

- infections of the lung;
- raised liver enzymes;
- a rash.

The **cytokine storm** is feared. A cytokine storm is a sudden release of cytokines.

### Rare ones

- one alone
"""
FRENCH = """# Œdème

## Définitions

L'œdème aigu est une accumulation brutale de liquide. Il est un signe de gravité.
On appelle cela une urgence.
"""


PLAIN = """The signs are:

- fever;
- a cough.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("sheets")
    for name, text in {
        "florbumab.md": SHEET,
        "oedeme.md": FRENCH,
        "plain.txt": PLAIN,
        "none.txt": "Water.",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Engine.from_corpus(folder)


def sheet_of(engine: Engine, title: str) -> StudySheet:
    wanted = next(d.id for d in engine.documents() if d.title.casefold() == title.casefold())
    return study_sheet(engine.index, wanted)


def sides(sheet: StudySheet) -> list[tuple[str, str]]:
    """What is asked and what is answered, as the document has them."""
    text = sheet.document.text
    return [
        (
            text[slice(*card.term)] if card.term else "".join(card.heading[-1:]),
            text[card.start : card.end],
        )
        for card in sheet.cards
    ]


def test_definitions_and_lists_become_cards_in_reading_order(engine: Engine) -> None:
    assert [asked for asked, _ in sides(sheet_of(engine, "Florbumab"))] == [
        "Florbumab",
        "Adverse effects",
        "cytokine storm",
    ]
    answers = [answer for _, answer in sides(sheet_of(engine, "Florbumab"))]
    assert answers[0] == "Florbumab is a monoclonal antibody that blocks interleukin 6."
    assert answers[1].startswith("infections of the lung")
    assert answers[1].endswith("a rash.")


def test_what_leads_into_a_list_belongs_to_the_question(engine: Engine) -> None:
    sheet = sheet_of(engine, "Florbumab")
    (lead,) = (card.lead for card in sheet.cards if card.kind == "list")
    assert lead is not None
    assert sheet.document.text[slice(*lead)] == "Florbumab has three adverse effects:"


def test_a_term_stands_as_it_is_written_and_without_its_article(engine: Engine) -> None:
    assert sides(sheet_of(engine, "Œdème")) == [
        ("œdème aigu", "L'œdème aigu est une accumulation brutale de liquide.")
    ]


def test_the_outline_is_the_headings_but_the_title(engine: Engine) -> None:
    sheet = sheet_of(engine, "Florbumab")
    headings = [sheet.document.text[block.start : block.end] for block in sheet.outline]
    assert headings == ["Definition", "Adverse effects", "Rare ones"]


def test_key_terms_are_written_as_in_the_document(engine: Engine) -> None:
    sheet = sheet_of(engine, "Florbumab")
    assert {"Florbumab", "cytokine storm"} <= {term.text for term in sheet.key_terms}
    for term in sheet.key_terms:
        assert sheet.document.text[term.start : term.end] == term.text


def test_a_list_below_no_heading_is_asked_for_by_what_leads_into_it(engine: Engine) -> None:
    sheet = sheet_of(engine, "plain")
    (card,) = sheet.cards
    assert card.lead is not None
    assert sheet.document.text[slice(*card.lead)] == "The signs are:"
    assert card.heading == ()


def test_a_document_of_which_there_is_nothing_to_learn_has_no_cards(engine: Engine) -> None:
    sheet = sheet_of(engine, "none")
    assert (sheet.outline, sheet.cards) == ((), ())


def test_an_unknown_document_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UnknownDocumentError):
        study_sheet(engine.index, "nowhere.md")
