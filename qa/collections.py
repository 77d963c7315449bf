"""Courses side by side: a collection is an index in one folder, and its name that of its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qa.errors import CollectionError
from qa.index import store

_LONGEST: Final = 80
_UPLOADS: Final = "-files"


def collections_in(folder: Path) -> tuple[str, ...]:
    """The names of the collections in a folder, sorted; none where there is no folder."""
    try:
        names = [path.name for path in folder.iterdir() if store.exists(path)]
    except OSError:
        return ()
    return tuple(sorted((name for name in names if _is_name(name)), key=str.casefold))


def collection_index(folder: Path, name: str) -> Path:
    """Where the index of a collection is, or would be; raises `CollectionError` for a bad name."""
    if not _is_name(name):
        raise CollectionError(
            "{name!r} is no name of a collection; give 1 to {most} characters, without slashes,"
            " and none of them a dot in front",
            name=name,
            most=_LONGEST,
        )
    return folder / name


def collection_of(index: Path, folder: Path) -> str:
    """The name of an index as a collection in a folder; empty where it is none."""
    place = index.resolve()
    return place.name if place.parent == folder.resolve() and _is_name(place.name) else ""


def require_collection(folder: Path, name: str) -> Path:
    """The index of a collection that there is; raises `CollectionError`."""
    index = collection_index(folder, name)
    if not store.exists(index):
        raise CollectionError(
            "no collection {name!r} in {folder}; there are: {known}",
            name=name,
            folder=folder,
            known=", ".join(collections_in(folder)) or "-",
        )
    return index


def uploads_folder(index: Path) -> Path:
    """Where the files are that were uploaded to an index: beside it."""
    return index.with_name(f"{index.name}{_UPLOADS}")


def _is_name(name: str) -> bool:
    # The uploads of one collection must not be the index of another.
    return (
        0 < len(name) <= _LONGEST
        and name == name.strip()
        and name.isprintable()
        and not name.startswith(".")
        and not name.endswith(_UPLOADS)
        and not set(name) & set('/\\:*?"<>|')
    )
