"""Files that hold many documents: archives, and the exports of wikis.

A document in one has a path of its own, that of the container and its name there: what is read,
remembered and looked up again is one document, whatever file it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from qa.errors import ReadingError, UnreadableDocumentError
from qa.models import Notice
from qa.reading.damage import stopped
from qa.reading.kinds import left_out_notice, no_document
from qa.reading.wiki_export import is_export, pages_of
from qa.reading.zip_files import open_archive, read_member
from qa.settings import ReadingSettings
from qa.workers import Limits, Stopped, Workers

_KEPT: Final = 8
"""Containers whose listings are kept: documents are read in the order of their paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The names of the documents in a container, and what else it holds."""

    names: tuple[str, ...]
    left_out: tuple[Notice, ...] = ()
    spans: Mapping[str, tuple[int, int]] | None = None
    """Where each stands among the bytes of the file; None for an archive."""
    members: Mapping[str, str] = field(default_factory=dict)
    """What an archive calls each of them: some programs write `./a`, or `\\` for `/`."""


def is_container(path: Path) -> bool:
    """Whether a file holds documents, rather than being one."""
    suffix = path.suffix.lower()
    return suffix == ".zip" or (suffix == ".xml" and is_export(path))


def contents(path: Path) -> Contents | None:
    """What a container holds, None for a file that is none.

    Raises UnreadableDocumentError for a damaged one.
    """
    if is_container(path):
        stat = path.stat()
        return _listing(path, stat.st_mtime_ns, stat.st_size)
    return None


def contents_apart(
    paths: Sequence[Path], settings: ReadingSettings
) -> dict[Path, Contents | ReadingError | None]:
    """What each of some containers holds, or why it cannot be told.

    Listed in a worker process: a directory or an export without end stops only that.
    """
    if not paths:
        return {}
    limits = Limits(settings.document_seconds, settings.document_memory)
    with Workers(1, limits) as workers:
        outcomes = workers.map(_listed, [(path,) for path in paths])
        return {
            path: stopped(path, outcome, settings) if isinstance(outcome, Stopped) else outcome
            for path, outcome in zip(paths, outcomes, strict=True)
        }


def _listed(path: Path) -> Contents | ReadingError | None:
    try:
        return contents(path)
    except OSError as error:
        return ReadingError(
            "{path}: {reason}; check that it is there, and its permissions",
            path=path,
            reason=error.strerror or str(error),
        )


def container_of(path: Path) -> Path:
    """The file on disk that a document stands in: its own, or that of its container."""
    if path.is_file():
        return path
    return next((parent for parent in path.parents if parent.is_file()), path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a document, in a container or not.

    Raises OSError as reading does, UnreadableDocumentError for a damaged container.
    """
    file = container_of(path)
    inside = None if file == path else contents(file)
    if inside is None:
        return path.read_bytes()
    name = path.relative_to(file).as_posix()
    if name not in (inside.members if inside.spans is None else inside.spans):
        raise FileNotFoundError(2, f"no longer in {file.name}", str(path))
    if inside.spans is None:
        return read_member(file, inside.members[name])
    start, end = inside.spans[name]
    with file.open("rb") as stream:
        stream.seek(start)
        return stream.read(end - start)


@lru_cache(maxsize=_KEPT)
def _listing(path: Path, _changed: int, _size: int) -> Contents:
    try:
        return _archive(path) if path.suffix.lower() == ".zip" else _export(path)
    except UnreadableDocumentError as error:
        raise UnreadableDocumentError("{path}: {error}", path=path, error=error) from error


def _archive(path: Path) -> Contents:
    members: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    with open_archive(path) as archive:
        for info in archive.infolist():
            place = PurePosixPath(info.filename.replace("\\", "/"))
            if info.is_dir() or not place.parts or _is_hidden(place):
                continue
            # What is packed twice is not unpacked: nesting has no end.
            inner = "archive in an archive" if place.suffix.lower() == ".zip" else ""
            kind = inner or no_document(place.name)
            if kind or place.is_absolute() or ".." in place.parts:
                others.setdefault(kind or "path outside the archive", []).append(info.filename)
            else:
                members[place.as_posix()] = info.filename
        return Contents(
            names=tuple(sorted(members)),
            members=members,
            left_out=tuple(
                left_out_notice(kind, [f"{path.name}/{name}" for name in found])
                for kind, found in sorted(others.items())
            ),
        )


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in place.parts)


def _export(path: Path) -> Contents:
    found = pages_of(path)
    message = f"{path.name}: {found.others} pages that are no articles, or lead to others"
    return Contents(
        names=tuple(found.pages),
        left_out=(Notice(kind="no-document", message=message),) if found.others else (),
        spans=found.pages,
    )
