"""Files that are uploaded to an index: kept in a folder beside it, and gone with their documents.

What is on its way in or out has a hidden name, which is no document: after a sudden end, the index
is the one before or the one after, and the next change first makes the files those of the index.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from qa.collections import uploads_folder
from qa.errors import IndexWriteError
from qa.index.durable import sync_file, sync_names
from qa.index.index import Index, SearchIndex
from qa.index.previous import paths_of
from qa.index.store import current, require
from qa.index.update import Progress, remove_documents, update_index
from qa.index.update_report import IndexReport
from qa.reading.containers import container_of
from qa.reading.previews import Upload
from qa.settings import Settings
from qa.takeovers import with_takeovers

_ASIDE: Final = ".qa-"
_NOTE: Final = f"{_ASIDE}change"
Move = tuple[str, str]
"""The names of a file before and after it is moved."""


def add_files(
    index: Path,
    files: Sequence[Upload],
    settings: Settings,
    on_progress: Progress | None = None,
    *,
    added_by: str = "",
) -> IndexReport:
    """Put files into the folder of uploads, and their documents into the index, which may be new.

    `added_by` is who sends them, if that is known. All or nothing: what `update_index` raises
    leaves folder and index as they were.
    """
    folder = uploads_folder(index)
    with _held(index, folder):
        moves = _written(files, folder)
        with _moved(moves, index, folder):
            report = update_index(
                [folder], index, settings, added_by=added_by, on_progress=on_progress
            )
    return with_takeovers(report, index, settings)


def _written(files: Sequence[Upload], folder: Path) -> list[Move]:
    """Write the files aside; returns what brings them to their places."""
    moves: list[Move] = []
    try:
        for file in files:
            fresh = f"{_ASIDE}new-{file.name}"
            (folder / fresh).write_bytes(file.data)
            sync_file(folder / fresh)
            if (folder / file.name).exists():
                moves.append((file.name, f"{_ASIDE}old-{file.name}"))
            moves.append((fresh, file.name))
    except OSError as error:
        raise _unwritable(folder, error) from error
    return moves


def remove_upload(index: Path, document_id: str) -> IndexReport:
    """Take a document out of the index, and the file that was uploaded for it, if it was.

    With an archive go all documents that it holds. Raises as `remove_documents`.
    """
    folder = uploads_folder(index)
    with _held(index, folder):
        require(index)
        opened = Index.open(index)
        with closing(opened.catalogue):
            file, together = uploaded_with(opened, folder, document_id)
        moves = [(file.name, f"{_ASIDE}old-{file.name}")] if file is not None else []
        with _moved(moves, index, folder):
            return remove_documents(index, together)


def uploaded_with(
    index: SearchIndex, folder: Path, document_id: str
) -> tuple[Path | None, tuple[str, ...]]:
    """The uploaded file that a document stands in, and the documents that go when it goes."""
    if index.folder is None:
        return None, (document_id,)
    paths = dict(zip(index.catalogue.document_ids(), paths_of(index.folder), strict=True))
    file = container_of(paths[document_id]) if document_id in paths else None
    if file is None or file.parent != folder.resolve():
        return None, (document_id,)
    return file, tuple(one for one, path in paths.items() if file in (path, *path.parents))


@contextmanager
def _moved(moves: Sequence[Move], index: Path, folder: Path) -> Iterator[None]:
    """Files are moved for a change of the index, and back where it does not come about.

    What is to be moved is written down first, for a process that ends in between.
    """
    before = current(index)
    try:
        note = folder / _NOTE
        note.write_text(json.dumps([before, *moves]), encoding="utf-8")
        sync_file(note)
        sync_names(folder)
        for source, target in moves:
            (folder / source).replace(folder / target)
        sync_names(folder)
    except OSError as error:
        _undo(index, folder)
        raise _unwritable(folder, error) from error
    try:
        yield
    except BaseException:
        _undo(index, folder)
        raise


def _undo(index: Path, folder: Path) -> None:
    """Move back what was moved for a change that the index has not made."""
    try:
        before, *moves = json.loads((folder / _NOTE).read_bytes())
    except (OSError, ValueError):
        return  # Nothing was moved: the note is whole before anything is.
    if current(index) != before:
        return
    for source, target in reversed(moves):
        if (folder / target).exists() and not (folder / source).exists():
            with suppress(OSError):
                (folder / target).replace(folder / source)


@contextmanager
def _held(index: Path, folder: Path) -> Iterator[None]:
    """One change at a time; what earlier ones left is cleared up before and after."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{_ASIDE}lock").open("a")
    except OSError as error:
        raise _unwritable(folder, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexWriteError(
                "another change of {directory} is going on; try again when it has ended",
                directory=index.name,
            ) from error
        try:
            _undo(index, folder)
            _clear(folder)
            yield
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    for path in folder.glob(f"{_ASIDE}*"):
        if not path.name.endswith("lock"):
            with suppress(OSError):
                path.unlink()


def _unwritable(folder: Path, error: OSError) -> IndexWriteError:
    return IndexWriteError(
        "cannot keep uploads in {folder}: {reason}; make room, or let this user write there",
        folder=folder,
        reason=error.strerror or error,
    )
