"""A question to hits: classes of terms, one sparse dot product, the best passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from qa.analysis.glossary import Glossary
from qa.index.index import Index
from qa.index.postings import best
from qa.models import TermMatch
from qa.retrieval.classes import ClassBuilder, TermClass, query_vector
from qa.retrieval.proximity import proximity
from qa.retrieval.question import Filters, ParsedQuestion
from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Passages in order of score, with what they were scored by.

    `passages`: int64 passage numbers, best first. `scores`: float64, the same length.
    """

    classes: tuple[TermClass, ...]
    identifiers: tuple[str, ...]
    identifier_mass: float
    """What the identifiers of the question add to the score of every passage they name."""
    passages: NDArray[np.int64]
    scores: NDArray[np.float64]
    adjacency: NDArray[np.float64]
    """float64 (passages, classes-1): what neighbours in the question add where they stay so."""
    togetherness: NDArray[np.float64]
    """float64 (passages,): what words that stand together add."""


class Searcher:
    """Puts questions to one index."""

    def __init__(self, index: Index, glossary: Glossary, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self.class_builder = ClassBuilder(index, glossary, settings)

    def rank(
        self, question: ParsedQuestion, *, most: int, carried: Sequence[TermClass] = ()
    ) -> Ranking:
        """The best `most` passages; `carried` are classes that the conversation lends."""
        classes = (*self.class_builder.build(question.words, question.languages), *carried)
        scores = self.index.postings.scores(query_vector(classes))
        identifier_mass = 0.0
        if question.restrictions:
            allowed = self._allowed(question.restrictions)
            if question.identifiers:
                identifier_mass = _idf(int(allowed.sum()), len(allowed))
            scores = np.where(allowed, scores + identifier_mass, 0.0)
        found = best(scores, max(most, self.settings.candidates))
        return self._with_proximity(
            Ranking(
                classes=classes,
                identifiers=question.identifiers,
                identifier_mass=identifier_mass,
                passages=found,
                scores=scores[found],
                adjacency=np.zeros((len(found), max(len(classes) - 1, 0))),
                togetherness=np.zeros(len(found)),
            )
        )

    def _with_proximity(self, ranking: Ranking) -> Ranking:
        """The ranking with the first candidates put in order by the nearness of their words."""
        head = slice(0, self.settings.candidates)
        near = proximity(self.index.sequences, ranking.passages[head], ranking.classes)
        adjacency, togetherness = ranking.adjacency, ranking.togetherness
        adjacency[head] = self.settings.adjacency_weight * near.adjacency
        togetherness[head] = self.settings.togetherness_weight * near.togetherness
        scores = ranking.scores + adjacency.sum(axis=1) + togetherness
        order = np.lexsort((ranking.passages, -scores))
        return replace(
            ranking,
            passages=ranking.passages[order],
            scores=scores[order],
            adjacency=adjacency[order],
            togetherness=togetherness[order],
        )

    def explain(self, ranking: Ranking, place: int) -> tuple[TermMatch, ...]:
        """What each word adds to the score of one hit, greatest first; adds up to the score."""
        passage = ranking.passages[place : place + 1]
        matches = [
            TermMatch(
                question_term=term_class.word,
                matched=self.index.vocabulary[member.term],
                via=member.via,
                contribution=float(term_class.mass * member.weight * weight),
            )
            for term_class in ranking.classes
            for member in term_class.members
            if (weight := self.index.postings.weight(member.term, passage)[0]) > 0
        ]
        pairs = zip(ranking.classes, ranking.classes[1:], ranking.adjacency[place], strict=False)
        matches += [
            _nearness(f"{left.word} {right.word}", float(added))
            for left, right, added in pairs
            if added > 0
        ]
        if ranking.togetherness[place] > 0:
            words = " ".join(c.word for c in ranking.classes)
            matches.append(_nearness(words, float(ranking.togetherness[place])))
        if ranking.identifiers:
            named = ", ".join(ranking.identifiers)
            matches.append(
                TermMatch(
                    question_term=named,
                    matched=named,
                    via="identifier",
                    contribution=ranking.identifier_mass,
                )
            )
        return tuple(sorted(matches, key=lambda match: -match.contribution))

    def _allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """Which passages the filters let through, bool (passages,)."""
        catalogue = self.index.catalogue
        restrictions = [
            catalogue.where(column, values)
            for column, values in (
                ("language", filters.language),
                ("item", filters.item),
                ("rank", filters.rank),
                ("id", filters.document),
            )
            if values
        ]
        if filters.objective:
            restrictions.append(catalogue.about(filters.objective))
        documents = set.intersection(*map(set, restrictions))
        return np.isin(self.index.owners, sorted(documents))


def _nearness(words: str, added: float) -> TermMatch:
    return TermMatch(question_term=words, matched="", via="proximity", contribution=added)


def _idf(found: int, total: int) -> float:
    return log(1 + (total - found + 0.5) / (found + 0.5))
