"""Rows of other sets that the confidence is fitted to."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.beir import load_beir
from evaluation.confidence_rows import Row, read_rows, rows_of, rows_text
from evaluation.errors import DatasetError
from qa.retrieval.confidence import Features
from qa.settings import Settings


def test_a_question_whose_document_is_hidden_is_never_right(answered_set: Path) -> None:
    dataset = load_beir(answered_set)
    rows = list(rows_of(dataset, Settings()))
    assert sum(row.right for row in rows) == len(dataset.queries) / 2
    assert {row.name for row in rows} == {dataset.name}


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = [
        Row("a", right, Features(*(place / 8 for place in range(len(Features._fields)))))
        for right in (True, False)
    ]
    path = tmp_path / "rows.csv"
    path.write_text(rows_text(rows), encoding="utf-8")
    assert read_rows(path) == rows


def test_a_file_of_other_columns_says_how_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("set,right,length\na,1,2\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="--hidden"):
        read_rows(path)
