"""From a folder or a file to documents."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import UnreadableDocumentError, UnreadableFileWarning
from qa.models import Document, Notice
from qa.reading.apart import read_apart
from qa.reading.files import list_files
from qa.reading.manifest import Entry, load_manifest
from qa.settings import ReadingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingReport:
    """What came of reading a source: documents, the files that failed, and remarks."""

    documents: tuple[Document, ...] = ()
    failures: tuple[Notice, ...] = ()
    left_out: tuple[Notice, ...] = ()
    """Files that are no documents, a notice a kind."""
    remarks: tuple[Notice, ...] = ()
    """On the source as a whole; those on a document are with the document."""


def load_corpus(
    source: Path | str,
    *,
    on_unreadable: Callable[[Notice], None] | None = None,
    settings: ReadingSettings | None = None,
) -> tuple[Document, ...]:
    """Read all documents of a folder, or one file.

    `on_unreadable` is called with each file of the folder that is left out, and why, and once for
    each kind of files that are no documents; without it, an `UnreadableFileWarning` tells the same.
    Raises SourceNotFoundError when there is nothing at
    `source`, UnreadableDocumentError when nothing there can be read, ManifestError when the
    manifest is malformed.
    """
    report = read_source(source, settings)
    for failure in (*report.failures, *report.left_out):
        if on_unreadable is None:
            message = f"left out: {failure.message}"
            warnings.warn(message, UnreadableFileWarning, stacklevel=2)
        else:
            on_unreadable(failure)
    return report.documents


def read_source(source: Path | str, settings: ReadingSettings | None = None) -> ReadingReport:
    """Read a source and report the files that failed instead of stopping at them.

    Raises as `load_corpus`; a file that is given by itself raises its own error.
    """
    root = Path(source)
    listing = list_files(root, settings)
    files = listing.files
    manifest = load_manifest(root.parent if root.is_file() else root)
    tasks = [(file, manifest.entry(file.id) if manifest else Entry()) for file in files]
    documents: list[Document] = []
    failures = [
        Notice(kind="unreadable", message=str(failure.error), path=_inside(failure.path, root))
        for failure in listing.failures
    ]
    with read_apart(tasks, settings or ReadingSettings()) as outcomes:
        for file, outcome in zip(files, outcomes, strict=True):
            if isinstance(outcome, Document):
                documents.append(outcome)
            elif file.path == root:
                raise outcome
            else:
                failures.append(Notice(kind="unreadable", message=str(outcome), path=file.id))
    if not documents:
        raise _nothing(root, failures, listing.left_out)
    remarks = manifest.check(files) if manifest is not None and root.is_dir() else ()
    return ReadingReport(
        documents=tuple(documents),
        failures=tuple(failures),
        left_out=listing.left_out,
        remarks=remarks,
    )


def _inside(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _nothing(
    root: Path, failures: list[Notice], left_out: tuple[Notice, ...]
) -> UnreadableDocumentError:
    if not failures and left_out:
        return UnreadableDocumentError(
            "{source}: no document in it, only {others}; add texts, PDFs, slides or web pages",
            source=root,
            others="; ".join(notice.message for notice in left_out),
        )
    if not failures:
        return UnreadableDocumentError(
            "{source}: no document in it; add texts, PDFs, slides or web pages",
            source=root,
        )
    return UnreadableDocumentError(
        "{source}: none of {count} files can be read, the first because: {first}",
        source=root,
        count=len(failures),
        first=failures[0].message,
    )
