"""What would become of files that are sent: what is read of them, and what is dropped."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from qa.errors import ReadingError
from qa.locale.message import Message
from qa.models import Document, DocumentInfo, Notice, Removal
from qa.reading.apart import read_apart
from qa.reading.containers import container_of
from qa.reading.files import SourceFile, find_files, list_files
from qa.reading.kinds import no_document
from qa.reading.manifest import Entry
from qa.settings import ReadingSettings

_LONGEST: Final = 120
_BEGINNING: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedDocument:
    """What would be indexed of a document, and what dropped."""

    info: DocumentInfo
    words: int
    beginning: str
    removed: tuple[Removal, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would become of an uploaded file."""

    name: str
    documents: tuple[PreviewedDocument, ...] = ()
    """Those that it holds: several in an archive."""
    problems: tuple[Message, ...] = ()
    """Why it, or a part of it, would not be indexed."""


def named_apart(files: Sequence[Upload]) -> tuple[Upload, ...]:
    """The files with names that can stand in one folder; equal files once."""
    taken: dict[str, Upload] = {}
    for file in files:
        name = safe_name(file.name)
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        number = 1
        while name in taken and taken[name].data != file.data:
            number += 1
            name = f"{stem} ({number}){suffix}"
        taken[name] = Upload(name=name, data=file.data)
    return tuple(taken.values())


def safe_name(name: str) -> str:
    """The name of a file without what would lead elsewhere or hide it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in last if one.isprintable()).strip().lstrip(".")
    path = PurePosixPath(plain or "document")
    return f"{path.stem[:_LONGEST]}{path.suffix[:20]}"


def preview(
    files: Sequence[Upload], settings: ReadingSettings, on_progress: Callable[[int, int], None]
) -> tuple[Preview, ...]:
    """Read uploaded files, and keep nothing of them."""
    with tempfile.TemporaryDirectory(prefix="qa-preview-") as name:
        folder = Path(name).resolve()
        for file in files:
            (folder / file.name).write_bytes(file.data)
        taken = {container_of(one.path).name for one in find_files(folder)}
        looked = {file.name: _look(folder / file.name, file.name in taken) for file in files}
        tasks = [(member, Entry()) for members, _ in looked.values() for member in members]
        found: dict[str, list[PreviewedDocument]] = {file.name: [] for file in files}
        with read_apart(tasks, settings) as documents:
            for number, (document, (one, _)) in enumerate(zip(documents, tasks, strict=True)):
                owner = container_of(one.path).name
                if isinstance(document, ReadingError):
                    looked[owner][1].append(_without_folder(document))
                else:
                    found[owner].append(_previewed(document))
                on_progress(number + 1, len(tasks))
    return tuple(
        Preview(name=one, documents=tuple(found[one]), problems=tuple(problems))
        for one, (_, problems) in looked.items()
    )


def _look(path: Path, taken: bool) -> tuple[Sequence[SourceFile], list[Message]]:
    """The documents of an uploaded file, and what is wrong with it; `taken`: by its name."""
    try:
        listing = list_files(path)
    except ReadingError as error:
        return (), [_without_folder(error)]
    problems = [Message(notice.message) for notice in listing.left_out]
    if not taken and not problems and not no_document(path.name):
        return (), [Message("by its name it is no document; give it another one")]
    return listing.files, problems


def _without_folder(error: ReadingError) -> Message:
    """The error without the place where the file was looked at."""
    path = error.values.get("path")
    if not isinstance(path, Path):
        return error
    inner = error.values.get("error")
    if isinstance(inner, Message):
        return inner
    return Message(error.message, **{**error.values, "path": path.name})


def _previewed(document: Document) -> PreviewedDocument:
    return PreviewedDocument(
        info=document.info,
        words=len(document.text.split()),
        beginning=document.text[:_BEGINNING],
        removed=document.removed,
        notices=document.notices,
    )
