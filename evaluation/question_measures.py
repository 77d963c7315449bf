"""Measures every question of a set: its documents, its passages, its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evaluation.citations import ANSWER_MEASURES, answer_values
from evaluation.question_set import Question
from evaluation.quotes import overlap
from evaluation.records import Column, Judgement
from evaluation.retrieval_measures import MEASURES, Scores, score_run
from evaluation.runs import Outcome, Step
from qa.engine import Engine
from qa.models import Passage

PASSAGE_PREFIX = "passage "


def find_evidence() -> Step[Question]:
    """A step that tells the passages with evidence, and the place of the first among the found.

    These hold a quote whole or, where none does, share it.
    """
    cut: dict[str, tuple[Passage, ...]] = {}

    def holding(engine: Engine, question: Question) -> Iterator[str]:
        for evidence in question.evidence:
            if evidence.document not in cut:
                cut[evidence.document] = engine.index.catalogue.passages_of(evidence.document)
            for span in evidence.spans:
                shares = [(overlap(span, (p.start, p.end)), p.id) for p in cut[evidence.document]]
                whole = [identifier for size, identifier in shares if size == span[1] - span[0]]
                yield from whole or [identifier for size, identifier in shares if size]

    def step(engine: Engine, outcome: Outcome[Question]) -> Outcome[Question]:
        relevant = tuple(dict.fromkeys(holding(engine, outcome.question)))
        ranks = (n for n, hit in enumerate(outcome.passages, 1) if hit.document_id in relevant)
        return replace(outcome, relevant_passages=relevant, place=next(ranks, None))

    return step


def columns_of(outcomes: Sequence[Outcome[Question]]) -> tuple[Column, ...]:
    """All measures: of documents, of passages, of answers."""
    by_document = score_run(
        [judgement for o in outcomes for judgement in o.question.judgements],
        [line for o in outcomes for line in o.documents],
    )
    by_passage = score_run(
        [Judgement(o.question.id, p, 1) for o in outcomes for p in o.relevant_passages],
        [line for o in outcomes for line in o.passages],
    )
    answers = zip(*map(answer_values, outcomes), strict=True)
    return (
        *_columns(by_document, outcomes, ""),
        *_columns(by_passage, outcomes, PASSAGE_PREFIX),
        *map(Column, ANSWER_MEASURES, answers),
    )


def _columns(
    scores: Scores, outcomes: Sequence[Outcome[Question]], prefix: str
) -> Iterator[Column]:
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
