"""Inputs that make a backtracking matcher go back, derived from the pattern that it matches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from typing import Any, Final, NamedTuple

_PARSER: Final[Any] = import_module("re._parser")
_CONSTANTS: Final[Any] = import_module("re._constants")
_REPEATS: Final = (
    _CONSTANTS.MAX_REPEAT,
    _CONSTANTS.MIN_REPEAT,
    _CONSTANTS.POSSESSIVE_REPEAT,
)
_MANY: Final = 40
"""Repetitions from which on one is worth pumping."""
_VARIANTS: Final = 8
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": "7",
    "CATEGORY_SPACE": " ",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_DIGIT": "b",
    "CATEGORY_NOT_SPACE": "c",
    "CATEGORY_NOT_WORD": "-",
}
_ANY: Final = "x \n0(é"


class Pump(NamedTuple):
    """A text to be: `before`, then `again` as often as it takes, then `after`."""

    before: str
    again: str
    after: str

    def text(self, size: int) -> str:
        """About `size` characters of it."""
        return self.before + self.again * max(size // len(self.again), 1) + self.after


def pumps(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[Pump]:
    """What repeats each repetition of a pattern, the way to it, or both, and then does not fit."""
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    flags = pattern.flags if isinstance(source, str) else pattern.flags & ~re.UNICODE
    word = re.search("[a-z]{2,}", text)
    samples = _Samples(list(_PARSER.parse(text, flags)), word[0] if word else "")
    seen: set[tuple[str, str]] = set()
    for before, again in samples.repetitions():
        for one in ((before, again), ("", before), ("", before + again)):
            if one[1] and one not in seen:
                seen.add(one)
                yield from (Pump(*one, after) for after in ("", "\x01", "\n\x01"))


class _Samples:
    """Texts that match the parts of a pattern."""

    def __init__(self, tree: Sequence[Any], word: str) -> None:
        self._tree = tree
        self._word = word
        """What may stand anywhere is also filled with a word that the pattern itself names."""

    def repetitions(self) -> Iterator[tuple[str, str]]:
        """What stands before each repetition, and what it repeats."""
        yield from self._repetitions(self._tree, "")

    def _repetitions(self, nodes: Sequence[Any], before: str) -> Iterator[tuple[str, str]]:
        for operator, value in nodes:
            if operator in _REPEATS:
                _, most, body = value
                if most == _CONSTANTS.MAXREPEAT or most >= _MANY:
                    yield from ((before, again) for again in self.of(list(body)) if again)
            for inner in _inner(operator, value):
                yield from self._repetitions(inner, before)
            before += self._of(operator, value)[0]

    def of(self, nodes: Sequence[Any]) -> list[str]:
        """A few for a sequence, each part varied in turn."""
        found = [""]
        for operator, value in nodes:
            ends = self._of(operator, value)
            varied = [
                *(found[0] + end for end in ends),
                *(head + end for end in ends[:2] for head in found[1:]),
            ]
            found = list(islice(dict.fromkeys(varied), 4 * _VARIANTS))
        return found

    def _of(self, operator: Any, value: Any) -> list[str]:
        if operator is _CONSTANTS.LITERAL:
            return [chr(value)]
        if operator is _CONSTANTS.NOT_LITERAL:
            return [one for one in _ANY if ord(one) != value]
        if operator is _CONSTANTS.ANY:
            return [one for one in _ANY if one != "\n"]
        if operator is _CONSTANTS.IN:
            return _of_set(value) or [""]
        if operator is _CONSTANTS.BRANCH:
            ends = [one for branch in value[1] for one in self.of(list(branch))[:3]]
            return ends[: 2 * _VARIANTS] or [""]
        if operator in _REPEATS:
            least, most, body = value
            found = [one * max(least, 1) for one in self.of(list(body))[: 2 * _VARIANTS]]
            any_word = [self._word] if least == 0 and most > 1 and self._word else []
            return [found[0], *([""] if least == 0 else []), *any_word, *found[1:]]
        if operator is _CONSTANTS.ASSERT:
            return [""]
        return next((self.of(inner) for inner in _inner(operator, value)), [""])


def _inner(operator: Any, value: Any) -> list[list[Any]]:
    if operator in _REPEATS:
        return [list(value[2])]
    if operator is _CONSTANTS.BRANCH:
        return [list(branch) for branch in value[1]]
    if operator is _CONSTANTS.SUBPATTERN:
        return [list(value[3])]
    if operator is _CONSTANTS.ATOMIC_GROUP:
        return [list(value)]
    if operator is _CONSTANTS.ASSERT:
        return [list(value[1])]
    return []


def _of_set(members: Sequence[Any]) -> list[str]:
    if members[0][0] is _CONSTANTS.NEGATE:
        taken = set(_of_set(members[1:]))
        return [one for one in f"{_ANY}a7-_|" if one not in taken]
    found: list[str] = []
    for operator, value in members:
        if operator is _CONSTANTS.LITERAL:
            found.append(chr(value))
        elif operator is _CONSTANTS.RANGE:
            found.append(chr(value[0]))
        elif operator is _CONSTANTS.CATEGORY:
            found.append(_CATEGORIES[str(value)])
    return found[:_VARIANTS]
