"""CSV as spreadsheets write it: a row a quote, a question without answer has one row without."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Draft, Quoted
from evaluation.jsonlines import Line, history_of, named_errors, parse_json
from evaluation.question_set import Question, QuestionSet
from qa.errors import UnreadableDocumentError
from qa.reading.table_files import TableRow, table_rows

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
_MEANT: Final = {
    **dict.fromkeys(("answer", "réponse", "reponse", "bonne réponse", "right answer"), "quote"),
    **dict.fromkeys(("énoncé", "enonce", "query", "question text", "questiontext"), "question"),
    **{"identifiant": "id", "langue": "language", "objectif": "objective"},
}
_YES: Final = frozenset({"1", "true", "yes", "oui", "vrai"})
_NO: Final = frozenset({"0", "false", "no", "non", "faux"})


def read_csv(path: Path) -> tuple[Draft, ...]:
    """Read a table separated by commas, semicolons or tabs, or a workbook; raises `DatasetError`.

    Columns are known by their names in any case, also in French, and `answer` stands for `quote`;
    others are read over. Without a column `id`, rows are named by their lines.
    """
    line = 0
    with named_errors(path):
        data = path.read_bytes()
    try:
        rows = table_rows(data, path.name)
        line, header = next(rows, TableRow(1, ()))
        columns = _columns(header)
        if "question" not in columns:
            raise DatasetError(
                "{path}:1: no column {missing} in the first line", path=path, missing="question"
            )
        drafts: dict[str, Draft] = {}
        for line, cells in rows:
            values = {"id": "" if "id" in columns else f"line-{line}"}
            values.update(zip(columns, cells, strict=False))
            _add(drafts, _draft(f"{path}:{line}", values), f"{path}:{line}")
        return tuple(drafts.values())
    except UnreadableDocumentError as error:
        raise DatasetError("{path}: {reason}", path=path, reason=error) from error
    except csv.Error as error:
        raise DatasetError(
            "{path}:{line_num}: not a table ({error})", path=path, line_num=line + 1, error=error
        ) from error


def _columns(header: Iterable[str]) -> list[str]:
    """Our names of the columns; the first of two that mean the same counts."""
    names = [name.strip().lower() for name in header]
    columns: list[str] = []
    for name in names:
        ours = _MEANT.get(name, name)
        columns.append(name if ours in columns or (ours != name and ours in names) else ours)
    return columns


def _add(drafts: dict[str, Draft], draft: Draft, place: str) -> None:
    known = drafts.get(draft.id)
    if known is not None and known.question != draft.question:
        raise DatasetError(
            "{place}: id {id!r} already has another question", place=place, id=draft.id
        )
    drafts[draft.id] = replace(known, evidence=known.evidence + draft.evidence) if known else draft


def _draft(place: str, row: Mapping[str, str]) -> Draft:
    values = {name: row.get(name, "").strip() for name in COLUMNS}
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
