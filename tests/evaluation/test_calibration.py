"""Questions made from documents, and the model fitted to them."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from qa.retrieval.confidence import MODEL, Features
from sklearn.linear_model import LogisticRegression

from evaluation.calibration import (
    Row,
    as_source,
    fit,
    qualities,
    rows_of,
    single_feature_aurocs,
)
from evaluation.made_questions import given_questions, harder, make_questions
from evaluation.question_set import Question, QuestionSet
from evaluation.signed_logistic import SignedLogisticRegression
from evaluation.text_documents import text_document
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.logistic import Logistic
from qa.settings import Settings

_DOCUMENTS = tuple(
    text_document(f"d{n}", f"About {word}", f"The {word} of patients rises with {other} therapy.")
    for n, (word, other) in enumerate(
        zip(
            ["fever", "cough", "anaemia", "jaundice", "oedema", "rash", "asthma", "gout"],
            ["steroid", "insulin", "heparin", "statin", "lithium", "opioid", "folate", "iron"],
            strict=True,
        )
    )
)


def _rows() -> list[Row]:
    questions = list(make_questions(_DOCUMENTS, per_document=2))
    return list(rows_of(_DOCUMENTS, questions, Settings()))


def test_questions_do_not_depend_on_the_order_of_documents() -> None:
    made = {q.text for q in make_questions(_DOCUMENTS[:1], per_document=1)}
    assert made == {q.text for q in make_questions(_DOCUMENTS[:1], per_document=1)}
    assert len(made) == 2


def test_nothing_is_fitted_to_questions_kept_for_checking() -> None:
    parts = [
        Question(id=split or "none", text="Why?", language="en", answerable=False, split=split)
        for split in ("fit", "check", "")
    ]
    chosen = given_questions(QuestionSet(name="set", questions=tuple(parts), sha256=""))
    assert [question.group for question in chosen] == ["fit", "none"]


def test_words_are_dropped_from_sentences_only() -> None:
    text = "alpha bravo charlie delta echo foxtrot golf hotel"
    rng = Random(1)  # noqa: S311  # not for secrets
    assert len(harder(text, rng, [], keep_all=True).split()) == 8
    assert 3 <= len(harder(text, rng, [], keep_all=False).split()) < 8


def test_every_question_is_asked_with_and_without_its_document() -> None:
    rows = _rows()
    assert 0.4 < sum(row.answerable for row in rows) / len(rows) < 0.6
    assert not any(row.right and not row.answerable for row in rows)


def test_a_fit_parts_what_is_there_from_what_is_not() -> None:
    rows = _rows()
    fitted = fit(rows, target="answerable")
    chances = [fitted.model.probability(row.features) for row in rows]
    overall = next(qualities(rows, chances, "answerable"))
    assert overall.size == len(rows)
    assert overall.auroc_answerable is not None
    assert overall.auroc_answerable > 0.8
    assert len(fitted.held_out) == len(rows)
    assert [name for name, _ in single_feature_aurocs(rows)] == list(Features._fields)


def test_coefficients_keep_their_sign() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(400, 2))
    labels = (values @ [2.0, -1.0] + rng.normal(size=400) > 0).tolist()
    free = SignedLogisticRegression((0, 0)).fit(values, labels)
    bound = SignedLogisticRegression((1, 1)).fit(values, labels)
    reference = LogisticRegression(C=1.0).fit(values, labels)
    assert free.coef_ == pytest.approx(reference.coef_[0], rel=0.01)
    assert bound.coef_[0] > 0
    assert bound.coef_[1] == 0
    assert (free.predict(values) == (free.predict_proba(values)[:, 1] > 0.5)).all()


def test_the_model_is_printed_as_python() -> None:
    coefficients = Features(*range(1, len(Features._fields) + 1))
    model = Logistic(coefficients=coefficients, intercept=-1.5, signs=MODEL.signs)
    printed = f"Logistic({as_source(model)} signs=MODEL.signs)"
    known = {"Logistic": Logistic, "Features": Features, "MODEL": MODEL}
    assert eval(printed, known) == model  # noqa: S307 - the source that this project printed


def test_features_are_those_of_the_confidence() -> None:
    engine = Engine(build_in_memory(_DOCUMENTS, Settings()), Settings())
    seen = engine.features("what does insulin do to a cough")
    assert seen is not None
    passage, features = seen
    assert passage.document_id == "d1"
    assert MODEL.probability(features) == pytest.approx(
        engine.ask("what does insulin do to a cough").confidence
    )
    assert engine.features("zzz qqq") is None
