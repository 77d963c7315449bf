"""Sentences, list items and rows of passages against the words of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.index.contracts import Candidates
from qa.models import Language
from qa.retrieval.occurrences import Occurrences, Wanted, greatest
from qa.retrieval.terms import TermClass

_OPENING: Final = 6
"""Terms with which a unit says what it is about (.002, .008)."""

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvidence:
    """How well each unit of some passages matches each word of a question's subject.

    `own`: float64 (units, classes), the greatest weight of a class's terms in the unit, 0 to 1.
    `opening`: the same in its first terms. `above`: float64 (passages, classes), the same in the
    title and the headings, less for what most passages have. `asking`: float64 (units,), the share
    that the unit says of the words that ask. `opposed`: float64 (units,), how far the opposite of a
    word of the subject is said instead, by the unit or above it. `headed`: float64 (passages,), the
    share of the words of the headings that are the question's. `shares`: float64 (classes,), what
    each word counts; they add up to 1, or are all 0. `unit_begins`: int64 (passages+1,), where the
    units of each passage begin.
    """

    own: Matrix
    opening: Matrix
    asking: Vector
    opposed: Vector
    above: Matrix
    headed: Vector
    shares: Vector
    unit_begins: NDArray[np.int64]
    of_page: bool = False
    """Whether the subject is the page that the question names, and all that it says."""


def unit_evidence(
    candidates: Candidates,
    found: Occurrences,
    classes: Sequence[TermClass],
    language: Language,
    against: Sequence[TermClass] = (),
) -> UnitEvidence:
    """The matches of every unit of some passages with every class of a question in `language`.

    `found`: where their terms stand. `against`: the opposites of each class, as `opposites` gives
    them.
    """
    said = _said(candidates, found, classes, language)
    shares = subject_shares(classes)
    return UnitEvidence(
        own=said.own,
        opening=said.opening,
        asking=said.own @ _asking_shares(classes),
        opposed=_opposed(candidates, said, against, language, shares > 0),
        headed=_headed(candidates, found),
        above=said.above * _telling(classes),
        shares=shares,
        unit_begins=candidates.unit_begins,
    )


class _Said(NamedTuple):
    """What units and headings say of each word, float64 (units or passages, classes)."""

    own: Matrix
    opening: Matrix
    above: Matrix


def _said(
    candidates: Candidates, found: Occurrences, classes: Sequence[TermClass], language: Language
) -> _Said:
    weights = found.as_read(candidates, language)
    phrases = found.wanted.phrases(classes)
    in_other = candidates.in_french if language == "en" else ~candidates.in_french
    other_units = np.repeat(in_other, np.diff(candidates.unit_begins))

    def said_by(
        rows: NDArray[np.int64], of: NDArray[np.int64] | NDArray[np.bool_], other: NDArray[np.bool_]
    ) -> Matrix:
        best = greatest(rows, weights[of], len(other))
        for phrase in phrases:
            # A phrase is said where each of its terms is.
            has = np.zeros((len(other), len(phrase.members)), np.bool_)
            for number, member in enumerate(phrase.members):
                has[rows[found.members[of] == member], number] = True
            worth = np.where(other, phrase.translated, phrase.weight) * has.all(axis=1)
            np.maximum(best[:, phrase.column], worth, out=best[:, phrase.column])
        return best

    begins, ends = candidates.units.T
    before = found.places < candidates.bodies[found.owners]
    # Units do not overlap, and of those that begin at one place only the last one can have terms.
    units = np.searchsorted(begins, found.places, side="right") - 1
    inside = np.flatnonzero(units >= 0)
    inside = inside[found.places[inside] < ends[units[inside]]]
    first = inside[found.places[inside] < begins[units[inside]] + _OPENING]
    return _Said(
        own=said_by(units[inside], inside, other_units),
        opening=said_by(units[first], first, other_units),
        above=said_by(found.owners[before], before, in_other),
    )


def _opposed(
    candidates: Candidates,
    said: _Said,
    against: Sequence[TermClass],
    language: Language,
    subject: NDArray[np.bool_],
) -> Vector:
    """How far each unit, or what it stands under, says the opposite of a word and not the word."""
    if not any(c.members for c in against):
        return np.zeros(len(said.own))
    instead = _said(candidates, Wanted.of(against).found_in(candidates), against, language)
    owners = np.repeat(np.arange(len(candidates)), np.diff(candidates.unit_begins))
    headings = instead.above * (1 - said.above)
    opposite = np.maximum(instead.own, headings[owners])
    opposed: Vector = (opposite * (1 - said.own) * subject).max(axis=1, initial=0.0)
    return opposed


def _telling(classes: Sequence[TermClass]) -> Vector:
    """The share of passages that lack each word: what all stand under tells none of them apart."""
    return -np.expm1(-np.array([c.idf for c in classes], np.float64))


def _headed(candidates: Candidates, found: Occurrences) -> Vector:
    """The share of the words of the item and the headings that stand for any of the question."""
    heading = found.places < candidates.bodies[found.owners]
    heading &= found.places >= candidates.titles[found.owners]
    said = np.bincount(
        found.owners[heading],
        found.weights[heading].max(axis=1, initial=0.0),
        minlength=len(candidates),
    )
    share: Vector = said / np.maximum(candidates.bodies - candidates.titles, 1)
    return share


def named_by(
    candidates: Candidates,
    found: Occurrences,
    classes: Sequence[TermClass],
    heads: NDArray[np.int64],
) -> Vector:
    """How far the first words of each unit name the subject and nothing else, 0 to 1.

    `heads`: how many terms these are, int64 (units,).
    """
    named = np.zeros(len(heads))
    if not heads.any():
        return named
    shares = subject_shares(classes)
    for unit in np.flatnonzero(heads):
        start = candidates.units[unit, 0]
        first, end = np.searchsorted(found.places, (start, start + heads[unit]))
        weights = found.weights[first:end] * (shares > 0)
        if weights.size:
            of_subject = np.count_nonzero(weights.max(axis=1))
            named[unit] = weights.max(axis=0) @ shares * of_subject / heads[unit]
    return named


def of_the_page(evidence: UnitEvidence) -> UnitEvidence:
    """That of a question whose subject is the page that it names: every unit stands under it."""
    units, passages = len(evidence.own), len(evidence.above)
    return replace(
        evidence,
        own=np.zeros((units, 1)),
        opening=np.zeros((units, 1)),
        above=np.ones((passages, 1)),
        shares=np.ones(1),
        of_page=True,
    )


def _asking_shares(classes: Sequence[TermClass]) -> Vector:
    """What each word that asks counts of them all; nothing for the words that answer."""
    masses = [c.mass if c.facet and not c.answers else 0.0 for c in classes]
    return np.array(masses, np.float64) / max(sum(masses), 1e-9)


def subject_shares(classes: Sequence[TermClass]) -> Vector:
    """What each word counts of all, float64; one that frames counts where nothing else is said."""
    subject = any(not (c.framing or c.facet) for c in classes)
    masses = np.array(
        [0.0 if c.facet or (c.framing and subject) else c.mass for c in classes], np.float64
    )
    return masses / max(float(masses.sum()), 1e-9)
