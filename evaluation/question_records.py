"""The records of a question set that was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from evaluation.question_set import Question
from evaluation.records import Retrieved
from qa.models import Passage


class Extract(NamedTuple):
    """An extract with the document it stands in."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOutcome:
    """What the system made of a question; times are in milliseconds."""

    question: Question
    documents: tuple[Retrieved, ...]
    passages: tuple[Retrieved, ...]
    relevant_passages: tuple[str, ...]
    place: int | None
    """Rank of the first passage with evidence, from 1; `None` where it is not among the found."""
    first: Passage | None
    confidence: float
    answered: bool
    extracts: tuple[Extract, ...]
    """What is shown, or would be if the system never abstained."""
    ranking_ms: float
    asking_ms: float

    @property
    def words(self) -> int:
        """Length of the extracts."""
        return sum(len(extract.text.split()) for extract in self.extracts)


class Column(NamedTuple):
    """One measure: a value a question, `None` where it does not apply."""

    measure: str
    values: tuple[float | None, ...]
