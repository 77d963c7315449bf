"""Checks an index on disk: checksums, offsets, and that its parts belong together."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.errors import IndexCorruptedError
from qa.index.index import Index
from qa.index.store import REMEDY
from qa.models import Document, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found to be sound."""

    documents: int
    passages: int
    fingerprint: str


def verify_index(directory: Path) -> Verification:
    """Check everything that answers rely on.

    Raises `IndexNotFoundError`, or `IndexCorruptedError` naming the first thing that is wrong.
    """
    index = Index.open(directory, verify=True)
    with closing(index.catalogue) as catalogue:
        ids = catalogue.document_ids()
        found = 0
        for number, document_id in enumerate(ids):
            document = catalogue.document(document_id)
            passages = catalogue.passages_of(document_id)
            for passage in passages:
                _check_spans(document, passage)
            owned = int(np.count_nonzero(index.owners == number))
            _require(owned == len(passages), f"{document_id} owns {owned} rows, not its passages")
            found += len(passages)
        _require(catalogue.is_sound(), "the database of documents is damaged")
        catalogue.expansions()  # Of the table that nothing else here reads.
    _require(found == len(index.owners), f"{len(index.owners)} rows for {found} passages")
    _require(found == len(index.sequences), "term sequences of another number of passages")
    return Verification(documents=len(ids), passages=found, fingerprint=index.fingerprint)


def _check_spans(document: Document, passage: Passage) -> None:
    _require(
        document.text[passage.start : passage.end] == passage.text,
        f"the text of passage {passage.id} is not that of its document",
    )
    length = len(passage.text)
    _require(
        all(0 <= unit.start < unit.end <= length for unit in passage.units),
        f"a unit of passage {passage.id} lies outside it",
    )


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise IndexCorruptedError(
            "the index is damaged ({problem}); {remedy}", problem=problem, remedy=REMEDY
        )
