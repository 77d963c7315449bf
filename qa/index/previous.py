"""The index that an update starts from, with the record of where its documents came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from qa.analysis.lexicon import Entry
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.index import Index, require_same
from qa.index.recipe import recipe
from qa.index.sources import Origin

_FILE: Final = "origins.json"
_COLUMNS: Final = tuple(field.name for field in fields(Origin))
_row: Final = attrgetter(*_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """Documents that can be used again, by the place of their files."""

    index: Index | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    """The identifier that each file had that could be read."""
    folders: tuple[Path, ...] = ()
    recipe: str = ""
    lexicon: str = ""
    """Digest of the entries that stood beside the documents."""
    lost: str = ""
    """Why nothing of the index that stands there is used."""


@contextmanager
def open_previous(directory: Path, *, rebuild: bool = False) -> Iterator[Previous]:
    """The index in `directory`, or an empty one where there is none or `rebuild` is set.

    Raises `IndexCorruptedError`: only with it is known what else the new index ought to have.
    """
    if store.lacks_pointer(directory) and not rebuild:
        raise store.damaged(directory, "CURRENT is missing")
    if not store.exists(directory):
        yield Previous()
        return
    if rebuild:
        yield Previous(lost=f"the index in {directory} was built anew, from these sources only")
        return
    try:
        stored = store.open_index(directory, verify=True)
        state = _state_in(stored.folder)
        catalogue = Catalogue.open(stored.folder)
        require_same(directory, stored.generation, catalogue)
    except (OSError, ValueError, RecursionError) as error:
        raise store.damaged(directory, str(error)) from error
    with closing(catalogue):
        try:
            previous = _previous(state, Index.of(stored.generation, catalogue))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise store.damaged(directory, f"{_FILE}: {error}") from error
        yield previous


def _previous(state: dict[str, Any], index: Index) -> Previous:
    origins = {origin.place: origin for origin in _origins(state)}
    readable = [place for place, origin in origins.items() if not origin.failure]
    return Previous(
        index=index,
        origins=origins,
        ids=dict(zip(readable, index.catalogue.document_ids(), strict=True)),
        folders=tuple(map(Path, state["folders"])),
        recipe=state["recipe"],
        lexicon=state["lexicon"],
    )


def paths_of(folder: Path) -> tuple[Path, ...]:
    """Where each document of a generation was read from, in index order."""
    origins = _origins(_state_in(folder))
    return tuple(origin.path for origin in origins if not origin.failure)


def _state_in(folder: Path) -> dict[str, Any]:
    state: dict[str, Any] = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    return state


def _origins(state: dict[str, Any]) -> Iterator[Origin]:
    for row in state["origins"]:
        yield Origin(**dict(zip(_COLUMNS, row, strict=True)))


def lexicon_digest(entries: Iterable[Entry]) -> str:
    """Of the entries that stand beside the documents, in hexadecimal."""
    return hashlib.sha256(json.dumps(list(entries)).encode()).hexdigest()


def write_record(
    folder: Path, origins: Iterable[Origin], folders: Iterable[Path], entries: Iterable[Entry]
) -> None:
    """Keep in a new generation what the next update needs; `origins` in index order."""
    state = {
        "recipe": recipe(),
        "lexicon": lexicon_digest(entries),
        "folders": [path.as_posix() for path in folders],
        "origins": [_row(origin) for origin in origins],
    }
    # Names of files need not be Unicode, and JSON of ASCII has room for those as well.
    (folder / _FILE).write_text(json.dumps(state), encoding="utf-8")
