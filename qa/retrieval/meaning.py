"""How alike in meaning a question is to units, as one more piece of evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.index.unit_vectors import UnitVectors
from qa.meaning.encoder import Encoder, Opening, encoded
from qa.meaning.vectors import Vectors
from qa.models import Turn
from qa.retrieval.search import Ranking

Likeness = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""From the numbers of passages to how alike each of their units is, in standard deviations."""
_REMEMBERED: Final = 1024
"""Questions whose vectors are kept: pages ask again what is on show, fitting asks all twice."""


def with_question_before(question: str, ranking: Ranking, history: Sequence[Turn]) -> str:
    """What a question means: along with the one before, where it leans on what was said."""
    leans = ranking.carried_identifiers or any(c.carried for c in ranking.classes)
    asked = [turn.text for turn in history if turn.speaker == "user"]
    return f"{asked[-1]} {question}" if leans and asked else question


class Meaning:
    """Puts questions to the vectors of one index."""

    def __init__(self, vectors: UnitVectors, opening: Opening) -> None:
        self._vectors = vectors
        # A model takes a second to open: not before something is asked.
        self._encoder: Callable[[], Encoder] = lru_cache(1)(lambda: opening(vectors.encoder))
        self._encode = lru_cache(_REMEMBERED)(self._encoded)

    def of(self, question: str) -> Likeness:
        """How alike units are to a question."""
        return lambda passages: self._vectors.likeness(self._encode(question), passages)

    def _encoded(self, question: str) -> Vectors:
        found: Vectors = encoded(self._encoder().questions, [question], self._vectors.encoder)[0]
        return found
