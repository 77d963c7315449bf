"""Plain baselines and the system side by side, on many sets in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluation.beir import is_beir_folder
from evaluation.beir_report import measure_set
from evaluation.errors import DatasetError
from evaluation.records import RetrievalSet, Retrieved, mean
from evaluation.retrieval_measures import score_run
from evaluation.runs import Progress
from evaluation.trec import ranked
from qa.settings import Settings

MEASURE = "nDCG@10"
SYSTEM = "this system"
_KEPT = (
    "queries",
    "judged",
    "R@100",
    "answer_hit",
    "extract_words",
    "abstention_auroc",
    "p50_ms",
    "p99_ms",
    "index_seconds",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One set: nDCG@10 by system, and what else was measured of this one."""

    dataset: str
    systems: tuple[tuple[str, float], ...]
    others: tuple[tuple[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The row as `qa-eval table --json` prints it."""
        return {"dataset": self.dataset, MEASURE: dict(self.systems), **dict(self.others)}


def find_sets(folder: Path) -> tuple[Path, ...]:
    """The folders in BEIR layout directly below a folder, or itself, by name."""
    if is_beir_folder(folder):
        return (folder,)
    found = tuple(sorted(path for path in folder.glob("*/") if is_beir_folder(path)))
    if not found:
        raise DatasetError(
            "{folder}: no folder with corpus.jsonl, queries.jsonl and qrels in it", folder=folder
        )
    return found


def measure_row(
    dataset: RetrievalSet, settings: Settings, *, on_progress: Progress | None = None
) -> Row:
    """Measure one set with this system and every baseline that is installed."""
    systems = [
        (baseline.name, score_run(dataset.judgements, rank_with(baseline, dataset)).mean(MEASURE))
        for baseline in available_baselines()
    ]
    report = measure_set(dataset, settings, on_progress=on_progress)
    values = report.as_json()
    return Row(
        dataset=dataset.name,
        systems=(*systems, (SYSTEM, report.scores.mean(MEASURE))),
        others=tuple((name, values[name]) for name in _KEPT),
    )


def mean_row(rows: Sequence[Row]) -> tuple[tuple[str, float], ...]:
    """The unweighted mean over sets of each system's nDCG@10."""
    names = [name for name, _ in rows[0].systems] if rows else []
    return tuple((n, mean([dict(row.systems)[n] for row in rows]) or 0.0) for n in names)


class Scorer(Protocol):
    """Scores every text for a question."""

    def scores(self, question: str) -> NDArray[np.floating[Any]]:
        """One score a text, float (texts,); 0 where nothing matches."""


class TfidfScorer:
    """scikit-learn's TfidfVectorizer with its defaults but for `sublinear_tf`, by cosine."""

    def __init__(self, texts: Sequence[str], *, sublinear_tf: bool = False) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(sublinear_tf=sublinear_tf)
        self._texts = self._vectorizer.fit_transform(texts)

    def scores(self, question: str) -> NDArray[np.floating[Any]]:
        """Cosines; vectors are of unit length."""
        products = self._texts @ self._vectorizer.transform([question]).T
        return np.asarray(products.todense(), dtype=np.float64).ravel()


class Bm25sScorer:
    """bm25s with its defaults (Lù: BM25S, 2024); its stop words are English."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._size = len(texts)
        self._tokenize = bm25s.tokenize
        self._model = bm25s.BM25()
        self._model.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)

    def scores(self, question: str) -> NDArray[np.floating[Any]]:
        """BM25 scores; none for a question without a known word."""
        tokens = self._tokenize([question], return_ids=False, show_progress=False)[0]
        if not tokens:
            return np.zeros(self._size)
        scores: NDArray[np.floating[Any]] = self._model.get_scores(tokens)
        return scores


class Baseline(NamedTuple):
    """A scorer by the name it has in tables, and the library it needs."""

    name: str
    library: str
    build: Callable[[Sequence[str]], Scorer]


BASELINES: Final = (
    Baseline("TF-IDF", "sklearn", TfidfScorer),
    Baseline("TF-IDF log", "sklearn", partial(TfidfScorer, sublinear_tf=True)),
    Baseline("BM25", "bm25s", Bm25sScorer),
)


def available_baselines() -> tuple[Baseline, ...]:
    """The baselines whose library is installed."""
    return tuple(b for b in BASELINES if find_spec(b.library) is not None)


def rank_with(baseline: Baseline, dataset: RetrievalSet, *, k: int = 100) -> Iterator[Retrieved]:
    """The run of a baseline; equal scores keep the order of the documents."""
    scorer = baseline.build([f"{d.title}\n{d.text}" for d in dataset.documents])
    judged = dataset.judged
    for query in dataset.queries:
        if query.id not in judged:
            continue
        scores = scorer.scores(query.text)
        best = np.argsort(-scores, kind="stable")[:k]
        found = [(dataset.documents[n].id, float(scores[n])) for n in best if scores[n] > 0]
        yield from ranked(query.id, found)
