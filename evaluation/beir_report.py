"""Measures one retrieval set in BEIR layout with the default way of the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

from evaluation.answer_measures import answer_hit, auroc, percentile_ms
from evaluation.clusters import sent
from evaluation.records import Query, RetrievalSet, Retrieved, mean
from evaluation.retrieval_measures import Scores, score_run
from evaluation.runs import DEPTH, Outcome, Progress, Step, ask, rank_documents, run
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class BeirReport:
    """What was measured on a set: scores by query, outcomes, and the time to index."""

    dataset: RetrievalSet
    scores: Scores
    outcomes: tuple[Outcome[Query], ...]
    index_seconds: float
    fingerprint: str

    @property
    def queries_per_second(self) -> float:
        """Rankings a second, one after the other."""
        total_ms = sum(outcome.ranking_ms for outcome in self.outcomes)
        return 1000 * len(self.outcomes) / total_ms if total_ms else 0.0

    @property
    def abstention_auroc(self) -> float | None:
        """AUROC of the confidence between answerable and unanswerable questions."""
        labelled = [o for o in self.outcomes if o.question.answerable is not None]
        return auroc(
            [bool(o.question.answerable) for o in labelled], [o.confidence for o in labelled]
        )

    def as_json(self) -> dict[str, Any]:
        """The report as `qa-eval beir --json` prints it."""
        outcomes = self.outcomes
        ranking = [o.ranking_ms for o in outcomes]
        asking = [o.asking_ms for o in outcomes if o.asking_ms is not None]
        shown = [o for o in outcomes if o.asking_ms is not None]
        return {
            "dataset": self.dataset.name,
            "documents": len(self.dataset.documents),
            "queries": len(outcomes),
            "judged": len(self.scores.query_ids),
            **{name: self.scores.mean(name) for name in self.scores.measures},
            "answer_hit": answer_hit(outcomes),
            "answer_hit_shown": answer_hit(outcomes, shown=True),
            "abstention_auroc": self.abstention_auroc,
            "answered": mean([float(o.answered) for o in shown]),
            "extract_words": mean([float(o.words) for o in shown]),
            "index_seconds": round(self.index_seconds, 3),
            "queries_per_second": round(self.queries_per_second, 1),
            "p50_ms": percentile_ms(ranking, 50),
            "p99_ms": percentile_ms(ranking, 99),
            "ask_p50_ms": percentile_ms(asking, 50),
            "ask_p99_ms": percentile_ms(asking, 99),
            "index_fingerprint": self.fingerprint,
        }


def measure_set(
    dataset: RetrievalSet,
    settings: Settings,
    *,
    k: int = DEPTH,
    place: str | None = None,
    on_progress: Progress | None = None,
) -> BeirReport:
    """Index the documents of a set in memory and put its queries to them.

    `place`: the address of a cluster, which is sent the index and asked instead.
    """
    start = perf_counter()
    index = build_in_memory(dataset.documents, settings)
    engine = Engine(index, settings) if place is None else sent(index, place, settings)
    index_seconds = perf_counter() - start
    # Where a set says nothing of answers, asking for them tells nothing.
    answers = any(query.answers or query.answerable is not None for query in dataset.queries)
    steps: list[Step[Query]] = [partial(rank_documents, k=k)]
    if answers:
        steps.append(ask)
    outcomes = tuple(run(engine, dataset.queries, *steps, on_progress=on_progress))
    return BeirReport(
        dataset=dataset,
        scores=score_run(dataset.judgements, retrieved_lines(outcomes)),
        outcomes=outcomes,
        index_seconds=index_seconds,
        fingerprint=engine.fingerprint,
    )


def retrieved_lines(outcomes: Iterable[Outcome[Query]]) -> list[Retrieved]:
    """The run that the outcomes make together."""
    return [line for outcome in outcomes for line in outcome.documents]
