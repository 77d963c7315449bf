"""Where the documents of an index come from, and what each of them follows from.

The files of a folder that was given are looked up again each time it is given. A file belongs to
the outermost folder that was ever given and holds it, so that the order of giving does not matter.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A file that was looked at, as the index remembers it."""

    root: str
    """The folder that it counts in: one that was given, or that of a file given by itself."""
    file: str
    """Its POSIX path in that folder."""
    key: str
    """Digest of all that its document follows from: bytes, name, manifest entry, code."""
    failure: str = ""
    """Why it could not be read; empty for a document."""

    @property
    def path(self) -> Path:
        """Where the file is, or was."""
        return Path(self.root) / self.file


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

    def covers(self, path: Path) -> bool:
        """Whether it is known of a file what is there now, in one of the given places."""
        lost = (one.path for one in self.failures if one.is_lost)
        return _is_within(path, self.given) and not _is_within(path, lost)

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
) -> Scan:
    """List the files of `sources`; `folders` are those of earlier runs.

    Files below `leave_out`, the index itself, are no documents. Raises what
    `qa.reading.list_files` and `qa.reading.load_manifest` raise.
    """
    given = tuple(dict.fromkeys(source.resolve() for source in sources))
    outermost = _outermost([*folders, *(path for path in given if not path.is_file())])
    manifests: dict[str, Manifest | None] = {}
    origins: dict[Path, Origin] = {}
    listings = [list_files(source, settings) for source in given]
    failures = [failure for listing in listings for failure in listing.failures]
    for path in (file.path for listing in listings for file in listing.files):
        if path in origins or leave_out in path.parents:
            continue
        home = container_of(path).parent
        root = next((folder for folder in outermost if folder in path.parents), home)
        name = root.as_posix()
        if name not in manifests:
            manifests[name] = load_manifest(root)
        try:
            origins[path] = _origin(root, path, manifests[name])
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


def _is_within(path: Path, places: Iterable[Path]) -> bool:
    return any(path == place or place in path.parents for place in places)


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
    names = PurePosixPath(Path(origin.root).as_posix()).parts
    return PurePosixPath(*names[max(len(names) - depth, 0) :], origin.file).as_posix()


def _outermost(folders: Iterable[Path]) -> tuple[Path, ...]:
    every = set(folders)
    return tuple(sorted(folder for folder in every if not every.intersection(folder.parents)))


def _origin(root: Path, path: Path, manifest: Manifest | None) -> Origin:
    file = path.relative_to(root).as_posix()
    entry = manifest.entry(file) if manifest is not None else Entry(path=file)
    try:
        content = hashlib.sha256(read_bytes(path)).hexdigest()
    except ReadingError:
        content = ""  # The reader will say why.
    parts = json.dumps([recipe(), content, file, asdict(entry)])
    key = hashlib.sha256(parts.encode()).hexdigest()
    return Origin(root=root.as_posix(), file=file, key=key)


def check_sources(found: Scan, origins: Sequence[Origin]) -> None:
    """Raise `ReadingError` for a source none of whose files became a document."""
    for source in found.given:
        inside = [o.failure for o in origins if _is_within(o.path, [source])]
        inside += [str(one.error) for one in found.failures if _is_within(one.path, [source])]
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
