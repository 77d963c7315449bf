"""The features that the confidence of an answer is computed from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from unittest.mock import patch

from qa.engine import Engine
from qa.models import Turn
from qa.retrieval.confidence import Features, probability


class Seen(NamedTuple):
    """The best passage for a question: its document and its features."""

    document_id: str
    features: Features


def best_passage(engine: Engine, question: str, history: Sequence[Turn] = ()) -> Seen | None:
    """Features of the first hit; `None` where nothing matches."""
    seen: list[Features] = []

    def record(values: Features) -> float:
        seen.append(values)
        return probability(values)

    with patch("qa.engine.probability", record):
        answer = engine.ask(question, history=history, k=1)
    return Seen(answer.sources[0].document.id, seen[0]) if answer.sources else None
