"""Fits whether documents deal with an item to items of which some have all pages hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from evaluation.abstention_report import hidden_half
from evaluation.answer_measures import auroc
from evaluation.coverage_fit import COMMAND
from evaluation.errors import EvaluationError
from evaluation.signed_logit import fit_labels
from evaluation.stored_rows import csv_text, read_csv
from qa.coverage.point_confidence import ITEM_SIGNS
from qa.coverage.records import ItemFeatures, ObjectiveCoverage
from qa.logistic import Logistic

ITEMS: Final = Path(__file__).parent / "coverage_items.csv"
"""The items that the numbers in use are fitted to, and those that check them."""
_COLUMNS: Final = ("titles", "item", "present", *ItemFeatures._fields)
_DIGITS: Final = 3


class ItemRow(NamedTuple):
    """An item by titles of one kind, whether its pages are there, and by what that is told."""

    titles: str
    item: str
    present: bool
    features: ItemFeatures


def item_rows(
    titles: str, objectives: Iterable[ObjectiveCoverage], known: Iterable[str]
) -> tuple[ItemRow, ...]:
    """The numbered items of these objectives; `known`: codes of those whose pages are there."""
    codes = frozenset(known)
    found: dict[str, ItemRow] = {}
    for one in objectives:
        item = one.objective.item
        if not item:
            continue
        features = ItemFeatures(*(round(value, _DIGITS) for value in one.presence.features))
        present = one.objective.code in codes or (item in found and found[item].present)
        found[item] = ItemRow(titles, item, present, features)
    return tuple(found.values())


def fit_items(rows: Sequence[ItemRow]) -> Logistic[ItemFeatures]:
    """The model of items in `qa/coverage/fitted.json`, fitted to a fixed half of them.

    Raises `EvaluationError` where there is too little to fit to.
    """
    chosen = _half(rows, fitted=True)
    present = np.array([row.present for row in chosen], bool)
    if len(set(present.tolist())) < 2:
        raise EvaluationError("too few items to fit to; give the pages of more")
    features = np.array([row.features for row in chosen])
    # Three numbers and hundreds of items: the likeliest ones need no penalty.
    weights, intercept = fit_labels(features, present, ITEM_SIGNS, inf)
    return Logistic(
        coefficients=ItemFeatures(*(round(float(value), _DIGITS) for value in weights)),
        intercept=round(intercept, _DIGITS),
        signs=ITEM_SIGNS,
    )


def items_quality(rows: Sequence[ItemRow], model: Logistic[ItemFeatures]) -> list[dict[str, Any]]:
    """How well items are told apart on the half that was not fitted to, by kind of titles."""
    checked = _half(rows, fitted=False)
    found = []
    for titles in dict.fromkeys(row.titles for row in checked):
        some = [row for row in checked if row.titles == titles]
        present = [row.present for row in some]
        chances = [model.probability(row.features) for row in some]
        found.append(
            {
                "titles": titles,
                "items": len(some),
                "with_page": sum(present),
                "AUROC": auroc(present, chances),
            }
        )
    return found


def read_items(path: Path = ITEMS) -> list[ItemRow]:
    """The items as they were stored; raises `DatasetError`."""
    return [
        ItemRow(titles, item, present == "1", ItemFeatures(*map(float, features)))
        for titles, item, present, *features in read_csv(path, _COLUMNS, COMMAND)
    ]


def items_text(rows: Iterable[ItemRow]) -> str:
    """The items as `read_items` takes them."""
    return csv_text(
        _COLUMNS,
        (
            [row.titles, row.item, int(row.present), *(f"{v:.{_DIGITS}f}" for v in row.features)]
            for row in rows
        ),
    )


def _half(rows: Sequence[ItemRow], *, fitted: bool) -> list[ItemRow]:
    half = hidden_half([row.item for row in rows])
    return [row for row in rows if (row.item in half) == fitted]
