"""The terms of a passage by field, as words, read back from an index."""

from __future__ import annotations

from collections.abc import Sequence

from qa.index.packing import FieldTerms
from qa.index.sequences import TermSequences


def fields_of(sequences: TermSequences, passage: int, vocabulary: Sequence[str]) -> FieldTerms:
    begin, end = sequences.indptr[passage : passage + 2].tolist()
    words = [vocabulary[term] for term in sequences.terms[begin:end].tolist()]
    heading, body = int(sequences.headings[passage]), int(sequences.bodies[passage])
    units = sequences.units[slice(*sequences.unit_indptr[passage : passage + 2])].tolist()
    return FieldTerms(
        title=words[:heading],
        heading=words[heading:body],
        body=words[body:],
        units=[(first - body, last - body) for first, last in units],
    )
