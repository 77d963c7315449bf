"""A question taken apart: identifiers, filters, language, spelling."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.locale.translator import translator
from qa.models import Filters, Language
from qa.retrieval.question import (
    as_written,
    describe,
    languages_of,
    parse_question,
)


@pytest.mark.parametrize(
    ("text", "identifiers", "words"),
    [
        ("What is OIC-202-03-B about?", ("OIC-202-03-B",), "What is about?"),
        ("oic 202 03 b", ("OIC-202-03-B",), ""),
        ("OIC_202_03", ("OIC-202-03",), ""),
        ("OIC-202-003-A", ("OIC-202-003-A",), ""),
        ("l'item 5 et l'Item n°112", ("item 005", "item 112"), "l' et l'"),
        ("objectifs de rang A", ("rank A",), "objectifs de"),
        ("Rank B of item 7", ("item 007", "rank B"), "of"),
        ("OIC-001-02-A and OIC-001-03-B", ("OIC-001-02-A", "OIC-001-03-B"), "and"),
        ("the items of rank b", (), "the items of rank B"),
        ("item 1234, OIC-20-3, rang D", (), "item 1234, OIC-20-3, rang D"),
        ("no identifier", (), "no identifier"),
    ],
)
def test_identifiers_are_taken_out(text: str, identifiers: tuple[str, ...], words: str) -> None:
    question = parse_question(text)
    assert question.identifiers == identifiers
    assert " ".join(question.words.split()) == words
    assert question.text == text


def test_identifiers_restrict_beside_the_filters() -> None:
    question = parse_question(
        "item 5, rang A, OIC-202-03-B", Filters(item=("007",), language=("fr",))
    )
    assert question.restrictions == Filters(
        language=("fr",), objective=("OIC-202-03-B",), item=("007", "005"), rank=("A",)
    )


@pytest.mark.parametrize(
    ("filters", "restricts"),
    [(Filters(), False), (Filters(rank=("A",)), True), (Filters(document=("d",)), True)],
)
def test_empty_filters_do_not_restrict(filters: Filters, restricts: bool) -> None:
    assert bool(filters) is restricts
    assert bool(parse_question("word", filters).restrictions) is restricts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cytokine storm", "en"),
        ("infliximab half-life", "en"),
        ("tuberculose transmission", "fr"),
        ("douleur thoracique", "fr"),
        ("chest pain", "en"),
        ("VIH", "fr"),
    ],
)
def test_keywords_are_of_the_language_that_has_them(text: str, language: Language) -> None:
    assert parse_question(text).languages[0] == language


@pytest.mark.parametrize("default", ["fr", "en"])
def test_a_word_of_neither_is_of_the_language_of_the_documents(default: Language) -> None:
    assert parse_question("zorglub CD20", default=default).languages[0] == default
    assert parse_question("douleur", default=default).languages[0] == "fr"
    assert parse_question("???", default=default).languages[0] == "fr"


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="the question is empty; ask one in French or English"):
        parse_question(text)


def test_a_huge_question_is_refused() -> None:
    assert parse_question("a" * 10_000).words
    with pytest.raises(QuestionError, match="has 10001 characters; at most 10000"):
        parse_question("a" * 10_001)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("What is the risk?", ("en", "fr")),
        ("Quel est le risque ?", ("fr", "en")),
        ("OIC-202-03-B", ("fr", "en")),
        ("QUELS SONT LES RISQUES ?", ("fr", "en")),
        ("WHAT ARE THE RISKS?", ("en", "fr")),
    ],
)
def test_the_likelier_language_comes_first(text: str, languages: tuple[Language, Language]) -> None:
    assert parse_question(text).languages == languages


@pytest.mark.parametrize("default", ["fr", "en"])
def test_the_default_language_holds_where_nothing_tells(default: Language) -> None:
    assert languages_of("CD20", default=default)[0] == default


@pytest.mark.parametrize(("text", "language"), [("Hello!", "en"), ("Hi", "en"), ("Merci", "fr")])
@pytest.mark.parametrize("default", ["fr", "en"])
def test_a_greeting_is_of_its_language(text: str, language: Language, default: Language) -> None:
    assert languages_of(text, default=default)[0] == language


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CANCER DU SEIN", "cancer du sein"),
        ("QUEL TRAITEMENT ?", "quel traitement ?"),
        ("VACCINATION", "vaccination"),
        ("CAR T", "CAR T"),
        ("CAR-T ?", "CAR-T ?"),
        ("HIV", "HIV"),
        ("Les CAR", "Les CAR"),
        ("12 ?", "12 ?"),
        ("?", "?"),
        ("WHAT DOSE OF Q10(100-mg)?", "what dose of q10(100-mg)?"),
        ("DOSE MAXIMALE EN mg/kg ?", "dose maximale en mg/kg ?"),
        ("QUEL EST LE pH NORMAL ?", "quel est le ph normal ?"),
        ("DO NSAIDs HARM?", "do nsaids harm?"),
        ("CRP mg/L", "CRP mg/L"),
        ("IL6 et TNF", "IL6 et TNF"),
        ("CAR-T CD19 CD20 adultes", "CAR-T CD19 CD20 adultes"),
        ("HbA1c", "HbA1c"),
    ],
)
def test_capitals_mean_nothing_in_a_text_all_in_capitals(text: str, words: str) -> None:
    assert as_written(text) == words
    assert parse_question(text).words == words


@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_accents_can_be_written_either_way(text: str) -> None:
    composed, decomposed = (
        parse_question(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")
    )
    assert composed.words == decomposed.words
    assert composed.languages == decomposed.languages


@pytest.mark.parametrize(
    ("language", "described"),
    [
        ("fr", ["objectif OIC-202-03-B", "rang A, B", "langue en"]),
        ("en", ["objective OIC-202-03-B", "rank A, B", "language en"]),
    ],
)
def test_restrictions_are_described_in_the_language_of_the_question(
    language: Language, described: list[str]
) -> None:
    filters = Filters(objective=("OIC-202-03-B",), rank=("A", "B"), language=("en",))
    assert describe(filters, translator(language)) == described


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("manque de vitamine d", "manque de vitamine D"),
        ("vitamin d deficiency", "vitamin D deficiency"),
        ("qu'est-ce qu'une cellule car-t ?", "qu'est-ce qu'une cellule CAR-T ?"),
        ("is this hepatitis a?", "is this hepatitis A?"),
        ("the patient s fever", "the patient s fever"),
        ("quel médicament bloque l interleukine", "quel médicament bloque l interleukine"),
        ("traitement d urgence, où va-t-il", "traitement d urgence, où va-t-il"),
        (
            "le malade a une fièvre, y a t il un risque",
            "le malade a une fièvre, y a t il un risque",
        ),
    ],
)
def test_a_small_letter_that_goes_with_a_word_is_a_name(text: str, words: str) -> None:
    assert parse_question(text).words == words
