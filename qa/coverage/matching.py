"""The wordings of an objective against the passages that a first pass has found for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from qa.coverage.confidence import Subject
from qa.coverage.numbers import CLOSE, CROWD, DOCUMENTS
from qa.coverage.queries import PointQuery
from qa.coverage.vectors import class_masses
from qa.index.contracts import Candidates, Forward, ScoredDocuments
from qa.index.ragged import first_of_runs, run_places
from qa.models import Language
from qa.retrieval.matches import Cells, unit_matches
from qa.retrieval.terms import FULL_MATCH

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
    int64, the best unit, counted in its passage. `unit_shares`, `passage_shares`: float64, of the
    mass of the point, 0 to 1. `saturations`: float64, the score, with that of the context, over
    that of a full match of the point.
    """

    candidates: Candidates
    points: NDArray[np.int64]
    places: NDArray[np.int64]
    units: NDArray[np.int64]
    unit_shares: NDArray[np.float64]
    passage_shares: NDArray[np.float64]
    saturations: NDArray[np.float64]


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


def match(forward: Forward, asked: Sequence[Asked]) -> list[Matches]:
    """The documents that are close to the best one of each wording."""
    languages = dict.fromkeys(one.language for one in asked)
    by_language = {language: [a for a in asked if a.language == language] for language in languages}
    return [
        _match(forward, some[first : first + _WORDINGS], language)
        for language, some in by_language.items()
        for first in range(0, len(some), _WORDINGS)
    ]


def _match(forward: Forward, asked: Sequence[Asked], language: Language) -> Matches:
    close = [
        passages[:DOCUMENTS][scores[:DOCUMENTS] >= CLOSE * scores[0]] if len(scores) else passages
        for _, passages, scores in (one.found for one in asked)
    ]
    counts = [len(some) for some in close]
    wordings = np.repeat(np.arange(len(asked)), counts)
    passages, places = np.unique(np.concatenate(close), return_inverse=True)
    candidates = forward.read(passages)
    classes, sparse = class_masses([one.query.own for one in asked])
    masses = sparse.toarray()
    cells = unit_matches(candidates, classes, language).units
    # The root: a look-alike or a translation is worth more as evidence than in a ranking.
    cells = cells._replace(weights=np.sqrt(cells.weights))
    begins = candidates.unit_begins
    passage = np.repeat(np.arange(len(candidates)), np.diff(begins))[cells.rows]
    of_passages = Cells.greatest(passage, cells.columns, cells.weights)
    whole = _shares(of_passages, masses, len(candidates))
    shares = _shares(cells, masses, len(candidates.units))
    best = np.maximum.reduceat(shares, begins[:-1], axis=0)[places, wordings]

    lengths = np.diff(begins)[places]
    of_pairs = run_places(begins[places], lengths)
    reached = shares[of_pairs, np.repeat(wordings, lengths)] == np.repeat(best, lengths)
    first = first_of_runs(reached, lengths)
    scores = np.concatenate([one.found.scores[:n] for one, n in zip(asked, counts, strict=True)])
    full = FULL_MATCH * np.array([one.query.mass for one in asked])
    passage_shares = whole[places, wordings]
    # What has words of the context alone says nothing of the point.
    said = passage_shares > 0
    return Matches(
        candidates=candidates,
        points=np.array([one.point for one in asked])[wordings][said],
        places=places[said],
        units=(of_pairs[first] - begins[places])[said],
        unit_shares=best[said],
        passage_shares=passage_shares[said],
        saturations=(scores / full[wordings])[said],
    )


def _shares(said: Cells, masses: NDArray[np.float64], rows: int) -> NDArray[np.float64]:
    """The share of each wording's mass that each row says, float64 (rows, wordings)."""
    matrix = csr_array((said.weights, (said.rows, said.columns)), shape=(rows, masses.shape[1]))
    shares: NDArray[np.float64] = matrix @ masses.T / np.maximum(masses.sum(axis=1), 1e-9)
    return shares
