"""Evidence of the title: does it say what the question says, and little else?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.index.lexicon import Lexicon
from qa.index.ragged import run_ends, run_places
from qa.retrieval.occurrences import Occurrences, greatest
from qa.retrieval.terms import TermClass

Column = NDArray[np.float64]


def title_evidence(
    lexicon: Lexicon, candidates: Candidates, found: Occurrences, classes: Sequence[TermClass]
) -> Column:
    """The idf mass that the titles of these passages match, float64 (candidates,).

    Its share of the question counts squared, so that a title that has all of the question stands
    out; half of it depends on the share of the title that the question has.
    """
    found = found.where(found.places < candidates.titles[found.owners])
    if not len(found.places):
        return np.zeros(len(candidates))
    masses = np.array([c.mass for c in classes], dtype=np.float64)
    said = greatest(found.owners, found.weights, len(candidates))
    coverage = said @ masses / max(float(masses.sum()), 1e-9)
    lengths = candidates.titles - candidates.begins[:-1]
    terms = candidates.terms[run_places(candidates.begins[:-1], lengths)]
    owners = np.repeat(np.arange(len(candidates)), lengths)
    idf = lexicon.idf(lexicon.frequencies[terms])
    asked = np.zeros(len(terms))
    shift = run_ends(lengths)[:-1] - candidates.begins[:-1]
    asked[found.places + shift[found.owners]] = found.weights.max(axis=1)
    whole = np.bincount(owners, idf, minlength=len(candidates))
    precision = np.bincount(owners, idf * asked, minlength=len(candidates)) / np.maximum(
        whole, 1e-9
    )
    evidence: Column = masses.sum() * coverage**2 * (1 + precision) / 2
    return evidence
