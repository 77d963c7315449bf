"""What is unusual in a file and can still be taken: counted by kind, to be told in a line each."""

from __future__ import annotations


class Oddities:
    """Kinds of oddities, how many of each, and where the first one stands."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def met(self, kind: str, place: str) -> None:
        """Count one; `kind` in the plural, as it is told."""
        self._first.setdefault(kind, place)
        self._counts[kind] = self._counts.get(kind, 0) + 1

    @property
    def remarks(self) -> tuple[str, ...]:
        """One line a kind, in the order in which they were met."""
        return tuple(
            f"{kind}: {self._counts[kind]}, the first at {place}"
            for kind, place in self._first.items()
        )
