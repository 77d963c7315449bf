"""Fits the logistic model of the confidence to questions whose answer is there or taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaluation.abstention import hidden_half
from evaluation.answer_measures import auroc, calibration_error
from evaluation.errors import EvaluationError
from evaluation.made_questions import MadeQuestion, group_of
from evaluation.runner import Progress
from evaluation.signed_logistic import SignedLogisticRegression
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.logistic import Logistic
from qa.models import Document
from qa.retrieval.confidence import MODEL, Features
from qa.settings import Settings

Target = Literal["right", "answerable"]
_FOLDS = 5


class Row(NamedTuple):
    """One question put to one index."""

    features: Features
    answerable: bool
    """Whether the index has a document that answers."""
    right: bool
    """Whether the first passage is of such a document."""
    kind: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A logistic model, and how it did on questions it was not fitted to (by folds)."""

    model: Logistic[Features]
    held_out: tuple[float, ...]
    """Probability of each row from the model of the other folds."""


def rows_of(
    documents: Sequence[Document],
    questions: Sequence[MadeQuestion],
    settings: Settings,
    *,
    on_progress: Progress | None = None,
) -> Iterator[Row]:
    """Every question, put to one fixed half of the documents and then to the other."""
    named = [group_of(document) for document in documents]
    first = hidden_half(named)
    done, total = 0, 2 * len(questions)
    for hidden in (first, frozenset(named) - first):
        kept = [d for d, name in zip(documents, named, strict=True) if name not in hidden]
        engine = Engine(build_in_memory(kept, settings), settings)
        present = {document.id for document in kept}
        for question in questions:
            done += 1
            row = _row(engine, question, question.documents & present)
            if row is not None:
                yield row
            if on_progress is not None:
                on_progress(done, total)


def _row(engine: Engine, question: MadeQuestion, answering: frozenset[str]) -> Row | None:
    seen = engine.features(question.text, question.history)
    if seen is None:
        return None
    passage, features = seen
    return Row(
        features=features,
        answerable=bool(answering),
        right=passage.document_id in answering,
        kind=question.kind,
        group=question.group,
    )


def fit(rows: Sequence[Row], *, target: Target, looseness: float = 0.2) -> Fit:
    """Logistic regression on all rows; groups of kindred questions are never parted by a fold.

    `looseness` is scikit-learn's `C`: the smaller, the smaller the coefficients. Raises
    `EvaluationError` where there are too few documents to learn from.
    """
    from sklearn.model_selection import GroupKFold, cross_val_predict

    values, labels = _matrix(rows), _labels(rows, target)
    model = SignedLogisticRegression(MODEL.signs, looseness=looseness)
    groups = [row.group for row in rows]
    if len(set(groups)) < _FOLDS or len(set(labels)) < 2:
        raise EvaluationError(
            "{count} questions on {groups} documents or objectives are too few to calibrate"
            " with; give a larger folder of documents",
            count=len(rows),
            groups=len(set(groups)),
        )
    held_out = cross_val_predict(
        model, values, labels, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    model.fit(values, labels)
    return Fit(
        model=Logistic(
            coefficients=Features(*(round(float(c), 3) for c in model.coef_)),
            intercept=round(float(model.intercept_), 3),
            signs=MODEL.signs,
        ),
        held_out=tuple(held_out.tolist()),
    )


class Quality(NamedTuple):
    """How well probabilities part and measure the rows of one kind."""

    kind: str
    size: int
    auroc_answerable: float | None
    auroc_right: float | None
    calibration_error: float | None


def qualities(rows: Sequence[Row], chances: Sequence[float], target: Target) -> Iterator[Quality]:
    """Quality on all rows, then on those of each kind."""
    kinds = sorted({row.kind for row in rows})
    for kind in ("all", *kinds) if len(kinds) > 1 else kinds:
        inside = [n for n, row in enumerate(rows) if kind in ("all", row.kind)]
        some = [rows[n] for n in inside]
        those = [chances[n] for n in inside]
        yield Quality(
            kind,
            len(inside),
            auroc([row.answerable for row in some], those),
            auroc([row.right for row in some], those),
            calibration_error(_labels(some, target), those),
        )


def single_feature_aurocs(rows: Sequence[Row]) -> Iterator[tuple[str, float | None]]:
    """AUROC of each feature by itself, between answerable and not."""
    labels = [row.answerable for row in rows]
    for place, name in enumerate(Features._fields):
        yield name, auroc(labels, [row.features[place] for row in rows])


def as_source(model: Logistic[Features]) -> str:
    """The lines of `qa/retrieval/confidence.py` that hold the fitted numbers."""
    lines = ["    coefficients=Features("]
    lines += [f"        {name}={value!r}," for name, value in model.coefficients._asdict().items()]
    return "\n".join([*lines, "    ),", f"    intercept={model.intercept!r},"])


def _matrix(rows: Iterable[Row]) -> NDArray[np.float64]:
    return np.array([row.features for row in rows], dtype=np.float64)


def _labels(rows: Iterable[Row], target: Target) -> list[bool]:
    read: Callable[[Row], bool] = (
        (lambda r: r.right) if target == "right" else (lambda r: r.answerable)
    )
    return [read(row) for row in rows]
