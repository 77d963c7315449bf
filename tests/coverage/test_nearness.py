"""Which of many items each document is nearest to."""

from __future__ import annotations

import numpy as np

from qa.coverage.nearness import Nearness, nearest_counts


def near(**values: float) -> Nearness:
    documents = np.array([int(name[1:]) for name in values], np.int64)
    return Nearness(documents, np.array(list(values.values())))


def test_each_document_is_counted_for_the_item_that_it_is_nearest_to() -> None:
    assert nearest_counts([near(d0=3.0, d1=1.0), near(d1=2.0, d2=0.5), near(d0=1.0)]) == [1, 2, 0]


def test_of_items_that_are_equally_near_the_first_counts() -> None:
    assert nearest_counts([near(d0=1.0), near(d0=1.0)]) == [1, 0]


def test_items_without_documents_have_none() -> None:
    assert nearest_counts([near(), near()]) == [0, 0]
