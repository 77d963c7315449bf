"""From one file to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from qa.analysis.language import detect_language
from qa.errors import ReadingError, ReadingLimitError, UnreadableDocumentError
from qa.models import Block, Document, Language
from qa.reading.containers import container_of, read_bytes
from qa.reading.content import Content
from qa.reading.files import SourceFile
from qa.reading.formats import read_content
from qa.reading.manifest import Entry

_LOOK: Final = 2000
"""Characters of a text that tell its language."""
_LONGEST_TITLE: Final = 500
_MOST_CHARACTERS: Final = 10_000_000
"""Of a text: some 4,000 pages, a minute or two to analyse at worst."""
_MEGABYTE: Final = 2**20
_NOTHING_STATED: Final = Entry()


def read_document(
    file: SourceFile, entry: Entry = _NOTHING_STATED, most_megabytes: int | None = None
) -> Document:
    """Read one file; `entry` is what its manifest states about it.

    Raises UnreadableDocumentError naming the file when it is empty, binary, damaged or of an
    unknown format, ReadingLimitError when it is too large, ReadingError when the system does not
    let it be read.
    """
    try:
        size = container_of(file.path).stat().st_size
        if most_megabytes is not None and size > most_megabytes * _MEGABYTE:
            raise ReadingLimitError(
                "{path}: it has more than {megabytes} MB; split it, or raise document_megabytes",
                path=file.path,
                megabytes=most_megabytes,
            )
        data = read_bytes(file.path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadingError(
            "{path}: {reason}; check the file and its permissions", path=file.path, reason=reason
        ) from error
    try:
        content = read_content(data, file.path.name)
    except UnreadableDocumentError as error:
        raise UnreadableDocumentError("{path}: {error}", path=file.path, error=error) from error
    if not content.blocks and content.title:
        title = content.title
        blocks = (Block(kind="heading", start=0, end=len(title), level=1),)
        content = replace(content, text=title, blocks=blocks)
    if not content.blocks:
        raise UnreadableDocumentError(
            "{path}: no text in it; remove it or add its content", path=file.path
        )
    if len(content.text) > _MOST_CHARACTERS:
        raise ReadingLimitError(
            "{path}: its text has more than {most} characters; split it",
            path=file.path,
            most=_MOST_CHARACTERS,
        )
    return _document(file, data, content, entry)


def _document(file: SourceFile, data: bytes, content: Content, entry: Entry) -> Document:
    return Document(
        id=file.id,
        title=(entry.title or content.title or PurePosixPath(file.id).stem)[:_LONGEST_TITLE],
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
