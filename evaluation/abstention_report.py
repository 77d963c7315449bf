"""Does the confidence know when the documents have no answer?

Half of the relevant documents are taken away, so that about half of the questions lose their
answer while the documents stay of the same kind. Which half is fixed: it goes by a hash of the
identifier, not by chance or by order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.answer_measures import contains_answer, sampled
from evaluation.decisions import POINTS, Decisions
from evaluation.records import Query, RetrievalSet
from evaluation.runs import Outcome, Progress, ask, run
from qa.engine import Engine
from qa.settings import Settings

_SEED = b"hidden half:"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstentionReport:
    """How well the confidence parts questions with an answer from those without.

    A question is right when the first passage is relevant, or the extracts have the answer where
    the set gives answers.
    """

    labels: str
    decisions: Decisions

    def as_json(self) -> dict[str, Any]:
        """The report, its curve at even coverages."""
        decisions = self.decisions
        return {
            "labels": self.labels,
            "questions": len(decisions.answerable),
            "answerable": sum(decisions.answerable),
            **{
                name: statistic(labels, decisions.confidences)
                for name, (statistic, labels) in decisions.statistics.items()
            },
            "answered_with_answer": decisions.share_answered(answerable=True),
            "answered_without_answer": decisions.share_answered(answerable=False),
            "risk_at_coverage": {
                f"{coverage:.2f}": risk for coverage, risk in sampled(decisions.curve, POINTS)
            },
        }


def hidden_half(identifiers: Sequence[str]) -> frozenset[str]:
    """The fixed half of some identifiers (the smaller half of an odd number)."""

    def mark(identifier: str) -> bytes:
        return hashlib.sha256(_SEED + identifier.encode("utf-8", "surrogatepass")).digest()

    return frozenset(sorted(set(identifiers), key=mark)[: len(set(identifiers)) // 2])


def without_half(dataset: RetrievalSet) -> tuple[RetrievalSet, dict[str, frozenset[str]]]:
    """A set without a fixed half of its relevant documents, and those left to every question."""
    relevant = dataset.relevant
    hidden = hidden_half([d for documents in relevant.values() for d in documents])
    kept = {query_id: documents - hidden for query_id, documents in relevant.items()}
    reduced = replace(
        dataset,
        documents=tuple(d for d in dataset.documents if d.id not in hidden),
        queries=tuple(query for query in dataset.queries if relevant.get(query.id)),
    )
    return reduced, kept


def measure_hidden(
    dataset: RetrievalSet, settings: Settings, *, on_progress: Progress | None = None
) -> AbstentionReport:
    """Hide a fixed half of the relevant documents and ask every judged question."""
    reduced, kept = without_half(dataset)
    outcomes = _outcomes(reduced, settings, on_progress)
    return _report(
        "hidden half", outcomes, answerable=lambda o: bool(kept[o.question.id]), relevant=kept
    )


def measure_labelled(
    dataset: RetrievalSet, settings: Settings, *, on_progress: Progress | None = None
) -> AbstentionReport | None:
    """Ask the questions that the set itself says are answerable or not; `None` without any."""
    labelled = tuple(query for query in dataset.queries if query.answerable is not None)
    if len({query.answerable for query in labelled}) < 2:
        return None
    outcomes = _outcomes(replace(dataset, queries=labelled), settings, on_progress)
    return _report(
        "own labels",
        outcomes,
        answerable=lambda o: bool(o.question.answerable),
        relevant=dataset.relevant,
    )


def _outcomes(
    dataset: RetrievalSet, settings: Settings, on_progress: Progress | None
) -> list[Outcome[Query]]:
    engine = Engine.over(dataset.documents, settings)
    return list(run(engine, dataset.queries, ask, on_progress=on_progress))


def _report(
    labels: str,
    outcomes: Sequence[Outcome[Query]],
    *,
    answerable: Callable[[Outcome[Query]], bool],
    relevant: Mapping[str, frozenset[str]],
) -> AbstentionReport:
    has_answer = [answerable(outcome) for outcome in outcomes]
    decisions = Decisions(
        answerable=has_answer,
        right=[
            label and _is_right(outcome, relevant.get(outcome.question.id, frozenset()))
            for label, outcome in zip(has_answer, outcomes, strict=True)
        ],
        answered=[outcome.answered for outcome in outcomes],
        confidences=[outcome.confidence for outcome in outcomes],
    )
    return AbstentionReport(labels=labels, decisions=decisions)


def _is_right(outcome: Outcome[Query], relevant: frozenset[str]) -> bool:
    """Whether the extracts have the answer or, without answers, the first passage is relevant."""
    if outcome.question.answers:
        return contains_answer(outcome.extracts, outcome.question.answers)
    return outcome.first is not None and outcome.first.document_id in relevant
