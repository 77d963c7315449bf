"""From a folder or a file to documents."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from qa.analysis.language import detect_language
from qa.errors import ReadingError, UnreadableDocumentError, UnreadableFileWarning
from qa.models import Document, Language, Notice
from qa.reading.content import Content
from qa.reading.files import SourceFile, find_files
from qa.reading.formats import read_content
from qa.reading.manifest import Entry, Manifest, load_manifest

_LOOK = 2000
"""Characters of a text that tell its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingReport:
    """What came of reading a source: documents, the files that failed, and remarks."""

    documents: tuple[Document, ...] = ()
    failures: tuple[Notice, ...] = ()
    remarks: tuple[Notice, ...] = ()
    """On the source as a whole; those on a document are with the document."""


def load_corpus(
    source: Path | str, *, on_unreadable: Callable[[Notice], None] | None = None
) -> tuple[Document, ...]:
    """Read all documents of a folder, or one file.

    `on_unreadable` is called with each file of the folder that is left out, and why; without it, an
    `UnreadableFileWarning` names each. Raises SourceNotFoundError when there is nothing at
    `source`, UnreadableDocumentError when nothing there can be read, ManifestError when the
    manifest is malformed.
    """
    report = read_source(source)
    for failure in report.failures:
        if on_unreadable is None:
            message = f"left out: {failure.message}"
            warnings.warn(message, UnreadableFileWarning, stacklevel=2)
        else:
            on_unreadable(failure)
    return report.documents


def read_source(source: Path | str) -> ReadingReport:
    """Read a source and report the files that failed instead of stopping at them.

    Raises as `load_corpus`; a file that is given by itself raises its own error.
    """
    root = Path(source)
    files = find_files(root)
    if root.is_file():
        return ReadingReport(documents=(read_document(files[0], load_manifest(root.parent)),))
    manifest = load_manifest(root)
    documents: list[Document] = []
    failures: list[Notice] = []
    for file in files:
        try:
            documents.append(read_document(file, manifest))
        except ReadingError as error:
            failures.append(Notice(kind="unreadable", message=str(error), path=file.id))
    if not documents:
        raise _nothing(root, failures)
    remarks = manifest.check(files) if manifest is not None else ()
    return ReadingReport(documents=tuple(documents), failures=tuple(failures), remarks=remarks)


def read_document(file: SourceFile, manifest: Manifest | None = None) -> Document:
    """Read one file.

    Raises UnreadableDocumentError naming the file when it is empty, binary, damaged or of an
    unknown format, ReadingError when the system does not let it be read.
    """
    try:
        data = file.path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadingError(
            "{path}: {reason}; check the file and its permissions", path=file.path, reason=reason
        ) from error
    try:
        content = read_content(data, file.path.name)
    except UnreadableDocumentError as error:
        raise UnreadableDocumentError("{path}: {error}", path=file.path, error=error) from error
    if not content.blocks:
        raise UnreadableDocumentError(
            "{path}: no text in it; remove it or add its content", path=file.path
        )
    entry = manifest.entry(file.id) if manifest is not None else Entry()
    return _document(file, data, content, entry)


def _document(file: SourceFile, data: bytes, content: Content, entry: Entry) -> Document:
    return Document(
        id=file.id,
        title=entry.title or content.title or PurePosixPath(file.id).stem,
        path=file.id,
        language=_language(entry.language or content.language, content),
        sha256=hashlib.sha256(data).hexdigest(),
        format=content.format,
        objective=content.objective,
        objectives=entry.objectives or content.objectives,
        licence=entry.licence or content.licence,
        url=entry.url or content.url,
        based_on=entry.based_on or content.based_on,
        text=content.text,
        blocks=content.blocks,
        key_terms=content.key_terms,
        removed=content.removed,
        notices=tuple(replace(notice, path=file.id) for notice in content.notices),
    )


def _language(stated: str, content: Content) -> Language:
    match stated.strip().lower()[:2]:
        case "fr":
            return "fr"
        case "en":
            return "en"
        case _:
            # The text of a page may be a picture's caption: its title tells more.
            about = content.objective.description if content.objective else ""
            return detect_language("\n".join((content.text[:_LOOK], content.title, about)))


def _nothing(root: Path, failures: list[Notice]) -> UnreadableDocumentError:
    if not failures:
        return UnreadableDocumentError(
            "{source}: no document in this folder; add text, Markdown or wikitext files",
            source=root,
        )
    return UnreadableDocumentError(
        "{source}: none of {count} files can be read, the first because: {first}",
        source=root,
        count=len(failures),
        first=failures[0].message,
    )
