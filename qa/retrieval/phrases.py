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

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from qa.analysis.words import fold

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.?!;:\n]")
_PAUSE = re.compile(r"[,()\[\]\"«»“”/–—|]|\s-\s")
_HYPHENS = frozenset("-‐‑")
_CLITICS = frozenset("t on il elle ils elles ce je tu vous nous moi le la les lui y en ci".split())
"""What French joins to a verb by a hyphen without making a compound of it."""
_LONGEST_GAP = 8
_SHORTEST_MISSPELT = 7
_SHORTEST_PLURAL = 4
_LETTERS = 4
"""That phrases which begin with the beginning of a word are filed by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text taken apart into words, with what stands between them."""

    keys: tuple[str, ...]
    """Each word as phrases have it: folded, in the singular."""
    spans: tuple[tuple[int, int], ...]
    """Where each word stands in the text."""
    joined: tuple[bool, ...]
    """Whether a hyphen joins each word to the one before."""
    opens: tuple[bool, ...]
    """Whether each word opens a clause; one more for the end."""

    def clause_start(self, at: int) -> int:
        """The first word of the clause of a word."""
        while not self.opens[at]:
            at -= 1
        return at


def key_of(word: str) -> str:
    """A folded word without the sign of its plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def words_of(text: str) -> Words:
    """The words of a text; spans are offsets in the text as it is given."""
    folded, origin = _folded(text)
    keys: list[str] = []
    spans: list[tuple[int, int]] = []
    joined: list[bool] = []
    opens: list[bool] = []
    end = 0
    for match in _WORD.finditer(folded):
        between = folded[end : match.start()]
        keys.append(key_of(match[0]))
        spans.append((origin[match.start()], origin[match.end()]))
        joined.append(between in _HYPHENS)
        opens.append(not end or bool(_STOP.search(between) or _PAUSE.search(between)))
        end = match.end()
    return Words(
        keys=tuple(keys), spans=tuple(spans), joined=tuple(joined), opens=(*opens, True)
    )


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
        return self.any_word or key in self.words or (bool(self.prefixes) and key.startswith(self.prefixes))


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
                if places is None or (phrase.at_end and not words.opens[places[-1] + 1]):
                    continue
                taken = [place for place in places if place >= 0]
                if not _halves_a_compound(taken, words):
                    found.append(_match(phrase, taken, keys))
        return found

    def _opens(self, keys: Sequence[str], words: Words, at: int) -> bool:
        return self.little.issuperset(keys[words.clause_start(at) : at])

    def _parsed(self, tag: T, tokens: list[str]) -> _Phrase[T]:
        at_start, at_end = tokens[0] == "^", tokens[-1] == "$"
        inner = tokens[at_start : len(tokens) - at_end]
        parts = tuple(None if token == "..." else self._part(token) for token in inner)
        needs = tuple(p.words for p in parts[1:] if p and not (p.optional or p.loose))
        return _Phrase(tag, parts, needs, at_start, at_end)

    def _part(self, token: str) -> _Part:
        part = self._parts.get(token)
        if part is None:
            part = self._parts[token] = self._parsed_part(token)
            self._remember(part.words)
        return part

    def _parsed_part(self, token: str) -> _Part:
        any_word = token == "_"
        kept = token[0] == "+" or any_word
        token = token.removeprefix("+")
        optional = token[0] == "["
        token = token.strip("[]")
        words: set[str] = set()
        prefixes: list[str] = []
        for option in token.split("|"):
            if option[0] == "<":
                words |= self.lists[option[1:-1]]
            elif option[-1] == "*":
                prefixes.append(option[:-1])
            else:
                words.add(key_of(option))
        return _Part(frozenset(words), tuple(prefixes), optional, kept, any_word)

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
) -> list[int] | None:
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
            return [at, *rest]
    return _places(parts, part + 1, keys, words, at) if wanted.optional else None


def _halves_a_compound(places: Sequence[int], words: Words) -> bool:
    taken = set(places)
    for place in places:
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


def _match(phrase: _Phrase[T], places: Sequence[int], keys: Sequence[str]) -> Match[T]:
    own = [part for part in phrase.parts if part is not None]
    kept = [
        place for place in places if any(part.kept and part.meets(keys[place]) for part in own)
    ]
    return Match(phrase.tag, tuple(p for p in places if p not in kept), tuple(kept))


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text folded, and for each of its characters (and the end) where it comes from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    pieces = [character.lower() if character.isascii() else fold(character) for character in text]
    origin = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*origin, len(text)]
