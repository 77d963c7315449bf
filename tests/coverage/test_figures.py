"""Numbers that differ between the languages."""

from __future__ import annotations

import pytest

from qa.coverage.evidence import check_figures, numbers
from qa.coverage.records import Evidence, Level
from qa.models import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 mechanisms, 12,5 %", ("3", "12.5")),
        ("2.50 mg", ("2.5",)),
        ("10\u202f000 cellules", ("10000",)),
        ("IL-6, CD20 and OIC-202-03-B", ()),
        ("pendant trois mois", ("3",)),
        ("within four to six weeks", ("4", "6")),
        ("a cell, un vaccin", ()),
        ("3 and three", ("3",)),
    ],
)
def test_numbers(text: str, expected: tuple[str, ...]) -> None:
    assert numbers(text) == expected


def evidence(quote: str, language: Language, level: Level = Level.covered) -> Evidence:
    return Evidence(
        document_id=language,
        passage_id=f"{language}:0-9",
        confidence=0.9,
        level=level,
        start=0,
        end=len(quote),
        quote=quote,
        language=language,
    )


def test_other_numbers_are_flagged() -> None:
    check = check_figures([evidence("neuf mois", "fr"), evidence("three months", "en")])
    assert check is not None
    assert (check.french_numbers, check.english_numbers) == (("9",), ("3",))


@pytest.mark.parametrize(
    "found",
    [
        [evidence("trois mois", "fr"), evidence("three months", "en")],
        [evidence("trois mois", "fr"), evidence("some months", "en")],
        [evidence("3 mois, 2 fois", "fr"), evidence("3 months", "en")],
        [evidence("trois mois", "fr")],
        [evidence("neuf mois", "fr"), evidence("three months", "en", Level.partly)],
    ],
)
def test_the_same_or_no_numbers_are_not(found: list[Evidence]) -> None:
    assert check_figures(found) is None
