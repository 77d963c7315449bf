"""Where in a question a noun asks, and where it belongs to the subject.

"What is the treatment of x" asks for a treatment; "the tests before treatment with x" does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from qa.retrieval.facets import facet_table
from qa.retrieval.phrases import Match
from qa.retrieval.question_words import Words, key_of


class Clauses:
    """Tells whether a noun stands where a question asks, by the words around it."""

    def __init__(
        self,
        words: Words,
        framed: Sequence[Match[Any]],
        asks: Sequence[Match[Any]],
    ) -> None:
        self._words = words
        self._lists = lists()
        self._framed = {place for match in framed for place in match.words}
        self._asked = {place for match in asks for place in match.all_words}
        self._keywords = not asks and self._lists.interrogatives.isdisjoint(words.keys)

    def asks(self, noun: Match[Any]) -> bool:
        """Whether a noun asks; nouns are to be tried from left to right."""
        first, last = min(noun.all_words), max(noun.all_words)
        asks = self._heads(first, last) or self._ends_a_compound(first, last)
        if asks:
            self._asked |= noun.all_words
        return asks

    def _heads(self, first: int, last: int) -> bool:
        """Whether nothing but what asks, or frames, stands before it."""
        lists, keys = self._lists, self._words.keys
        start = self._words.clause_start(first)
        before = first - 1
        while before >= start and keys[before] in lists.light and before not in self._framed:
            before -= 1
        if before < start or lists.little.issuperset(keys[start : before + 1]):
            # "The treatment no longer works" does not ask for a treatment, "the dose of" does.
            return before + 1 == first or lists.verbs.isdisjoint(keys[last + 1 : last + 2])
        if keys[before] in lists.joining:
            return before - 1 in self._asked or keys[before + 1] in lists.possessive
        if keys[before] in lists.partitive and before > start:
            verb = before - 1
            while verb > start and keys[verb] in lists.clitics:
                verb -= 1
            # "X a-t-il des" (has x any), but not "à cause des" (because of).
            return keys[verb] in lists.holders and keys[verb - 1] != "a"
        if keys[before] in lists.holders or keys[before] in lists.quel:
            return True
        if before in self._framed and keys[before] not in lists.links:
            return True
        return all(p in self._framed or keys[p] in lists.little for p in range(start, before + 1))

    def _closed(self, last: int) -> bool:
        """Whether the noun that ends at `last` is not itself the first part of a name."""
        after = last + 1
        return (
            self._words.opens[after]
            or self._words.keys[after] in self._lists.links
            or after in self._framed
        )

    def _ends_a_compound(self, first: int, last: int) -> bool:
        """Whether it is the head of "what is the x dose", or of "x dose" in bare keywords."""
        lists, keys = self._lists, self._words.keys
        start = self._words.clause_start(first)
        named = self._keywords and last > first and self._words.opens[min(last + 2, len(keys))]
        if (
            not (named or self._closed(last))
            or first == start
            or keys[first - 1] in lists.links | lists.light
        ):
            return False
        if self._keywords:
            return True
        for before in range(first - 1, start - 1, -1):
            if before in self._framed or keys[before] in lists.quel:
                near = first - before <= 2
                return keys[before] in lists.introducing or (near and keys[before] in lists.quel)
            if keys[before] in lists.links:
                return False
        return False


class Lists(NamedTuple):
    """The named lists of words, as keys."""

    light: frozenset[str]
    """Determiners and the like of a noun."""
    little: frozenset[str]
    """Words that a clause may open with."""
    links: frozenset[str]
    """Words after which a noun belongs to the subject."""
    holders: frozenset[str]
    """Verbs that hold up a noun: "does it have side effects"."""
    verbs: frozenset[str]
    """Verbs of which a noun is the subject: "the treatment has ..."."""
    quel: frozenset[str]
    interrogatives: frozenset[str]
    joining: frozenset[str] = frozenset({"and", "et", "or", "ou"})
    possessive: frozenset[str] = frozenset({"son", "sa", "ses", "leur", "leurs", "its", "their"})
    partitive: frozenset[str] = frozenset({"de", "d", "des", "du"})
    clitics: frozenset[str] = frozenset({"t", "il", "elle"})
    introducing: frozenset[str] = frozenset({"the", "are"})


@cache
def lists() -> Lists:
    """Those that tell asking nouns."""
    named = named_lists()
    return Lists(
        light=named["det"] | named["adjectives"],
        little=named["little"],
        links=named["links"],
        holders=named["holders"],
        verbs=named["verbs"],
        quel=named["quel"],
        interrogatives=(named["wh"] | named["be"] | named["do"] | named["can"])
        - {"s", "ou", "que"},
    )


@cache
def named_lists() -> Mapping[str, frozenset[str]]:
    """All named lists of the file of facets, as keys."""
    lists = facet_table()["lists"]
    return {name: frozenset(map(key_of, text.split())) for name, text in lists.items()}
