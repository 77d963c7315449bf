"""The wordings of an objective against the passages that a first pass has found for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from qa.coverage.parameters import (
    BEYOND_WEIGHT,
    CLOSE,
    CONTEXT_IN_CHOICE,
    CROWD,
    DOCUMENTS,
    FULL_MATCH,
    WORD_SCALE,
)
from qa.coverage.point_confidence import Subject
from qa.coverage.queries import PointQuery, class_masses
from qa.index.contracts import Candidates, Forward, ScoredDocuments
from qa.index.ragged import first_of_runs, run_ends, run_places
from qa.models import Language
from qa.retrieval.matches import Cells, unit_matches
from qa.retrieval.terms import TermClass

Shares = NDArray[np.float32]
"""Single precision: they are many, and a share is exact enough."""
_WORDINGS: Final = 64
"""That are read together."""


class Asked(NamedTuple):
    """A wording of a point, by the point's number, and the documents found for it."""

    point: int
    language: Language
    query: PointQuery
    found: ScoredDocuments


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Points with passages; one entry a pair in each array.

    `points`: int64, their numbers. `places`: int64, of the passages in `candidates`. `units`:
    int64, the best unit, counted in its passage. The others are float64, as in `Features`.
    """

    candidates: Candidates
    points: NDArray[np.int64]
    places: NDArray[np.int64]
    units: NDArray[np.int64]
    said: NDArray[np.float64]
    unsaid: NDArray[np.float64]
    lacking: NDArray[np.float64]
    subject: NDArray[np.float64]


def without(found: ScoredDocuments, own: Sequence[int]) -> ScoredDocuments:
    """Without the pages of the objective itself, by number."""
    others = np.ones(len(found.documents), np.bool_)
    for number in own:
        others &= found.documents != number
    return ScoredDocuments(found.documents[others], found.passages[others], found.scores[others])


def subjects(forward: Forward, titles: Sequence[Asked], documents: int) -> dict[int, Subject]:
    """By point, what so many documents have on the subject of a title, in its best language.

    The passage is chosen with the context, or `Complications` would be found anywhere; it supports
    the subject by the words of the title alone.
    """
    told = {title.point: Subject(support=0.0, prominence=0.0) for title in titles}
    found = [title for title in titles if len(title.found.scores) and title.query.mass > 0]
    vectors = [title.query.own_vector for title in found]
    terms = sorted({term for vector in vectors for term in vector})
    if not terms:
        return told
    columns = {term: column for column, term in enumerate(terms)}
    passages, places = np.unique([t.found.passages[0] for t in found], return_inverse=True)
    weights = forward.read(passages).weights(terms)
    for title, vector, place in zip(found, vectors, places.tolist(), strict=True):
        own = weights[place, [columns[term] for term in vector]] @ np.array(list(vector.values()))
        subject = Subject(
            support=float(own) / (FULL_MATCH * title.query.mass),
            prominence=_prominence(title, documents),
        )
        told[title.point] = max(told[title.point], subject)
    return told


def _prominence(title: Asked, documents: int) -> float:
    """How far the first score stands out from the next ones."""
    crowd = min(CROWD, documents - 1)
    scores = title.found.scores
    return 1 - float(scores[1 : 1 + crowd].sum()) / crowd / float(scores[0]) if crowd > 0 else 0.0


def match(forward: Forward, asked: Sequence[Asked], rarest: float) -> list[Matches]:
    """The documents that are close to the best one of each wording.

    `rarest`: the idf of what one passage alone has.
    """
    languages = dict.fromkeys(wording.language for wording in asked)
    # Points of about as many words together: they are padded to the longest.
    by_language = {
        language: sorted((a for a in asked if a.language == language), key=lambda a: a.query.length)
        for language in languages
    }
    return [
        _match(forward, some[first : first + _WORDINGS], language, rarest)
        for language, some in by_language.items()
        for first in range(0, len(some), _WORDINGS)
    ]


def _match(forward: Forward, asked: Sequence[Asked], language: Language, rarest: float) -> Matches:
    close = [
        passages[:DOCUMENTS][scores[:DOCUMENTS] >= CLOSE * scores[0]] if len(scores) else passages
        for _, passages, scores in (wording.found for wording in asked)
    ]
    wordings = np.repeat(np.arange(len(asked)), [len(some) for some in close])
    passages, places = np.unique(np.concatenate(close), return_inverse=True)
    candidates = forward.read(passages)
    words = _Words.of([wording.query for wording in asked])
    matches = unit_matches(candidates, words.classes, language)
    # One column more, which nothing says, for the padding.
    width = len(words.classes) + 1
    units = _dense(matches.units, len(candidates.units), width)
    above = _dense(matches.above, len(candidates), width)

    begins, lengths = candidates.unit_begins[places], np.diff(candidates.unit_begins)[places]
    of_pairs, pairs = run_places(begins, lengths), np.repeat(np.arange(len(places)), lengths)
    columns, own, context = words.columns[wordings], words.own[wordings], words.context[wordings]
    said = units[of_pairs[:, None], columns[pairs]]
    starts = run_ends(lengths)[:-1]
    fit = _sums((own + np.float32(CONTEXT_IN_CHOICE) * context)[pairs], said)
    reached = fit == np.repeat(np.maximum.reduceat(fit, starts), lengths)
    first = first_of_runs(reached, lengths)

    whole = np.maximum(np.maximum.reduceat(said, starts, axis=0), above[places[:, None], columns])
    by_unit = _sums(own, said[first])
    share = by_unit + BEYOND_WEIGHT * (_sums(own, whole) - by_unit)
    mass = np.array([wording.query.mass for wording in asked])[wordings] / rarest * WORD_SCALE
    alone = np.array([not wording.query.context for wording in asked])[wordings]
    # What has words of the context alone says nothing of the point.
    some = share > 0
    return Matches(
        candidates=candidates,
        points=np.array([wording.point for wording in asked])[wordings][some],
        places=places[some],
        units=(of_pairs[first] - begins)[some],
        said=np.log1p(share * mass)[some],
        unsaid=np.log1p(np.maximum(1 - share, 0) * mass)[some],
        lacking=(own * (1 - whole)).max(axis=1, initial=0.0)[some],
        subject=np.where(alone, share, _sums(context, whole))[some],
    )


def _dense(cells: Cells, rows: int, columns: int) -> Shares:
    """The whole matrix (rows, columns)."""
    matrix = np.zeros((rows, columns), np.float32)
    matrix[cells.rows, cells.columns] = cells.weights
    return matrix


class _Words(NamedTuple):
    """The words of some queries, side by side."""

    classes: tuple[TermClass, ...]
    columns: NDArray[np.int64]
    """The class of each word, (queries, most words), padded with one that nothing says."""
    own: Shares
    """The share of the point that each word has, likewise."""
    context: Shares
    """The share of the context."""

    @classmethod
    def of(cls, queries: Sequence[PointQuery]) -> _Words:
        """All words, each class once."""
        classes, own = class_masses([query.own for query in queries])
        more, context = class_masses([query.context for query in queries])
        every = {id(one): one for one in (*classes, *more)}
        numbers = {key: number for number, key in enumerate(every)}
        first, second = _padded(own, classes, numbers), _padded(context, more, numbers)
        nothing = np.zeros_like
        return cls(
            tuple(every.values()),
            np.hstack([first[0], second[0]]),
            np.hstack([first[1], nothing(second[1])]),
            np.hstack([nothing(first[1]), second[1]]),
        )


def _padded(
    masses: csr_array, classes: Sequence[TermClass], numbers: Mapping[int, int]
) -> tuple[NDArray[np.int64], Shares]:
    """The classes of each row by number, and their shares, padded to the longest row."""
    lengths = np.diff(masses.indptr)
    shape = (len(lengths), int(lengths.max(initial=0)))
    rows = np.repeat(np.arange(len(lengths)), lengths)
    places = np.arange(len(masses.data)) - np.repeat(masses.indptr[:-1], lengths)
    of_class = np.array([numbers[id(one)] for one in classes], np.int64)
    columns, shares = np.full(shape, len(numbers)), np.zeros(shape, np.float32)
    columns[rows, places] = of_class[masses.indices] if len(classes) else 0
    shares[rows, places] = masses.data
    return columns, shares / np.maximum(shares.sum(axis=1, keepdims=True), np.float32(1e-9))


def _sums(masses: Shares, said: Shares) -> NDArray[np.float64]:
    """What each row says of the masses."""
    sums: NDArray[np.float64] = np.einsum("ij,ij->i", masses, said).astype(np.float64)
    return sums
