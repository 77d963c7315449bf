"""The best passages, read unit by unit: how likely each unit answers, and what that adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.models import DocumentInfo, Language, Passage
from qa.retrieval.asking import ReadQuestion
from qa.retrieval.evidence import unit_evidence
from qa.retrieval.search import Ranking
from qa.retrieval.support import MODEL, unit_features
from qa.settings import RankingSettings


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
    features: NDArray[np.float64]
    """float64 (units, features), as `qa.retrieval.support.Features` names them."""
    chances: NDArray[np.float64]
    """float64 (units,): how likely each unit answers, 0 to 1."""

    @property
    def chance(self) -> float:
        """How likely its best unit answers."""
        return float(self.chances.max(initial=0.0))


def read_passages(
    ranking: Ranking,
    question: ReadQuestion,
    language: Language,
    settings: RankingSettings,
    *,
    most: int,
) -> tuple[ReadPassage, ...]:
    """The best `most` passages, best first: those by their words, in the order of their units.

    However many are asked for, the same ones change places, so that fewer are the first of more.
    """
    depth = max(most, settings.read_passages)
    candidates = ranking.first(depth)
    if not len(candidates):
        return ()
    texts = candidates.texts(range(len(candidates)))
    evidence = unit_evidence(candidates, ranking.classes, language)
    features = unit_features(texts, ranking.scores[:depth], evidence, question)
    chances = MODEL.probabilities(features)
    worth = settings.support_weight * sum(c.mass for c in ranking.classes)
    read = [
        _read(place, text, ranking, evidence.unit_begins, features, chances, worth, settings)
        for place, text in enumerate(texts)
    ]
    ordered = sorted(read, key=lambda one: (-one.score, one.place))
    return tuple(ordered[:most])


def _read(
    place: int,
    text: tuple[Passage, DocumentInfo],
    ranking: Ranking,
    begins: NDArray[np.int64],
    features: NDArray[np.float64],
    chances: NDArray[np.float64],
    worth: float,
    settings: RankingSettings,
) -> ReadPassage:
    units = slice(int(begins[place]), int(begins[place + 1]))
    best = float(chances[units].max(initial=0.0))
    support = worth * best if place < settings.read_passages else 0.0
    return ReadPassage(
        place=place,
        passage=text[0],
        document=text[1],
        score=float(ranking.scores[place]) + support,
        support=support,
        features=features[units],
        chances=chances[units],
    )


def best_units(passages: Sequence[ReadPassage]) -> list[tuple[float, int, int]]:
    """Chance, passage and unit of all units of some passages, likeliest first."""
    found = [
        (float(chance), place, unit)
        for place, one in enumerate(passages)
        for unit, chance in enumerate(one.chances)
    ]
    return sorted(found, key=lambda one: (-one[0], one[1], one[2]))
