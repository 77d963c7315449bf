"""Where the documents of an index come from, and what each of them follows from.

The files of a folder that was given are looked up again each time it is given. A file belongs to
the outermost folder that was ever given and holds it, so that the order of giving does not matter.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from qa.errors import ReadingError
from qa.index.recipe import recipe
from qa.models import Notice
from qa.reading import (
    Entry,
    Manifest,
    SourceFile,
    Unlisted,
    list_files,
    load_manifest,
    unlisted,
)
from qa.reading.containers import container_of, read_bytes
from qa.settings import ReadingSettings

_CLOCK_TICK: Final = 2_000_000_000
"""Nanoseconds: a file system may tell times apart no better, and what was written within one of
them may be written again without a trace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A file that was looked at, as the index remembers it."""

    root: str
    """The folder that it counts in: one that was given, or that of a file given by itself."""
    file: str
    """Its POSIX path in that folder."""
    key: str
    """Digest of all that its document follows from: bytes, name, manifest entry, code."""
    content: str = ""
    """SHA-256 of its bytes, in hexadecimal; empty where they cannot be read."""
    stamp: str = ""
    """Size and times of the file that the bytes stand in; empty where they tell nothing."""
    failure: str = ""
    """Why it could not be read; empty for a document."""

    @property
    def place(self) -> str:
        """Where the file is, or was: a string, of which there may be thousands to compare."""
        return f"{self.root.rstrip('/')}/{self.file}"

    @property
    def path(self) -> Path:
        """The same as a path."""
        return Path(self.root) / self.file


_NONE: Final[Mapping[str, Origin]] = MappingProxyType({})


class Places:
    """Files and folders: another place is in them that is one of them, or below one."""

    def __init__(self, places: Iterable[str], *, but: Iterable[str] = ()) -> None:
        self._own = frozenset(places)
        self._below = tuple(f"{place.rstrip('/')}/" for place in self._own)
        self._but = Places(but) if but else ()

    def __contains__(self, place: str) -> bool:
        within = place in self._own or place.startswith(self._below)
        return within and place not in self._but


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What stands in the given sources now."""

    given: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    """The outermost of all folders that were ever given."""
    origins: tuple[Origin, ...] = ()
    left_out: tuple[Notice, ...] = ()
    """Files of the given sources that are no documents, a notice a kind."""
    manifests: Mapping[str, Manifest | None] = field(default_factory=dict)
    """By folder."""
    failures: tuple[Unlisted, ...] = ()
    """What could not be looked at."""

    @property
    def covered(self) -> Places:
        """Where it is known what is there now: in the given places, but for what was lost."""
        lost = (failure.path.as_posix() for failure in self.failures if failure.is_lost)
        return Places(map(Path.as_posix, self.given), but=lost)

    def stated(self, origin: Origin) -> Entry:
        """What the manifest of its folder states about a file."""
        manifest = self.manifests.get(origin.root)
        return manifest.entry(origin.file) if manifest is not None else Entry()

    def remarks(self) -> Iterator[Notice]:
        """What is no document, and entries of manifests without a file, of folders as a whole."""
        yield from self.left_out
        for root, manifest in self.manifests.items():
            if manifest is not None and Path(root) in self.given:
                files = [SourceFile(id=o.file, path=o.path) for o in self.origins if o.root == root]
                yield from manifest.check(tuple(files))


def scan(
    sources: Iterable[Path],
    folders: Iterable[Path],
    *,
    leave_out: Path,
    settings: ReadingSettings | None = None,
    earlier: Mapping[str, Origin] = _NONE,
) -> Scan:
    """List the files of `sources`; `folders` are those of earlier runs, `earlier` the files.

    Files below `leave_out`, the index itself, are no documents. Raises what
    `qa.reading.list_files` and `qa.reading.load_manifest` raise.
    """
    now = time.time_ns()
    given = tuple(dict.fromkeys(source.resolve() for source in sources))
    outermost = _outermost([*folders, *(path for path in given if not path.is_file())])
    own = Places([leave_out.as_posix()])
    roots = [(folder, Places([folder])) for folder in map(Path.as_posix, outermost)]
    manifests: dict[str, Manifest | None] = {}
    origins: dict[str, Origin] = {}
    listings = [list_files(source, settings) for source in given]
    failures = [failure for listing in listings for failure in listing.failures]
    for path in (file.path for listing in listings for file in listing.files):
        place = path.as_posix()
        if place in origins or place in own:
            continue
        root = next((folder for folder, below in roots if place in below), "")
        root = root or container_of(path).parent.as_posix()
        if root not in manifests:
            manifests[root] = load_manifest(Path(root))
        file = place[len(root.rstrip("/")) + 1 :]
        try:
            origins[place] = _origin(root, file, path, manifests[root], earlier.get(place), now)
        except OSError as error:
            failures.append(unlisted(path, error))
    return Scan(
        given=given,
        folders=outermost,
        origins=tuple(origins.values()),
        left_out=tuple(notice for listing in listings for notice in listing.left_out),
        manifests=manifests,
        failures=tuple(dict.fromkeys(failures)),
    )


def assign_ids(origins: Sequence[Origin]) -> tuple[str, ...]:
    """The identifier of each document: its path in its folder.

    Where two folders have the same path, both get as much of their folders' paths in front as tells
    them apart.
    """
    depths = [0] * len(origins)
    while True:
        ids = [_id(origin, depth) for origin, depth in zip(origins, depths, strict=True)]
        counts = Counter(ids)
        deeper = [
            depth + 1 if counts[id_] > 1 and id_ != _id(origin, depth + 1) else depth
            for id_, origin, depth in zip(ids, origins, depths, strict=True)
        ]
        if deeper == depths:
            return tuple(ids)
        depths = deeper


def _id(origin: Origin, depth: int) -> str:
    """The path of a file with the last `depth` names of its folder's path."""
    if depth == 0:
        return origin.file
    names = PurePosixPath(Path(origin.root).as_posix()).parts
    return PurePosixPath(*names[max(len(names) - depth, 0) :], origin.file).as_posix()


def _outermost(folders: Iterable[Path]) -> tuple[Path, ...]:
    every = set(folders)
    return tuple(sorted(folder for folder in every if not every.intersection(folder.parents)))


def _origin(
    root: str,
    file: str,
    path: Path,
    manifest: Manifest | None,
    earlier: Origin | None,
    now: int,
) -> Origin:
    """`now`: nanoseconds, before any file was looked at."""
    entry = manifest.entry(file) if manifest is not None else Entry(path=file)
    stamp = _stamp(path, now)
    if earlier is not None and stamp and earlier.stamp == stamp:
        content = earlier.content
    else:
        try:
            content = hashlib.sha256(read_bytes(path)).hexdigest()
        except ReadingError:
            content = ""  # The reader will say why.
    # The text that Python writes for a record has all its fields, and no half characters.
    key = hashlib.sha256(repr((recipe(), content, file, entry)).encode()).hexdigest()
    return Origin(root=root, file=file, key=key, content=content, stamp=stamp)


def _stamp(path: Path, now: int) -> str:
    """Size and times of the file; none where it may change again before they do."""
    try:
        stat = path.stat()
    except OSError:
        stat = container_of(path).stat()
    if max(stat.st_mtime_ns, stat.st_ctime_ns) > now - _CLOCK_TICK:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def check_sources(found: Scan, origins: Sequence[Origin]) -> None:
    """Raise `ReadingError` for a source none of whose files became a document."""
    for source in found.given:
        here = Places([source.as_posix()])
        inside = [o.failure for o in origins if o.place in here]
        inside += [
            str(failure.error) for failure in found.failures if failure.path.as_posix() in here
        ]
        failures = list(filter(None, inside))
        if not inside:
            raise ReadingError(
                "{source}: no document in it; add texts, PDFs, slides or web pages",
                source=source,
            )
        if len(failures) == len(inside):
            first = failures[0]
            if len(failures) == 1:
                raise ReadingError("{problem}", problem=first)
            raise ReadingError(
                "{source}: none of {count} files can be read, the first because: {first}",
                source=source,
                count=len(failures),
                first=first,
            )
