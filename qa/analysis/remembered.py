"""What was worked out for a word, kept: the same words come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """What a function gives for strings; looked up by `remembered[text]`, at the speed of a dict.

    It begins anew when it has `most` of them, and keeps none that is longer than `longest`.
    """

    def __init__(self, function: Callable[[str], Value], *, most: int, longest: int) -> None:
        super().__init__()
        self._function = function
        self._most = most
        self._longest = longest

    def __missing__(self, text: str) -> Value:
        value = self._function(text)
        if len(self) >= self._most:
            self.clear()
        if len(text) <= self._longest:
            self[text] = value
        return value
