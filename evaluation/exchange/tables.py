"""CSV as spreadsheets write it: a row a quote, a question without answer has one row without."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from evaluation.beir import history_of
from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Draft, Quoted
from evaluation.json_text import parse_json
from evaluation.jsonlines import Line
from evaluation.question_set import Question, QuestionSet

COLUMNS: Final = (
    "id",
    "question",
    "language",
    "kind",
    "objective",
    "answerable",
    "document",
    "quote",
    "history",
)
_YES: Final = frozenset({"1", "true", "yes", "oui", "vrai"})
_NO: Final = frozenset({"0", "false", "no", "non", "faux"})


def read_csv(path: Path) -> tuple[Draft, ...]:
    """Read a file separated by commas, semicolons or tabs; raises `DatasetError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DatasetError("{path}: {reason}", path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise DatasetError("{path} is not UTF-8 text; save it as CSV UTF-8", path=path) from error
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return tuple(_drafts(path, reader).values())
    except csv.Error as error:
        raise DatasetError(
            "{path}:{line_num}: not a table ({error})",
            path=path,
            line_num=reader.line_num,
            error=error,
        ) from error


def _drafts(path: Path, reader: csv.DictReader[str]) -> dict[str, Draft]:
    missing = {"id", "question"} - set(reader.fieldnames or ())
    if missing:
        raise DatasetError(
            "{path}:1: no column {missing} in the first line",
            path=path,
            missing=", ".join(sorted(missing)),
        )
    drafts: dict[str, Draft] = {}
    for row in reader:
        draft = _draft(f"{path}:{reader.line_num}", row)
        known = drafts.get(draft.id)
        if known is not None and known.question != draft.question:
            raise DatasetError(
                "{path}:{line_num}: id {id!r} already has another question",
                path=path,
                line_num=reader.line_num,
                id=draft.id,
            )
        drafts[draft.id] = (
            replace(known, evidence=known.evidence + draft.evidence) if known else draft
        )
    return drafts


def _draft(place: str, row: dict[str, str | None]) -> Draft:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not values["id"] or not values["question"]:
        raise DatasetError("{place}: 'id' or 'question' is empty", place=place)
    quoted = (Quoted(values["document"], values["quote"]),) if values["document"] else ()
    return Draft(
        id=values["id"],
        question=values["question"],
        place=place,
        answerable=_answerable(place, values["answerable"], default=bool(values["quote"])),
        answers=(values["quote"],) if values["quote"] and not quoted else (),
        evidence=quoted,
        language=values["language"],
        kind=values["kind"],
        objective=values["objective"],
        history=history_of(Line(place, {"history": _json(place, values["history"])})),
    )


def _answerable(place: str, stated: str, *, default: bool) -> bool:
    if stated.lower() in _YES | _NO:
        return stated.lower() in _YES
    if stated:
        raise DatasetError(
            "{place}: 'answerable' is {stated!r}; expected true or false",
            place=place,
            stated=stated,
        )
    return default


def _json(place: str, text: str) -> object:
    try:
        return parse_json(text) if text else None
    except DatasetError as error:
        raise DatasetError("{place}: 'history': {error}", place=place, error=error) from error


def csv_text(questions: QuestionSet) -> str:
    """A question set as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for question in questions.questions:
        writer.writerows(_rows(question))
    return stream.getvalue()


def _rows(question: Question) -> Iterator[list[str]]:
    history = [{"speaker": turn.speaker, "text": turn.text} for turn in question.history]
    said = json.dumps(history, ensure_ascii=False) if history else ""
    shared = [question.id, question.text, question.language, question.kind, question.objective]
    shared.append("true" if question.answerable else "false")
    for evidence in question.evidence:
        yield [*shared, evidence.document, evidence.quote, said]
    if not question.evidence:
        yield [*shared, "", "", said]
