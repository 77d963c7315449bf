"""Is one run better than another? Paired by question, with a randomisation test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaluation.errors import DatasetError
from evaluation.intervals import Estimate, mean_estimate
from evaluation.saved_runs import SavedRun
from qa.locale.message import Message
from qa.locale.translator import N_

Verdict = Literal[
    "no question differs",
    "no real difference: chance would often give as much",
    "the second run is better",
    "the second run is worse",
]
"""What a comparison says of one measure."""
ALPHA: Final = 0.05
TESTED: Final = (
    "nDCG@10",
    "passage nDCG@10",
    "passage Success@1",
    "answer_hit",
    "citation_recall",
    "right_decision",
)
_PERMUTATIONS: Final = 20_000
_BATCH_ELEMENTS: Final = 2_000_000
_EXACT_BELOW: Final = 14
_SEED: Final = 20_240_229


class Change(NamedTuple):
    """One question that went differently; positive differences favour the second run."""

    question_id: str
    measure: str
    first: float
    second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One measure in both runs: second minus first, over the questions both have."""

    measure: str
    first: float
    second: float
    effect: Estimate
    wins: int
    losses: int
    p_value: float
    adjusted_p: float
    changes: tuple[Change, ...]

    @property
    def is_real(self) -> bool:
        """Whether chance alone would hardly give such a difference."""
        return self.adjusted_p < ALPHA

    @property
    def verdict(self) -> Verdict:
        """The same in words."""
        if not self.wins and not self.losses:
            return N_("no question differs")
        if not self.is_real:
            return N_("no real difference: chance would often give as much")
        if self.effect.value > 0:
            return N_("the second run is better")
        return N_("the second run is worse")


def compare(first: SavedRun, second: SavedRun) -> tuple[Difference, ...]:
    """Compare two runs on the same questions.

    p-values are of the paired randomisation test (Smucker et al., CIKM 2007), corrected over
    measures as Holm did (1979). Raises `DatasetError` where the runs share no question.
    """
    if set(first.question_ids) != set(second.question_ids):
        missing = set(first.question_ids) ^ set(second.question_ids)
        raise DatasetError(
            "{first} and {second} are of different questions ({count} are in one of them"
            " only, as {missing!r}); compare runs on the same set",
            first=first.name,
            second=second.name,
            count=len(missing),
            missing=min(missing),
        )
    pairs = [_paired(first, second, measure) for measure in TESTED]
    kept = [changes for changes in pairs if changes]
    p_values = [randomisation_p(_differences(changes)) for changes in kept]
    adjusted = holm(p_values)
    return tuple(_difference(*found) for found in zip(kept, p_values, adjusted, strict=True))


def _paired(first: SavedRun, second: SavedRun, measure: str) -> list[Change]:
    mine, theirs = _by_question(first, measure), _by_question(second, measure)
    return [
        Change(identifier, measure, a, b)
        for identifier in sorted(mine)
        if (a := mine[identifier]) is not None and (b := theirs.get(identifier)) is not None
    ]


def _by_question(run: SavedRun, measure: str) -> dict[str, float | None]:
    if measure not in run.measures:
        raise DatasetError(
            "{name} has no {measure}; save the run again with this version",
            name=run.name,
            measure=measure,
        )
    return dict(zip(run.question_ids, run.measures[measure], strict=True))


def _differences(changes: Sequence[Change]) -> NDArray[np.float64]:
    return np.array([change.second - change.first for change in changes], dtype=np.float64)


def _difference(changes: Sequence[Change], p_value: float, adjusted_p: float) -> Difference:
    differences = _differences(changes)
    effect = mean_estimate(differences)
    if effect is None:
        raise ValueError("a measure without values cannot be compared")
    return Difference(
        measure=changes[0].measure,
        first=float(np.mean([change.first for change in changes])),
        second=float(np.mean([change.second for change in changes])),
        effect=effect,
        wins=int((differences > 0).sum()),
        losses=int((differences < 0).sum()),
        p_value=p_value,
        adjusted_p=adjusted_p,
        changes=tuple(
            sorted(
                (change for change in changes if change.first != change.second),
                key=lambda change: (change.second - change.first, change.question_id),
            )
        ),
    )


def randomisation_p(differences: NDArray[np.float64]) -> float:
    """Two-sided p-value: how often signs given by chance make as large a sum.

    `differences`: float64 (questions,). Exact for few differing questions, else of 20,000 draws.
    """
    moved = differences[differences != 0]
    if len(moved) == 0:
        return 1.0
    observed = abs(moved.sum()) - 1e-12
    if len(moved) < _EXACT_BELOW:
        bits = np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1
        return float((np.abs((1 - 2 * bits) @ moved) >= observed).mean())
    extreme = sum(int((np.abs(sums) >= observed).sum()) for sums in _random_sums(moved))
    return (extreme + 1) / (_PERMUTATIONS + 1)


def _random_sums(moved: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    rng = np.random.default_rng(_SEED)
    batch = max(1, _BATCH_ELEMENTS // len(moved))
    for begun in range(0, _PERMUTATIONS, batch):
        size = min(batch, _PERMUTATIONS - begun)
        yield (1.0 - 2.0 * rng.integers(0, 2, (size, len(moved)))) @ moved


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for the number of tests: Holm's step-down method."""
    adjusted = [0.0] * len(p_values)
    greatest = 0.0
    for step, place in enumerate(sorted(range(len(p_values)), key=lambda n: p_values[n])):
        greatest = max(greatest, min(1.0, p_values[place] * (len(p_values) - step)))
        adjusted[place] = greatest
    return adjusted


def conclusion(differences: Sequence[Difference]) -> Message:
    """What the comparison comes to, in a sentence."""
    better = ", ".join(d.measure for d in differences if d.is_real and d.effect.value > 0)
    worse = ", ".join(d.measure for d in differences if d.is_real and d.effect.value < 0)
    if better and worse:
        return Message(
            "The second run is really better in {better} and really worse in {worse}.",
            better=better,
            worse=worse,
        )
    if better:
        return Message("The second run is really better in {measures}.", measures=better)
    if worse:
        return Message("The second run is really worse in {measures}.", measures=worse)
    return Message(
        "The runs do not really differ: chance alone explains what differences there are."
    )


def as_json(differences: Sequence[Difference]) -> dict[str, Any]:
    """The comparison as `qa-eval compare --json` prints it."""
    return {
        "conclusion": str(conclusion(differences)),
        "alpha": ALPHA,
        "measures": {
            d.measure: {
                "first": d.first,
                "second": d.second,
                "effect": d.effect._asdict(),
                "wins": d.wins,
                "losses": d.losses,
                "p": d.p_value,
                "p_holm": d.adjusted_p,
                "real": d.is_real,
                "verdict": d.verdict,
                "changes": [change._asdict() for change in d.changes],
            }
            for d in differences
        },
    }
