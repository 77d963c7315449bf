"""Phrases of questions, written as plain words, and where a text has them.

A phrase is a row of words. It is met in any number ("effet" is also "effets"), without case or
accents, with a slip of one letter in a long word, and never by half a compound: "work" is not in
"work-up". Beside plain words it may have

    a|b     either word                 [a]     a word that may be missing
    pre*    a word that begins so       +a      a word that stays with the subject
    <name>  a word of a named list      ...     up to eight words that are passed over
    _       one word, whichever         ^ $     the start of a clause but for little words; its end
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from qa.retrieval.question_words import Words, key_of

T = TypeVar("T")

_CLITICS = frozenset(
    map(key_of, "t on il elle ils elles ce je tu vous nous moi le la les lui y en ci".split())
)
"""What French joins to a verb by a hyphen without making a compound of it."""

_LONGEST_GAP = 8
"""Words that a phrase may leave out between its parts (.001, .004)."""
_SHORTEST_MISSPELT = 7
"""Letters from which on a word with a wrong letter is taken for one of a phrase (0, .004)."""
_LETTERS = 4
"""That phrases which begin with the beginning of a word are filed by."""


class Match(NamedTuple, Generic[T]):
    """A phrase met in a text, under what it was filed."""

    tag: T
    words: tuple[int, ...]
    """Places of the words it takes from the subject."""
    kept: tuple[int, ...]
    """Places of the words it leaves there."""

    @property
    def all_words(self) -> frozenset[int]:
        """Places of all words that are the phrase's own."""
        return frozenset(self.words + self.kept)


class _Part(NamedTuple):
    words: frozenset[str]
    prefixes: tuple[str, ...]
    optional: bool
    kept: bool
    any_word: bool

    @property
    def loose(self) -> bool:
        """Whether it is met by words that it does not list."""
        return self.any_word or bool(self.prefixes)

    def meets(self, key: str) -> bool:
        return (
            self.any_word
            or key in self.words
            or (bool(self.prefixes) and key.startswith(self.prefixes))
        )


class _Place(NamedTuple):
    word: int
    kept: bool


class _Phrase(NamedTuple, Generic[T]):
    tag: T
    parts: tuple[_Part | None, ...]
    """None for a gap."""
    needs: tuple[frozenset[str], ...]
    """Of each of these a text must have a word."""
    at_start: bool
    at_end: bool


@dataclass(slots=True)
class Phrases(Generic[T]):
    """A book of phrases, looked up by their first word."""

    lists: Mapping[str, frozenset[str]]
    """The named lists that phrases refer to, as keys."""
    little: frozenset[str]
    """Keys that may stand before a phrase that opens a clause."""
    _by_first: dict[str, list[_Phrase[T]]] = field(default_factory=dict)
    _by_letters: dict[str, list[_Phrase[T]]] = field(default_factory=dict)
    _parts: dict[str, _Part] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    def add(self, tag: T, phrases: Iterable[str]) -> None:
        """File phrases under a tag."""
        for text in phrases:
            phrase = self._parsed(tag, text.split())
            first = phrase.parts[0]
            if first is None or first.optional:
                raise ValueError(f"phrase {text!r}: it must begin with a word that it needs")
            for key in first.words:
                self._by_first.setdefault(key, []).append(phrase)
            for prefix in first.prefixes:
                self._by_letters.setdefault(prefix[:_LETTERS], []).append(phrase)

    def matches(self, words: Words) -> list[Match[T]]:
        """All phrases that a text has, in the order of their first words."""
        keys = [self._repaired(key) for key in words.keys]
        present = frozenset(keys)
        found = []
        for at, key in enumerate(keys):
            for phrase in chain(
                self._by_first.get(key, ()), self._by_letters.get(key[:_LETTERS], ())
            ):
                if any(need.isdisjoint(present) for need in phrase.needs):
                    continue
                if phrase.at_start and not self._opens(keys, words, at):
                    continue
                places = _places(phrase.parts, 0, keys, words, at)
                if places is None or (phrase.at_end and not words.opens[places[-1][0] + 1]):
                    continue
                match = _match(phrase.tag, places)
                if not _halves_a_compound(match.all_words, words):
                    found.append(match)
        return found

    def _opens(self, keys: Sequence[str], words: Words, at: int) -> bool:
        return self.little.issuperset(keys[words.clause_start(at) : at])

    def _parsed(self, tag: T, pieces: list[str]) -> _Phrase[T]:
        at_start, at_end = pieces[0] == "^", pieces[-1] == "$"
        inner = pieces[at_start : len(pieces) - at_end]
        parts = tuple(None if piece == "..." else self._part(piece) for piece in inner)
        needs = tuple(p.words for p in parts[1:] if p and not (p.optional or p.loose))
        return _Phrase(tag, parts, needs, at_start, at_end)

    def _part(self, piece: str) -> _Part:
        part = self._parts.get(piece)
        if part is None:
            part = self._parts[piece] = self._parsed_part(piece)
            self._remember(part.words)
        return part

    def _parsed_part(self, piece: str) -> _Part:
        kept = piece[0] == "+"
        optional = piece.removeprefix("+")[0] == "["
        piece = piece.strip("+[]")
        if piece == "_":
            return _Part(frozenset(), (), optional, kept=True, any_word=True)
        words: set[str] = set()
        prefixes: list[str] = []
        for option in piece.split("|"):
            if option[0] == "<":
                words |= self.lists[option[1:-1]]
            elif option[-1] == "*":
                prefixes.append(option[:-1])
            else:
                words.add(key_of(option))
        return _Part(frozenset(words), tuple(prefixes), optional, kept, any_word=False)

    def _remember(self, keys: Iterable[str]) -> None:
        for key in keys:
            if self._near.get(key) != key:
                self._near[key] = key
                if len(key) >= _SHORTEST_MISSPELT:
                    for shorter in _shortened(key):
                        self._near.setdefault(shorter, key)

    def _repaired(self, key: str) -> str:
        """The key of a phrase that a word of one slip stands for, or the word."""
        near = self._near
        if len(key) < _SHORTEST_MISSPELT - 1 or near.get(key) == key:
            return key
        for shorter in (key, *_shortened(key)):
            known = near.get(shorter)
            if known and len(known) >= _SHORTEST_MISSPELT and known[0] == key[0]:
                return known
        return key


def _shortened(key: str) -> list[str]:
    """A word less one letter: two words at one slip of each other have one of these in common."""
    return [key[:place] + key[place + 1 :] for place in range(1, len(key))]


def _places(
    parts: Sequence[_Part | None], part: int, keys: Sequence[str], words: Words, at: int
) -> list[_Place] | None:
    """Places of the words of `parts[part:]` from word `at` on."""
    if part == len(parts):
        return []
    wanted = parts[part]
    if wanted is None:
        if part + 1 == len(parts):
            return [] if at < len(keys) else None
        for skipped in range(_LONGEST_GAP + 1):
            rest = _places(parts, part + 1, keys, words, at + skipped)
            if rest:
                return rest
        return None
    if at < len(keys) and wanted.meets(keys[at]):
        rest = _places(parts, part + 1, keys, words, at + 1)
        if rest is not None:
            return [_Place(at, wanted.kept), *rest]
    return _places(parts, part + 1, keys, words, at) if wanted.optional else None


def _halves_a_compound(taken: frozenset[int], words: Words) -> bool:
    for place in taken:
        if words.joined[place] and place - 1 not in taken and words.keys[place] not in _CLITICS:
            return True
        after = place + 1
        if (
            after < len(words.keys)
            and words.joined[after]
            and after not in taken
            and words.keys[after] not in _CLITICS
        ):
            return True
    return False


def _match(tag: T, places: Sequence[_Place]) -> Match[T]:
    return Match(
        tag,
        tuple(place for place, kept in places if not kept),
        tuple(place for place, kept in places if kept),
    )
