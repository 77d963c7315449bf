"""A question to hits: classes of terms, one sparse dot product, the best passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.index.index import Index
from qa.index.postings import best
from qa.models import TermMatch, Via
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.proximity import proximity
from qa.retrieval.question import Filters, ParsedQuestion
from qa.retrieval.terms import TermClass, query_vector
from qa.retrieval.titles import title_evidence
from qa.settings import Settings

_IDENTIFIER = 3.0
"""What a code counts, in words as rare: who names a page wants that page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Passages in order of score, with what they were scored by.

    `passages`: int64 passage numbers, best first. `scores`: float64, the same length.
    """

    classes: tuple[TermClass, ...]
    identifiers: tuple[str, ...]
    carried_identifiers: tuple[str, ...]
    """Those of an earlier turn, within which was looked."""
    identifier_mass: float
    """What the identifiers of the question add to the score of every passage they name."""
    passages: NDArray[np.int64]
    scores: NDArray[np.float64]
    shares: NDArray[np.float64]
    """float64 (passages, classes): what is counted of the sum over the terms of each class."""
    adjacency: NDArray[np.float64]
    """float64 (passages, classes-1): what neighbours in the question add where they stay so."""
    togetherness: NDArray[np.float64]
    """float64 (passages,): what words that stand together add."""
    titles: NDArray[np.float64]
    """float64 (passages,): what a title that says the question adds."""


class Searcher:
    """Puts questions to one index."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self.class_builder = ClassBuilder(index, settings)

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
                identifier_mass = _IDENTIFIER * self.index.postings.idf(int(allowed.sum()))
            scores = np.where(allowed, scores + identifier_mass, 0.0)
        found = best(scores, max(most, self.settings.candidates))
        return self._refined(classes, question, identifier_mass, found)

    def _refined(
        self,
        classes: tuple[TermClass, ...],
        question: ParsedQuestion,
        identifier_mass: float,
        candidates: NDArray[np.int64],
    ) -> Ranking:
        """The candidates in the order of finer evidence: word for word, and nearness."""
        summed, counted = self._class_scores(classes, candidates)
        near = proximity(self.index.sequences, candidates, classes)
        adjacency = self.settings.adjacency_weight * near.adjacency
        togetherness = self.settings.togetherness_weight * near.togetherness
        titles = self.settings.title_match_weight * title_evidence(self.index, candidates, classes)
        scores = identifier_mass + counted.sum(axis=1)
        scores += adjacency.sum(axis=1) + togetherness + titles
        order = np.lexsort((candidates, -scores))
        shares = np.divide(counted, summed, out=np.ones_like(summed), where=summed > 0)
        return Ranking(
            classes=classes,
            identifiers=question.identifiers,
            carried_identifiers=question.carried,
            identifier_mass=identifier_mass,
            passages=candidates[order],
            scores=scores[order],
            shares=shares[order],
            adjacency=adjacency[order],
            togetherness=togetherness[order],
            titles=titles[order],
        )

    def _class_scores(
        self, classes: Sequence[TermClass], candidates: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """By candidate and class, the sum over its terms, and what is counted of it.

        One question word is one piece of evidence: of its terms the best one counts in full, the
        others as repetitions of it.
        """
        terms = [member.term for c in classes for member in c.members]
        factors = [c.mass * member.weight for c in classes for member in c.members]
        scores = self.index.postings.submatrix(candidates, terms) * np.array(factors)
        summed = np.zeros((len(candidates), len(classes)))
        counted = np.zeros_like(summed)
        first = 0
        for column, term_class in enumerate(classes):
            of_class = scores[:, first : first + len(term_class.members)]
            first += len(term_class.members)
            if term_class.members:
                summed[:, column] = of_class.sum(axis=1)
                best_term = of_class.max(axis=1)
                repeated = summed[:, column] - best_term
                counted[:, column] = best_term + self.settings.repetition_weight * repeated
        return summed, counted

    def explain(self, ranking: Ranking, most: int) -> Iterator[tuple[TermMatch, ...]]:
        """What each word adds to the score of the first `most` hits, greatest first.

        The contributions of a hit add up to its score.
        """
        members = [(c, member) for c in ranking.classes for member in c.members]
        sizes = [len(c.members) for c in ranking.classes]
        factors = np.array([c.mass * member.weight for c, member in members])
        weights = self.index.postings.submatrix(
            ranking.passages[:most], [member.term for _, member in members]
        )
        shares = np.repeat(ranking.shares[:most], sizes, axis=1)
        for place, row in enumerate(weights * factors * shares):
            added: defaultdict[tuple[str, str, Via], float] = defaultdict(float)
            for column in np.flatnonzero(row):
                term_class, member = members[column]
                matched = self.index.vocabulary[member.term]
                added[term_class.word, matched, member.via] += float(row[column])
            for words, share in _nearness(ranking, place):
                added[words, "", "proximity"] += share
            whole = " ".join(dict.fromkeys(c.word for c in ranking.classes))
            added[whole, "", "title"] += float(ranking.titles[place])
            if ranking.identifiers:
                named = ", ".join(ranking.identifiers)
                added[named, named, "identifier"] += ranking.identifier_mass
            matches = [
                TermMatch(question_term=word, matched=matched, via=via, contribution=share)
                for (word, matched, via), share in added.items()
                if share > 0
            ]
            yield tuple(sorted(matches, key=lambda match: -match.contribution))

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


def _nearness(ranking: Ranking, place: int) -> Iterator[tuple[str, float]]:
    """Words of the question that stand near to each other in a hit, and what that adds."""
    words = [c.word for c in ranking.classes]
    for pair, share in zip(pairwise(words), ranking.adjacency[place], strict=True):
        yield " ".join(dict.fromkeys(pair)), float(share)
    yield " ".join(dict.fromkeys(words)), float(ranking.togetherness[place])
