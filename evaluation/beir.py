"""Reads retrieval sets in the layout of BEIR: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`.

Besides `_id` and `text`, a query may have `history`, `answers` and `answerable` or `answerability`.
The layout is that of Thakur et al.: BEIR, NeurIPS 2021.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from evaluation.errors import DatasetError
from evaluation.jsonlines import (
    Line,
    flag_of,
    history_of,
    new_identifier,
    read_lines,
    read_objects,
    text_of,
)
from evaluation.records import Judgement, Query, RetrievalSet
from evaluation.text_documents import text_document
from qa.models import Document

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
    asked = {query.id for query in kept} & _with_relevant(judgements, folder / QRELS, oddities)
    return RetrievalSet(
        name=folder.resolve().name,
        documents=documents,
        queries=kept,
        judgements=tuple(j for j in judgements if j.query_id in asked),
        remarks=oddities.remarks,
    )


def _with_relevant(
    judgements: Sequence[Judgement], path: Path, oddities: Oddities
) -> frozenset[str]:
    """The queries that something is relevant to: for others no ranking is better than another."""
    relevant = frozenset(j.query_id for j in judgements if j.grade > 0)
    for query in dict.fromkeys(j.query_id for j in judgements):
        if query not in relevant:
            place = f"{path}, query {query!r}"
            oddities.met("queries with nothing relevant, left out of the averages", place)
    return relevant


def _documents(path: Path, oddities: Oddities) -> Iterator[Document]:
    first: dict[str, str] = {}
    for line in read_objects(path):
        identifier = new_identifier(line, "_id", first)
        text = _text(line, "documents without text, taken as empty", oddities)
        yield text_document(identifier, text_of(line, "title", default=""), text)
    if not first:
        raise DatasetError("{path}: no documents", path=path)


def _queries(path: Path, oddities: Oddities) -> Iterator[Query]:
    first: dict[str, str] = {}
    for line in read_objects(path):
        yield Query(
            id=new_identifier(line, "_id", first),
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


def _answers(line: Line, oddities: Oddities) -> tuple[str, ...]:
    answers = line.values.get("answers") or ()
    if isinstance(answers, str):
        oddities.met("'answers' that are one text and no list, taken as one answer", line.place)
        answers = [answers]
    if not isinstance(answers, list | tuple) or not all(isinstance(a, str) for a in answers):
        raise DatasetError("{place}: 'answers' must be a list of strings", place=line.place)
    return tuple(answer for answer in answers if answer.strip())


def _answerable(line: Line) -> bool | None:
    stated = flag_of(line, "answerable")
    if stated is not None:
        return stated
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

    Those on unknown documents are kept: what is relevant and missing is not found. Of several on
    one pair the last one holds. Raises `DatasetError` for an unknown query or a bad line.
    """
    found: dict[tuple[str, str], Judgement] = {}
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
        if (query, document) in found:
            oddities.met("pairs judged more than once, of which the last holds", place)
        found[query, document] = Judgement(query, document, _grade(place, score, oddities))
    if not found:
        raise DatasetError("{path}: no judgements", path=path)
    yield from found.values()


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


class Oddities:
    """Kinds of oddities, how many of each, and where the first one stands."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def met(self, kind: str, place: str) -> None:
        """Count one; `kind` in the plural, as it is told."""
        self._first.setdefault(kind, place)
        self._counts[kind] = self._counts.get(kind, 0) + 1

    @property
    def remarks(self) -> tuple[str, ...]:
        """One line a kind, in the order in which they were met."""
        return tuple(
            f"{kind}: {self._counts[kind]}, the first at {place}"
            for kind, place in self._first.items()
        )
