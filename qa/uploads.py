"""Files that are uploaded to an index: kept in a folder beside it, and gone with their documents.

What is on its way in or out has a hidden name, which is no document: after a sudden end, the index
is the one before or the one after, and the next change clears up what is left.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from qa.collections import uploads_folder
from qa.errors import IndexWriteError
from qa.index.durable import sync_file, sync_names
from qa.index.index import Index, SearchIndex
from qa.index.previous import paths_of
from qa.index.report import IndexReport
from qa.index.store import require
from qa.index.update import Progress, remove_document, update_index
from qa.reading.containers import container_of
from qa.reading.previews import Upload
from qa.settings import Settings
from qa.takeovers import with_takeovers

_ASIDE: Final = ".qa-"


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
        moves: list[tuple[Path, Path]] = []
        try:
            _put(files, folder, moves)
            report = update_index(
                [folder], index, settings, added_by=added_by, on_progress=on_progress
            )
        except BaseException:
            _undo(moves)
            raise
    return with_takeovers(report, index, settings)


def _put(files: Sequence[Upload], folder: Path, moves: list[tuple[Path, Path]]) -> None:
    try:
        for file in files:
            fresh, place = folder / f"{_ASIDE}new-{file.name}", folder / file.name
            fresh.write_bytes(file.data)
            sync_file(fresh)
            if place.exists():
                _move(place, folder / f"{_ASIDE}old-{file.name}", moves)
            _move(fresh, place, moves)
        sync_names(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error


def remove_upload(index: Path, document_id: str) -> IndexReport:
    """Take a document out of the index, and the file that was uploaded for it, if it was.

    With an archive go all documents that it holds. Raises as `remove_document`.
    """
    folder = uploads_folder(index)
    with _held(index, folder):
        require(index)
        opened = Index.open(index)
        with closing(opened.catalogue):
            file, together = uploaded_with(opened, folder, document_id)
        moves: list[tuple[Path, Path]] = []
        try:
            if file is not None:
                _move(file, folder / f"{_ASIDE}old-{file.name}", moves)
            reports = [remove_document(index, one) for one in together]
        except BaseException:
            _undo(moves)
            raise
    return reports[-1]


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


def _move(source: Path, target: Path, moves: list[tuple[Path, Path]]) -> None:
    source.replace(target)
    moves.append((source, target))


def _undo(moves: Sequence[tuple[Path, Path]]) -> None:
    for source, target in reversed(moves):
        with suppress(OSError):
            target.replace(source)


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
