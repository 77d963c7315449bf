"""What a page states."""

from __future__ import annotations

import pytest

from qa.coverage.statements import statements
from qa.models import Document
from qa.reading.wikitext import read_wikitext


def page(text: str) -> Document:
    content = read_wikitext(text)
    return Document(
        id="page",
        title="Page",
        path="page",
        language="en",
        sha256="0" * 64,
        text=content.text,
        blocks=content.blocks,
        key_terms=content.key_terms,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* one list item here\n* another list item", ["one list item here", "another list item"]),
        ("'''Cytokines:''' proteins.", ["Cytokines: proteins."]),
        ("Cytokines and interferons: proteins.", ["Cytokines and interferons: proteins."]),
        ("A vaccine is a preparation. It works.", ["A vaccine is a preparation."]),
        ("Un vaccin désigne une préparation. Il agit.", ["Un vaccin désigne une préparation."]),
        ("We look at ''editing tools'' here. And more.", ["We look at editing tools here."]),
        ("Plain text states nothing of its own.", []),
        ("== Vaccines ==\nVaccines protect. Plain text.", ["Vaccines protect."]),
        ("The ways to act are:\n* block the ligand", ["block the ligand"]),
        ("* same item twice\n* Same item twice", ["same item twice"]),
    ],
)
def test_what_counts_as_a_statement(text: str, expected: list[str]) -> None:
    assert [one.wording.text for one in statements(page(text))] == expected


def test_a_label_holds_for_the_whole_paragraph() -> None:
    first, second = statements(page("'''Vaccines:''' they protect. Boosters help."))
    assert first.wording.text == "Vaccines: they protect."
    assert second.wording.text == "Boosters help."
    assert "Vaccines:" in second.wording.context


def test_items_know_what_they_stand_under() -> None:
    (item,) = statements(page("== Antibodies ==\nThey act by:\n* lysis of the cell"))
    assert item.wording.context == "Antibodies They act by:"


def test_spans_are_those_of_the_page() -> None:
    document = page("'''Bold''' text is a start.\n\n* an item of a list\n\nOther: text. More text.")
    found = statements(document)
    assert len(found) == 4
    for one in found:
        assert document.text[one.start : one.end] == one.wording.text
