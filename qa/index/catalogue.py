"""The catalogue of an index: its documents and passages, and what is looked up of them.

Texts and records are read by number, out of files that are mapped; identifiers, filters and
lexicon entries are looked up in an SQLite database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray

from qa.analysis.lexicon import Entry
from qa.errors import IndexCorruptedError, UnknownDocumentError
from qa.index.byte_strings import Records
from qa.index.stored import read_document, read_info, read_passage
from qa.models import Document, DocumentInfo, Filters, Language, Passage

DATABASE: Final = "catalogue.sqlite"
OWNERS: Final = "owners.npy"
"""One of the arrays of the index: the document number of every passage."""
_ENTRIES_AT_ONCE = 100
"""Look-ups in one statement, of which SQLite takes at most 500."""
_REMEMBERED: Final = 1 << 12
"""Passages that are kept as they were read, some 4 KB each: questions come back to them."""
Kind = Literal["infos", "texts", "structures", "passages"]
KINDS: Final[tuple[Kind, ...]] = ("infos", "texts", "structures", "passages")


def records_file(folder: Path, kind: Kind) -> Path:
    """Where a generation has its records of a kind."""
    return folder / f"{kind}.records"


class Catalogue:
    """Documents and passages by number; numbers are positions in index order, counted from 0."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        records: dict[Kind, Records],
        owners: NDArray[np.int32],
        folder: Path | None = None,
    ) -> None:
        self._connection = connection
        self.owners = owners
        self._lock = Lock()
        self.records = records
        self.folder = folder
        self._info_of = lru_cache(_REMEMBERED)(self._info)
        self._passage_of = lru_cache(_REMEMBERED)(self._passage)

    @classmethod
    def open(cls, folder: Path, owners: NDArray[np.int32] | None = None) -> Self:
        """The catalogue of a generation, read-only; raises `IndexCorruptedError`.

        `owners`: the document number of every passage, where they are not in the folder yet.
        """
        uri = f"{(folder / DATABASE).resolve().as_uri()}?mode=ro&immutable=1"
        try:
            catalogue = cls(
                sqlite3.connect(uri, uri=True, check_same_thread=False),
                {kind: Records.open(records_file(folder, kind)) for kind in KINDS},
                np.asarray(np.load(folder / OWNERS, mmap_mode="r", allow_pickle=False))
                if owners is None
                else owners,
                folder,
            )
        except (sqlite3.Error, OSError, ValueError) as error:
            raise _damaged(error) from error
        # SQLite opens the file at the first question: from then on it may be taken away.
        catalogue.require_whole()
        return catalogue

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def require_whole(self) -> None:
        """Raise `IndexCorruptedError` where parts of it are of other documents."""
        listed = int(self._query("SELECT COALESCE(MAX(number), -1) + 1 FROM documents")[0][0])
        for kind in ("infos", "texts", "structures"):
            if len(self.records[kind]) != listed:
                raise _damaged(f"{len(self.records[kind])} {kind} for {listed} documents")
        if self.passage_count() != len(self.owners):
            raise _damaged(f"{self.passage_count()} passages, {len(self.owners)} of documents")

    def entries_from(self, language: Language, terms: Sequence[str]) -> tuple[Entry, ...]:
        """The entries of a language whose source begins with one of these terms, sorted."""
        found: list[Entry] = []
        for first in range(0, len(terms), _ENTRIES_AT_ONCE):
            batch = terms[first : first + _ENTRIES_AT_ONCE]
            # A phrase goes on with a space, and "!" is the character after it.
            bounds = [value for term in batch for value in (language, term, f"{term}!")]
            rows = self._query(" UNION ALL ".join([_ENTRIES] * len(batch)), bounds)
            found += [_entry(language, *row) for row in rows]
        return tuple(sorted(found))

    def entries(self) -> tuple[Entry, ...]:
        """All entries that questions are expanded by, sorted."""
        rows = self._query("SELECT language, source, target_language, target, via FROM lexicon")
        return tuple(sorted(_entry(*row) for row in rows))

    def expansions(self) -> tuple[Entry, ...]:
        """The entries from several terms to an acronym of one term, sorted."""
        rows = self._query(
            "SELECT language, source, target_language, target, via FROM lexicon"
            " WHERE via = 'acronym' AND source LIKE '% %' AND target NOT LIKE '% %' ORDER BY source"
        )
        return tuple(_entry(*row) for row in rows)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""
        with _sound():
            return tuple(map(self._info, range(self.document_count())))

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""
        number = self._number(document_id)
        with _sound():
            return read_document(
                self.records["infos"][number],
                self.records["texts"][number],
                self.records["structures"][number],
            )

    def _number(self, document_id: str) -> int:
        found = self.where("id", [document_id])
        if not found:
            raise UnknownDocumentError(
                "no document {document_id!r} in this index; `qa documents list` names them all",
                document_id=document_id,
            )
        return found[0]

    def passages(self, numbers: Iterable[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        """The passages with these numbers, in the given order, each with its document."""
        with _sound():
            return tuple(map(self._passage_of, numbers))

    def _passage(self, number: int) -> tuple[Passage, DocumentInfo]:
        record, owner = read_passage(self.records["passages"][number]), int(self.owners[number])
        info = self._info_of(owner)
        text = self.records["texts"].part(owner, record.first, record.last).decode()
        if len(text) != record.end - record.start:
            raise ValueError(f"passage {number} has {len(text)} characters")
        return record.passage(info.id, text), info

    def info(self, document_id: str) -> DocumentInfo:
        """What is known of a document besides its text; raises `UnknownDocumentError`."""
        with _sound():
            return self._info(self._number(document_id))

    def _info(self, number: int) -> DocumentInfo:
        return read_info(self.records["infos"][number])

    def spans(self, numbers: Iterable[int]) -> tuple[tuple[str, int, int], ...]:
        """Document, start and end of the passages with these numbers, in the given order."""
        return tuple(
            (document.id, passage.start, passage.end)
            for passage, document in self.passages(numbers)
        )

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order."""
        found = self.where("id", [document_id])
        if not found:
            return ()
        numbers = self.passages_between(found[0], found[0] + 1)
        return tuple(passage for passage, _ in self.passages(numbers))

    def passages_between(self, first: int, last: int) -> range:
        """The numbers of the passages of some documents, `last` not included."""
        return range(*np.searchsorted(self.owners, [first, last]).tolist())

    def document_ids(self) -> tuple[str, ...]:
        """The identifier of every document, in index order."""
        return tuple(row[0] for row in self._query("SELECT id FROM documents ORDER BY number"))

    def ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The identifiers of the documents with these numbers, in the given order."""
        with _sound():
            return tuple(self._info_of(number).id for number in numbers)

    def sizes(self) -> tuple[tuple[int, int], ...]:
        """The characters and the passages of every document, in index order."""
        texts = self.records["texts"]
        counts = np.bincount(self.owners, minlength=len(texts)).tolist()
        return tuple((len(texts[n].decode()), counts[n]) for n in range(len(texts)))

    def document_count(self) -> int:
        """How many documents there are."""
        return len(self.records["infos"])

    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self.records["passages"])

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
                "SELECT number FROM documents, json_each(taught) AS one"
                " WHERE one.value = ? OR one.value LIKE ?",
                like,
            )
            found += [row[0] for row in rows]
        return found

    def documents_of(self, allowed: Filters) -> list[int]:
        """Numbers of the documents that some filters let through, sorted."""
        found = [self.where(column, values) for column, values in allowed.by_column.items()]
        if allowed.objective:
            found.append(self.about(allowed.objective))
        return sorted(set.intersection(*map(set, found)))

    def has_document(self, document_id: str) -> bool:
        """Whether there is such a document."""
        return bool(self.where("id", [document_id]))

    def has_objective(self, code: str) -> bool:
        """Whether a document is about an objective, or is said to teach it."""
        return bool(self.about([code]))

    def is_sound(self) -> bool:
        """Whether all of it can be read, as far as the database can tell."""
        return self._query("PRAGMA integrity_check") == [("ok",)]

    def _query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _damaged(error) from error


_ENTRIES = """
SELECT source, target_language, target, via FROM lexicon
WHERE language = ? AND source >= ? AND source < ?
"""


def _entry(language: Language, source: str, other: Language, target: str, via: Any) -> Entry:
    return Entry(language, tuple(source.split(" ")), other, tuple(target.split(" ")), via)


@contextmanager
def _sound() -> Iterator[None]:
    """Raise `IndexCorruptedError` for rows that are missing, or not what they were written as."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(error) from error


def _damaged(error: object) -> IndexCorruptedError:
    return IndexCorruptedError(
        "the catalogue of the index is damaged ({error}); build it again from all its"
        " sources with `qa index SOURCE... --rebuild`",
        error=error,
    )
