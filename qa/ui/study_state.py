"""What a session has open on the page to learn from: a document, a card of it, a place in it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.models import Span


@dataclass(slots=True)
class StudyState:
    """The document that is studied, and where its reader is."""

    document_id: str = ""
    card: int = 0
    turned: bool = False
    """Whether the answer side of the card is up."""
    place: Span | None = None
    """What is shown in the source; `None` shows the outline."""
    part: int | None = None
    moves: int = 0
    """Counts what should make the page scroll."""

    def open(self, document_id: str) -> None:
        """Begin with a document, unless it is open."""
        if document_id != self.document_id:
            self.document_id, self.card, self.turned = document_id, 0, False
            self.place, self.part = None, None

    def go(self, step: int, count: int) -> None:
        """The next card, or the one before; behind the last one comes the first."""
        self.card, self.turned = (self.card + step) % count, False

    def turn(self) -> None:
        """The other side of the card."""
        self.turned = not self.turned

    def show(self, place: Span | None) -> None:
        """A place in the source, or the outline."""
        self.place, self.part = place, None
        self.moves += 1

    def turn_to(self, part: int) -> None:
        """Another part of a long document."""
        self.part = part
        self.moves += 1
