"""Passages as retrieval reads them, without an index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.analysis.words import Analyser
from qa.index.contracts import Candidates
from qa.index.ragged import run_ends
from qa.models import Passage
from qa.retrieval.facet_evidence import Looks, unit_looks
from qa.retrieval.facets import Facet


def looks_of(passage: Passage, facets: Sequence[Facet]) -> Looks:
    """How the units of a passage look as answers to facets."""
    analyser = Analyser(passage.language)
    by_unit = [analyser.terms(passage.text[unit.start : unit.end]) for unit in passage.units]
    terms = [term for of_unit in by_unit for term in of_unit]
    numbers = {term: number for number, term in enumerate(sorted(set(terms)))}
    ends = run_ends(np.array([len(of_unit) for of_unit in by_unit], np.int64))
    candidates = Candidates(
        passages=np.zeros(1, np.int64),
        documents=np.zeros(1, np.int64),
        in_french=np.array([passage.language == "fr"]),
        terms=np.array([numbers[term] for term in terms], np.int32),
        begins=np.array([0, len(terms)]),
        titles=np.zeros(1, np.int64),
        bodies=np.zeros(1, np.int64),
        units=np.column_stack([ends[:-1], ends[1:]]),
        unit_begins=np.array([0, len(by_unit)]),
        weights=lambda chosen: np.zeros((1, len(chosen))),
        texts=lambda _: (),
    )
    return unit_looks(candidates, [passage], facets, numbers.get)
