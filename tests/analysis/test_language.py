"""French or English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.language import detect_language, language_scores
from qa.models import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is CAR-T?", "en"),
        ("Effets indésirables des anti-TNF", "fr"),
        ("mécanisme action imatinib", "fr"),
        ("mecanisme action imatinib", "fr"),
        ("imatinib mechanism of action", "en"),
        ("qu’est-ce que l’anémie", "fr"),
        ("définition sepsis", "fr"),
        ("risk factors stroke", "en"),
        ("facteurs de risque AVC", "fr"),
        ("TNF inhibitors", "en"),
        ("inhibiteurs TNF", "fr"),
        ("How is a pneumothorax treated", "en"),
        ("prise en charge choc septique", "fr"),
        ("The Haute Autorité de Santé publishes guidelines for all prescribers.", "en"),
        ("Le score NEWS (National Early Warning Score) est calculé au lit du malade.", "fr"),
    ],
)
def test_questions_and_sentences(text: str, language: Language) -> None:
    other: Language = "en" if language == "fr" else "fr"
    assert detect_language(text, default=other) == language


@pytest.mark.parametrize("text", ["", "CD20", "5 mg/kg", "hypertension"])
@pytest.mark.parametrize("default", ["fr", "en"])
def test_the_default_holds_where_nothing_tells(text: str, default: Language) -> None:
    assert detect_language(text, default=default) == default


@given(st.text())
def test_scores_are_evidence(text: str) -> None:
    french, english = language_scores(text)
    assert french >= 0
    assert english >= 0
    assert language_scores(text) == (french, english)
