"""The index that an update starts from, with the record of where its documents came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from qa.analysis.lexicon import Entry
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.index import Index, require_same
from qa.index.recipe import recipe
from qa.index.sequences import FieldTerms
from qa.index.sources import Origin
from qa.models import Document, Passage

_FILE: Final = "origins.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """Documents that can be used again, by the path of their files."""

    index: Index | None = None
    origins: Mapping[Path, Origin] = field(default_factory=dict)
    ids: Mapping[Path, str] = field(default_factory=dict)
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
        state = json.loads((stored.folder / _FILE).read_text(encoding="utf-8"))
        catalogue = Catalogue.open(stored.folder / store.CATALOGUE)
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
    origins = {origin.path: origin for origin in (Origin(**one) for one in state["origins"])}
    readable = [path for path, origin in origins.items() if not origin.failure]
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
    state = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    origins = (Origin(**one) for one in state["origins"])
    return tuple(origin.path for origin in origins if not origin.failure)


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
        "origins": [asdict(origin) for origin in origins],
    }
    (folder / _FILE).write_text(json.dumps(state), encoding="utf-8")


class Reuse:
    """Takes documents, and their passages and terms, from an earlier index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = list(index.lexicon.vocabulary)
        self._numbers = {id_: n for n, id_ in enumerate(index.catalogue.document_ids())}

    def document(self, document_id: str, new_id: str) -> Document:
        """A document, under another identifier perhaps."""
        return replace(self._index.catalogue.document(document_id), id=new_id)

    def passages(self, document_id: str, new_id: str) -> tuple[Passage, ...]:
        """Its passages."""
        found = self._index.catalogue.passages_of(document_id)
        return tuple(replace(passage, document_id=new_id) for passage in found)

    def terms(self, document_id: str) -> Iterator[FieldTerms]:
        """The terms of its passages."""
        number = self._numbers[document_id]
        first, last = np.searchsorted(self._index.owners, [number, number + 1])
        for passage in range(int(first), int(last)):
            yield self._index.sequences.fields_of(passage, self._words)
