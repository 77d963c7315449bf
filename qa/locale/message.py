"""Texts whose language is known only when they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.locale.translator import Translator


class Message:
    """A text of the interface in English, with braces that the values fill as `str.format` does.

    Values may be messages themselves.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message

    def said(self, tr: Translator) -> str:
        """The text in the language of a translator."""
        inner = {
            name: value.said(tr) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return tr(self.message, **inner)


class Percent(Message):
    """A share of 1, as per cent."""

    def __init__(self, share: float) -> None:
        super().__init__(f"{share:.0%}")
        self.share = share

    def said(self, tr: Translator) -> str:
        """As the language writes it."""
        return tr.percent(self.share)


def lines(messages: Iterable[Message]) -> Message:
    """Messages below one another."""
    named = {f"line{number}": message for number, message in enumerate(messages)}
    text = "\n".join(f"{{{name}}}" for name in named)
    return Message(text, **named)
