"""Checks the passages of an index against the files that they were read from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ReadingError
from qa.index.index import Index
from qa.index.originals import Original, Originals, State
from qa.reading import Entry, SourceFile, read_apart
from qa.settings import ReadingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A document beside its original as it is now."""

    document_id: str
    state: State
    passages: int
    found: int
    """Passages that the original still has, word for word."""

    @property
    def is_same(self) -> bool:
        """Whether the original is what was read, and all passages are in it."""
        return self.state == "unchanged" and self.found == self.passages


def compare_originals(
    directory: Path,
    settings: ReadingSettings,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Compared, ...]:
    """Read every original again, and look for the passages in it.

    Raises `IndexNotFoundError`, `IndexCorruptedError`.
    """
    index = Index.open(directory)
    with closing(index.catalogue) as catalogue:
        originals = Originals(index)
        documents = catalogue.documents()
        found = [(one, original) for one in documents if (original := originals.original(one))]
        tasks = [
            (SourceFile(id=document.path, path=original.path), Entry())
            for document, original in found
            if original.state != "missing"
        ]
        compared: list[Compared] = []
        with read_apart(tasks, settings) as read:
            for document, original in found:
                again = None if original.state == "missing" else next(read)
                text = "" if again is None or isinstance(again, ReadingError) else again.text
                compared.append(_compared(index, document.id, original, text))
                on_progress(len(compared), len(found))
        return tuple(compared)


def _compared(index: Index, document_id: str, original: Original, text: str) -> Compared:
    passages = index.catalogue.passages_of(document_id)
    same_places = index.catalogue.document(document_id).text == text
    return Compared(
        document_id=document_id,
        state=original.state,
        passages=len(passages),
        found=len(passages) if same_places else sum(one.text in text for one in passages),
    )
