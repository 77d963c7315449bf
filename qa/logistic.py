"""Logistic models whose coefficients are plain numbers, each with a name and a sign."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Generic, TypeVar

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

    def logit(self, features: F) -> float:
        """The evidence of some features, by their coefficients."""
        weighed = zip(self.coefficients, features, strict=True)
        return self.intercept + sum(c * v for c, v in weighed)

    def probability(self, features: F) -> float:
        """The probability of some features, 0 to 1."""
        return 1 / (1 + exp(-self.logit(features)))

    def logits(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The evidence of many features at once, float64 (rows,), of float64 (rows, features)."""
        logits: NDArray[np.float64] = self.intercept + rows @ np.array(self.coefficients)
        return logits

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probabilities of many features, likewise."""
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-self.logits(rows)))
        return probabilities
