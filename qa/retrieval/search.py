"""A question to hits: classes of terms, one sparse dot product, the best passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.index.index import SearchIndex
from qa.models import TermMatch, Via
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.occurrences import Wanted
from qa.retrieval.proximity import proximity
from qa.retrieval.question import ParsedQuestion
from qa.retrieval.terms import TermClass, query_vector
from qa.retrieval.titles import title_evidence
from qa.settings import RankingSettings

_IDENTIFIER = 3.0
"""What a code counts, in words as rare: who names a page wants that page (0, 0)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Passages in order of score, with what they were scored by."""

    classes: tuple[TermClass, ...]
    wanted: Wanted
    """The terms of the classes."""
    identifiers: tuple[str, ...]
    carried_identifiers: tuple[str, ...]
    """Those of an earlier turn, within which was looked."""
    of_pages: bool
    """Whether only pages that are named were looked in."""
    identifier_mass: float
    """What the identifiers of the question add to the score of every passage they name."""
    candidates: Candidates
    order: NDArray[np.int64]
    """int64 (n,): places in `candidates`, best first."""
    scores: NDArray[np.float64]
    """float64 (n,), best first, as all that follows."""
    member_scores: NDArray[np.float64]
    """float64 (n, members): what each term of each class scores, class by class."""
    shares: NDArray[np.float64]
    """float64 (n, classes): what is counted of the sum over the terms of each class."""
    adjacency: NDArray[np.float64]
    """float64 (n, classes-1): what neighbours in the question add where they stay so."""
    togetherness: NDArray[np.float64]
    """float64 (n,): what words that stand together add."""
    titles: NDArray[np.float64]
    """float64 (n,): what a title that says the question adds."""

    def __len__(self) -> int:
        return len(self.order)

    @property
    def passages(self) -> NDArray[np.int64]:
        """Passage numbers, best first, int64."""
        return self.candidates.passages[self.order]

    @property
    def documents(self) -> NDArray[np.int64]:
        """The documents of the passages, by number, int64."""
        return self.candidates.documents[self.order]

    def first(self, most: int) -> Candidates:
        """The best `most` passages, best first."""
        return self.candidates.take(self.order[:most])


class Searcher:
    """Puts questions to one index."""

    def __init__(self, index: SearchIndex, settings: RankingSettings) -> None:
        self._index = index
        self._settings = settings
        self.class_builder = ClassBuilder(index.lexicon, settings)

    def rank(
        self, question: ParsedQuestion, *, most: int, carried: Sequence[TermClass] = ()
    ) -> Ranking:
        """The best `most` passages; `carried` are classes that the conversation lends."""
        classes = self._classes(question, carried)
        allowed = question.restrictions
        identifier_mass = 0.0
        if question.identifiers:
            count = self._index.first_pass.count(allowed)
            identifier_mass = _IDENTIFIER * self._index.lexicon.idf(count)
        found = self._index.first_pass.best(
            query_vector(classes),
            max(most, self._settings.candidates),
            allowed=allowed or None,
            base=identifier_mass,
        )
        return self._refined(
            classes, question, identifier_mass, self._index.forward.read(found.passages)
        )

    def _classes(
        self, question: ParsedQuestion, carried: Sequence[TermClass]
    ) -> tuple[TermClass, ...]:
        """Those of the subject, of the words that ask, and of the words that answer these."""
        builder, asked = self.class_builder, question.asked
        own = builder.build(asked.subject, question.languages)
        asking = builder.build(asked.asking, question.languages)
        return (
            *builder.counted_once((*own, *carried)),
            *(
                replace(c, facet=True, weight=self._settings.asking_weight * c.weight)
                for c in asking
            ),
            *(
                replace(c, word=asked.asking or c.word.replace("_", " "))
                for c in builder.facet_class(asked.facets)
            ),
        )

    def _refined(
        self,
        classes: tuple[TermClass, ...],
        question: ParsedQuestion,
        identifier_mass: float,
        candidates: Candidates,
    ) -> Ranking:
        """The candidates in the order of finer evidence: word for word, and nearness."""
        settings = self._settings
        wanted = Wanted.of(classes)
        found = wanted.found_in(candidates)
        factors = np.array([c.mass * member.weight for c in classes for member in c.members])
        # A term has no weight in a passage that does not say it.
        said = np.flatnonzero(np.bincount(found.members, minlength=len(wanted.terms)))
        weights = np.zeros((len(candidates), len(wanted.terms)))
        weights[:, said] = candidates.weights(wanted.terms[said].tolist())
        by_member = weights.take(wanted.columns, axis=1) * factors
        summed, counted = self._class_scores(classes, by_member)
        near = proximity(found, classes, len(candidates))
        adjacency = settings.adjacency_weight * near.adjacency
        togetherness = settings.togetherness_weight * near.togetherness
        titles = settings.title_match_weight * title_evidence(
            self._index.lexicon, candidates, found, classes
        )
        scores = identifier_mass + counted.sum(axis=1)
        scores += adjacency.sum(axis=1) + togetherness + titles
        order = np.lexsort((candidates.passages, -scores))
        shares = np.divide(counted, summed, out=np.ones_like(summed), where=summed > 0)
        return Ranking(
            classes=classes,
            wanted=wanted,
            identifiers=question.identifiers,
            carried_identifiers=question.carried,
            of_pages=question.of_pages,
            identifier_mass=identifier_mass,
            candidates=candidates,
            order=order,
            scores=scores[order],
            member_scores=by_member[order],
            shares=shares[order],
            adjacency=adjacency[order],
            togetherness=togetherness[order],
            titles=titles[order],
        )

    def _class_scores(
        self, classes: Sequence[TermClass], by_member: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """By candidate and class, the sum over its terms, and what is counted of it.

        One question word is one piece of evidence: of its terms the best one counts in full, the
        others as repetitions of it.
        """
        summed = np.zeros((len(by_member), len(classes)))
        counted = np.zeros_like(summed)
        first = 0
        for column, term_class in enumerate(classes):
            of_class = by_member[:, first : first + len(term_class.members)]
            first += len(term_class.members)
            if term_class.members:
                summed[:, column] = of_class.sum(axis=1)
                best_term = of_class.max(axis=1)
                repeated = summed[:, column] - best_term
                counted[:, column] = best_term + self._settings.repetition_weight * repeated
        return summed, counted

    def explain(
        self, ranking: Ranking, place: int, score: float, support: float, by_meaning: float = 0.0
    ) -> tuple[TermMatch, ...]:
        """What each word adds to the score of the passage at `place`, greatest first.

        The contributions add up to `score`, with `support`, what the best unit adds, of which
        `by_meaning` goes back to what the unit means. Words that a passage only repeats count less
        in its score than by themselves.
        """
        members = [(c, member) for c in ranking.classes for member in c.members]
        shares = np.repeat(ranking.shares[place], [len(c.members) for c in ranking.classes])
        row = ranking.member_scores[place] * shares
        added: defaultdict[tuple[str, str, Via], float] = defaultdict(float)
        for column in np.flatnonzero(row):
            term_class, member = members[column]
            matched = self._index.lexicon.vocabulary[member.term]
            added[term_class.word, matched, member.via] += float(row[column])
        for words, share in _nearness(ranking, place):
            added[words, "", "proximity"] += share
        whole = _each_once(c.word for c in ranking.classes)
        added[whole, "", "title"] += float(ranking.titles[place])
        if ranking.identifiers:
            named = ", ".join(ranking.identifiers)
            added[named, named, "identifier"] += ranking.identifier_mass
        counted = (score - support) / float(ranking.scores[place])
        added = defaultdict(float, {key: share * counted for key, share in added.items()})
        added[whole, "", "unit"] += support - by_meaning
        added[whole, "", "semantic"] += by_meaning
        matches = [
            TermMatch(question_term=word, matched=matched, via=via, contribution=share)
            for (word, matched, via), share in added.items()
            if share > 0
        ]
        return tuple(sorted(matches, key=lambda match: -match.contribution))


def _nearness(ranking: Ranking, place: int) -> Iterator[tuple[str, float]]:
    """Words of the question that stand near to each other in a hit, and what that adds."""
    words = [c.word for c in ranking.classes]
    for pair, share in zip(pairwise(words), ranking.adjacency[place], strict=True):
        yield _each_once(pair), float(share)
    yield _each_once(words), float(ranking.togetherness[place])


def _each_once(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(words).split()))
