"""Items of which some have all pages hidden, and the model that is fitted to them."""

from __future__ import annotations

import pytest

from evaluation.abstention_report import hidden_half
from evaluation.coverage_items import (
    ITEMS,
    ItemRow,
    fit_items,
    item_rows,
    items_quality,
    items_text,
    read_items,
)
from evaluation.errors import EvaluationError
from qa.builtin import corpus_path
from qa.coverage.cover import cover
from qa.coverage.objective_sources import objectives_for
from qa.coverage.point_confidence import fitted_model
from qa.engine import Engine


@pytest.fixture(scope="module")
def items() -> list[ItemRow]:
    return read_items()


def test_the_numbers_in_use_are_those_of_the_fit(items: list[ItemRow]) -> None:
    assert fit_items(items) == fitted_model().items


def test_the_half_that_was_not_fitted_to_is_told_apart(items: list[ItemRow]) -> None:
    found = items_quality(items, fitted_model().items)
    assert [one["titles"] for one in found] == ["header fields", "given titles"]
    assert sum(one["items"] for one in found) < 0.6 * len(items)
    assert min(one["AUROC"] for one in found) >= 0.8


def test_what_is_checked_does_not_move_the_fit(items: list[ItemRow]) -> None:
    fitted = hidden_half([row.item for row in items])
    changed = [row if row.item in fitted else row._replace(present=False) for row in items]
    model = fit_items(items)
    assert fit_items(changed) == model
    assert items_quality(changed, model) != items_quality(items, model)


def test_items_are_read_as_they_were_written(items: list[ItemRow]) -> None:
    assert items_text(items) == ITEMS.read_text(encoding="utf-8")


def test_an_item_is_there_where_any_of_its_pages_is() -> None:
    engine = Engine.from_corpus(corpus_path())
    objectives = cover(engine, objectives_for(engine)).objectives
    first, last = objectives[0].objective, objectives[-1].objective
    assert first.item == last.item != ""
    for code in (first.code, last.code):
        (row,) = item_rows("x", objectives, [code])
        assert (row.item, row.present) == (first.item, True)
    assert row.features == pytest.approx(objectives[0].presence.features, abs=1e-3)
    assert not item_rows("x", objectives, [])[0].present


def test_too_little_to_fit_to(items: list[ItemRow]) -> None:
    with pytest.raises(EvaluationError, match="give the pages of more"):
        fit_items(items[:1])
