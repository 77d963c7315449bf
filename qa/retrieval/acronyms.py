"""Acronyms that the documents explain, for questions that spell out what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qa.index.lexicon import Lexicon
from qa.retrieval.terms import Member, TermClass
from qa.settings import RankingSettings


class Acronyms:
    """Adds acronyms to the classes of a question."""

    def __init__(self, lexicon: Lexicon, settings: RankingSettings) -> None:
        self._weight = settings.acronym_weight
        self._by_term = _by_one_term(lexicon)

    def joined(self, classes: Sequence[TermClass]) -> Iterator[TermClass]:
        """The classes with the acronyms of what they say together, translated or not."""
        said = {member.term for term_class in classes for member in term_class.members}
        short_forms: dict[int, list[int]] = {}
        for long, short in (a for term in self._by_term.keys() & said for a in self._by_term[term]):
            if long <= said:
                for term in long:
                    short_forms.setdefault(term, []).append(short)
        for term_class in classes:
            yield self._with_acronyms(term_class, short_forms)

    def counted_once(self, classes: Sequence[TermClass]) -> Iterator[TermClass]:
        """The classes but for acronyms that are spelt out as well: their words stand for them."""
        written = {term for term_class in classes for term in term_class.own_terms}
        spelt_out = {
            short
            for term in written
            for long, short in self._by_term.get(term, ())
            if long <= written
        }
        return (c for c in classes if not c.exact or not c.exact <= spelt_out)

    def _with_acronyms(
        self, term_class: TermClass, short_forms: Mapping[int, Sequence[int]]
    ) -> TermClass:
        """A class with the acronyms that go with its terms."""
        known = {member.term for member in term_class.members}
        found: dict[int, float] = {}
        for member in term_class.members:
            for short in short_forms.get(member.term, ()):
                if short not in known:
                    found[short] = max(found.get(short, 0.0), self._weight * member.weight)
        if not found:
            return term_class
        added = [
            Member(term=term, weight=weight, via="acronym", phrase=True)
            for term, weight in sorted(found.items())
        ]
        return replace(term_class, members=(*term_class.members, *added))


def _by_one_term(lexicon: Lexicon) -> dict[int, list[tuple[frozenset[int], int]]]:
    """The terms of each expansion that the documents explain, and its acronym.

    By one term of the expansion, so that few of them are looked at.
    """
    number = lexicon.number
    found: dict[int, list[tuple[frozenset[int], int]]] = {}
    for entry in lexicon.entries.expansions():
        long = frozenset(n for term in entry.source if (n := number(term)) is not None)
        short = number(entry.target[0])
        if len(long) == len(set(entry.source)) and short is not None:
            found.setdefault(min(long), []).append((long, short))
    return found
