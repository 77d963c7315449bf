"""Evidence of the title: does it say what the question says, and little else?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.index.lexicon import Lexicon
from qa.index.ragged import run_places
from qa.retrieval.matches import Occurrences
from qa.retrieval.terms import TermClass

Column = NDArray[np.float64]


def title_evidence(
    lexicon: Lexicon, candidates: Candidates, classes: Sequence[TermClass], found: Occurrences
) -> Column:
    """The idf mass that the titles of these passages match, float64 (candidates,).

    Its share of the question counts squared, so that a title that has all of the question stands
    out; half of it depends on the share of the title that the question has.
    """
    masses = np.array([c.mass for c in classes], dtype=np.float64)
    inside = found.places < candidates.titles[found.owners]
    if not inside.any():
        return np.zeros(len(candidates))
    weights = found.weights[inside]
    said = np.zeros((len(candidates), len(classes)))
    np.maximum.at(said, found.owners[inside], weights)
    coverage = said @ masses / max(float(masses.sum()), 1e-9)
    asked = np.zeros(len(candidates.terms))
    asked[found.places[inside]] = weights.max(axis=1)
    lengths = candidates.titles - candidates.begins[:-1]
    places = run_places(candidates.begins[:-1], lengths)
    owners = np.repeat(np.arange(len(candidates)), lengths)
    idf = lexicon.idf(lexicon.frequencies[candidates.terms[places]])
    whole = np.bincount(owners, idf, minlength=len(candidates))
    shared = np.bincount(owners, idf * asked[places], minlength=len(candidates))
    evidence: Column = masses.sum() * coverage**2 * (1 + shared / np.maximum(whole, 1e-9)) / 2
    return evidence
