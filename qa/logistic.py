"""Logistic models whose coefficients are plain numbers, each with a name and a sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any, Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=tuple[float, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic(Generic[F]):
    """The probability `1 / (1 + exp(-(intercept + coefficients · features)))`."""

    coefficients: F
    intercept: float
    signs: F
    """Which way each feature must count: 1 for, -1 against, 0 either."""

    @classmethod
    def of(cls, numbers: Mapping[str, Any], signs: F) -> Self:
        """The model of what `as_json` gave; `signs` has a named field for each feature."""
        features: Any = type(signs)
        coefficients: F = features(**numbers["coefficients"])
        return cls(coefficients=coefficients, intercept=numbers["intercept"], signs=signs)

    def as_json(self) -> dict[str, Any]:
        """The intercept, and the coefficients by feature."""
        named: Any = self.coefficients
        return {"intercept": self.intercept, "coefficients": named._asdict()}

    def logit(self, features: F) -> float:
        """The evidence of some features, by their coefficients."""
        weighed = zip(self.coefficients, features, strict=True)
        return self.intercept + sum(c * v for c, v in weighed)

    def probability(self, features: F) -> float:
        """The probability of some features, 0 to 1."""
        return 1 / (1 + exp(-self.logit(features)))

    def logits(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The evidence of many features at once, float64 (rows,), of float64 (rows, features)."""
        # Row by row: a product of matrices adds up equal rows in different orders.
        weighed = rows * np.array(self.coefficients)
        found: NDArray[np.float64] = self.intercept + weighed.sum(axis=1)
        return found

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probabilities of many features, likewise."""
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-self.logits(rows)))
        return chances
