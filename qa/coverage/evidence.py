"""From matches to the evidence for each point: which passages are kept, and what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.coverage.cells import level_of_point
from qa.coverage.matching import Matches
from qa.coverage.point_confidence import Features, fitted_model
from qa.coverage.records import Evidence, FigureCheck, Level, Point, PointCoverage
from qa.models import Language, Passage
from qa.settings import Settings

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,\u202f\u00a0 ]\d+)*(?![\w-])")
_WORDS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze",
    "zero one two three four five six seven eight nine ten eleven twelve",
)
_VALUE = {word: str(value) for words in _WORDS for value, word in enumerate(words.split())}
_NOT_COUNTS = frozenset({"un", "one", "zero"})
"""Articles and pronouns as well."""
_WORD = re.compile(r"[^\W\d_]+")


class Find(NamedTuple):
    """A passage, by number, and its best unit, as evidence for a point, by number."""

    point: int
    document: int
    passage: int
    unit: int
    confidence: float


def finds(
    points: Sequence[Point], matches: Sequence[Matches], *, passages: int, least: float
) -> list[Find]:
    """By point the surest passage of each document, the surest first, from `least` on.

    The nearest passage is kept even where it states nothing: a gap can then be judged.
    `passages`: how many there are.
    """
    if not matches:
        return []
    point = np.concatenate([one.points for one in matches])
    document = np.concatenate([one.candidates.documents[one.places] for one in matches])
    passage = np.concatenate([one.candidates.passages[one.places] for one in matches])
    unit = np.concatenate([one.units for one in matches])
    features = np.concatenate([features_of(points, one, passages) for one in matches])
    sure = fitted_model().points.probabilities(features)
    order = np.lexsort((document, -sure, point))
    nearest = np.diff(point[order], prepend=-1) > 0
    kept = order[nearest | (sure[order] >= least)]
    columns = (point, document, passage, unit, sure)
    found: dict[tuple[int, int], Find] = {}
    for find in map(Find, *(column[kept].tolist() for column in columns)):
        found.setdefault((find.point, find.document), find)
    return list(found.values())


def features_of(points: Sequence[Point], matches: Matches, passages: int) -> NDArray[np.float64]:
    """One row a pair, in the order of `Features`; `points` by the numbers of the matches.

    `passages`: how many there are.
    """
    kinds = np.array([point.kind for point in points])[matches.points]
    statements = (kinds == "statement").astype(np.float64)
    columns = {
        "said": matches.said,
        "unsaid": matches.unsaid,
        "lacking": matches.lacking,
        "subject": np.where(kinds == "title", 0.0, matches.subject),
        "statement": statements,
        "crowd": statements * log(max(passages, 1)),
    }
    return np.column_stack([columns[name] for name in Features._fields])


def point_coverage(
    points: Sequence[Point],
    found: Sequence[Find],
    texts: Mapping[int, Passage],
    settings: Settings,
) -> list[PointCoverage]:
    """The points with what was found for them; `texts` has the passages by number."""
    by_point: list[list[Evidence]] = [[] for _ in points]
    for find in found:
        by_point[find.point].append(_evidence(find, texts[find.passage], settings))
    return [
        PointCoverage(point=point, evidence=tuple(some), check=check_figures(some))
        for point, some in zip(points, by_point, strict=True)
    ]


def _evidence(find: Find, passage: Passage, settings: Settings) -> Evidence:
    unit = passage.units[find.unit]
    return Evidence(
        document_id=passage.document_id,
        passage_id=passage.id,
        confidence=find.confidence,
        level=level_of_point(find.confidence, settings),
        start=passage.start + unit.start,
        end=passage.start + unit.end,
        quote=passage.text[unit.start : unit.end],
        language=passage.language,
        heading=passage.heading[-1] if passage.heading else "",
    )


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text, each once, as `1234.5`; those from two to twelve also in words."""
    found = [_plain(match[0]) for match in _NUMBER.finditer(text)]
    words = (word.lower() for word in _WORD.findall(text))
    found += [_VALUE[word] for word in words if word in _VALUE and word not in _NOT_COUNTS]
    return tuple(dict.fromkeys(found))


def check_figures(evidence: Sequence[Evidence]) -> FigureCheck | None:
    """The best French against the best English evidence that covers the same point.

    They are flagged where each has a number that the other one lacks.
    """
    french, english = _best(evidence, "fr"), _best(evidence, "en")
    if french is None or english is None:
        return None
    ours, theirs = numbers(french.quote), numbers(english.quote)
    if not set(ours) - set(theirs) or not set(theirs) - set(ours):
        return None
    return FigureCheck(french=french, english=english, french_numbers=ours, english_numbers=theirs)


def _best(evidence: Sequence[Evidence], language: Language) -> Evidence | None:
    return next((e for e in evidence if e.language == language and e.level is Level.covered), None)


def _plain(number: str) -> str:
    """Without the separators of thousands, with a decimal point; `2.50` is `2.5`."""
    compact = re.sub(r"[\u202f\u00a0 ]", "", number).replace(",", ".")
    if compact.count(".") > 1:
        return compact.replace(".", "")
    whole, dot, rest = compact.partition(".")
    rest = rest.rstrip("0")
    return f"{whole.lstrip('0') or '0'}{dot if rest else ''}{rest}"
