"""Which files of a source are documents."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ReadingError, SourceNotFoundError
from qa.models import Notice
from qa.reading.containers import Contents, contents_apart, is_container
from qa.reading.kinds import left_out_notice, no_document
from qa.settings import ReadingSettings

MANIFEST = "manifest.toml"
_NOT_DOCUMENTS = frozenset({MANIFEST, "glossary.tsv", "acronyms.tsv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to read; `id` is its POSIX path relative to the source folder.

    The path of a document in an archive or an export goes on behind the path of that file.
    """

    id: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """A folder that cannot be read, or a link that is not followed."""

    path: Path
    error: ReadingError
    is_lost: bool
    """Whether it could be read at another time, unlike a link that leads elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The files of a source, sorted by id, and what of it could not be looked at."""

    files: tuple[SourceFile, ...]
    failures: tuple[Unlisted, ...] = ()
    left_out: tuple[Notice, ...] = ()
    """What is no document, a notice a kind."""


def list_files(source: Path, settings: ReadingSettings | None = None) -> Listing:
    """List the files of a folder, or the single file that `source` is.

    Hidden files and folders, manifests, vocabularies and licences are left out without a word; what
    is no document by its kind is left out by name. Links are followed to files inside the folder
    only, and to no folder.
    Raises SourceNotFoundError when there is nothing at `source`, UnreadableDocumentError for a
    damaged archive that is given by itself.
    """
    settings = settings or ReadingSettings()
    if source.is_file():
        containers = [source] if is_container(source) else []
        inside = contents_apart(containers, settings).get(source)
        if isinstance(inside, ReadingError):
            raise inside
        if inside is None:
            return Listing(files=(SourceFile(id=source.name, path=source),))
        return Listing(files=_members(source, source.name, inside), left_out=inside.left_out)
    if not source.is_dir():
        raise SourceNotFoundError("{source}: no such file or folder; check the path", source=source)
    found, failures = _walk(source)
    inside_of = contents_apart([path for path in found if is_container(path)], settings)
    above = str(source / "_")[:-1]
    left_out = _LeftOut()
    files: list[SourceFile] = []
    for path in found:
        inside = inside_of.get(path)
        if isinstance(inside, ReadingError):
            failures.append(Unlisted(path=path, error=inside, is_lost=True))
        else:
            name = str(path)[len(above) :]
            files.extend(left_out.documents_of(path, name, inside))
    return Listing(
        files=tuple(sorted(files, key=lambda file: file.id)),
        failures=tuple(sorted(failures, key=lambda failure: failure.path)),
        left_out=left_out.notices(),
    )


def _walk(source: Path) -> tuple[list[Path], list[Unlisted]]:
    """The files of a folder that may be documents or hold some."""
    found: list[Path] = []
    failures: list[Unlisted] = []
    home, folders = source.resolve(), [str(source)]
    for folder in folders:
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            failures.append(unlisted(Path(folder), error))
            continue
        # The system tells with each name what it is: to ask it again for each file takes longer.
        for entry in entries:
            is_link = entry.is_symlink()
            if not is_link and entry.is_dir():
                if not entry.name.startswith("."):
                    folders.append(entry.path)
            elif _is_document(entry.name):
                path = Path(entry.path)
                if is_link and (trouble := _trouble_with_link(path, home)):
                    failures.append(trouble)
                elif entry.is_file():
                    found.append(path)
    return found, failures


def _trouble_with_link(path: Path, home: Path) -> Unlisted | None:
    if home not in path.resolve().parents:
        return Unlisted(path=path, error=_astray(path), is_lost=False)
    if not path.exists():
        return unlisted(path, OSError("a link to nothing"))
    return None


class _LeftOut:
    """What stands in a folder and is no document."""

    def __init__(self) -> None:
        self._by_kind: dict[str, list[str]] = {}
        self._inside: list[Notice] = []

    def documents_of(
        self, path: Path, name: str, inside: Contents | None
    ) -> tuple[SourceFile, ...]:
        """The document that a file is, or those that it holds."""
        kind = no_document(path.name)
        if inside is not None:
            self._inside.extend(inside.left_out)
            return _members(path, name, inside)
        if kind:
            self._by_kind.setdefault(kind, []).append(name)
            return ()
        return (SourceFile(id=name, path=path),)

    def notices(self) -> tuple[Notice, ...]:
        """A notice a kind, and what containers leave out."""
        return (*(left_out_notice(*one) for one in sorted(self._by_kind.items())), *self._inside)


def _members(path: Path, name: str, inside: Contents) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(id=f"{name}/{one}", path=path / one) for one in inside.names)


def find_files(source: Path) -> tuple[SourceFile, ...]:
    """The files alone of `list_files`."""
    return list_files(source).files


def _is_document(name: str) -> bool:
    licence = name.upper().startswith(("LICENSE", "LICENCE"))
    return not name.startswith(".") and not licence and name not in _NOT_DOCUMENTS


def unlisted(path: Path, error: OSError) -> Unlisted:
    """What cannot be looked at, with the reason that the system gives."""
    problem = ReadingError(
        "{path}: {reason}; check that it is there, and its permissions",
        path=path,
        reason=error.strerror or error,
    )
    return Unlisted(path=path, error=problem, is_lost=True)


def _astray(path: Path) -> ReadingError:
    return ReadingError(
        "{path}: the link leads out of this folder; put a copy in its place", path=path
    )
