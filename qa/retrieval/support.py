"""How well a unit answers a question: named features, and the model that weighs them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.models import DocumentInfo, Language, Passage
from qa.retrieval.asking import ReadQuestion
from qa.retrieval.evidence import UnitEvidence
from qa.retrieval.facet_evidence import Looks, said_by_heading
from qa.retrieval.facets import DEFINITION, Facet
from qa.retrieval.units import Units

_LONG: Final = 25
"""Words from which on a unit's length tells no more (.002, .012)."""

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Places = NDArray[np.int64]


class Features(NamedTuple):
    """What tells whether a unit answers; shares are of the subject's mass, 0 to 1."""

    own: float
    """Said by the unit itself."""
    lead: float
    """What its lead-in or the header of its table adds."""
    above: float
    """What the headings and the title add."""
    before: float
    """What the sentence before adds."""
    earlier: float
    """What the passage says further up adds."""
    lacking: float
    """The weightiest word that none of these says."""
    opposed: float
    """That the opposite of a word of the subject is said instead, by the unit or above it."""
    opening: float
    """Said by the first words of the unit: it is about them."""
    score: float
    """Score of the passage over that of the best one."""
    facet_own: float
    """How much the unit looks like an answer to what is asked, 0 to 1, as the next ones."""
    facet_lead: float
    """The same of its lead-in or header."""
    facet_heading: float
    """The same of the heading right above."""
    facet_above: float
    """The same of the headings further up and the title."""
    both: float
    """Facet times subject: that it answers this, of this."""
    asking: float
    """Share of the words that ask which the unit says."""
    headed: float
    """Share of the words of its headings that are the question's."""
    listed: float
    """An item or row where a list is asked."""
    compared: float
    """A row where a comparison is asked."""
    defines: float
    """A definition is asked, and the unit opens with the subject."""
    named: float
    """A definition is asked, and what the unit defines is the subject and nothing else."""
    numbered: float
    """A number is asked, and the unit has one."""
    names: float
    """A name of a kind is asked, such as a disease, and the unit has one."""
    label: float
    """It says nothing alone: a heading, a caption, a lead-in, a header, a question."""
    length: float
    """Logarithm of its words, up to a point, over that of the longest."""


SIGNS: Final = Features(**dict.fromkeys(Features._fields, 1))._replace(
    lacking=-1, opposed=-1, label=-1, length=0
)
"""Which way each feature must count: for an answer, against it, or either."""
SUBJECT: Final = ("own", "lead", "above", "before", "earlier")
"""The features that add up to what is said of the subject, by the unit or where it stands."""


def unit_features(
    texts: Sequence[tuple[Passage, DocumentInfo]],
    scores: NDArray[np.float64],
    evidence: UnitEvidence,
    looks: Looks,
    named: Vector,
    question: ReadQuestion,
) -> NDArray[np.float64]:
    """The features of every unit of some passages, float64 (units, features).

    `scores`: of the passages. `named`: float64 (units,), how far what each unit
    defines is the subject.
    """
    units = Units.of([passage for passage, _ in texts])
    count = len(units.words)
    if not count:
        return np.zeros((0, len(Features._fields)))
    owners = np.repeat(np.arange(len(texts)), np.diff(evidence.unit_begins))
    stands = _Stands.of(units, evidence.unit_begins)
    # Who names a page and nothing else asks for all that it says.
    everything = float(evidence.of_page)
    looks_own = looks.answers if question.facets else np.full(count, everything)
    looks_above = np.maximum(_at(looks_own, stands.lead), _at(looks_own, stands.header))
    heading, further = _announced(texts, question.facets, everything)[owners].T
    shares = _shares(evidence, owners, stands)
    opening = evidence.opening @ evidence.shares
    form = question.facet.form if question.facet else ""
    best = scores.max()
    labels = units.label.copy()
    labels[stands.header[stands.header >= 0]] = True
    columns = {
        **shares,
        "opposed": evidence.opposed,
        "opening": opening,
        "score": scores[owners] / best if best > 0 else np.ones(count),
        "facet_own": looks_own,
        "facet_lead": looks_above,
        "asking": evidence.asking,
        "headed": evidence.headed[owners],
        "facet_heading": heading,
        "facet_above": further,
        "both": np.maximum.reduce([looks_own, looks_above, heading])
        * sum(shares[name] for name in SUBJECT),
        "listed": units.listed * (form == "list"),
        "compared": units.row * (form == "comparison"),
        "defines": opening * any(facet.name == DEFINITION for facet in question.facets),
        "named": named,
        "numbered": units.numbered * (form == "number"),
        "names": looks.names,
        "label": labels,
        "length": np.log1p(np.minimum(units.words, _LONG)) / log1p(_LONG),
    }
    return np.column_stack([columns[name] for name in Features._fields]).astype(np.float64)


class _Stands(NamedTuple):
    """What each unit stands under and behind, as numbers of units; -1 for nothing."""

    lead: Places
    header: Places
    before: Places
    """The sentence before, of a sentence."""

    @classmethod
    def of(cls, units: Units, begins: Places) -> Self:
        listed = units.listed > 0
        numbers = np.arange(len(listed))
        first = np.repeat(begins[:-1], np.diff(begins))
        last_sentence = np.maximum.accumulate(np.where(listed, -1, numbers))
        return cls(
            lead=np.where(listed & (last_sentence >= first), last_sentence, -1),
            header=np.where(units.header < 0, -1, units.header + first),
            before=np.where(listed | (numbers == first), -1, numbers - 1),
        )


def _shares(evidence: UnitEvidence, owners: Places, stands: _Stands) -> dict[str, Vector]:
    """What each text says of the subject's mass and none before it did, and the most unsaid."""
    own, shares = evidence.own, evidence.shares
    more = {
        "lead": np.maximum(_at(own, stands.lead), _at(own, stands.header)),
        "above": evidence.above[owners],
        "before": _at(own, stands.before),
        "earlier": _said_earlier(own, evidence.unit_begins),
    }
    found = {"own": own @ shares}
    said = own
    for name, one in more.items():
        together = np.maximum(said, one)
        found[name] = (together - said) @ shares
        said = together
    unsaid = (shares * (1 - said)).max(axis=1, initial=0.0)
    found["lacking"] = unsaid if shares.any() else np.ones(len(own))
    return found


def _said_earlier(own: Matrix, begins: Places) -> Matrix:
    """What the units before each one of its passage say of each word."""
    earlier = np.zeros_like(own)
    for first, end in pairwise(begins.tolist()):
        np.maximum.accumulate(own[first : end - 1], axis=0, out=earlier[first + 1 : end])
    return earlier


def _at(values: NDArray[np.float64], places: Places) -> NDArray[np.float64]:
    """The values at some places, and 0 at -1."""
    found = values[places]
    found[places < 0] = 0.0
    return found


def _announced(
    texts: Sequence[tuple[Passage, DocumentInfo]], facets: tuple[Facet, ...], everything: float
) -> Matrix:
    """By passage, how the heading right above and those further up announce an answer, (n, 2)."""
    if not facets:
        return np.array([(everything if p.heading else 0.0, everything) for p, _ in texts])
    return np.array([_announces(facets, d.title, p.heading, p.language) for p, d in texts])


@lru_cache(maxsize=1 << 13)
def _announces(
    facets: tuple[Facet, ...], title: str, headings: tuple[str, ...], language: Language
) -> tuple[float, float]:
    found = [max(said_by_heading(f, h, language) for f in facets) for h in (title, *headings)]
    return (found.pop() if headings else 0.0, max(found))
