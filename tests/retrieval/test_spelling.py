"""Slips of the pen: which words are corrected, and to what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.engine import Engine
from qa.models import Language, Via
from qa.retrieval.terms import TermClass

EngineOf = Callable[..., Engine]

TEXT = (
    "The tuberculosis of the lung, the tuberculosix, the fracture of the bone, the scrub, the burn."
    " Infliximab, the vaccine and the lymphocyte. A banal chain of ABO groups, the plant.",
    "A prognostic marker of the disease is seen in the blood.",
)


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    return engine_of(*TEXT)


def class_of(engine: Engine, word: str, *languages: Language) -> TermClass:
    (term_class,) = engine.class_builder.build(word, languages)
    return term_class


def corrections(engine: Engine, term_class: TermClass) -> dict[str, Via]:
    vocabulary = engine.index.lexicon.vocabulary
    return {vocabulary[m.term]: m.via for m in term_class.members if m.corrected}


@pytest.mark.parametrize(
    ("word", "language", "terms"),
    [
        ("tuberclosis", "en", {"tuberculos": "similar"}),
        ("infliximb", "fr", {"infliximab": "similar"}),
        ("lymphocite", "fr", {"lymphocyt": "similar"}),
        ("vacine", "en", {"vaccin": "similar"}),
        ("fracure", "fr", {"fractur": "similar"}),
        ("scrhub", "en", {"scrub": "similar"}),
        ("poumonq", "fr", {"lung": "glossary"}),
        ("limfocite", "fr", {"lymphocyt": "similar"}),
        ("vaksin", "fr", {"vaccin": "similar"}),
    ],
)
def test_a_word_with_one_wrong_letter_stands_for_the_right_one(
    engine: Engine, word: str, language: Language, terms: dict[str, Via]
) -> None:
    term_class = class_of(engine, word, language)
    assert corrections(engine, term_class).items() >= terms.items()
    assert term_class.guessed
    assert max(member.weight for member in term_class.members) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("bananas", "en"),  # the dictionary has its singular
        ("chaises", "fr"),
        ("planet", "en"),
        ("pulmon", "en"),  # two letters from any word
        ("aboxes", "en"),  # its term has four letters
        ("SCRHUB", "en"),  # a name
        ("scrhb2", "en"),
        ("scruv", "en"),  # short
        ("tuberculosis", "en"),  # known
    ],
)
def test_words_of_a_dictionary_names_and_short_words_are_not_corrected(
    engine: Engine, word: str, language: Language
) -> None:
    assert corrections(engine, class_of(engine, word, language)) == {}


def test_a_word_of_the_dictionary_of_the_other_language_can_be_a_slip(engine: Engine) -> None:
    assert corrections(engine, class_of(engine, "pronostic", "en", "fr")) == {"prognost": "similar"}
    assert corrections(engine, class_of(engine, "pronostic", "fr", "en")) == {}


def test_a_compound_is_not_corrected(engine: Engine) -> None:
    classes = engine.class_builder.build("scr-hub", ("en",))
    assert all(corrections(engine, term_class) == {} for term_class in classes)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Where do zorglubs buy tuberclosis?", "« zorglubs », « buy », « tuberclosis »"),
        ("Where do zorglubs buy the lung?", "« zorglubs », « buy »"),
    ],
)
def test_what_is_guessed_is_named_as_unknown_in_the_reason(
    engine_of: EngineOf, question: str, named: str
) -> None:
    engine = engine_of(*TEXT, caution="strict")
    reason = engine.ask(question).abstained_because
    assert reason == f"The documents do not answer this: none of them has {named}."
