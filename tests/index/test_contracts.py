"""What every first pass, forward reading and lexicon must hold, by brute force.

`tests/index/cluster/test_contracts_there.py` holds a cluster to the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from qa.index.build import build_in_memory
from qa.index.contracts import Candidates, FirstPass, Forward
from qa.index.dense import DenseFirstPass
from qa.index.index import Index
from qa.index.lexicon import Lexicon
from qa.index.pruned import PrunedFirstPass
from qa.models import Block, Document, Filters, Objective
from qa.settings import Settings
from tests.index.fields import fields_of

WORDS = "antigen blood cell drug enzyme".split()


@dataclass(frozen=True)
class Implementation:
    """One way to keep passages, made from an index in memory that stands as the reference."""

    first_pass: FirstPass
    forward: Forward
    lexicon: Lexicon


Make = Callable[[Index], Implementation]


def dense_of(index: Index) -> DenseFirstPass:
    """The first pass of an index that is too small for another one."""
    assert isinstance(index.first_pass, DenseFirstPass)
    return index.first_pass


IMPLEMENTATIONS: dict[str, Make] = {
    "embedded": lambda index: Implementation(index.first_pass, index.forward, index.lexicon),
}
if find_spec("numba") is not None:
    IMPLEMENTATIONS["pruned"] = lambda index: Implementation(
        PrunedFirstPass(dense_of(index)), index.forward, index.lexicon
    )


@pytest.fixture(params=IMPLEMENTATIONS)
def implementation(request: pytest.FixtureRequest) -> Make:
    """Every implementation in turn."""
    return IMPLEMENTATIONS[request.param]


def document(number: int, words: list[str]) -> Document:
    """A document of one sentence a word, in the language and of the item that its number gives."""
    sentences = [f"{word.capitalize()}." for word in words]
    text = "\n".join(sentences)
    blocks, start = [], 0
    for sentence in sentences:
        blocks.append(Block(kind="paragraph", start=start, end=start + len(sentence)))
        start += len(sentence) + 1
    return Document(
        id=f"d{number:02}",
        title="The drug" if number % 3 == 0 else "",
        path=f"d{number:02}",
        language="fr" if number % 2 else "en",
        sha256="",
        text=text,
        blocks=tuple(blocks),
        objective=Objective(code=f"OIC-{100 + number % 2}-01-A"),
    )


Texts = list[list[str]]
Question = dict[int, float]
DOCUMENTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=30), min_size=1, max_size=12)
QUESTIONS = st.dictionaries(st.integers(0, 50), st.sampled_from([0.25, 0.5, 1.0]), max_size=6)
ITEMS = st.sampled_from([None, ("100",), ("101",), ("100", "101"), ("999",)])


def index_of(texts: Texts) -> Index:
    documents = [document(number, words) for number, words in enumerate(texts)]
    return build_in_memory(documents, Settings().changed({"passage_words": 20}))


def known(question: Question, index: Index) -> Question:
    """The question in terms that the index has."""
    size = len(index.lexicon.vocabulary)
    return {term: weight for term, weight in question.items() if term < size}


def matrix_of(questions: list[Question], index: Index) -> csr_array:
    """Questions as a sparse matrix of questions by terms."""
    matrix = np.zeros((len(questions), len(index.lexicon.vocabulary)), np.float32)
    for row, question in enumerate(questions):
        matrix[row, list(question)] = list(question.values())
    return csr_array(matrix)


def all_weights(index: Index) -> np.ndarray:
    """Weights by passage and term, through the arrays of the reference."""
    every = np.arange(len(index.owners))
    return index.forward.read(every).weights(range(len(index.lexicon.vocabulary)))


@given(
    texts=DOCUMENTS,
    question=QUESTIONS,
    most=st.integers(1, 40),
    items=ITEMS,
    base=st.sampled_from([0.0, 2.5]),
)
def test_the_best_are_those_of_the_dot_product(
    texts: Texts, question: Question, most: int, items: tuple[str, ...] | None, base: float
) -> None:
    index = index_of(texts)
    for make in IMPLEMENTATIONS.values():
        check_the_best(make, index, known(question, index), most, items, base if items else 0.0)


def check_the_best(
    make: Make,
    index: Index,
    question: Question,
    most: int,
    items: tuple[str, ...] | None,
    base: float,
) -> None:
    allowed = Filters(item=items) if items else None
    vector = np.zeros(len(index.lexicon.vocabulary))
    vector[list(question)] = list(question.values())
    scores = all_weights(index) @ vector
    if items:
        item = np.array([str(100 + owner % 2) for owner in index.owners])
        scores = np.where(np.isin(item, items), scores + base, 0.0)
    found = make(index).first_pass.best(question, most, allowed=allowed, base=base)
    np.testing.assert_allclose(found.scores, scores[found.passages])
    assert (found.scores > 0).all()
    assert len(found.passages) == min(most, int((scores > 0).sum()))
    order = list(zip(-found.scores, found.passages, strict=True))
    assert order == sorted(order)
    left = np.delete(scores, found.passages)
    if len(left) and len(found.scores):
        assert left.max() <= found.scores[-1] + 1e-9


@given(texts=DOCUMENTS, questions=st.lists(QUESTIONS, max_size=5), most=st.integers(1, 15))
def test_the_best_documents_are_those_of_their_best_passages(
    texts: Texts, questions: list[Question], most: int
) -> None:
    index = index_of(texts)
    for make in IMPLEMENTATIONS.values():
        check_the_best_documents(make, index, [known(one, index) for one in questions], most)


def check_the_best_documents(
    make: Make, index: Index, questions: list[Question], most: int
) -> None:
    first_pass = make(index).first_pass
    found = first_pass.best_documents(matrix_of(questions, index), most)
    assert len(found) == len(questions)
    for question, (documents, passages, scores) in zip(questions, found, strict=True):
        best: dict[int, float] = {}
        every = first_pass.best(question, len(index.owners) or 1)
        for passage, score in zip(*every, strict=True):
            best.setdefault(int(index.owners[passage]), score)
        expected = sorted(best.values(), reverse=True)[:most]
        np.testing.assert_allclose(scores, expected, rtol=1e-5)
        assert index.owners[passages].tolist() == documents.tolist()
        assert len(set(documents.tolist())) == len(documents)
        np.testing.assert_allclose(scores, [best[d] for d in documents.tolist()], rtol=1e-5)


def test_ties_go_by_number(implementation: Make) -> None:
    index = index_of([["cell"]] * 9)
    term = index.lexicon.number("cell")
    assert term is not None
    kept = implementation(index).first_pass
    scores = kept.best({term: 1.0}, 9).scores
    same = [n for n, score in enumerate(scores) if score == scores[0]]
    assert kept.best({term: 1.0}, len(same)).passages.tolist() == sorted(
        kept.best({term: 1.0}, len(same)).passages.tolist()
    )


FILTERED = pytest.mark.parametrize(
    ("allowed", "count"),
    [
        (Filters(language=("fr",)), 2),
        (Filters(language=("en",)), 3),
        (Filters(language=("fr", "en")), 5),
        (Filters(item=("100",)), 3),
        (Filters(item=("100",), language=("fr",)), 0),
        (Filters(document=("d01", "d02", "nowhere")), 2),
        (Filters(objective=("OIC-101-01",)), 2),
        (Filters(rank=("A",)), 5),
        (Filters(rank=("C",)), 0),
    ],
)


@FILTERED
def test_filters_let_through_the_passages_of_their_documents(
    implementation: Make, allowed: Filters, count: int
) -> None:
    kept = implementation(index_of([["cell"]] * 5)).first_pass
    assert kept.count(allowed) == count
    assert len(kept.best({}, 9, allowed=allowed, base=1.0).passages) == count
    assert len(kept.best({}, 9, allowed=allowed).passages) == 0


PLACES = st.lists(st.integers(0, 1000), max_size=6)


def chosen_of(places: list[int], index: Index) -> np.ndarray:
    """The passages of an index that these numbers stand for, wherever they end."""
    count = len(index.owners)
    return np.array([place % count for place in places] if count else [], np.int64)


@given(texts=DOCUMENTS, places=PLACES)
def test_what_is_read_is_what_the_passages_say(texts: Texts, places: list[int]) -> None:
    index = index_of(texts)
    for make in IMPLEMENTATIONS.values():
        check_what_is_read(make, index, chosen_of(places, index))


def check_what_is_read(make: Make, index: Index, chosen: np.ndarray) -> None:
    words = list(index.lexicon.vocabulary)
    candidates = make(index).forward.read(chosen)
    assert candidates.passages.tolist() == chosen.tolist()
    assert candidates.documents.tolist() == index.owners[chosen].tolist()
    for place, (passage, _) in enumerate(candidates.texts(range(len(chosen)))):
        fields = fields_of(index.sequences, int(chosen[place]), words)
        begin, title, body, end = bounds(candidates, place)
        assert spelt(candidates, words, begin, title) == fields.title
        assert spelt(candidates, words, title, body) == fields.heading
        assert spelt(candidates, words, body, end) == fields.body
        first, last = candidates.unit_begins[place : place + 2]
        assert last - first == len(passage.units)
        for unit, (left, right) in zip(
            passage.units, candidates.units[first:last].tolist(), strict=True
        ):
            said = passage.text[unit.start : unit.end].lower()
            assert all(word in said for word in spelt(candidates, words, left, right))
            assert right - left == sum(word in said for word in WORDS)
        assert candidates.in_french[place] == (passage.language == "fr")


def bounds(candidates: Candidates, place: int) -> tuple[int, int, int, int]:
    """Where the title, the headings and the text of a passage begin, and its end."""
    return (
        int(candidates.begins[place]),
        int(candidates.titles[place]),
        int(candidates.bodies[place]),
        int(candidates.begins[place + 1]),
    )


def spelt(candidates: Candidates, words: list[str], first: int, last: int) -> list[str]:
    return [words[int(term)] for term in candidates.terms[first:last]]


@given(texts=DOCUMENTS, places=PLACES)
def test_some_of_what_was_read_is_what_reading_some_gives(texts: Texts, places: list[int]) -> None:
    index = index_of(texts)
    for make in IMPLEMENTATIONS.values():
        check_reading_some(make, index, chosen_of(places, index))


def check_reading_some(make: Make, index: Index, places: np.ndarray) -> None:
    every = np.arange(len(index.owners))
    terms = range(len(index.lexicon.vocabulary))
    forward = make(index).forward
    some, alone = forward.read(every).take(places), forward.read(every[places])
    for name in "passages documents in_french terms begins titles bodies units unit_begins".split():
        np.testing.assert_array_equal(getattr(some, name), getattr(alone, name))
    np.testing.assert_array_equal(some.owners, alone.owners)
    np.testing.assert_array_equal(some.weights(terms), all_weights(index)[places])
    assert some.texts(range(len(places))) == alone.texts(range(len(places)))


@given(texts=DOCUMENTS)
def test_a_lexicon_counts_the_passages(texts: Texts) -> None:
    index = index_of(texts)
    check_counts(IMPLEMENTATIONS["embedded"], index)


def check_counts(make: Make, index: Index) -> None:
    lexicon, present = make(index).lexicon, all_weights(index) > 0
    assert lexicon.passage_count == len(index.owners)
    assert lexicon.frequencies.tolist() == present.sum(axis=0).tolist()
    for terms in ([], [0], [0, 1], range(len(lexicon.vocabulary))):
        some = [term for term in terms if term < len(lexicon.vocabulary)]
        assert lexicon.count_of_any(some) == int(present[:, some].any(axis=1).sum())


@pytest.mark.parametrize("frequency", [0, 1, 3, 4])
def test_the_idf_of_one_frequency_is_that_of_many(frequency: int) -> None:
    lexicon = index_of([["cell"]] * 4).lexicon
    expected = log(1 + (4 - frequency + 0.5) / (frequency + 0.5))
    assert lexicon.idf(frequency) == pytest.approx(expected)
    assert isinstance(lexicon.idf(frequency), float)
    assert lexicon.idf(np.array([2, frequency]))[1] == pytest.approx(expected)
