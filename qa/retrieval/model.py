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
FILE_WITH_MEANING: Final = "fitted_with_meaning.json"
"""Beside this module, for an index without vectors and for one with them; `qa-eval fit` writes
either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The numbers that answers rest on."""

    support: Logistic[support.Features]
    """How likely a unit answers, against the other units."""
    confidence: Logistic[confidence.Features]
    """How sure it is that a passage answers."""
    thresholds: Mapping[Caution, float]
    """Least confidence of an answer, by how cautious it should be."""
    meaning: float = 0.0
    """What a standard deviation of likeness in meaning adds to the evidence of a unit; 0 for an
    index without vectors, whose numbers are fitted without it."""

    @classmethod
    def of(cls, numbers: Mapping[str, Any]) -> Self:
        """The model of what `as_json` gave."""
        return cls(
            support=Logistic.of(numbers["support"], support.SIGNS),
            confidence=Logistic.of(numbers["confidence"], confidence.SIGNS),
            thresholds=numbers["thresholds"],
            meaning=numbers.get("meaning", 0.0),
        )

    def as_json(self) -> dict[str, Any]:
        """The numbers by model and feature."""
        return {
            "support": self.support.as_json(),
            "confidence": self.confidence.as_json(),
            "thresholds": dict(self.thresholds),
            **({"meaning": self.meaning} if self.meaning else {}),
        }


@cache
def fitted_model(*, meaning: bool = False) -> Model:
    """The model that comes with the package; `meaning`: for an index with vectors."""
    file = resources.files("qa.retrieval") / (FILE_WITH_MEANING if meaning else FILE)
    return Model.of(json.loads(file.read_text(encoding="utf-8")))
