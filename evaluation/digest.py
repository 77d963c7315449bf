"""Digests of what an engine answers: equal where nothing differs, down to the last bit.

A change that should move no ranking and no answer is held against the version before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from qa.engine import Engine
from qa.errors import QuestionError
from qa.models import Turn


class Asked(Protocol):
    """A question with what was said before it, as every kind of set has it."""

    @property
    def id(self) -> str:
        """Names the question in its set."""

    @property
    def text(self) -> str:
        """The question."""

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns before it, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRecord:
    """All of a reply that a reader can see; numbers as exact hexadecimal floats."""

    question: str
    ranking: tuple[tuple[str, str], ...]
    """Document and score, best first."""
    sources: tuple[tuple[str, str, str], ...]
    """Passage, score and confidence."""
    extracts: tuple[tuple[int, int, int, str], ...]
    """Source, start, end and text."""
    abstained_because: str | None

    @property
    def line(self) -> str:
        """The record as one line of JSON."""
        fields = (self.question, self.ranking, self.sources, self.extracts, self.abstained_because)
        return json.dumps(fields, ensure_ascii=False)


def reply_records(engine: Engine, questions: Iterable[Asked], *, k: int) -> Iterator[ReplyRecord]:
    """What the engine replies to each question, with its ranking of `k` documents."""
    for question in questions:
        try:
            ranking = engine.rank_documents(question.text, k=k, history=question.history)
            answer = engine.ask(question.text, history=question.history)
        except QuestionError as error:
            yield ReplyRecord(
                question=question.id,
                ranking=(),
                sources=(),
                extracts=(),
                abstained_because=str(error),
            )
            continue
        yield ReplyRecord(
            question=question.id,
            ranking=tuple((one.document_id, one.score.hex()) for one in ranking),
            sources=tuple(
                (hit.passage.id, hit.score.hex(), hit.confidence.hex()) for hit in answer.sources
            ),
            extracts=tuple((e.source, e.start, e.end, e.text) for e in answer.extracts),
            abstained_because=answer.abstained_because,
        )


def digest_of(lines: Iterable[str]) -> str:
    """SHA-256 of some lines, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()[:16]
