"""The numbers that answers rest on, as they are stored."""

from __future__ import annotations

import json

import pytest

from qa.logistic import Logistic
from qa.retrieval import confidence, support
from qa.retrieval.model import Model, fitted_model


def invented(step: float) -> Model:
    """A model of numbers that are all different."""
    units = [step * place for place in range(len(support.SIGNS))]
    sure = [-step * place for place in range(len(confidence.SIGNS))]
    return Model(
        support=Logistic(
            coefficients=support.Features(*units), intercept=-step, signs=support.SIGNS
        ),
        confidence=Logistic(
            coefficients=confidence.Features(*sure), intercept=step, signs=confidence.SIGNS
        ),
        thresholds={"strict": 0.7, "balanced": 0.5, "eager": 0.3},
    )


@pytest.mark.parametrize(
    "model",
    [invented(0.25), invented(-3.0), fitted_model(), fitted_model(meaning=True)],
)
def test_a_model_is_the_same_from_json(model: Model) -> None:
    assert Model.of(json.loads(json.dumps(model.as_json()))) == model


@pytest.mark.parametrize("missing", ["support", "confidence", "thresholds"])
def test_a_model_without_a_part_is_none(missing: str) -> None:
    numbers = invented(1.0).as_json()
    del numbers[missing]
    with pytest.raises(KeyError, match=missing):
        Model.of(numbers)


@pytest.mark.parametrize("part", ["support", "confidence"])
def test_a_feature_that_is_not_known_is_refused(part: str) -> None:
    numbers = invented(1.0).as_json()
    numbers[part]["coefficients"]["moon"] = 1.0
    with pytest.raises(TypeError, match="moon"):
        Model.of(numbers)


@pytest.mark.parametrize("meaning", [False, True])
def test_every_number_in_use_counts_the_way_that_it_must(meaning: bool) -> None:
    model = fitted_model(meaning=meaning)
    assert (model.meaning > 0) == meaning
    for coefficients, signs in (
        (model.support.coefficients, support.SIGNS),
        (model.confidence.coefficients, confidence.SIGNS),
    ):
        for weight, sign in zip(coefficients, signs, strict=True):
            assert sign == 0 or weight * sign >= 0


@pytest.mark.parametrize("meaning", [False, True])
def test_more_caution_wants_more_confidence(meaning: bool) -> None:
    thresholds = fitted_model(meaning=meaning).thresholds
    assert 0 < thresholds["eager"] <= thresholds["balanced"] <= thresholds["strict"] < 1
