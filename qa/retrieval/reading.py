"""The best passages, read unit by unit: how likely each unit answers, and what that adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.index.lexicon import Lexicon
from qa.models import DocumentInfo, Language, Passage
from qa.retrieval import confidence, echo, support
from qa.retrieval.asking import ReadQuestion
from qa.retrieval.evidence import named_by, of_the_page, unit_evidence
from qa.retrieval.facet_evidence import unit_looks
from qa.retrieval.meaning import Likeness
from qa.retrieval.model import Model
from qa.retrieval.opposites import opposites
from qa.retrieval.search import Ranking
from qa.settings import RankingSettings

_NOTHING: Final = -50.0
"""Evidence, as a logit, of a passage without units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassage:
    """A passage whose units were looked at."""

    place: int
    """In the ranking by words, counted from 0."""
    passage: Passage
    document: DocumentInfo
    score: float
    """By its words, and by its best unit."""
    support: float
    """What its best unit adds to the score."""
    by_meaning: float = 0.0
    """What of it goes back to the meaning of that unit, against the other units that were read."""
    units: NDArray[np.float64]
    """float64 (units, features), as `qa.retrieval.support.Features` names them."""
    chances: NDArray[np.float64]
    """float64 (units,): how likely each unit answers, against the other units, 0 to 1."""
    likeness: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    """float64 (units,): how alike in meaning each is to the question; empty without an encoder."""
    features: confidence.Features
    """What its confidence is made of."""
    confidence: float
    """How sure it is that the passage answers, 0 to 1."""
    copies: tuple[Passage, ...] = ()
    """Passages that were read and say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The best passages of a ranking by their words, read unit by unit.

    `scores`: float64 (passages,), by their words, and by their best unit, which adds `added`.
    `features`: float64 (units, features), as `qa.retrieval.support.Features` names them. `logits`,
    `chances`: float64 (units,), how likely each unit answers, against the other ones. `alike`:
    float64 (units,), likeness in meaning, empty without an encoder; `usual`: the chances without.
    """

    texts: tuple[tuple[Passage, DocumentInfo], ...]
    units: tuple[slice, ...]
    """Those of each passage."""
    scores: NDArray[np.float64]
    added: NDArray[np.float64]
    worth: float
    """What a unit that surely answers adds."""
    rivals: int
    """So many passages change places, by how likely their units answer."""
    features: NDArray[np.float64]
    logits: NDArray[np.float64]
    chances: NDArray[np.float64]
    alike: NDArray[np.float64]
    usual: NDArray[np.float64]

    @property
    def order(self) -> NDArray[np.int64]:
        """The places of the passages in the ranking by words, best first, int64."""
        return np.lexsort((np.arange(len(self.scores)), -self.scores))

    def passages(self, question: ReadQuestion, model: Model) -> tuple[ReadPassage, ...]:
        """The passages, best first, with how sure it is that each answers."""
        says_more = ~echo.echoes([passage for passage, _ in self.texts], question.text)
        # A question with its answer below it counts; it is no extract itself.
        shown = self.chances * says_more
        logits = self.logits.tolist()
        best = [max(logits[own], default=_NOTHING) for own in self.units]
        rows = self._best_rows(logits, best)
        # Further passages that are only asked for to be shown change nothing for the others.
        rivals = best[: self.rivals]
        scores, added = self.scores.tolist(), self.added.tolist()
        greatest = max(scores, default=0.0) or 1.0
        read = []
        for place in self.order.tolist():
            (passage, document), own = self.texts[place], self.units[place]
            margin = (scores[place] - _best_other(scores[: self.rivals], place, 0.0)) / greatest
            sureness = confidence.confidence_features(
                rows[place], best[place], _best_other(rivals, place), margin, question.facets
            )
            read.append(
                ReadPassage(
                    place=place,
                    passage=passage,
                    document=document,
                    score=scores[place],
                    support=added[place],
                    by_meaning=self._by_meaning(place),
                    units=self.features[own],
                    chances=shown[own],
                    likeness=self.alike[own],
                    features=sureness,
                    confidence=model.confidence.probability(sureness),
                )
            )
        return tuple(read)

    def _by_meaning(self, place: int) -> float:
        if not len(self.alike):
            return 0.0
        usual = self.worth * _promise(self.usual[self.units[place]])
        return max(float(self.added[place]) - usual, 0.0)

    def _best_rows(self, logits: list[float], best: Sequence[float]) -> list[support.Features]:
        """By passage the features of its likeliest unit; one without any has none of them."""
        nothing = support.Features(*[0.0] * self.features.shape[1])._replace(lacking=1.0)
        likeliest = [
            logits.index(most, own.start) if own.stop > own.start else -1
            for own, most in zip(self.units, best, strict=True)
        ]
        rows = iter(self.features[[one for one in likeliest if one >= 0]].tolist())
        return [nothing if one < 0 else support.Features(*next(rows)) for one in likeliest]


def read_units(
    ranking: Ranking,
    question: ReadQuestion,
    language: Language,
    settings: RankingSettings,
    model: Model,
    lexicon: Lexicon,
    *,
    most: int,
    meaning: Likeness | None = None,
) -> Reading:
    """The best `most` passages by their words, and what their units add.

    However many are asked for, the same ones change places, so that fewer are the first of more.
    """
    depth = max(most, settings.read_passages)
    candidates = ranking.first(depth)
    texts = candidates.texts(range(len(candidates)))
    passages = [passage for passage, _ in texts]
    against = opposites(ranking.classes, lexicon)
    found = ranking.wanted.found_in(candidates)
    evidence = unit_evidence(candidates, found, ranking.classes, language, against)
    if ranking.of_pages and not evidence.shares.any():
        evidence = of_the_page(evidence)
    looks = unit_looks(candidates, passages, question.facets, lexicon.number)
    named = named_by(candidates, found, ranking.classes, looks.heads)
    repeated = echo.repeats(candidates, found)
    scores = echo.damped(ranking.scores[:depth], repeated, settings.read_passages)
    features = support.unit_features(texts, scores, evidence, looks, named, question)
    begins = evidence.unit_begins.tolist()
    units = tuple(slice(*ends) for ends in pairwise(begins))
    logits = model.support.logits(features)
    alike = meaning(candidates.passages) if meaning is not None else np.empty(0)
    without = logits
    if len(alike):
        of_read = alike[: begins[: settings.read_passages + 1][-1]]
        without = logits + model.meaning * float(np.median(of_read))
        logits = logits + model.meaning * alike
    logits[np.repeat(repeated, np.diff(begins))] = _NOTHING
    chances = 1 / (1 + np.exp(-logits))
    worth = settings.support_weight * sum(c.mass for c in ranking.classes)
    added = np.zeros(len(texts))
    added[: settings.read_passages] = [
        worth * _promise(chances[own]) for own in units[: settings.read_passages]
    ]
    return Reading(
        texts=texts,
        units=units,
        scores=scores + added,
        added=added,
        worth=worth,
        rivals=settings.read_passages,
        features=features,
        logits=logits,
        chances=chances,
        alike=alike,
        usual=1 / (1 + np.exp(-without)) if len(alike) else chances,
    )


def _best_other(values: Sequence[float], place: int, without: float = -np.inf) -> float:
    """The greatest of some values but for the one at a place; `without` where there is none."""
    return max((*values[:place], *values[place + 1 :]), default=without)


def _promise(chances: NDArray[np.float64]) -> float:
    """How much a passage gains by the chances of its units, 0 to 1.

    By the root of the greatest one: from a small chance to a middling one is as much of a step as
    from there to a great one. Of the natural questions passage Success@3 is .946, `answer_hit`
    .906; without the root .940 and .896.
    """
    return sqrt(max(chances.tolist(), default=0.0))


def best_units(passages: Sequence[ReadPassage]) -> list[tuple[float, int, int]]:
    """Chance, passage and unit of all units of some passages, likeliest first."""
    found = [
        (float(chance), place, unit)
        for place, one in enumerate(passages)
        for unit, chance in enumerate(one.chances)
    ]
    return sorted(found, key=lambda one: (-one[0], one[1], one[2]))


def surest(passages: Sequence[ReadPassage]) -> ReadPassage | None:
    """The passage of the likeliest unit, whose confidence is that of an answer from them."""
    return max(passages, key=lambda one: one.features.evidence, default=None)
