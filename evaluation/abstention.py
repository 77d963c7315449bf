"""Does the confidence know when the documents have no answer?

Half of the relevant documents are taken away, so that about half of the questions lose their
answer while the documents stay of the same kind. Which half is fixed: it goes by a hash of the
identifier, not by chance or by order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evaluation.answer_measures import (
    RiskCoverage,
    area_under_risk_coverage,
    auroc,
    calibration_error,
    contains_answer,
    risk_coverage,
)
from evaluation.records import QueryOutcome, RetrievalSet, mean
from evaluation.runner import Progress, run_queries
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.settings import Settings

_SEED = b"hidden half:"
_POINTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstentionReport:
    """How well the confidence parts questions with an answer from those without.

    `answerable`, `right` and `confidences` have one value a question. A question is `right` when
    the first passage is relevant, or the extracts have the answer where the set gives answers;
    one without answer never is.
    """

    name: str
    answerable: tuple[bool, ...]
    right: tuple[bool, ...]
    answered: tuple[bool, ...]
    confidences: tuple[float, ...]

    @property
    def curve(self) -> RiskCoverage:
        """The risk-coverage curve."""
        return risk_coverage(self.right, self.confidences)

    def as_json(self) -> dict[str, Any]:
        """The report, its curve at even coverages."""
        curve = self.curve
        return {
            "labels": self.name,
            "questions": len(self.answerable),
            "answerable": sum(self.answerable),
            "AUROC": auroc(self.answerable, self.confidences),
            "AURC": area_under_risk_coverage(curve),
            "ECE": calibration_error(self.right, self.confidences),
            "answered_with_answer": self._share_answered(answerable=True),
            "answered_without_answer": self._share_answered(answerable=False),
            "risk_at_coverage": {
                f"{coverage:.2f}": risk for coverage, risk in sampled(curve, _POINTS)
            },
        }

    def _share_answered(self, *, answerable: bool) -> float | None:
        pairs = zip(self.answered, self.answerable, strict=True)
        return mean([float(answered) for answered, label in pairs if label is answerable])


def sampled(curve: RiskCoverage, points: int) -> list[tuple[float, float]]:
    """Coverage and risk at `points` even coverages: of the least threshold that reaches each."""
    if len(curve.coverage) == 0:
        return []
    wanted = np.arange(1, points + 1) / points
    places = np.minimum(np.searchsorted(curve.coverage, wanted - 1e-12), len(curve.coverage) - 1)
    return [(float(w), float(curve.risk[p])) for w, p in zip(wanted, places, strict=True)]


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
        "hidden half", outcomes, answerable=lambda o: bool(kept[o.query.id]), relevant=kept
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
        answerable=lambda o: bool(o.query.answerable),
        relevant=dict(dataset.relevant),
    )


def _outcomes(
    dataset: RetrievalSet, settings: Settings, on_progress: Progress | None
) -> list[QueryOutcome]:
    engine = Engine(build_in_memory(dataset.documents, settings), settings)
    return list(run_queries(engine, dataset.queries, k=1, answers=True, on_progress=on_progress))


def _report(
    name: str,
    outcomes: Sequence[QueryOutcome],
    *,
    answerable: Callable[[QueryOutcome], bool],
    relevant: dict[str, frozenset[str]],
) -> AbstentionReport:
    labels = tuple(answerable(outcome) for outcome in outcomes)
    return AbstentionReport(
        name=name,
        answerable=labels,
        right=tuple(
            label and _is_right(outcome, relevant.get(outcome.query.id, frozenset()))
            for label, outcome in zip(labels, outcomes, strict=True)
        ),
        answered=tuple(bool(outcome.answered) for outcome in outcomes),
        confidences=tuple(outcome.confidence or 0.0 for outcome in outcomes),
    )


def _is_right(outcome: QueryOutcome, relevant: frozenset[str]) -> bool:
    """Whether the extracts have the answer or, without answers, the first passage is relevant."""
    if outcome.query.answers:
        return contains_answer(outcome.extracts, outcome.query.answers)
    return bool(outcome.sources) and outcome.sources[0].document_id in relevant
