"""A question to hits: classes of terms, one sparse dot product, the best passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from qa.analysis.glossary import Glossary
from qa.index.index import Index
from qa.index.postings import best
from qa.models import TermMatch
from qa.retrieval.classes import ClassBuilder, TermClass, query_vector
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
        found = best(scores, most)
        return Ranking(
            classes=classes,
            identifiers=question.identifiers,
            identifier_mass=identifier_mass,
            passages=found,
            scores=scores[found],
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


def _idf(found: int, total: int) -> float:
    return log(1 + (total - found + 0.5) / (found + 0.5))
