"""The catalogue of an index: documents and passages in one SQLite database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple
from pathlib import Path
from threading import Lock
from typing import Any, Literal, Self

from qa.analysis.lexicon import Entry
from qa.errors import IndexCorruptedError, UnknownDocumentError
from qa.index.columns import document_from, dump, info_from, structure_of, units_from
from qa.models import Document, DocumentInfo, Filters, Language, Passage

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, sha256 TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, objective TEXT, item TEXT, rank TEXT,
    info TEXT NOT NULL, text TEXT NOT NULL, structure TEXT NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number),
    start INTEGER NOT NULL, end INTEGER NOT NULL, language TEXT NOT NULL, page INTEGER,
    heading TEXT NOT NULL, units TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX passages_of_document ON passages (document);
CREATE TABLE lexicon (
    language TEXT NOT NULL, source TEXT NOT NULL, target_language TEXT NOT NULL,
    target TEXT NOT NULL, via TEXT NOT NULL
);
CREATE INDEX lexicon_by_source ON lexicon (language, source);
"""
_BATCH = 500
_ENTRIES_AT_ONCE = 100
"""Look-ups in one statement, of which SQLite takes at most 500."""


class Catalogue:
    """Documents and passages by number; numbers are positions in index order, counted from 0."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def create(cls, path: Path | None = None) -> Self:
        """A new, empty catalogue in a file, or in memory."""
        connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> Self:
        """A catalogue file, read-only; raises `IndexCorruptedError`."""
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            catalogue = cls(sqlite3.connect(uri, uri=True, check_same_thread=False))
        except sqlite3.Error as error:
            raise _damaged(error) from error
        # SQLite opens the file at the first question: from then on it may be taken away.
        catalogue.passage_count()
        return catalogue

    def close(self) -> None:
        """End the connection; what was added is kept."""
        self._connection.commit()
        self._connection.close()

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Append a document and its passages."""
        execute = self._connection.execute
        objective = document.objective
        number = self._count("documents")
        execute(
            "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                number,
                document.id,
                document.path,
                document.sha256,
                document.title,
                document.language,
                objective.code if objective else None,
                objective.item if objective else None,
                objective.rank if objective else None,
                dump(asdict(document.info)),
                document.text,
                dump(structure_of(document)),
            ),
        )
        first = self._count("passages")
        self._connection.executemany(
            "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?)",
            (
                (
                    first + offset,
                    number,
                    passage.start,
                    passage.end,
                    passage.language,
                    passage.page,
                    dump(passage.heading),
                    dump([astuple(unit) for unit in passage.units]),
                    passage.text,
                )
                for offset, passage in enumerate(passages)
            ),
        )

    def add_lexicon(self, entries: Iterable[Entry]) -> None:
        """Keep the entries that questions are expanded by."""
        self._connection.executemany(
            "INSERT INTO lexicon VALUES (?,?,?,?,?)",
            (
                (e.language, " ".join(e.source), e.target_language, " ".join(e.target), e.via)
                for e in entries
            ),
        )

    def entries_from(self, language: Language, terms: Sequence[str]) -> tuple[Entry, ...]:
        """The entries of a language whose source begins with one of these terms, sorted."""
        found: list[Entry] = []
        for first in range(0, len(terms), _ENTRIES_AT_ONCE):
            batch = terms[first : first + _ENTRIES_AT_ONCE]
            # A phrase goes on with a space, and "!" is the character after it.
            bounds = [value for term in batch for value in (language, term, f"{term}!")]
            rows = self._query(" UNION ALL ".join([_ENTRIES] * len(batch)), bounds)
            found += [
                Entry(language, tuple(source.split(" ")), other, tuple(target.split(" ")), via)
                for source, other, target, via in rows
            ]
        return tuple(sorted(found))

    def expansions(self) -> tuple[Entry, ...]:
        """The entries from several terms to an acronym of one term, sorted."""
        rows = self._query(
            "SELECT language, source, target_language, target, via FROM lexicon"
            " WHERE via = 'acronym' AND source LIKE '% %' AND target NOT LIKE '% %' ORDER BY source"
        )
        return tuple(
            Entry(language, tuple(source.split(" ")), other, (target,), via)
            for language, source, other, target, via in rows
        )

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""
        rows = self._query("SELECT info FROM documents ORDER BY number")
        with _sound():
            return tuple(info_from(json.loads(row[0])) for row in rows)

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""
        rows = self._query(
            "SELECT info, text, structure FROM documents WHERE id = ?", (document_id,)
        )
        if not rows:
            raise UnknownDocumentError(
                "no document {document_id!r} in this index; `qa documents list` names them all",
                document_id=document_id,
            )
        info, text, structure = rows[0]
        with _sound():
            return document_from(json.loads(info), text, json.loads(structure))

    def passages(self, numbers: Sequence[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        """The passages with these numbers, in the given order, each with its document."""
        with _sound():
            return self._passages(numbers)

    def _passages(self, numbers: Sequence[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        found: dict[int, tuple[Passage, DocumentInfo]] = {}
        infos: dict[int, DocumentInfo] = {}
        for batch in _batches(numbers):
            marks = ",".join("?" * len(batch))
            for row in self._query(_PASSAGES.format(marks=marks), batch):
                number, owner, start, end, language, page, heading, units, info, text = row
                if owner not in infos:
                    infos[owner] = info_from(json.loads(info))
                if len(text) != end - start:
                    raise ValueError(f"passage {number} has another length than its span")
                passage = Passage(
                    document_id=infos[owner].id,
                    start=start,
                    end=end,
                    text=text,
                    language=language,
                    heading=tuple(json.loads(heading)),
                    page=page,
                    units=units_from(units),
                )
                found[number] = (passage, infos[owner])
        return tuple(found[number] for number in numbers)

    def spans(self, numbers: Sequence[int]) -> tuple[tuple[str, int, int], ...]:
        """Document, start and end of the passages with these numbers, in the given order."""
        found = {
            row[0]: row[1:]
            for batch in _batches(numbers)
            for row in self._query(_SPANS.format(marks=",".join("?" * len(batch))), batch)
        }
        with _sound():
            return tuple(found[number] for number in numbers)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order."""
        rows = self._query(
            "SELECT p.number FROM passages p JOIN documents d ON d.number = p.document"
            " WHERE d.id = ? ORDER BY p.number",
            (document_id,),
        )
        return tuple(passage for passage, _ in self.passages([row[0] for row in rows]))

    def document_ids(self) -> tuple[str, ...]:
        """The identifier of every document, in index order."""
        return tuple(row[0] for row in self._query("SELECT id FROM documents ORDER BY number"))

    def lengths(self) -> tuple[int, ...]:
        """The characters of the text of every document, in index order."""
        rows = self._query("SELECT length(text) FROM documents ORDER BY number")
        return tuple(row[0] for row in rows)

    def document_count(self) -> int:
        """How many documents there are."""
        return self._count("documents")

    def passage_count(self) -> int:
        """How many passages there are."""
        return self._count("passages")

    def where(self, column: str, values: Sequence[str]) -> list[int]:
        """Numbers of the documents whose `column` has one of `values`."""
        if column not in ("id", "language", "objective", "item", "rank"):
            raise ValueError(f"no filter on {column!r}")
        marks = ",".join("?" * len(values))
        rows = self._query(
            f"SELECT number FROM documents WHERE {column} IN ({marks})",  # noqa: S608 - a column of the list above
            list(values),
        )
        return [row[0] for row in rows]

    def about(self, codes: Sequence[str]) -> list[int]:
        """Numbers of the pages of these objectives, or else of the documents that teach them.

        A code may lack its rank: `OIC-202-03` names `OIC-202-03-B`.
        """
        found: list[int] = []
        for code in codes:
            like = (code, f"{code}-_")
            rows = self._query(
                "SELECT number FROM documents WHERE objective = ? OR objective LIKE ?", like
            ) or self._query(
                "SELECT number FROM documents, json_each(info, '$.objectives') AS taught"
                " WHERE taught.value = ? OR taught.value LIKE ?",
                like,
            )
            found += [row[0] for row in rows]
        return found

    def documents_of(self, allowed: Filters) -> list[int]:
        """Numbers of the documents that some filters let through, sorted."""
        found = [
            self.where(column, values)
            for column, values in (
                ("language", allowed.language),
                ("item", allowed.item),
                ("rank", allowed.rank),
                ("id", allowed.document),
            )
            if values
        ]
        if allowed.objective:
            found.append(self.about(allowed.objective))
        return sorted(set.intersection(*map(set, found)))

    def _count(self, table: Literal["documents", "passages"]) -> int:
        # Numbers have no gaps, and the greatest one is found without a scan.
        sql = f"SELECT COALESCE(MAX(number), -1) + 1 FROM {table}"  # noqa: S608 - one of two names
        return int(self._query(sql)[0][0])

    def is_sound(self) -> bool:
        """Whether all of it can be read, as far as the database can tell."""
        return self._query("PRAGMA integrity_check") == [("ok",)]

    def _query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _damaged(error) from error


_PASSAGES = """
SELECT p.number, p.document, p.start, p.end, p.language, p.page, p.heading, p.units, d.info, p.text
FROM passages p JOIN documents d ON d.number = p.document WHERE p.number IN ({marks})
"""

_ENTRIES = """
SELECT source, target_language, target, via FROM lexicon
WHERE language = ? AND source >= ? AND source < ?
"""

_SPANS = """
SELECT p.number, d.id, p.start, p.end
FROM passages p JOIN documents d ON d.number = p.document WHERE p.number IN ({marks})
"""


def _batches(numbers: Sequence[int]) -> Iterator[list[int]]:
    for first in range(0, len(numbers), _BATCH):
        yield [int(number) for number in numbers[first : first + _BATCH]]


@contextmanager
def _sound() -> Iterator[None]:
    """Raise `IndexCorruptedError` for rows that are missing, or not what they were written as."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> IndexCorruptedError:
    return IndexCorruptedError(
        "the catalogue of the index is damaged ({error}); build it again from all its"
        " sources with `qa index SOURCE... --rebuild`",
        error=error,
    )
