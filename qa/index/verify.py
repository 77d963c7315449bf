"""Checks an index on disk: checksums, offsets, and that its parts belong together."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptedError
from qa.index.contracts import Texts
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
        found = check_documents(catalogue, np.bincount(index.owners, minlength=len(ids)))
        _require(catalogue.is_sound(), "the database of documents is damaged")
        catalogue.expansions()  # Of the table that nothing else here reads.
    _require(found == len(index.owners), f"{len(index.owners)} rows for {found} passages")
    _require(found == len(index.sequences), "term sequences of another number of passages")
    return Verification(documents=len(ids), passages=found, fingerprint=index.fingerprint)


def check_documents(texts: Texts, owned: NDArray[np.int64] | None = None) -> int:
    """Check the offsets of all documents; how many passages they have.

    `owned`: how many passages each should have, where that is known apart.
    """
    found = 0
    for number, document_id in enumerate(texts.document_ids()):
        document = texts.document(document_id)
        passages = texts.passages_of(document_id)
        for passage in passages:
            _check_spans(document, passage)
        if owned is not None:
            rows = int(owned[number])
            _require(rows == len(passages), f"{document_id} owns {rows} rows, not its passages")
        found += len(passages)
    return found


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
