"""What the units of a passage are, whatever is asked: worked out once for many questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.analysis.words import fold
from qa.models import Passage, Unit

_REMEMBERED: Final = 1 << 12
"""Passages whose units are kept with what is known of them."""
_NUMBER: Final = re.compile(r"(?<![^\W_])(?<![^\W_][-‐‑])\d")
"""A number that is no part of a name, such as `CD20` and `IL-6`."""
_FEW: Final = 3
"""Words below which a unit is a label (0, 0)."""


class Units(NamedTuple):
    """The units of some passages, in order; all int64 (units,).

    `listed`: whether it is an item or a row. `row`: whether it is a row. `label`: whether it says
    nothing alone, by its kind and text. `numbered`: whether it has a number. `header`: the unit of
    its passage that names its columns, -1 for none. `words`: how many it has.
    """

    listed: NDArray[np.int64]
    row: NDArray[np.int64]
    label: NDArray[np.int64]
    numbered: NDArray[np.int64]
    header: NDArray[np.int64]
    words: NDArray[np.int64]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Self:
        """Those of some passages."""
        nothing = np.empty((len(cls._fields), 0), np.int64)
        return cls(*np.concatenate([nothing, *map(_columns, passages)], axis=1))


@lru_cache(_REMEMBERED)
def folded_units(passage: Passage) -> tuple[str, ...]:
    """The text of each unit of a passage, folded."""
    return tuple(fold(passage.text[unit.start : unit.end]) for unit in passage.units)


@lru_cache(_REMEMBERED)
def _columns(passage: Passage) -> NDArray[np.int64]:
    """The fields of `Units` as rows of one array."""
    rows = [_row(unit, passage.text[unit.start : unit.end]) for unit in passage.units]
    return np.array(rows, np.int64).reshape(-1, len(Units._fields)).T


def _row(unit: Unit, text: str) -> tuple[bool, bool, bool, bool, int, int]:
    words = len(text.split())
    return (
        unit.kind in ("item", "row"),
        unit.kind == "row",
        _is_label(unit, text, words),
        _NUMBER.search(text) is not None,
        -1 if unit.header is None else unit.header,
        words,
    )


def _is_label(unit: Unit, text: str, words: int) -> bool:
    return (
        unit.leads
        or unit.kind in ("caption", "heading")
        or words < _FEW
        or text.rstrip().endswith("?")
    )
