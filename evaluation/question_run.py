"""Puts the questions of a set to an engine and measures every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from time import perf_counter
from typing import Final, NamedTuple

from evaluation.citations import ANSWER_MEASURES, answer_values
from evaluation.question_records import Column, Extract, QuestionOutcome
from evaluation.question_set import Question, QuestionSet
from evaluation.quotes import overlap
from evaluation.records import Judgement
from evaluation.retrieval_measures import MEASURES, Scores, score_run
from evaluation.runner import Progress
from evaluation.trec import ranked
from qa.engine import Engine
from qa.models import Answer, Passage

DEPTH: Final = 100
PASSAGE_PREFIX: Final = "passage "
_BATCH: Final = 1000
_KEPT: Final = 10


class Measured(NamedTuple):
    """Outcomes and the values of every measure, one a question."""

    outcomes: tuple[QuestionOutcome, ...]
    columns: tuple[Column, ...]


def ask_and_measure(
    engine: Engine, questions: QuestionSet, *, on_progress: Progress | None = None
) -> Measured:
    """Rank, ask and measure every question, in the order of identifiers.

    Measured in batches of which only the first ranks are kept, for the sake of very large sets.
    """
    outcomes: list[QuestionOutcome] = []
    values: dict[str, list[float | None]] = {}
    asked = ask_all(engine, questions, on_progress=on_progress)
    while batch := tuple(islice(asked, _BATCH)):
        for column in columns_of(batch):
            values.setdefault(column.measure, []).extend(column.values)
        outcomes.extend(
            replace(o, documents=o.documents[:_KEPT], passages=o.passages[:_KEPT]) for o in batch
        )
    return Measured(tuple(outcomes), tuple(Column(n, tuple(v)) for n, v in values.items()))


def ask_all(
    engine: Engine, questions: QuestionSet, *, on_progress: Progress | None = None
) -> Iterator[QuestionOutcome]:
    """Rank and ask every question, in the order of identifiers."""
    passages_of = _passages_with_evidence(engine)
    for done, question in enumerate(questions.questions, start=1):
        yield _ask(engine, question, passages_of(question))
        if on_progress is not None:
            on_progress(done, len(questions.questions))


def _ask(engine: Engine, question: Question, relevant: tuple[str, ...]) -> QuestionOutcome:
    text, history = question.text, question.history
    begun = perf_counter()
    answer = engine.ask(text, history=history)
    asked = perf_counter()
    documents = engine.rank_documents(text, k=DEPTH, history=history)
    ranked_at = perf_counter()
    passages = engine.rank_passages(text, k=DEPTH, history=history)
    shown = answer if answer.answered else engine.ask(text, history=history, abstain=False)
    return QuestionOutcome(
        question=question,
        documents=ranked(question.id, [(one.document_id, one.score) for one in documents]),
        passages=ranked(question.id, [(passage.id, passage.score) for passage in passages]),
        relevant_passages=relevant,
        place=next((n for n, found in enumerate(passages, 1) if found.id in relevant), None),
        first=answer.sources[0].passage if answer.sources else None,
        confidence=answer.confidence,
        answered=answer.answered,
        extracts=_extracts(shown),
        ranking_ms=1000 * (ranked_at - asked),
        asking_ms=1000 * (asked - begun),
    )


def _extracts(answer: Answer) -> tuple[Extract, ...]:
    documents = {hit.rank: hit.document.id for hit in answer.sources}
    return tuple(Extract(documents[c.source], c.start, c.end, c.text) for c in answer.extracts)


def _passages_with_evidence(engine: Engine) -> Callable[[Question], tuple[str, ...]]:
    """Passages that hold a quote whole or, where none does, the ones that share it."""
    cut: dict[str, tuple[Passage, ...]] = {}

    def holding(question: Question) -> Iterator[str]:
        for evidence in question.evidence:
            if evidence.document not in cut:
                cut[evidence.document] = engine.index.catalogue.passages_of(evidence.document)
            for span in evidence.spans:
                shares = [(overlap(span, (p.start, p.end)), p.id) for p in cut[evidence.document]]
                whole = [identifier for size, identifier in shares if size == span[1] - span[0]]
                yield from whole or [identifier for size, identifier in shares if size]

    return lambda question: tuple(dict.fromkeys(holding(question)))


def columns_of(outcomes: Sequence[QuestionOutcome]) -> tuple[Column, ...]:
    """All measures: of documents, of passages, of answers."""
    by_document = score_run(
        [
            Judgement(o.question.id, document, 1)
            for o in outcomes
            for document in dict.fromkeys(e.document for e in o.question.evidence)
        ],
        [line for o in outcomes for line in o.documents],
    )
    by_passage = score_run(
        [Judgement(o.question.id, p, 1) for o in outcomes for p in o.relevant_passages],
        [line for o in outcomes for line in o.passages],
    )
    answers = [answer_values(outcome) for outcome in outcomes]
    return (
        *_columns(by_document, outcomes, ""),
        *_columns(by_passage, outcomes, PASSAGE_PREFIX),
        *(
            Column(name, tuple(values[place] for values in answers))
            for place, name in enumerate(ANSWER_MEASURES)
        ),
    )


def _columns(scores: Scores, outcomes: Sequence[QuestionOutcome], prefix: str) -> Iterator[Column]:
    places = {query_id: place for place, query_id in enumerate(scores.query_ids)}
    for measure in MEASURES:
        values = scores.of(measure)
        yield Column(
            prefix + measure,
            tuple(
                float(values[places[o.question.id]]) if o.question.id in places else None
                for o in outcomes
            ),
        )
