"""The natural questions on the built-in corpus are what the description of the set says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from evaluation.question_set import BUILT_IN, Question, Shelf, load_questions
from qa import load_corpus
from qa.builtin import corpus_path

_FACETS = {
    "adverse_effects",
    "cause",
    "contraindications",
    "criteria",
    "definition",
    "diagnosis",
    "difference",
    "dose",
    "duration",
    "examples",
    "frequency",
    "indications",
    "may_i",
    "mechanism",
    "monitoring",
    "other",
    "risk_factors",
    "signs",
    "steps",
    "tests_before",
    "treatment",
    "types",
    "who",
    "why",
}
_NO_ANSWER = {"unanswerable-near", "unanswerable-far", "small-talk", "task", "bare-facet"}
_AFTER_ANOTHER = {"follow-up", "after-unrelated"}


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    """The set; reading it checks that identifiers differ and that every quote stands."""
    library = Shelf(load_corpus(corpus_path()))
    return load_questions(BUILT_IN / "natural.jsonl", library).questions


def _share(of: Callable[[Question], bool], among: tuple[Question, ...]) -> float:
    return sum(of(question) for question in among) / len(among)


def _across(question: Question) -> bool:
    return all(evidence.language != question.language for evidence in question.evidence)


def test_a_quote_stands_in_one_place(questions: tuple[Question, ...]) -> None:
    several = [(q.id, e.quote) for q in questions for e in q.evidence if len(e.spans) > 1]
    assert several == []


def test_no_question_is_asked_twice(questions: tuple[Question, ...]) -> None:
    texts = Counter(question.text.casefold().strip(" ?") for question in questions)
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_facet_is_asked_for(questions: tuple[Question, ...]) -> None:
    for chosen in (questions, tuple(q for q in questions if q.answerable)):
        sizes = Counter(question.facet for question in chosen)
        assert min(sizes[facet] for facet in _FACETS) >= 6


def test_shares_are_as_described(questions: tuple[Question, ...]) -> None:
    answerable = tuple(question for question in questions if question.answerable)
    assert len(questions) >= 260
    assert 0.45 < _share(lambda q: q.language == "fr", questions) < 0.55
    assert 0.22 < _share(lambda q: not q.answerable, questions) < 0.30
    assert 0.30 < _share(_across, answerable) < 0.40
    assert sum(bool(question.history) for question in questions) >= 30


def test_kinds_say_whether_there_is_an_answer(questions: tuple[Question, ...]) -> None:
    for question in questions:
        assert question.answerable is (question.kind not in _NO_ANSWER), question.id
        assert question.history or question.kind not in _AFTER_ANOTHER, question.id


def test_both_splits_have_their_half_of_everything(questions: tuple[Question, ...]) -> None:
    assert {question.split for question in questions} == {"fit", "check"}
    for facet in _FACETS:
        inside = Counter(question.split for question in questions if question.facet == facet)
        assert abs(inside["fit"] - inside["check"]) <= 1, facet
    parts: tuple[Callable[[Question], bool], ...] = (
        lambda q: q.language == "fr",
        lambda q: q.answerable,
        lambda q: q.answerable and _across(q),
    )
    fit, check = (tuple(q for q in questions if q.split == name) for name in ("fit", "check"))
    for part in parts:
        assert abs(_share(part, fit) - _share(part, check)) < 0.06
