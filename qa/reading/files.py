"""Which files of a source are documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.errors import SourceNotFoundError

MANIFEST = "manifest.toml"
_NOT_DOCUMENTS = frozenset({MANIFEST, "glossary.tsv", "acronyms.tsv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to read; `id` is its POSIX path relative to the source folder."""

    id: str
    path: Path


def find_files(source: Path) -> tuple[SourceFile, ...]:
    """List the files of a folder, sorted by id, or the single file that `source` is.

    Hidden files and folders, manifests, vocabularies and licences are left out.
    Raises SourceNotFoundError when there is nothing at `source`.
    """
    if source.is_file():
        return (SourceFile(id=source.name, path=source),)
    if not source.is_dir():
        raise SourceNotFoundError("{source}: no such file or folder; check the path", source=source)
    found = (
        SourceFile(id=path.relative_to(source).as_posix(), path=path)
        for path in source.rglob("*")
        if _is_document(path, source) and path.is_file()
    )
    return tuple(sorted(found, key=lambda file: file.id))


def _is_document(path: Path, source: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
    licence = path.name.upper().startswith(("LICENSE", "LICENCE"))
    return not hidden and not licence and path.name not in _NOT_DOCUMENTS
