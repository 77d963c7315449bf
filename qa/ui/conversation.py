"""What one browser session holds: questions, their answers, and the source on show."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from qa.engine import Engine
from qa.errors import QAError
from qa.models import Answer, Filters, Hit, Turn

REMEMBERED: Final = 10
"""Exchanges that a question may lean on: the weight of an earlier one is a thousandth."""
SHOWN: Final = 10
"""Exchanges that are drawn at each click, until more are asked for."""
LINKED: Final = 4000
"""Characters of questions in the address of an answer: servers take some 8,000 bytes of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and its answer."""

    answer: Answer
    filters: Filters
    forgotten: tuple[str, ...] = ()
    """Words of earlier questions that this one must not be understood with."""
    may_be_kept: bool = False
    """Whether its reader agreed that it is logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The passage on show: of which exchange, which hit, and which of its extracts."""

    exchange: int
    rank: int
    extract: int | None = None


@dataclass(slots=True)
class Conversation:
    """The exchanges of a session, oldest first."""

    exchanges: list[Exchange] = field(default_factory=list)
    id: str = ""
    """Names it in addresses and where it is kept; empty until something is asked."""
    version: int = 0
    """Of what is kept of it: another one there means that another tab went on with it."""
    selection: Selection | None = None
    part: int | None = None
    """The part of a long document that was turned to; `None` is the part of the selection."""
    moves: int = 0
    """Counts what should make the page scroll."""
    followed: bool = False
    """Whether the last move was a request to see a source."""
    problem: QAError | None = None
    """Why the last question could not be asked."""
    _shown: int = SHOWN

    @property
    def first_shown(self) -> int:
        """The exchange that the page begins with."""
        return max(len(self.exchanges) - self._shown, 0)

    def show_earlier(self) -> None:
        """Let the page begin further back."""
        self._shown += SHOWN

    def ask(
        self, engine: Engine, question: str, filters: Filters, *, may_be_kept: bool = False
    ) -> None:
        """Put a question and show the first source; raises `QuestionError`."""
        answer = engine.ask(question, self.history(len(self.exchanges)), filters=filters)
        self.id = self.id or _new_id()
        self.exchanges.append(Exchange(answer=answer, filters=filters, may_be_kept=may_be_kept))
        self._show_first(len(self.exchanges) - 1)

    def forget(self, engine: Engine, number: int, words: Iterable[str]) -> None:
        """Put a question again without these words of the earlier ones."""
        exchange = self.exchanges[number]
        forgotten = (*exchange.forgotten, *words)
        self.exchanges[number] = replace(exchange, forgotten=forgotten)
        question = exchange.answer.question
        answer = engine.ask(question, self.history(number), filters=exchange.filters)
        self.exchanges[number] = replace(self.exchanges[number], answer=answer)
        self._show_first(number)

    def history(self, number: int) -> tuple[Turn, ...]:
        """The turns before an exchange, without the words that were forgotten since each.

        Only the latest ones: an answer takes as long in a long conversation as in a short one.
        """
        turns: list[Turn] = []
        for place in range(max(number - REMEMBERED, 0), number):
            exchange = self.exchanges[place]
            later = self.exchanges[place + 1 : number + 1]
            forgotten = [word for exchange_ in later for word in exchange_.forgotten]
            asked = without_words(exchange.answer.question, forgotten)
            said = " ".join(extract.text for extract in exchange.answer.extracts)
            turns.append(Turn(speaker="user", text=asked))
            turns.append(Turn(speaker="agent", text=said))
        return tuple(turns)

    def select(self, selection: Selection) -> None:
        """Show another passage."""
        self.selection, self.part = selection, None
        self.moves, self.followed = self.moves + 1, True

    def turn_to(self, part: int) -> None:
        """Turn to another part of a long document."""
        self.part = part
        self.moves, self.followed = self.moves + 1, True

    def look_again(self) -> None:
        """Scroll to what is on show, on a page that is drawn anew."""
        self.moves, self.followed = self.moves + 1, False

    def restart(self) -> None:
        """Begin another conversation."""
        self.take_over(_new_id(), (), 0)

    def take_over(self, identifier: str, exchanges: Sequence[Exchange], version: int) -> None:
        """Go on with another conversation, or with what another tab made of this one."""
        if identifier != self.id:
            self._shown = SHOWN
        self.id, self.version = identifier, version
        self.exchanges[:] = exchanges
        self.part, self.problem = None, None
        if self.exchanges:
            self._show_first(len(self.exchanges) - 1)
        else:
            self.selection = None

    def return_to(self, selection: Selection) -> None:
        """Show a passage as an address names it; one that there is not leaves things as they are.

        The exchange is shown with it.
        """
        if selection == self.selection or not 0 <= selection.exchange < len(self.exchanges):
            return
        answer = self.exchanges[selection.exchange].answer
        place = selection.extract
        if place is not None and not (
            0 <= place < len(answer.extracts) and answer.extracts[place].source == selection.rank
        ):
            return
        if any(hit.rank == selection.rank for hit in answer.sources):
            self._shown = max(self._shown, len(self.exchanges) - selection.exchange)
            self.selection, self.part = selection, None
            self.moves, self.followed = self.moves + 1, False

    def chain(self, number: int) -> tuple[str, ...]:
        """The questions that lead to an answer, oldest first: those that it was understood with."""
        first = number
        length = len(self.exchanges[number].answer.question)
        while first and number - first < REMEMBERED and self.exchanges[first].answer.carried:
            length += len(self.exchanges[first - 1].answer.question)
            if length > LINKED:
                break
            first -= 1
        return tuple(exchange.answer.question for exchange in self.exchanges[first : number + 1])

    @property
    def selected_hit(self) -> Hit | None:
        """The hit on show."""
        if self.selection is None:
            return None
        sources = self.exchanges[self.selection.exchange].answer.sources
        return next((hit for hit in sources if hit.rank == self.selection.rank), None)

    def _show_first(self, number: int) -> None:
        answer = self.exchanges[number].answer
        self.part, self.problem = None, None
        self.moves, self.followed = self.moves + 1, False
        if answer.extracts:
            rank = answer.extracts[0].source
            self.selection = Selection(exchange=number, rank=rank, extract=0)
        elif answer.sources:
            self.selection = Selection(exchange=number, rank=answer.sources[0].rank)
        else:
            self.selection = None


def _new_id() -> str:
    return secrets.token_urlsafe(12)


def without_words(text: str, words: Iterable[str]) -> str:
    """A text without these words, whatever their case."""
    for word in words:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text
