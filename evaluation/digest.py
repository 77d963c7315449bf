"""Digests of what an engine answers: equal where nothing differs, down to the last bit.

A change that should move no ranking and no answer is held against the version before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evaluation.runs import Asked
from qa.engine import Engine
from qa.errors import QuestionError


class ReplyRecord(NamedTuple):
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
        return json.dumps(self, ensure_ascii=False)


def reply_records(engine: Engine, questions: Iterable[Asked], *, k: int) -> Iterator[ReplyRecord]:
    """What the engine replies to each question, with its ranking of `k` documents."""
    for question in questions:
        try:
            ranking = engine.rank_documents(question.text, k=k, history=question.history)
            answer = engine.ask(question.text, history=question.history)
        except QuestionError as error:
            yield ReplyRecord(question.id, (), (), (), str(error))
            continue
        yield ReplyRecord(
            question=question.id,
            ranking=tuple((document.document_id, document.score.hex()) for document in ranking),
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
