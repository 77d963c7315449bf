"""Reads retrieval sets in the layout of BEIR: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`.

Besides `_id` and `text`, a query may have `history`, `answers` and `answerable` or `answerability`.
The layout is that of Thakur et al.: BEIR, NeurIPS 2021.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.errors import DatasetError
from evaluation.jsonlines import Line, read_lines, read_objects, text_of
from evaluation.records import Judgement, Query, RetrievalSet
from evaluation.text_documents import text_document
from qa.models import Document, Turn

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
QRELS = Path("qrels") / "test.tsv"

_ANSWERABILITY = {
    "ANSWERABLE": True,
    "PARTIAL": True,
    "UNANSWERABLE": False,
    "UNDERSPECIFIED": None,
}


def is_beir_folder(folder: Path) -> bool:
    """Whether a folder has the corpus file of a retrieval set."""
    return (folder / CORPUS).is_file()


def load_beir(folder: Path, *, limit: int | None = None) -> RetrievalSet:
    """The set in a folder, with its first `limit` queries.

    Raises `DatasetError` naming file and line for what is missing or malformed.
    """
    for name in (CORPUS, QUERIES, QRELS):
        if not (folder / name).is_file():
            raise DatasetError(
                f"{folder} is not a retrieval set: {name} is missing; expected"
                f" {CORPUS}, {QUERIES} and {QRELS}"
            )
    documents = tuple(_documents(folder / CORPUS))
    queries = tuple(_queries(folder / QUERIES))
    judgements = tuple(
        read_judgements(
            folder / QRELS,
            queries=frozenset(query.id for query in queries),
            documents=frozenset(document.id for document in documents),
        )
    )
    kept = queries[:limit]
    asked = {query.id for query in kept}
    return RetrievalSet(
        name=folder.resolve().name,
        documents=documents,
        queries=kept,
        judgements=tuple(j for j in judgements if j.query_id in asked),
    )


def _documents(path: Path) -> Iterator[Document]:
    first: dict[str, str] = {}
    for line in read_objects(path):
        identifier = _new_identifier(line, first)
        yield text_document(identifier, text_of(line, "title", default=""), text_of(line, "text"))
    if not first:
        raise DatasetError(f"{path}: no documents")


def _queries(path: Path) -> Iterator[Query]:
    first: dict[str, str] = {}
    for line in read_objects(path):
        text = text_of(line, "text")
        if not text.strip():
            raise DatasetError(f"{line.place}: the query is empty")
        yield Query(
            id=_new_identifier(line, first),
            text=text,
            history=history_of(line),
            answers=_answers(line),
            answerable=_answerable(line),
        )
    if not first:
        raise DatasetError(f"{path}: no queries")


def _new_identifier(line: Line, first: dict[str, str]) -> str:
    identifier = text_of(line, "_id")
    if identifier in first:
        raise DatasetError(
            f"{line.place}: identifier {identifier!r} was already used at {first[identifier]}"
        )
    first[identifier] = line.place
    return identifier


def history_of(line: Line) -> tuple[Turn, ...]:
    """The turns before a question, `[{"speaker": "user" or "agent", "text": …}]`."""
    history = line.values.get("history") or ()
    if not isinstance(history, list | tuple):
        raise DatasetError(f"{line.place}: 'history' must be a list of turns")
    return tuple(_turn(line, turn) for turn in history)


def _turn(line: Line, turn: Any) -> Turn:
    match turn:
        case {"speaker": "user" | "agent" as speaker, "text": str(text)}:
            return Turn(speaker=speaker, text=text)
    raise DatasetError(
        f"{line.place}: a turn of 'history' must have a 'speaker' (user or agent) and a 'text',"
        f" found {str(turn)[:60]}"
    )


def _answers(line: Line) -> tuple[str, ...]:
    answers = line.values.get("answers") or ()
    if not isinstance(answers, list | tuple) or not all(isinstance(a, str) for a in answers):
        raise DatasetError(f"{line.place}: 'answers' must be a list of strings")
    return tuple(answer for answer in answers if answer.strip())


def _answerable(line: Line) -> bool | None:
    stated = line.values.get("answerable")
    if isinstance(stated, bool):
        return stated
    if stated is not None:
        raise DatasetError(f"{line.place}: 'answerable' must be true or false, found {stated!r}")
    label = line.values.get("answerability")
    if label is None:
        return None
    if label not in _ANSWERABILITY:
        raise DatasetError(
            f"{line.place}: 'answerability' is {label!r}; expected {', '.join(_ANSWERABILITY)}"
        )
    return _ANSWERABILITY[label]


def read_judgements(
    path: Path, *, queries: frozenset[str], documents: frozenset[str]
) -> Iterator[Judgement]:
    """The judgements of a tab-separated file `query-id, corpus-id, score`, with or without header.

    Raises `DatasetError` for an unknown query or document, a doubled pair, or a bad line.
    """
    first: dict[tuple[str, str], str] = {}
    for place, text in read_lines(path):
        fields = text.split("\t")
        if fields[0] == "query-id":
            continue
        if len(fields) != 3:
            raise DatasetError(
                f"{place}: expected query-id, corpus-id and score separated by tabs,"
                f" found {len(fields)} fields"
            )
        query, document, score = fields
        for kind, identifier, known in (
            ("query", query, queries),
            ("document", document, documents),
        ):
            if identifier not in known:
                raise DatasetError(f"{place}: no {kind} has the identifier {identifier!r}")
        pair = (query, document)
        if pair in first:
            raise DatasetError(f"{place}: this pair was already judged at {first[pair]}")
        first[pair] = place
        yield Judgement(query, document, _grade(place, score))
    if not first:
        raise DatasetError(f"{path}: no judgements")


def _grade(place: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DatasetError(f"{place}: the score is {text!r}; expected an integer") from None
