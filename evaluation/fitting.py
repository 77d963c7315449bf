"""Fits the models of answers to questions whose evidence is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from evaluation.confidence_rows import Row
from evaluation.question_set import Question
from evaluation.quotes import overlap
from evaluation.runs import Progress, extracts_of
from evaluation.signed_logit import Choice, fit_choices, fit_labels
from qa.engine import Engine
from qa.logistic import Logistic
from qa.models import Span
from qa.retrieval import confidence, support
from qa.retrieval.model import Model
from qa.retrieval.reading import ReadPassage, surest
from qa.settings import Caution

T = TypeVar("T")

_SHARED: Final = 0.5
"""Share of a unit or of a quote that the other must have, for the unit to be evidence."""
_DIGITS: Final = 3
_LOOSENESS: Final = 10.0
"""Of .3, 1, 3 and 10 the best in the choice of units, and none too loose for so many questions."""
_CAUTION: Final[dict[Caution, float]] = {"strict": 1.0, "balanced": 2.0, "eager": 3.0}
"""What the share of questions with an answer that are answered counts, against the share of those
without one that are declined."""
_NATURAL: Final = 4.0
"""What all natural questions count against all of one other set, in the confidence. At 2, 4 and 8
the area under the curve is, on the other half, .801, .819 and .830 for them, .872, .863 and .849
for SQuAD, .839, .827 and .811 for PIAF."""
_BLUR: Final = 0.08
"""Of a threshold: what the confidence of a question moves by, at the median, between the models
of either half of the natural questions."""


class Read(NamedTuple):
    """A question as the engine read the passages for it."""

    question: Question
    surest: ReadPassage | None
    """The passage that its confidence is about."""
    right: bool
    """Whether what it would answer, however unsure, has evidence."""


def _choice(engine: Engine, question: Question) -> Choice:
    """All units that are looked at for a question, and those that are evidence."""
    _, passages = engine.read(question.text, question.history)
    labels = [
        _is_evidence(
            question,
            one.passage.document_id,
            (one.passage.start + unit.start, one.passage.start + unit.end),
        )
        for one in passages
        for unit in one.passage.units
    ]
    by_meaning = engine.meaning is not None
    nothing = np.zeros((0, len(support.Features._fields) + by_meaning))
    rows = [np.column_stack([p.units, p.likeness]) if by_meaning else p.units for p in passages]
    return Choice(np.concatenate([nothing, *rows]), np.array(labels, bool))


def _read(engine: Engine, question: Question) -> Read:
    """A question, and whether its answer is right."""
    _, passages = engine.read(question.text, question.history)
    answer = engine.ask(question.text, history=question.history, abstain=False)
    right = any(
        _is_evidence(question, extract.document, (extract.start, extract.end))
        for extract in extracts_of(answer)
    )
    return Read(question, surest(passages[: len(answer.sources)]), right)


def _is_evidence(question: Question, document: str, span: Span) -> bool:
    """Whether a stretch of a document is, or is part of, what answers the question."""
    return any(
        overlap(span, quote) >= _SHARED * min(span[1] - span[0], quote[1] - quote[0])
        for evidence in question.evidence
        if evidence.document == document
        for quote in evidence.spans
    )


def fit_model(
    engine: Engine,
    questions: Sequence[Question],
    elsewhere: Sequence[Row] = (),
    on_progress: Progress | None = None,
) -> Model:
    """The model that answers these questions best; the engine has the documents.

    `elsewhere`: questions on other documents, which the confidence is fitted to as well.
    """
    done = 0

    def each(make: Callable[[Engine, Question], T], by: Engine) -> Iterator[T]:
        nonlocal done
        for question in questions:
            yield make(by, question)
            done += 1
            if on_progress is not None:
                on_progress(done, 2 * len(questions))

    units, meaning = _fitted_support(list(each(_choice, engine)))
    read = list(
        each(_read, engine.with_model(replace(engine.model, support=units, meaning=meaning)))
    )
    sure = _fitted_confidence(read, elsewhere)
    return Model(
        support=units, confidence=sure, thresholds=_thresholds(read, sure), meaning=meaning
    )


def _fitted_support(choices: Sequence[Choice]) -> tuple[Logistic[support.Features], float]:
    """Coefficients by choice among units, scaled and shifted so that they give chances.

    What likeness in meaning counts comes apart; 0 where the choices are made without it.
    """
    by_meaning = choices[0].rows.shape[1] - len(support.SIGNS)
    weights = fit_choices(choices, (*support.SIGNS, *[1.0] * by_meaning), _LOOSENESS)
    logits = np.concatenate([choice.rows @ weights for choice in choices])
    labels = np.concatenate([choice.right for choice in choices])
    scale, intercept = fit_labels(logits[:, None], labels, (1,), _LOOSENESS)
    fitted = _rounded(weights * float(scale[0]))
    meaning = fitted.pop() if by_meaning else 0.0
    model = Logistic(
        coefficients=support.Features(*fitted),
        intercept=round(intercept, _DIGITS),
        signs=support.SIGNS,
    )
    return model, meaning


def _fitted_confidence(
    read: Iterable[Read], elsewhere: Sequence[Row]
) -> Logistic[confidence.Features]:
    """Whether the answer is right, by what the best passage has."""
    natural = [(one.surest.features, one.right) for one in read if one.surest]
    known = [*natural, *((row.features, row.right) for row in elsewhere)]
    sizes = Counter(row.name for row in elsewhere)
    counts = [len(natural) / _NATURAL / sizes[row.name] for row in elsewhere]
    weights, intercept = fit_labels(
        np.array([features for features, _ in known], np.float64),
        np.array([right for _, right in known], bool),
        confidence.SIGNS,
        _LOOSENESS,
        np.array([1.0] * len(natural) + counts),
    )
    return Logistic(
        coefficients=confidence.Features(*_rounded(weights)),
        intercept=round(intercept, _DIGITS),
        signs=confidence.SIGNS,
    )


def _thresholds(read: Iterable[Read], model: Logistic[confidence.Features]) -> dict[Caution, float]:
    """From when on it is better to answer, where a question withheld costs what caution says."""
    known = [(reading, reading.surest) for reading in read if reading.surest]
    sure = np.array([model.probability(best.features) for _, best in known])
    answerable = np.array([one.question.answerable for one, _ in known])
    steps = np.round(np.arange(0.02, 0.9, 0.01), 2)
    answered = expit((sure[:, None] - steps) / _BLUR)
    kept = answered[answerable].sum(axis=0) / max(int(answerable.sum()), 1)
    missed = answered[~answerable].sum(axis=0) / max(int((~answerable).sum()), 1)
    return {
        caution: float(steps[np.argmax(weight * kept - missed)])
        for caution, weight in _CAUTION.items()
    }


def _rounded(weights: NDArray[np.float64]) -> list[float]:
    return [round(float(weight), _DIGITS) + 0.0 for weight in weights]
