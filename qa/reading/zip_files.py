"""Archives opened with care: what they unpack to is bounded before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from qa.errors import UnreadableDocumentError

MOST_BYTES: Final = 1 << 30
"""What an archive may unpack to: far more than a course, far less than a disk."""
MOST_FILES: Final = 100_000
_MOST_RATIO: Final = 200
_SMALL: Final = 10 << 20
"""Below this, no ratio does harm: a page of blanks packs to nothing."""
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
"""What zipfile lets through of a directory or of packed bytes that are not what they should be."""


@contextmanager
def open_archive(source: bytes | Path) -> Iterator[zipfile.ZipFile]:
    """The archive; raises UnreadableDocumentError, without file name, where it is none or a bomb.

    Errors met while its files are read are raised as that one too.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    with _damage_told(), zipfile.ZipFile(file) as opened:
        _check(opened)
        yield opened


def read_member(path: Path, name: str) -> bytes:
    """The bytes of one file of an archive; raises what `open_archive` does.

    The archive stays open for the next one: its directory has all its files.
    """
    stat = path.stat()
    with _damage_told():
        return _opened(path, stat.st_mtime_ns, stat.st_size).read(name)


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int, _size: int) -> zipfile.ZipFile:
    opened = zipfile.ZipFile(path)
    try:
        _check(opened)
    except UnreadableDocumentError:
        opened.close()
        raise
    return opened


@contextmanager
def _damage_told() -> Iterator[None]:
    """Raise what reading an archive raises as an error with its remedy."""
    try:
        yield
    except _DAMAGE as error:
        raise UnreadableDocumentError(
            "a damaged archive ({error}); make it again", error=error
        ) from error
    except RuntimeError as error:  # What zipfile raises for a file that needs a password.
        raise UnreadableDocumentError(
            "a file of the archive cannot be read ({error}); make it again without password",
            error=error,
        ) from error


def check_archive(data: bytes) -> None:
    """Raise what `open_archive` does, of an archive that a library is to unpack."""
    with open_archive(data):
        pass


def _check(archive: zipfile.ZipFile) -> None:
    files = archive.infolist()
    size = sum(file.file_size for file in files)
    packed = sum(file.compress_size for file in files)
    if len(files) > MOST_FILES:
        raise UnreadableDocumentError(
            "an archive of {count} files; at most {most} are read",
            count=len(files),
            most=MOST_FILES,
        )
    if size > MOST_BYTES or (size > _SMALL and size > _MOST_RATIO * packed):
        raise UnreadableDocumentError(
            "an archive that unpacks to {size} bytes from {packed}; unpack it and give the folder",
            size=size,
            packed=packed,
        )
