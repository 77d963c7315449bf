"""How much of a page's article is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation.errors import DatasetError
from evaluation.extraction import describe_files, measure_extraction


def test_words_count_as_often_as_they_stand_there(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    pages = {"a": ("<p>one two two three</p>", "one two four"), "b": ("", "one")}
    for name, (page, _) in pages.items():
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.encode()))
    gold = {name: {"articleBody": text} for name, (_, text) in pages.items()}
    (tmp_path / "ground-truth.json").write_text(json.dumps(gold))
    first, empty = measure_extraction(tmp_path).pages
    assert (first.precision, first.recall, empty.f1) == (2 / 4, 2 / 3, 0)
    (tmp_path / "ground-truth.json").write_text("[]")
    with pytest.raises(DatasetError, match="articleBody"):
        measure_extraction(tmp_path)


def test_other_files_are_described(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A note.")
    (tmp_path / "b.doc").write_text("x")
    assert list(describe_files(tmp_path)) == [
        ("a.txt", "text: 1 blocks"),
        ("b.doc", "refused: no reader for .doc files; save it as .docx"),
    ]
