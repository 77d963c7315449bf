"""The fitted model: which unit answers, how sure that is, and from when on it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Self

from qa.logistic import Logistic
from qa.retrieval import confidence, support
from qa.settings import Caution

FILE: Final = "fitted.json"
"""Beside this module; `qa-eval fit` writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The numbers that answers rest on."""

    support: Logistic[support.Features]
    """How likely a unit answers, against the other units."""
    confidence: Logistic[confidence.Features]
    """How sure it is that a passage answers."""
    thresholds: Mapping[Caution, float]
    """Least confidence of an answer, by how cautious it should be."""

    @classmethod
    def of(cls, numbers: Mapping[str, Any]) -> Self:
        """The model of what `as_json` gave."""
        return cls(
            support=Logistic(
                coefficients=support.Features(**numbers["support"]["coefficients"]),
                intercept=numbers["support"]["intercept"],
                signs=support.SIGNS,
            ),
            confidence=Logistic(
                coefficients=confidence.Features(**numbers["confidence"]["coefficients"]),
                intercept=numbers["confidence"]["intercept"],
                signs=confidence.SIGNS,
            ),
            thresholds=numbers["thresholds"],
        )

    def as_json(self) -> dict[str, Any]:
        """The numbers by model and feature."""
        return {
            "support": {
                "intercept": self.support.intercept,
                "coefficients": self.support.coefficients._asdict(),
            },
            "confidence": {
                "intercept": self.confidence.intercept,
                "coefficients": self.confidence.coefficients._asdict(),
            },
            "thresholds": dict(self.thresholds),
        }


@cache
def fitted_model() -> Model:
    """The model that comes with the package."""
    file = resources.files("qa.retrieval") / FILE
    return Model.of(json.loads(file.read_text(encoding="utf-8")))
