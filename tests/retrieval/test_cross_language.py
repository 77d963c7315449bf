"""A question finds the passage that answers it in the other language, and despite a slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.engine import Engine

EngineOf = Callable[..., Engine]

ENGLISH = {
    "rejection": "Corticosteroids are given to prevent rejection of the kidney after the graft.",
    "fever": "A fever after the infusion of the cells announces a cytokine storm.",
    "vaccine": "Live vaccines are contraindicated during pregnancy.",
    "skin": "A rash of the skin is the most common side effect of the inhibitors.",
    "milk": "The antibody passes into breast milk in small amounts.",
}
FRENCH = {
    "rejet": "Les corticoïdes servent à prévenir le rejet du rein après la greffe.",
    "fièvre": "Une fièvre après la perfusion des cellules annonce un orage cytokinique.",
    "vaccin": "Les vaccins vivants sont contre-indiqués pendant la grossesse.",
    "peau": "Une éruption de la peau est l'effet indésirable le plus courant des inhibiteurs.",
    "lait": "L'anticorps passe dans le lait maternel en petite quantité.",
}


@pytest.fixture(scope="module")
def english(engine_of: EngineOf) -> Engine:
    return engine_of(*ENGLISH.values())


@pytest.fixture(scope="module")
def french(engine_of: EngineOf) -> Engine:
    return engine_of(*FRENCH.values())


@pytest.fixture(scope="module")
def both(engine_of: EngineOf) -> Engine:
    return engine_of(*ENGLISH.values(), *FRENCH.values())


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Comment prévenir le rejet après une greffe de rein ?", "rejection"),
        ("Que signifie une fièvre après la perfusion ?", "fever"),
        ("Quels vaccins sont contre-indiqués pendant la grossesse ?", "vaccine"),
        ("effets secondaires sur la peau", "skin"),
        ("L'anticorps passe-t-il dans le lait maternel ?", "milk"),
        ("QUELS VACCINS PENDANT LA GROSSESSE ?", "vaccine"),
        ("vaccin grosesse", "vaccine"),
        ("fievre perfusion cellule", "fever"),
        ("rejet greffe", "rejection"),
    ],
)
def test_a_french_question_finds_the_english_passage(
    english: Engine, question: str, passage: str
) -> None:
    answer = english.ask(question)
    assert answer.question_language == "fr"
    assert answer.sources[0].passage.text == ENGLISH[passage]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("How do you prevent rejection after a kidney transplant?", "rejet"),
        ("What does a fever after the infusion mean?", "fièvre"),
        ("Which vaccines are contraindicated during pregnancy?", "vaccin"),
        ("side effects on the skin", "peau"),
        ("Does the antibody pass into breast milk?", "lait"),
        ("WHICH VACCINES DURING PREGNANCY?", "vaccin"),
        ("vaccines in pregnency", "vaccin"),
        ("pregnancy vaccines list", "vaccin"),
    ],
)
def test_an_english_question_finds_the_french_passage(
    french: Engine, question: str, passage: str
) -> None:
    answer = french.ask(question)
    assert answer.question_language == "en"
    assert answer.sources[0].passage.text == FRENCH[passage]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Quels vaccins sont contre-indiqués pendant la grossesse ?", ("vaccin", "vaccine")),
        ("Which vaccines are contraindicated during pregnancy?", ("vaccine", "vaccin")),
        ("Que signifie une fièvre après la perfusion des cellules ?", ("fièvre", "fever")),
    ],
)
def test_the_passage_in_the_language_of_the_question_comes_first(
    both: Engine, question: str, texts: tuple[str, str]
) -> None:
    known = ENGLISH | FRENCH
    found = [hit.passage.text for hit in both.search(question, k=2)]
    assert found == [known[text] for text in texts]


def test_a_pair_of_the_project_translates(engine_of: EngineOf) -> None:
    texts = ("The blipzorg turns to the left.", "The weather is fine.", "The sea is deep.")
    question = "Quel est le zorglub ?"
    assert engine_of(*texts).search(question) == ()
    (hit,) = engine_of(*texts, pairs=[("zorglub", "blipzorg")]).search(question)
    assert hit.passage.text == texts[0]
    assert {match.via for match in hit.terms} == {"glossary", "proximity", "unit"}


@pytest.mark.parametrize(
    "question",
    ["What is immunoterapy?", "imunotherapy", "immunothérapie", "immuno-therapy", "IMMUNOTHERAPY"],
)
def test_spellings_find_the_word(engine_of: EngineOf, question: str) -> None:
    engine = engine_of("It rains.", "Immunotherapy helps the body.", "Chemotherapy kills cells.")
    assert engine.search(question)[0].document.id == "1"
