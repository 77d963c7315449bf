"""Puts questions to an engine and keeps what came back, with the time each step took."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from evaluation.records import Retrieved
from evaluation.trec import ranked
from qa.engine import Engine
from qa.models import Answer, Passage, Turn

DEPTH: Final = 100
Progress = Callable[[int, int], None]
"""Is given what is done and the total."""


class Asked(Protocol):
    """What every question has, whatever else its set knows of it."""

    @property
    def id(self) -> str:
        """Its name in the set."""

    @property
    def text(self) -> str:
        """As it is put."""

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns before it."""


Q = TypeVar("Q", bound=Asked)


class Extract(NamedTuple):
    """An extract with the document it stands in."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[Q]):
    """What the system made of a question; times are in milliseconds."""

    question: Q
    documents: tuple[Retrieved, ...] = ()
    ranking_ms: float = 0.0
    passages: tuple[Retrieved, ...] = ()
    relevant_passages: tuple[str, ...] = ()
    place: int | None = None
    """Rank of the first relevant passage, from 1; `None` where it is not among the found."""
    first: Passage | None = None
    """The best source of the answer."""
    confidence: float = 0.0
    answered: bool = False
    extracts: tuple[Extract, ...] = ()
    """What is shown, or would be if the system never abstained."""
    asking_ms: float | None = None
    """`None` where it was not asked, but only documents ranked."""

    @property
    def words(self) -> int:
        """Length of the extracts."""
        return sum(len(extract.text.split()) for extract in self.extracts)


Step = Callable[[Engine, Outcome[Q]], Outcome[Q]]
"""Fills in a part of an outcome. The first one of several takes longest: it reads the question."""


def run(
    engine: Engine,
    questions: Sequence[Q],
    *steps: Step[Q],
    on_progress: Progress | None = None,
) -> Iterator[Outcome[Q]]:
    """Take the steps for every question; for an empty one, nothing is found.

    Only the calls of the engine are timed.
    """
    for done, question in enumerate(questions, start=1):
        outcome = Outcome(question=question)
        for step in steps if question.text.strip() else ():
            outcome = step(engine, outcome)
        yield outcome
        if on_progress is not None:
            on_progress(done, len(questions))


def rank_documents(engine: Engine, outcome: Outcome[Q], k: int = DEPTH) -> Outcome[Q]:
    """With the ranking of documents."""
    question = outcome.question
    begun = perf_counter()
    found = engine.rank_documents(question.text, k=k, history=question.history)
    elapsed = 1000 * (perf_counter() - begun)
    documents = ranked(question.id, [(hit.document_id, hit.score) for hit in found])
    return replace(outcome, documents=documents, ranking_ms=elapsed)


def rank_passages(engine: Engine, outcome: Outcome[Q]) -> Outcome[Q]:
    """With the ranking of passages."""
    question = outcome.question
    found = engine.rank_passages(question.text, k=DEPTH, history=question.history)
    return replace(outcome, passages=ranked(question.id, [(hit.id, hit.score) for hit in found]))


def ask(engine: Engine, outcome: Outcome[Q]) -> Outcome[Q]:
    """With the answer, and with its extracts also where the system abstains."""
    text, history = outcome.question.text, outcome.question.history
    begun = perf_counter()
    answer = engine.ask(text, history=history)
    elapsed = 1000 * (perf_counter() - begun)
    shown = answer if answer.answered else engine.ask(text, history=history, abstain=False)
    return replace(
        outcome,
        first=answer.sources[0].passage if answer.sources else None,
        confidence=answer.confidence,
        answered=answer.answered,
        extracts=extracts_of(shown),
        asking_ms=elapsed,
    )


def extracts_of(answer: Answer) -> tuple[Extract, ...]:
    """The extracts of an answer by their documents."""
    documents = {hit.rank: hit.document.id for hit in answer.sources}
    return tuple(Extract(documents[c.source], c.start, c.end, c.text) for c in answer.extracts)
