"""Reads retrieval sets in the layout of BEIR: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`.

Besides `_id` and `text`, a query may have `history`, `answers` and `answerable` or `answerability`.
The layout is that of Thakur et al.: BEIR, NeurIPS 2021.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from evaluation.errors import DatasetError
from evaluation.jsonlines import Line, read_lines, read_objects, text_of
from evaluation.oddities import Oddities
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
                "{folder} is not a retrieval set: {name} is missing; expected {corpus},"
                " {queries} and {qrels}",
                folder=folder,
                name=name,
                corpus=CORPUS,
                queries=QUERIES,
                qrels=QRELS,
            )
    oddities = Oddities()
    documents = tuple(_documents(folder / CORPUS, oddities))
    queries = tuple(_queries(folder / QUERIES, oddities))
    judgements = tuple(
        read_judgements(
            folder / QRELS,
            queries=frozenset(query.id for query in queries),
            documents=frozenset(document.id for document in documents),
            oddities=oddities,
        )
    )
    kept = queries[:limit]
    asked = {query.id for query in kept}
    return RetrievalSet(
        name=folder.resolve().name,
        documents=documents,
        queries=kept,
        judgements=tuple(j for j in judgements if j.query_id in asked),
        remarks=oddities.remarks,
    )


def _documents(path: Path, oddities: Oddities) -> Iterator[Document]:
    first: dict[str, str] = {}
    for line in read_objects(path):
        identifier = _new_identifier(line, first)
        text = _text(line, "documents without text, taken as empty", oddities)
        yield text_document(identifier, text_of(line, "title", default=""), text)
    if not first:
        raise DatasetError("{path}: no documents", path=path)


def _queries(path: Path, oddities: Oddities) -> Iterator[Query]:
    first: dict[str, str] = {}
    for line in read_objects(path):
        yield Query(
            id=_new_identifier(line, first),
            text=_text(line, "empty queries, which score 0", oddities),
            history=history_of(line),
            answers=_answers(line, oddities),
            answerable=_answerable(line),
        )
    if not first:
        raise DatasetError("{path}: no queries", path=path)


def _text(line: Line, oddity: str, oddities: Oddities) -> str:
    text = text_of(line, "text", default="")
    if not text.strip():
        oddities.met(oddity, line.place)
    return text


def _new_identifier(line: Line, first: dict[str, str]) -> str:
    identifier = text_of(line, "_id")
    if not identifier.strip():
        raise DatasetError(
            "{place}: '_id' is empty; give every line a name of its own", place=line.place
        )
    if identifier in first:
        raise DatasetError(
            "{place}: identifier {identifier!r} was already used at {first}",
            place=line.place,
            identifier=identifier,
            first=first[identifier],
        )
    first[identifier] = line.place
    return identifier


def history_of(line: Line) -> tuple[Turn, ...]:
    """The turns before a question, `[{"speaker": "user" or "agent", "text": …}]`."""
    history = line.values.get("history") or ()
    if not isinstance(history, list | tuple):
        raise DatasetError("{place}: 'history' must be a list of turns", place=line.place)
    return tuple(_turn(line, turn) for turn in history)


def _turn(line: Line, turn: Any) -> Turn:
    match turn:
        case {"speaker": "user" | "agent" as speaker, "text": str(text)}:
            return Turn(speaker=speaker, text=text)
    raise DatasetError(
        "{place}: a turn of 'history' must have a 'speaker' (user or agent) and a"
        " 'text', found {turn}",
        place=line.place,
        turn=str(turn)[:60],
    )


def _answers(line: Line, oddities: Oddities) -> tuple[str, ...]:
    answers = line.values.get("answers") or ()
    if isinstance(answers, str):
        oddities.met("'answers' that are one text and no list, taken as one answer", line.place)
        answers = [answers]
    if not isinstance(answers, list | tuple) or not all(isinstance(a, str) for a in answers):
        raise DatasetError("{place}: 'answers' must be a list of strings", place=line.place)
    return tuple(answer for answer in answers if answer.strip())


def _answerable(line: Line) -> bool | None:
    stated = line.values.get("answerable")
    if isinstance(stated, bool):
        return stated
    if stated is not None:
        raise DatasetError(
            "{place}: 'answerable' must be true or false, found {stated!r}",
            place=line.place,
            stated=stated,
        )
    label = line.values.get("answerability")
    if label is None:
        return None
    if label not in _ANSWERABILITY:
        raise DatasetError(
            "{place}: 'answerability' is {label!r}; expected {answerability}",
            place=line.place,
            label=label,
            answerability=", ".join(_ANSWERABILITY),
        )
    return _ANSWERABILITY[label]


def read_judgements(
    path: Path, *, queries: frozenset[str], documents: frozenset[str], oddities: Oddities
) -> Iterator[Judgement]:
    """The judgements of a tab-separated file `query-id, corpus-id, score`, with or without header.

    Those on unknown documents are kept: what is relevant and missing is not found. Raises
    `DatasetError` for an unknown query, a doubled pair, or a bad line.
    """
    first: dict[tuple[str, str], str] = {}
    for place, text in read_lines(path):
        fields = text.split("\t")
        if fields[0] == "query-id":
            continue
        if len(fields) != 3:
            raise DatasetError(
                "{place}: expected query-id, corpus-id and score separated by tabs, found"
                " {count} fields",
                place=place,
                count=len(fields),
            )
        query, document, score = fields
        if query not in queries:
            raise DatasetError(
                "{place}: no query has the identifier {query!r}", place=place, query=query
            )
        if document not in documents:
            oddities.met("judgements on unknown documents, which count as not found", place)
        pair = (query, document)
        if pair in first:
            raise DatasetError(
                "{place}: this pair was already judged at {first}", place=place, first=first[pair]
            )
        first[pair] = place
        yield Judgement(query, document, _grade(place, score, oddities))
    if not first:
        raise DatasetError("{path}: no judgements", path=path)


def _grade(place: str, text: str, oddities: Oddities) -> int:
    with suppress(ValueError):
        return int(text)
    with suppress(ValueError):
        if (value := float(text)).is_integer():
            oddities.met("scores with a decimal point, taken as integers", place)
            return int(value)
    raise DatasetError(
        "{place}: the score is {text!r}; expected an integer", place=place, text=text
    )
