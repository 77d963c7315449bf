"""What an index remembers of its documents: when they came, by whom, what they were called before.

A file that was renamed or moved is known by its bytes, and keeps its history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from qa.index.previous import Previous
from qa.index.sources import Origin
from qa.models import History


class Histories:
    """Those of the documents that an update makes, from those of the index before it."""

    def __init__(self, previous: Previous, origins: Iterable[Origin], added_by: str) -> None:
        self.moved = _moved(previous, {origin.place: origin for origin in origins})
        """The place where each file that was renamed stood before, by the place of now."""
        self._previous = previous
        self._fresh = History(added_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", added_by=added_by)

    def of(self, origin: Origin, document_id: str) -> History:
        """The history of a document under the identifier that it gets."""
        place = self.moved.get(origin.place, origin.place)
        id_, index = self._previous.ids.get(place), self._previous.index
        if id_ is None or index is None:
            return self._fresh
        earlier = index.catalogue.info(id_).history
        same = self._previous.origins[place].content == origin.content
        if not same and earlier.added_by != self._fresh.added_by:
            return self._fresh  # What is there now is the word of another person.
        if document_id == id_:
            return earlier
        formerly = (*(one for one in earlier.formerly if one != document_id), id_)
        return replace(earlier, formerly=formerly)


def _moved(previous: Previous, now: Mapping[str, Origin]) -> dict[str, str]:
    """By the place of now, where the same bytes stood that are not there any more."""
    gone: dict[str, list[str]] = {}
    for place in sorted(previous.ids, reverse=True):
        earlier = previous.origins[place]
        if earlier.content and (place not in now or now[place].content != earlier.content):
            gone.setdefault(earlier.content, []).append(place)
    moved: dict[str, str] = {}
    for place, origin in sorted(now.items()) if gone else ():
        before = previous.origins.get(place)
        is_new = before is None or before.content != origin.content
        if is_new and (places := gone.get(origin.content)):
            moved[place] = places.pop()
    return moved
