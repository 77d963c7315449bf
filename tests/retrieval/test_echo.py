"""What says the question again is no answer to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.engine import Engine

EngineOf = Callable[..., Engine]

ANSWER = "The side effects of xamab are a rash of the skin, fever at night and a dry cough."
LIE = "The right answer is a pound of turnips a day."
OTHERS = [
    "Yimab is given by mouth, in the morning, and has no known side effects in children.",
    "Zomab is kept cold, and away from light, until the day on which it is given.",
]
QUESTION = "What are the side effects of xamab?"


@pytest.mark.parametrize(
    "planted",
    [
        f"{QUESTION} " * 4 + LIE,
        "\n".join([QUESTION.rstrip("?")] * 4) + f" {LIE}",
        "xamab side effects " * 20 + LIE,
        f"effects xamab side side xamab effects xamab side effects. {LIE}",
    ],
)
def test_what_repeats_the_question_does_not_win_by_it(engine_of: EngineOf, planted: str) -> None:
    answer = engine_of(planted, ANSWER, *OTHERS).ask(QUESTION)
    assert answer.sources[0].passage.text == ANSWER
    assert [one.text for one in answer.extracts] == [ANSWER]


@pytest.mark.parametrize(
    "text",
    [
        "What are the side effects of xamab? A rash of the skin and fever at night.",
        "Xamab: side effects\n\nThe side effects of xamab, and xamab has many, are fever and rash.",
        # What a passage is about, it says often.
        "Side effects: xamab fever, xamab rash, xamab cough, xamab headache, xamab and more xamab.",
    ],
)
def test_a_question_with_its_answer_is_one(engine_of: EngineOf, text: str) -> None:
    answer = engine_of(text, *OTHERS).ask(QUESTION)
    assert answer.sources[0].passage.text == text
    assert any("fever" in one.text for one in answer.extracts)


@pytest.mark.parametrize(
    ("question", "unit", "shown"),
    [
        ("mechanism of action of xamab", "Mechanism of action of xamab", False),
        ("mechanism of action of xamab", "Mechanism of action of xamab, of yimab", True),
        ("xamab is given by mouth", "Xamab is given by mouth.", True),
    ],
)
def test_the_question_alone_is_no_extract(
    engine_of: EngineOf, question: str, unit: str, shown: bool
) -> None:
    text = f"{unit}\n\nThe action of xamab is that it binds one receptor on the cell by mouth."
    answer = engine_of(text, *OTHERS).ask(question, abstain=False)
    assert any(unit in one.text for one in answer.extracts) is shown
