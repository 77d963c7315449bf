"""The words of a question as weighted terms of the vocabulary: what everything is scored with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.models import Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A term of the vocabulary that a question word stands for, and how well, in (0, 1]."""

    term: int
    weight: float
    via: Via
    share: float = 1.0
    """Of a phrase that stands for the word, how much of it the term is."""
    phrase: bool = False
    """Whether it stands for a phrase that the word is part of: it says little of the word alone."""
    corrected: bool = False
    """Whether the word itself is unknown, and would be this one if a letter of it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Several terms of the vocabulary that stand for a question word together, and how well."""

    terms: tuple[int, ...]
    weight: float
    via: Via


@dataclass(frozen=True, slots=True, kw_only=True)
class TermClass:
    """All terms that one word of the question stands for."""

    word: str
    """As the question has it, as far as it is read."""
    idf: float
    members: tuple[Member, ...]
    phrases: tuple[Phrase, ...] = ()
    """Of the members, those that say the word only together."""
    rarity: float = 1.0
    """Below 1 for a word that is common in its language, which a few documents cannot tell."""
    weight: float = 1.0
    """Below 1 for a word that frames the question, or that an earlier turn lends."""
    framing: bool = False
    """Whether it sets the task (`describe`) rather than names the subject."""
    facet: bool = False
    """Whether it stands for what is asked, in the words of its answers."""
    carried: bool = False
    """Whether an earlier turn of the conversation lends it."""

    @property
    def exact(self) -> frozenset[int]:
        """The terms that are the word itself."""
        return frozenset(member.term for member in self.members if member.via == "exact")

    @property
    def own_terms(self) -> frozenset[int]:
        """The terms that stand for the word by itself: its forms, or else its translations."""
        translations = (m.term for m in self.members if m.via == "glossary" and not m.phrase)
        return self.exact or frozenset(translations)

    @property
    def guessed(self) -> bool:
        """Whether nothing has the word itself: it only stands for what it looks like."""
        return bool(self.members) and all(m.corrected or m.via == "similar" for m in self.members)

    @property
    def answers(self) -> bool:
        """Whether it is not of the question, but of the words that answer what is asked."""
        return any(m.via == "facet" for m in self.members)

    @property
    def best_translation(self) -> float:
        """The weight of the best translation; 1 without any."""
        return max((m.weight / m.share for m in self.members if m.via == "glossary"), default=1.0)

    @property
    def mass(self) -> float:
        """What the word counts in the question, found in the documents or not."""
        return self.idf * self.rarity * self.weight


def query_vector(classes: Sequence[TermClass]) -> dict[int, float]:
    """The sparse question: weight by term number. A passage's score is its dot product with it."""
    vector: dict[int, float] = {}
    for term_class in classes:
        for member in term_class.members:
            weight = term_class.mass * member.weight
            vector[member.term] = vector.get(member.term, 0.0) + weight
    return dict(sorted(vector.items()))
