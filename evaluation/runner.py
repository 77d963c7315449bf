"""Puts queries to an engine and keeps what came back, with the time each took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter

from evaluation.records import Query, QueryOutcome, Source
from evaluation.trec import ranked
from qa.engine import Engine

Progress = Callable[[int, int], None]


def run_queries(
    engine: Engine,
    queries: Sequence[Query],
    *,
    k: int = 100,
    answers: bool = False,
    on_progress: Progress | None = None,
) -> Iterator[QueryOutcome]:
    """Rank the documents for every query and, with `answers`, ask for the extracts as well.

    Only the calls of the engine are timed. An empty query is not asked: nothing is found for it.
    `on_progress` is given what is done and the total.
    """
    for done, query in enumerate(queries, start=1):
        if not query.text.strip():
            yield QueryOutcome(query=query, retrieved=(), ranking_ms=0.0)
        else:
            outcome = _ranking(engine, query, k)
            yield _with_answer(engine, outcome) if answers else outcome
        if on_progress is not None:
            on_progress(done, len(queries))


def _ranking(engine: Engine, query: Query, k: int) -> QueryOutcome:
    start = perf_counter()
    found = engine.rank_documents(query.text, k=k, history=query.history)
    elapsed = 1000 * (perf_counter() - start)
    return QueryOutcome(
        query=query,
        retrieved=ranked(query.id, [(one.document_id, one.score) for one in found]),
        ranking_ms=elapsed,
    )


def _with_answer(engine: Engine, outcome: QueryOutcome) -> QueryOutcome:
    query = outcome.query
    start = perf_counter()
    answer = engine.ask(query.text, history=query.history)
    elapsed = 1000 * (perf_counter() - start)
    shown = (
        answer if answer.answered else engine.ask(query.text, history=query.history, abstain=False)
    )
    return replace(
        outcome,
        confidence=answer.confidence,
        answered=answer.answered,
        extracts=shown.extracts,
        sources=tuple(
            Source(hit.document.id, hit.passage.start, hit.passage.end, hit.confidence)
            for hit in answer.sources
        ),
        asking_ms=elapsed,
    )


def needs_answers(queries: Iterable[Query]) -> bool:
    """Whether a set says anything about answers, so that asking for them tells something."""
    return any(query.answers or query.answerable is not None for query in queries)
