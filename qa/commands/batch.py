"""Files of questions, one a line, as plain text or JSON objects, and their answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from qa.engine import Engine
from qa.errors import IndexStoreError, QAError, QuestionError
from qa.locale.message import Message
from qa.models import Filters, Turn
from qa.serialise import answer_to_json
from qa.settings import Settings
from qa.workers import UNLIMITED, Workers, available_processors

_STANDARD_INPUT = Path("-")
WORTH_IT: Final = 200
"""Questions, a second or two of work, that pay for processes of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A question of a batch."""

    question: str
    id: str | int | None = None
    history: tuple[Turn, ...] = ()


def read_batch(path: Path) -> tuple[BatchLine, ...]:
    """All questions of a file, before any of them is asked; blank lines are passed over.

    Raises `QuestionError` naming the file and the line.
    """
    try:
        data = sys.stdin.buffer.read() if path == _STANDARD_INPUT else path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise QuestionError(
            "{path}: {reason}; give a file of questions", path=path, reason=error.strerror
        ) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise QuestionError(
            "{path}, line {line}: not UTF-8; save the file as UTF-8", path=path, line=line
        ) from error
    return tuple(
        _parse(line.strip(), Message("{name}, line {line}", name=path, line=number))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )


def answer_batch(
    engine: Engine, lines: Sequence[BatchLine], k: int, filters: Filters
) -> Iterator[str]:
    """The answer to each question as a line of JSON, in order; many are shared out.

    Raises what `Engine.ask` does, at the question that it is raised for.
    """
    generation = engine.index.folder
    processes = available_processors()
    if generation is None or len(lines) < WORTH_IT or processes == 1:
        yield from (_answer(engine, line, k, filters) for line in lines)
        return
    shared = (generation.parent, engine.fingerprint, engine.settings)
    with Workers(processes, UNLIMITED) as workers:
        outcomes = workers.map(_answer_apart, ((*shared, line, k, filters) for line in lines))
        for line, outcome in zip(lines, outcomes, strict=True):
            if isinstance(outcome, QAError) and not isinstance(outcome, IndexStoreError):
                raise outcome
            # Where the index was taken away or replaced meanwhile, this process still has it.
            yield outcome if isinstance(outcome, str) else _answer(engine, line, k, filters)


def _answer(engine: Engine, line: BatchLine, k: int, filters: Filters) -> str:
    answer = engine.ask(line.question, history=line.history, k=k, filters=filters)
    named = {} if line.id is None else {"id": line.id}
    return json.dumps({**named, **answer_to_json(answer)}, ensure_ascii=False)


def _answer_apart(
    index: Path,
    fingerprint: str,
    settings: Settings,
    line: BatchLine,
    k: int,
    filters: Filters,
) -> str | None:
    """The same in a worker; None where another index is there now."""
    engine = _engine(index, settings)
    return _answer(engine, line, k, filters) if engine.fingerprint == fingerprint else None


@cache
def _engine(index: Path, settings: Settings) -> Engine:
    return Engine.open(index, settings)


def _parse(line: str, where: Message) -> BatchLine:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        if not line.startswith("{"):
            return BatchLine(question=line)
        raise QuestionError(
            "{where}: not a JSON object ({error})", where=where, error=error
        ) from error
    if not isinstance(entry, dict):
        raise QuestionError(
            "{where}: JSON, but not an object; give a text or an object with `question`",
            where=where,
        )
    if "\\u" in line:
        _require_unicode(entry, where)
    question = entry.get("question")
    if not isinstance(question, str) or not question.strip():
        raise QuestionError(
            "{where}: no `question`; give it as a text that is not empty", where=where
        )
    identifier = entry.get("id")
    if not isinstance(identifier, str | int | None):
        raise QuestionError(
            "{where}: id is {identifier!r}; expected a text or a whole number",
            where=where,
            identifier=identifier,
        )
    history = entry.get("history") or []
    if not isinstance(history, list):
        raise QuestionError(
            "{where}: history is {history!r}; expected a list of turns",
            where=where,
            history=history,
        )
    return BatchLine(
        question=question, id=identifier, history=tuple(_turn(turn, where) for turn in history)
    )


def _require_unicode(entry: Any, where: Message) -> None:
    try:
        json.dumps(entry, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])
        raise QuestionError(
            "{where}: {half} is half of a character; give both", where=where, half=half
        ) from error


def _turn(turn: Any, where: Message) -> Turn:
    speaker = turn.get("speaker") if isinstance(turn, dict) else None
    text = turn.get("text") if isinstance(turn, dict) else None
    if speaker == "assistant":
        speaker = "agent"
    if speaker not in ("user", "agent") or not isinstance(text, str):
        raise QuestionError(
            '{where}: a turn of the history is {turn!r}; expected {{"speaker": "user" or'
            ' "agent", "text": "..."}}',
            where=where,
            turn=turn,
        )
    return Turn(speaker=speaker, text=text)
