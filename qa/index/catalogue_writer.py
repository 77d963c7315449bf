"""Fills a catalogue, with documents that were analysed now and with those of an earlier index."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Final

import numpy as np

from qa.analysis.lexicon import Entry, Pair
from qa.index.byte_strings import RecordWriter
from qa.index.catalogue import DATABASE, KINDS, Catalogue, records_file
from qa.index.stored import StoredDocument
from qa.models import Language, Via

_SCHEMA: Final = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, language TEXT NOT NULL, objective TEXT,
    item TEXT, rank TEXT, taught TEXT NOT NULL, digest BLOB NOT NULL
);
CREATE TABLE explained (
    document INTEGER NOT NULL, via TEXT NOT NULL, source TEXT NOT NULL,
    target TEXT NOT NULL
);
CREATE INDEX explained_by_document ON explained (document);
CREATE TABLE lexicon (
    language TEXT NOT NULL, source TEXT NOT NULL, target_language TEXT NOT NULL,
    target TEXT NOT NULL, via TEXT NOT NULL
);
CREATE INDEX lexicon_by_source ON lexicon (language, source);
"""
_COPY: Final = (
    "INSERT INTO documents SELECT number + ?, id, language, objective, item, rank, taught, digest"
    " FROM earlier.documents WHERE number >= ? AND number < ? ORDER BY number",
    "INSERT INTO explained SELECT document + ?, via, source, target"
    " FROM earlier.explained WHERE document >= ? AND document < ? ORDER BY rowid",
)
_EXPLAINED: Final = """
SELECT DISTINCT source, target, language FROM explained JOIN documents ON document = number
WHERE via = ?
"""


class CatalogueWriter:
    """A new catalogue, in the files of a folder or in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        self._connection = (
            sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=rwc", uri=True)
            if folder
            else sqlite3.connect(":memory:", check_same_thread=False)
        )
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_SCHEMA)
        self._records = {
            kind: RecordWriter(records_file(folder, kind) if folder else None) for kind in KINDS
        }
        self._attached: Path | None = None
        self.owners = array("i")
        """The document number of every passage."""
        self.documents = 0

    def add(self, documents: Sequence[StoredDocument]) -> None:
        """Append documents and their passages."""
        numbered = list(enumerate(documents, self.documents))
        self._connection.executemany(
            "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?)",
            (
                (
                    *(number, document.id, document.language),
                    *(document.objective, document.item, document.rank),
                    json.dumps(document.taught) if document.taught else "[]",
                    document.digest,
                )
                for number, document in numbered
            ),
        )
        self._connection.executemany(
            "INSERT INTO explained VALUES (?,?,?,?)",
            (
                (number, via, *pair)
                for number, document in numbered
                if document.acronyms or document.kinds
                for via, pairs in (("acronym", document.acronyms), ("kind", document.kinds))
                for pair in pairs
            ),
        )
        self._records["infos"].extend([document.info for document in documents])
        self._records["texts"].extend([document.text for document in documents])
        self._records["structures"].extend([document.structure for document in documents])
        self._records["passages"].extend(
            [one for document in documents for one in document.passages]
        )
        for number, document in numbered:
            self.owners.extend(repeat(number, len(document.passages)))
        self.documents += len(documents)

    def copy(self, earlier: Catalogue, first: int, last: int) -> range:
        """Append some documents of an index on disk; gives the numbers of their passages there."""
        self._attach(earlier)
        for statement in _COPY:
            self._connection.execute(statement, (self.documents - first, first, last))
        passages = earlier.passages_between(first, last)
        for kind in KINDS:
            bounds = (passages.start, passages.stop) if kind == "passages" else (first, last)
            self._records[kind].copy(earlier.records[kind], *bounds)
        owners = earlier.owners[passages.start : passages.stop] + np.int32(self.documents - first)
        self.owners.frombytes(owners.tobytes())
        self.documents += last - first
        return passages

    def _attach(self, earlier: Catalogue) -> None:
        if earlier.folder is None or self._attached == earlier.folder:
            return
        self._connection.commit()
        uri = f"{(earlier.folder / DATABASE).resolve().as_uri()}?mode=ro&immutable=1"
        self._connection.execute("ATTACH DATABASE ? AS earlier", (uri,))
        self._attached = earlier.folder

    def add_lexicon(self, entries: Iterable[Entry]) -> None:
        """Keep the entries that questions are expanded by."""
        self._connection.executemany(
            "INSERT INTO lexicon VALUES (?,?,?,?,?)",
            (
                (e.language, " ".join(e.source), e.target_language, " ".join(e.target), e.via)
                for e in entries
            ),
        )

    def explained(self, via: Via) -> Iterator[tuple[Pair, Language]]:
        """The acronyms or kinds that the documents explain, and in which language, each once."""
        for source, target, language in self._connection.execute(_EXPLAINED, (via,)):
            yield Pair(source, target), language

    def digests(self) -> Iterator[bytes]:
        """A digest of each document, in index order."""
        rows = self._connection.execute("SELECT digest FROM documents ORDER BY number")
        return (row[0] for row in rows)

    def close(self) -> None:
        """Bring all of it to its files."""
        for records in self._records.values():
            records.finish()
        self._connection.commit()
        self._connection.close()

    def catalogue(self) -> Catalogue:
        """The catalogue in memory."""
        records = {kind: writer.records() for kind, writer in self._records.items()}
        return Catalogue(self._connection, records, np.array(self.owners, np.int32))
