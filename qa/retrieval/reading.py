"""The best passages, read unit by unit: how likely each unit answers, and what that adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.index.lexicon import Lexicon
from qa.models import DocumentInfo, Language, Passage
from qa.retrieval import confidence, echo, support
from qa.retrieval.asking import ReadQuestion
from qa.retrieval.evidence import named_by, of_the_page, unit_evidence
from qa.retrieval.facet_evidence import unit_looks
from qa.retrieval.matches import occurrences
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


def read_passages(
    ranking: Ranking,
    question: ReadQuestion,
    language: Language,
    settings: RankingSettings,
    model: Model,
    lexicon: Lexicon,
    *,
    most: int,
    meaning: Likeness | None = None,
) -> tuple[ReadPassage, ...]:
    """The best `most` passages, best first: those by their words, in the order of their units.

    However many are asked for, the same ones change places, so that fewer are the first of more.
    """
    depth = max(most, settings.read_passages)
    candidates = ranking.first(depth)
    if not len(candidates):
        return ()
    texts = candidates.texts(range(len(candidates)))
    against = opposites(ranking.classes, lexicon)
    found = occurrences(candidates, ranking.classes)
    evidence = unit_evidence(candidates, ranking.classes, language, found, against)
    if ranking.of_pages and not evidence.shares.any():
        evidence = of_the_page(evidence)
    looks = unit_looks(candidates, [p for p, _ in texts], question.facets, lexicon.number)
    named = named_by(candidates, ranking.classes, found, looks.heads)
    repeated = echo.repeats(candidates, found)
    scores = echo.damped(ranking.scores[:depth], repeated, settings.read_passages)
    features = support.unit_features(texts, scores, evidence, looks, named, question)
    begins = evidence.unit_begins
    logits = model.support.logits(features)
    alike = meaning(candidates.passages) if meaning is not None else np.empty(0)
    without = logits
    if len(alike):
        of_read = alike[: begins[: settings.read_passages + 1][-1]]
        without = logits + model.meaning * float(np.median(of_read))
        logits = logits + model.meaning * alike
    logits[np.repeat(repeated, np.diff(begins))] = _NOTHING
    says_more = ~echo.echoes([passage for passage, _ in texts], question.text)
    best = np.array([logits[b:e].max(initial=_NOTHING) for b, e in pairwise(begins.tolist())])
    # Further passages that are only asked for to be shown change nothing for the others.
    rivals = best[: settings.read_passages]
    worth = settings.support_weight * sum(c.mass for c in ranking.classes)
    read = []
    for place, (passage, document) in enumerate(texts):
        units = slice(*begins[place : place + 2].tolist())
        chances = 1 / (1 + np.exp(-logits[units]))
        others = np.delete(rivals, place) if place < len(rivals) else rivals
        sureness = confidence.confidence_features(
            _best_row(features[units], logits[units]),
            float(best[place]),
            float(others.max(initial=-np.inf)),
            asks=bool(question.facets),
        )
        added = worth * float(chances.max(initial=0.0)) if place < len(rivals) else 0.0
        usual = 1 / (1 + np.exp(-without[units]))
        by_meaning = max(added - worth * float(usual.max(initial=0.0)), 0.0)
        read.append(
            ReadPassage(
                place=place,
                passage=passage,
                document=document,
                score=float(scores[place]) + added,
                support=added,
                by_meaning=by_meaning,
                units=features[units],
                # A question with its answer below it counts; it is no extract itself.
                chances=chances * says_more[units],
                likeness=alike[units],
                features=sureness,
                confidence=model.confidence.probability(sureness),
            )
        )
    ordered = sorted(read, key=lambda one: (-one.score, one.place))
    return tuple(ordered[:most])


def _best_row(rows: NDArray[np.float64], logits: NDArray[np.float64]) -> support.Features:
    """The features of the likeliest unit; a passage without any has none of them."""
    if not len(rows):
        return support.Features(*[0.0] * rows.shape[1])._replace(lacking=1.0)
    return support.Features(*rows[int(np.argmax(logits))].tolist())


def best_units(passages: Sequence[ReadPassage]) -> list[tuple[float, int, int]]:
    """Chance, passage and unit of all units of some passages, likeliest first."""
    found = [
        (float(chance), place, unit)
        for place, one in enumerate(passages)
        for unit, chance in enumerate(one.chances)
    ]
    return sorted(found, key=lambda one: (-one[0], one[1], one[2]))
