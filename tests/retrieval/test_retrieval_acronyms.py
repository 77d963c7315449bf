"""Acronyms that the documents explain join what a question spells out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.engine import Engine
from qa.retrieval.acronyms import Acronyms
from qa.retrieval.terms import Member, TermClass

EngineOf = Callable[..., Engine]

TEXTS = (
    "The cytokine release syndrome (CRS) is feared by all.",
    "CRS is treated with tocilizumab in the ward; the release of the patient comes later.",
    "Graft versus host disease (GVHD) comes after a graft.",
)
WEIGHT = 0.5


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    return engine_of(*TEXTS, acronym_weight=WEIGHT)


def joined(engine: Engine, *words: dict[str, float]) -> list[dict[str, float]]:
    """The acronyms, and their weights, that join classes of these terms and weights."""
    vocabulary = engine.index.lexicon.vocabulary
    classes = []
    for terms in words:
        numbers = [(vocabulary.number(term), weight) for term, weight in terms.items()]
        members = [Member(term=n, weight=w, via="exact") for n, w in numbers if n is not None]
        assert len(members) == len(terms)
        classes.append(TermClass(word="w", idf=1.0, members=tuple(members)))
    found = list(Acronyms(engine.index.lexicon, engine.settings.ranking).joined(classes))
    assert [c.members[: len(terms)] for c, terms in zip(found, words, strict=True)] == [
        c.members for c in classes
    ]
    return [
        {vocabulary[m.term]: m.weight for m in c.members if m.via == "acronym" and m.phrase}
        for c in found
    ]


FULL = {"crs": WEIGHT}


@pytest.mark.parametrize(
    ("words", "acronyms"),
    [
        ([], []),
        ([{"cytokin": 1}, {"releas": 1}, {"syndrom": 1}], [FULL, FULL, FULL]),
        ([{"syndrom": 1}, {"cytokin": 1}, {"releas": 1}], [FULL, FULL, FULL]),
        ([{"releas": 1}, {"syndrom": 1}], [{}, {}]),
        ([{"cytokin": 1}, {"syndrom": 1}], [{}, {}]),
        ([{"cytokin": 1}, {"releas": 0.4}, {"syndrom": 1}], [FULL, {"crs": 0.2}, FULL]),
        ([{"cytokin": 1, "releas": 0.4, "syndrom": 0.2}, {"ward": 1}], [FULL, {}]),
        ([{"cytokin": 1, "crs": 1}, {"releas": 1}, {"syndrom": 1}], [{}, FULL, FULL]),
    ],
)
def test_an_acronym_joins_each_class_of_all_its_words(
    engine: Engine, words: list[dict[str, float]], acronyms: list[dict[str, float]]
) -> None:
    assert joined(engine, *words) == [pytest.approx(found) for found in acronyms]


def test_two_acronyms_join_each_their_own(engine: Engine) -> None:
    terms = ("cytokin", "releas", "syndrom", "graft", "versus", "host", "diseas")
    assert joined(engine, *({term: 1.0} for term in terms)) == [FULL] * 3 + [{"gvhd": WEIGHT}] * 4


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("cytokine release syndrome (CRS)", ["cytokine", "release", "syndrome"]),
        ("CRS, the cytokine release syndrome", ["cytokine", "release", "syndrome"]),
        ("CRS", ["CRS"]),
        ("syndrome (CRS)", ["syndrome", "CRS"]),
        ("cytokine release syndrome (GVHD)", ["cytokine", "release", "syndrome", "GVHD"]),
    ],
)
def test_an_acronym_counts_once_beside_its_words(
    engine: Engine, question: str, words: list[str]
) -> None:
    builder = engine.class_builder
    found = builder.counted_once(builder.build(question, ("en", "fr")))
    assert [term_class.word for term_class in found] == words


def test_a_passage_with_the_acronym_alone_is_found_by_its_words(engine: Engine) -> None:
    hits = engine.search("tocilizumab for the cytokine release syndrome (CRS)")
    (found,) = (hit for hit in hits if hit.passage.document_id == "1")
    assert "crs" in {match.matched for match in found.terms}
