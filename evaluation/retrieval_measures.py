"""Measures of rankings, computed by ir-measures; a judged query without result counts as 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import ir_measures
import numpy as np
from numpy.typing import NDArray

from evaluation.records import Judgement, Retrieved

MEASURES: Final = ("nDCG@10", "RR@10", "R@100", "Success@1", "Success@3", "AP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One value a query and measure: `values` is float64 (queries, measures)."""

    query_ids: tuple[str, ...]
    measures: tuple[str, ...]
    values: NDArray[np.float64]

    def of(self, measure: str) -> NDArray[np.float64]:
        """The values of one measure, by query, float64 (queries,)."""
        column: NDArray[np.float64] = self.values[:, self.measures.index(measure)]
        return column

    def mean(self, measure: str) -> float:
        """The mean over all judged queries; 0 where there are none."""
        return float(self.of(measure).mean()) if self.query_ids else 0.0


def score_run(
    judgements: Iterable[Judgement],
    run: Iterable[Retrieved],
    measures: Sequence[str] = MEASURES,
) -> Scores:
    """Measure a run; queries are in the order of their first judgement."""
    qrels = [ir_measures.Qrel(*judgement) for judgement in judgements]
    places = {qrel.query_id: 0 for qrel in qrels}
    places = {query_id: place for place, query_id in enumerate(places)}
    values = np.zeros((len(places), len(measures)))
    found = [ir_measures.ScoredDoc(*line) for line in run if line.query_id in places]
    if qrels and found:
        parsed = [ir_measures.parse_measure(name) for name in measures]
        columns = {measure: column for column, measure in enumerate(parsed)}
        for metric in ir_measures.iter_calc(parsed, qrels, found):
            values[places[metric.query_id], columns[metric.measure]] = metric.value
    return Scores(query_ids=tuple(places), measures=tuple(measures), values=values)
