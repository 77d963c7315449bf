"""What an update of an index did."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from qa.index.previous import Previous
from qa.index.sources import Origin, Scan
from qa.models import Notice

_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often something was met in the documents that were read now, and where."""

    kind: str
    count: int
    examples: tuple[str, ...]
    """The first few files, by their paths."""
    more: bool
    """Whether there are other files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """A question of the collection that a new document answers before those that were there."""

    question: str
    document_id: str
    earlier_id: str
    """The document that answers without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What an update did."""

    added: int
    updated: int
    renamed: tuple[Notice, ...]
    """Files that stood elsewhere before, by their bytes."""
    unchanged: int
    removed: int
    passages: int
    """In the whole index."""
    failures: tuple[Notice, ...]
    """Files that are not in the index, and why."""
    remarks: tuple[Notice, ...]
    """On the sources and the index as a whole."""
    notices: tuple[Tally, ...]
    """The notices on the documents read now by kind, most frequent first."""
    left_out: tuple[Tally, ...]
    """The pieces of text that were left out of them by reason, most frequent first."""
    seconds: float
    fingerprint: str
    added_ids: tuple[str, ...] = ()
    takeovers: tuple[Takeover, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents the index has now."""
        return self.added + self.updated + len(self.renamed) + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was met in reading one document."""

    notices: tuple[str, ...]
    """The kind of every notice."""
    left_out: tuple[str, ...]
    """Why, for every piece of text that was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of every file, as the update itself knows it."""

    origins: tuple[Origin, ...]
    """In index order, with the failures that were met."""
    ids: Mapping[str, str]
    """By place, the identifiers of the documents."""
    read: Mapping[str, Reading]
    """By place, what was met in the documents that were read now."""
    moved: Mapping[str, str]
    """By place, where a file stood before it was renamed."""
    passages: int
    fingerprint: str

    def report(self, previous: Previous, found: Scan, started: float) -> IndexReport:
        """The numbers, against what there was; `started` is a reading of `perf_counter`."""
        indexed = {origin.place for origin in self.origins if not origin.failure}
        moved = {new: old for new, old in self.moved.items() if new in self.read}
        added = [path for path in self.read if path not in previous.ids and path not in moved]
        lost = () if not previous.lost else (Notice(kind="index-replaced", message=previous.lost),)
        return IndexReport(
            added=len(added),
            added_ids=tuple(self.ids[path] for path in added),
            updated=len(self.read) - len(moved) - len(added),
            renamed=tuple(
                Notice(kind="renamed", message=f"{old} → {new}", path=new)
                for new, old in moved.items()
            ),
            unchanged=len(indexed) - len(self.read),
            removed=len(set(previous.ids) - indexed - set(moved.values())),
            passages=self.passages,
            failures=tuple(
                Notice(kind="unreadable", message=origin.failure, path=origin.place)
                for origin in self.origins
                if origin.failure
            )
            + tuple(
                Notice(kind="unreadable", message=str(failure.error), path=failure.path.as_posix())
                for failure in found.failures
            ),
            remarks=(*lost, *found.remarks()),
            notices=_tallies({path: one.notices for path, one in self.read.items()}),
            left_out=_tallies({path: one.left_out for path, one in self.read.items()}),
            seconds=time.perf_counter() - started,
            fingerprint=self.fingerprint,
        )


def _tallies(kinds_by_file: Mapping[str, Iterable[str]]) -> tuple[Tally, ...]:
    counts = Counter(kind for kinds in kinds_by_file.values() for kind in kinds)
    files: dict[str, list[str]] = {kind: [] for kind in counts}
    for path, kinds in kinds_by_file.items():
        for kind in dict.fromkeys(kinds):
            files[kind].append(path)
    return tuple(
        Tally(
            kind=kind,
            count=count,
            examples=tuple(files[kind][:_EXAMPLES]),
            more=len(files[kind]) > _EXAMPLES,
        )
        for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
