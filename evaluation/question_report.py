"""The report on a question set: measures with intervals, slices, failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Literal, NamedTuple

from evaluation.answer_measures import percentile_ms, sampled
from evaluation.decisions import POINTS, Decisions
from evaluation.intervals import Estimate, mean_estimate, statistic_estimate
from evaluation.provenance import provenance
from evaluation.question_measures import columns_of, find_evidence
from evaluation.question_set import Question, QuestionSet
from evaluation.records import Column, mean
from evaluation.runs import Outcome, Progress, ask, rank_documents, rank_passages, run
from qa.engine import Engine
from qa.locale.translator import N_

Why = Literal[
    "answered what the documents do not answer",
    "abstained",
    "right passage, wrong extracts",
    "wrong passage first",
]
"""What can go wrong with a question."""
SLICES: Final[tuple[tuple[str, Callable[[Question], str]], ...]] = (
    (N_("language pair"), lambda question: question.language_pair),
    (N_("kind"), lambda question: question.kind),
    (N_("facet"), lambda question: question.facet or "none"),
    (N_("split"), lambda question: question.split or "none"),
    (N_("objective"), lambda question: question.objective or "none"),
    (N_("rank"), lambda question: question.rank or "none"),
)
SLICED: Final = (
    "nDCG@10",
    "passage Success@1",
    "answer_hit",
    "citation_precision",
    "citation_recall",
    "right_decision",
)
_SET_MEASURES: Final = {"AUROC": "abstention_auroc"}
_BATCH: Final = 1000
_KEPT: Final = 10
_FOUND_SHOWN: Final = 400


class Slice(NamedTuple):
    """Questions that have something in common, and what each of `SLICED` is on them."""

    by: str
    value: str
    size: int
    measured: tuple[tuple[float, ...], ...]
    """For each of `SLICED`, the values of the questions it applies to."""

    @property
    def means(self) -> tuple[float | None, ...]:
        """The mean of each of `SLICED`."""
        return tuple(mean(values) for values in self.measured)

    @property
    def estimates(self) -> tuple[Estimate | None, ...]:
        """The same with intervals, which take much longer."""
        return tuple(mean_estimate(values) for values in self.measured)


class Failure(NamedTuple):
    """A question that went wrong: what came first, and what was wanted."""

    question: Question
    why: Why
    outcome: Outcome[Question]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReport:
    """What was measured on a question set."""

    questions: QuestionSet
    outcomes: tuple[Outcome[Question], ...]
    columns: tuple[Column, ...]
    provenance: dict[str, Any]

    @property
    def sliced(self) -> tuple[str, ...]:
        """The measures that slices have."""
        return SLICED

    def values(self, measure: str) -> tuple[float | None, ...]:
        """The values of a measure, one a question."""
        return next(column.values for column in self.columns if column.measure == measure)

    @property
    def decisions(self) -> Decisions:
        """What was answered how surely; right is what extracts answer, abstaining or not."""
        return Decisions(
            answerable=[outcome.question.answerable for outcome in self.outcomes],
            right=[value == 1.0 for value in self.values("answer_hit")],
            answered=[outcome.answered for outcome in self.outcomes],
            confidences=[outcome.confidence for outcome in self.outcomes],
        )

    def estimates(self) -> Iterator[tuple[str, Estimate]]:
        """Every measure that applies, with its interval."""
        for column in self.columns:
            estimate = mean_estimate([value for value in column.values if value is not None])
            if estimate is not None:
                yield column.measure, estimate
        decisions = self.decisions
        for name, (statistic, labels) in decisions.statistics.items():
            estimate = statistic_estimate(statistic, labels, decisions.confidences)
            if estimate is not None:
                yield _SET_MEASURES.get(name, name), estimate

    def slices(self) -> Iterator[Slice]:
        """The measures by what questions have in common."""
        for by, key in SLICES:
            keys = [key(outcome.question) for outcome in self.outcomes]
            for value in sorted(set(keys)):
                inside = [place for place, one in enumerate(keys) if one == value]
                yield Slice(by, value, len(inside), tuple(self._measured(inside)))

    def _measured(self, places: Sequence[int]) -> Iterator[tuple[float, ...]]:
        for measure in SLICED:
            values = self.values(measure)
            yield tuple(v for place in places if (v := values[place]) is not None)

    def failures(self) -> Iterator[Failure]:
        """The questions that a student would complain about."""
        hits = self.values("answer_hit")
        for outcome, hit in zip(self.outcomes, hits, strict=True):
            why = _what_went_wrong(outcome, hit)
            if why is not None:
                yield Failure(outcome.question, why, outcome)

    def timing(self) -> dict[str, float | None]:
        """Percentiles of the time a question takes, in milliseconds."""
        ranking = [outcome.ranking_ms for outcome in self.outcomes]
        asking = [o.asking_ms for o in self.outcomes if o.asking_ms is not None]
        return {
            "ranking_p50_ms": percentile_ms(ranking, 50),
            "ranking_p99_ms": percentile_ms(ranking, 99),
            "asking_p50_ms": percentile_ms(asking, 50),
            "asking_p99_ms": percentile_ms(asking, 99),
        }

    def as_json(self) -> dict[str, Any]:
        """The report as `qa-eval run --json` prints it; only `timing` differs between runs."""
        decisions = self.decisions
        return {
            "questions": {
                "name": self.questions.name,
                "sha256": self.questions.sha256,
                "size": len(self.outcomes),
                "answerable": sum(decisions.answerable),
            },
            **self.provenance,
            "measures": {name: estimate._asdict() for name, estimate in self.estimates()},
            "risk_coverage": [
                {"coverage": coverage, "risk": risk}
                for coverage, risk in sampled(decisions.curve, POINTS)
            ],
            "reliability": [interval._asdict() for interval in decisions.reliability],
            "slices": [_slice_json(part) for part in self.slices()],
            "failures": [_failure_json(failure) for failure in self.failures()],
            "timing": self.timing(),
        }


def measure_questions(
    engine: Engine, questions: QuestionSet, *, on_progress: Progress | None = None
) -> QuestionReport:
    """Rank, ask and measure every question, in the order of identifiers.

    Measured in batches of which only the first ranks are kept, for the sake of very large sets.
    """
    outcomes: list[Outcome[Question]] = []
    values: dict[str, list[float | None]] = {}
    steps = ask, rank_documents, rank_passages, find_evidence()
    asked = run(engine, questions.questions, *steps, on_progress=on_progress)
    while batch := tuple(islice(asked, _BATCH)):
        for column in columns_of(batch):
            values.setdefault(column.measure, []).extend(column.values)
        outcomes.extend(
            replace(o, documents=o.documents[:_KEPT], passages=o.passages[:_KEPT]) for o in batch
        )
    return QuestionReport(
        questions=questions,
        outcomes=tuple(outcomes),
        columns=tuple(Column(measure, tuple(column)) for measure, column in values.items()),
        provenance=provenance(engine),
    )


def _what_went_wrong(outcome: Outcome[Question], hit: float | None) -> Why | None:
    if not outcome.question.answerable:
        return N_("answered what the documents do not answer") if outcome.answered else None
    if not outcome.answered:
        return N_("abstained")
    if hit:
        return None
    if outcome.place == 1:
        return N_("right passage, wrong extracts")
    return N_("wrong passage first")


def _slice_json(one: Slice) -> dict[str, Any]:
    estimates = dict(zip(SLICED, one.estimates, strict=True))
    return {
        "by": one.by,
        "value": one.value,
        "size": one.size,
        **{name: found and found.value for name, found in estimates.items()},
        "intervals": {name: found and [found.low, found.high] for name, found in estimates.items()},
    }


def _failure_json(failure: Failure) -> dict[str, Any]:
    first = failure.outcome.first
    return {
        "id": failure.question.id,
        "question": failure.question.text,
        "kind": failure.question.kind,
        "why": failure.why,
        "confidence": failure.outcome.confidence,
        "rank_of_evidence": failure.outcome.place,
        "found": first and {"passage": first.id, "text": first.text[:_FOUND_SHOWN]},
        "extracts": [extract.text for extract in failure.outcome.extracts],
        "wanted": [
            {"document": evidence.document, "quote": evidence.quote}
            for evidence in failure.question.evidence
        ],
    }
