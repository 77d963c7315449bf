"""An index on disk: memory-mapped arrays and a catalogue, swapped in as a whole.

An index folder holds `CURRENT`, a file that names one generation folder and the SHA-256 of its
`index.json`, and that generation: `index.json` (format, settings, statistics, fingerprint,
checksums), one `.npy` file an array, and the files of the catalogue. A new generation is written
aside; replacing `CURRENT` is the only step that readers see, and it is atomic. What fails before
leaves the previous index as it was; generations are taken away only after a run that succeeded.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from qa.errors import IndexCorruptedError, IndexNotFoundError, IndexWriteError
from qa.index.durable import sync_file, sync_names
from qa.index.generation import Generation, Statistics, faults
from qa.index.unit_vectors import faults_of
from qa.locale.message import Message
from qa.settings import IndexSettings

FORMAT = 5
_CURRENT = "CURRENT"
_NEW = "CURRENT.new"
_LOCK = "LOCK"
_GENERATION = "generation-"
_HEADER = "index.json"
PARTIAL = "MEANING.partial"
"""The vectors that a run which was broken off has made."""
REMEDY = Message("build it again from all its sources with `qa index SOURCE... --rebuild`")
_VERIFIED_AT_OPEN = 256 * 2**20
_POINTER = re.compile(rf"({_GENERATION}\w+)(?: ([0-9a-f]{{64}}))?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIndex:
    """An opened generation."""

    folder: Path
    generation: Generation


class _Pointer(NamedTuple):
    """What `CURRENT` says; empty where it says nothing that can be understood."""

    generation: str = ""
    header_sha256: str = ""
    """Empty in indexes of format 1."""


def exists(directory: Path) -> bool:
    """Whether there is an index in `directory`."""
    return (directory / _CURRENT).is_file()


def lacks_pointer(directory: Path) -> bool:
    """Whether a whole generation stands in `directory`, and `CURRENT`, which names it, is gone."""
    return not exists(directory) and any(directory.glob(f"{_GENERATION}*/{_HEADER}"))


def current(directory: Path) -> str:
    """The name of the current generation; empty where there is none."""
    try:
        return _pointer(directory).generation
    except OSError:
        return ""


def _pointer(directory: Path) -> _Pointer:
    text = (directory / _CURRENT).read_bytes().decode("utf-8", "replace")
    match = _POINTER.fullmatch(text)
    return _Pointer(match[1], match[2] or "") if match else _Pointer()


def require(directory: Path) -> None:
    """Raise `IndexNotFoundError` where there is no index."""
    if not exists(directory):
        raise IndexNotFoundError(
            "no index in {directory}; make one with `qa index SOURCE`", directory=directory
        )


def open_index(directory: Path, *, verify: bool = False) -> StoredIndex:
    """The current generation, arrays memory-mapped.

    Checksums are compared for indexes up to 256 MB, and for larger ones when `verify` is set.
    Raises `IndexNotFoundError` or `IndexCorruptedError`.
    """
    require(directory)
    try:
        return _open(directory, verify=verify)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        # All that a header or an array of another shape than promised can lead to.
        raise damaged(directory, str(error)) from error


def _open(directory: Path, *, verify: bool) -> StoredIndex:
    pointer = _pointer(directory)
    if not pointer.generation:
        raise damaged(directory, f"{_CURRENT} names no generation")
    folder = directory / pointer.generation
    data = (folder / _HEADER).read_bytes()
    if pointer.header_sha256 and hashlib.sha256(data).hexdigest() != pointer.header_sha256:
        raise damaged(directory, f"{_HEADER} has another checksum")
    header = json.loads(data)
    if header["format"] != FORMAT:
        raise IndexCorruptedError(
            "the index in {directory} has format {format}, this version reads {expected}; {remedy}",
            directory=directory,
            format=header["format"],
            expected=FORMAT,
            remedy=REMEDY,
        )
    if not pointer.header_sha256:
        raise damaged(directory, f"{_CURRENT} has no checksum")
    files: dict[str, dict[str, Any]] = header["files"]
    whole = verify or sum(file["bytes"] for file in files.values()) <= _VERIFIED_AT_OPEN
    for file, expected in files.items():
        _check(directory, folder / file, expected, whole=whole)
    arrays = {
        # As plain arrays: every slice of a `numpy.memmap` costs microseconds of bookkeeping.
        Path(file).stem: np.asarray(np.load(folder / file, mmap_mode="r", allow_pickle=False))
        for file in files
        if file.endswith(".npy")
    }
    statistics = Statistics(**header["statistics"])
    encoder = header.get("encoder", "")
    found = chain(faults(arrays, statistics, values=whole), faults_of(arrays, encoder))
    if fault := next(found, ""):
        raise damaged(directory, fault)
    return StoredIndex(
        folder=folder,
        generation=Generation(
            arrays=arrays,
            statistics=statistics,
            settings=IndexSettings(**header["settings"]),
            fingerprint=header["fingerprint"],
            encoder=encoder,
        ),
    )


@contextmanager
def write_lock(directory: Path) -> Iterator[None]:
    """Hold the right to write to `directory`, which is made where it is missing.

    Raises `IndexWriteError` when another process holds it, when nothing can be written there, or
    when the folder has something else in it.
    """
    try:
        made = [path for path in (directory, *directory.parents) if not path.exists()]
        directory.mkdir(parents=True, exist_ok=True)
        others = [path.name for path in directory.iterdir() if not _is_ours(path)]
        if others and not exists(directory):
            raise IndexWriteError(
                "{directory} is not an index and has other files, such as {others}; give a new"
                " or empty folder",
                directory=directory,
                others=min(others),
            )
        lock = (directory / _LOCK).open("a")
    except OSError as error:
        raise _unwritable(directory, error) from error
    with lock:
        try:
            # Released by the system when the process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexWriteError(
                "another process is writing the index in {directory}; try again when it has ended",
                directory=directory,
            ) from error
        try:
            yield
            _remove_other_generations(directory)
        finally:
            if not exists(directory):
                _leave_no_trace(directory, made)


def _leave_no_trace(directory: Path, made: Iterable[Path]) -> None:
    """Take away what was made for an index that did not come about; `made`: folders, inner first.

    A folder that was there, and empty, stays.
    """
    with suppress(OSError):
        (directory / _NEW).unlink(missing_ok=True)
        (directory / _LOCK).unlink()
        for folder in made:
            folder.rmdir()


def _is_ours(path: Path) -> bool:
    return path.name in (_LOCK, _CURRENT, _NEW, PARTIAL) or path.name.startswith(_GENERATION)


@contextmanager
def new_generation(directory: Path) -> Iterator[Path]:
    """A folder to write the next generation into; removed if the block raises before the commit."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=_GENERATION, dir=directory))
    except OSError as error:
        raise _unwritable(directory, error) from error
    try:
        yield folder
    except BaseException as error:
        if current(directory) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise _unwritable(directory, error) from error
        raise


def _unwritable(directory: Path, error: Exception) -> IndexWriteError:
    stated = isinstance(error, OSError) and error.strerror
    reason = stated or f"{error}; is the disk full?"
    return IndexWriteError(
        "cannot write an index to {directory}: {reason}; give another folder with --index",
        directory=directory,
        reason=reason,
    )


def commit(directory: Path, folder: Path, generation: Generation) -> None:
    """Write the arrays beside the catalogue in `folder` and make it the current generation.

    Everything has reached the disk before it is named, so that a power cut leaves one whole index.
    """
    for name, array in generation.arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": digest(path)}
        for path in sorted(folder.iterdir())
    }
    header = {
        "format": FORMAT,
        "fingerprint": generation.fingerprint,
        "settings": asdict(generation.settings),
        "statistics": asdict(generation.statistics),
        **({"encoder": generation.encoder} if generation.encoder else {}),
        "files": files,
    }
    (folder / _HEADER).write_text(json.dumps(header, indent=1), encoding="utf-8")
    for path in folder.iterdir():
        sync_file(path)
    sync_names(folder)
    pointer = directory / _NEW
    pointer.write_text(f"{folder.name} {digest(folder / _HEADER)}\n", encoding="utf-8")
    sync_file(pointer)
    pointer.replace(directory / _CURRENT)
    sync_names(directory)


def _remove_other_generations(directory: Path) -> None:
    """Those that were replaced, and those that a killed process began."""
    name = current(directory)
    if not (name and (directory / name).is_dir()):
        return
    for folder in directory.glob(f"{_GENERATION}*"):
        if folder.name != name:
            shutil.rmtree(folder, ignore_errors=True)


def _check(directory: Path, path: Path, expected: Mapping[str, Any], *, whole: bool) -> None:
    if not path.is_file():
        raise damaged(directory, f"{path.name} is missing")
    size = path.stat().st_size
    if size != expected["bytes"]:
        raise damaged(directory, f"{path.name} has {size} bytes, not {expected['bytes']}")
    if whole and digest(path) != expected["sha256"]:
        raise damaged(directory, f"{path.name} has another checksum")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged(directory: Path, what: str) -> IndexCorruptedError:
    """The error for an index that has lost something, with the remedy."""
    return IndexCorruptedError(
        "the index in {directory} is damaged ({what}); {remedy}",
        directory=directory,
        what=what,
        remedy=REMEDY,
    )
