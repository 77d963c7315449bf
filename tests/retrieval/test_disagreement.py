"""Sources that contradict each other are shown side by side; others are left in peace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.engine import Engine

EngineOf = Callable[..., Engine]

DOSE = "The usual dose of xamab is 400 mg twice a day."
ASKED = "What is the usual dose of xamab?"


@pytest.mark.parametrize(
    ("other", "about"),
    [
        ("The usual dose of xamab is 4000 mg twice a day.", "figures"),
        ("The usual dose of xamab is not 400 mg twice a day.", "negation"),
        (DOSE, None),
        ("The usual dose of xamab is 400 to 600 mg twice a day.", None),
        ("The usual dose of yimab is 4000 mg twice a day.", None),
        ("The usual dose of xamab in children is 40 mg twice a day.", None),
        ("Is the usual dose of xamab 4000 mg twice a day?", None),
    ],
)
def test_equal_sentences_with_other_figures_or_a_not(
    engine_of: EngineOf, other: str, about: str | None
) -> None:
    answer = engine_of(DOSE, other, "Zomab is kept cold.").ask(ASKED)
    assert [one.about for one in answer.disagreements] == ([about] if about else [])
    for one in answer.disagreements:
        assert {DOSE, other} == set(one.texts)
        texts = {hit.rank: hit.passage.text for hit in answer.sources}
        assert [texts[rank] for rank in one.sources] == list(one.texts)


def test_french_negations_are_known(engine_of: EngineOf) -> None:
    said = "Le xamab est autorisé pendant la grossesse et l'allaitement."
    against = "Le xamab n'est pas autorisé pendant la grossesse et l'allaitement."
    answer = engine_of(said, against).ask("Le xamab est-il autorisé pendant la grossesse ?")
    assert [one.about for one in answer.disagreements] == ["negation"]


def test_one_document_does_not_contradict_itself(engine_of: EngineOf) -> None:
    text = f"{DOSE}\n\nThe usual dose of xamab is 4000 mg twice a day."
    assert engine_of(text, "Zomab is kept cold.").ask(ASKED).disagreements == ()
