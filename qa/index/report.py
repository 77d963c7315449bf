"""What an update of an index did."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.index.previous import Previous
from qa.index.sources import Origin, Scan
from qa.models import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What an update did."""

    added: int
    updated: int
    unchanged: int
    removed: int
    passages: int
    """In the whole index."""
    failures: tuple[Notice, ...]
    """Files that are not in the index, and why."""
    remarks: tuple[Notice, ...]
    """On the sources and the index as a whole."""
    notices: tuple[tuple[str, int], ...]
    """How many notices there are of each kind on the documents read now, most frequent first."""
    seconds: float
    fingerprint: str

    @property
    def documents(self) -> int:
        """How many documents the index has now."""
        return self.added + self.updated + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of every file, as the update itself knows it."""

    origins: tuple[Origin, ...]
    """In index order, with the failures that were met."""
    read: Mapping[Path, tuple[Notice, ...]]
    """The documents that were read now, with their notices."""
    passages: int
    fingerprint: str

    def report(self, previous: Previous, found: Scan, started: float) -> IndexReport:
        """The numbers, against what there was; `started` is a reading of `perf_counter`."""
        indexed = {origin.path for origin in self.origins if not origin.failure}
        updated = sum(path in previous.ids for path in self.read)
        lost = () if not previous.lost else (Notice(kind="index-replaced", message=previous.lost),)
        kinds = Counter(notice.kind for notices in self.read.values() for notice in notices)
        return IndexReport(
            added=len(self.read) - updated,
            updated=updated,
            unchanged=len(indexed) - len(self.read),
            removed=len(set(previous.ids) - indexed),
            passages=self.passages,
            failures=tuple(
                Notice(kind="unreadable", message=origin.failure, path=origin.path.as_posix())
                for origin in self.origins
                if origin.failure
            ),
            remarks=(*lost, *found.remarks()),
            notices=tuple(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))),
            seconds=time.perf_counter() - started,
            fingerprint=self.fingerprint,
        )
