"""Coverage measured on hidden pages, and against a table by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.coverage_gold import GoldAgreement, agreement, measure_gold, read_gold
from evaluation.coverage_hidden import (
    HiddenItems,
    hidden_items,
    measure_hidden_items,
    read_titles,
)
from evaluation.errors import DatasetError
from qa.builtin import corpus_path
from qa.coverage.cover import cover
from qa.coverage.objectives import Stated, course_objectives
from qa.coverage.records import Level
from qa.engine import Engine
from qa.models import Block, Document, Objective
from qa.settings import Settings

SUBJECTS = "heart lung liver kidney spleen brain bone skin eye ear tongue thyroid".split()


def page(number: int, subject: str) -> Document:
    text = f"The {subject} is an organ. Diseases of the {subject} are found by examination."
    code = f"OIC-{number:03d}-01-A"
    return Document(
        id=code,
        title=f"Knowing the diseases of the {subject}",
        path=code,
        language="en",
        sha256="0" * 64,
        objective=Objective(code=code, title=f"Knowing the diseases of the {subject}"),
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text)),),
    )


PAGES = [page(number, subject) for number, subject in enumerate(SUBJECTS, start=1)]


def test_a_fixed_share_of_the_items_is_hidden() -> None:
    items = [f"{number:03d}" for number in range(1, 368)]
    hidden = hidden_items(items)
    assert hidden == hidden_items(reversed(items))
    assert 0.25 < len(hidden) / len(items) < 0.35


def test_hidden_pages_are_told_apart() -> None:
    found = measure_hidden_items(PAGES, Settings())
    assert len(found.covered) == len(PAGES)
    assert found.documents == sum(found.covered) < len(PAGES)
    assert found.auroc == 1.0
    assert found.as_json()["with_page"] == found.documents


def test_titles_can_come_from_another_file(tmp_path: Path) -> None:
    path = tmp_path / "titles.json"
    path.write_text(json.dumps({PAGES[0].id: {"title_fr": "Connaître le cœur"}}))
    found = measure_hidden_items(PAGES, Settings(), titles=read_titles(path))
    assert len(found.covered) == 1
    assert found.auroc is None


def test_titles_that_are_not_titles(tmp_path: Path) -> None:
    path = tmp_path / "titles.json"
    for text in ("[1]", "{", '{"A": {}}', '{"A": 1}'):
        path.write_text(text)
        with pytest.raises(DatasetError, match=r"expected \{code: \{title_fr"):
            read_titles(path)


def test_without_pages_there_is_nothing_to_hide() -> None:
    with pytest.raises(DatasetError, match="no objective pages"):
        measure_hidden_items([], Settings())


def test_precision_and_recall_by_level() -> None:
    found = HiddenItems(
        name="x",
        covered=(True, True, False, True),
        confidences=(0.9, 0.4, 0.5, 0.1),
        levels=(Level.covered, Level.partly, Level.covered, Level.missing),
        documents=3,
    )
    assert found.precision(Level.covered) == pytest.approx(1 / 2)
    assert found.recall(Level.covered) == pytest.approx(1 / 3)
    assert found.precision(Level.partly) == pytest.approx(2 / 3)
    assert found.recall(Level.partly) == pytest.approx(2 / 3)
    assert found.auroc == pytest.approx(1 / 3)


def test_agreement_counts_cells() -> None:
    expected = {("A", "x"): Level.covered, ("A", "y"): Level.missing}
    found = GoldAgreement(expected=expected, found={**expected, ("A", "y"): Level.partly})
    assert found.agreement == 0.5
    assert found.as_json()["differ"] == [
        {"objective": "A", "document": "y", "gold": "missing", "found": "partly"}
    ]


def test_a_level_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("document,A\nx,half\n")
    with pytest.raises(DatasetError, match="line 2: A is 'half'; expected one of: unjudged"):
        read_gold(path)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (("B", "kinases.txt"), "no objective B in the documents"),
        (("A", "kinase.txt"), r"no document kinase\.txt in the index"),
        (None, "the table has no cells"),
    ],
)
def test_a_table_on_other_documents(
    engine: Engine, cell: tuple[str, str] | None, message: str
) -> None:
    objectives = course_objectives([Stated(code="A", title="Taking imatinib", language="en")])
    report = cover(engine, objectives)
    known = {("A", "kinases.txt"): Level.missing}
    assert set(agreement(report, known).found) == set(known)
    with pytest.raises(DatasetError, match=message):
        agreement(report, {**known, cell: Level.missing} if cell else {})


def test_the_matrix_agrees_with_the_table_by_hand() -> None:
    found = measure_gold(Engine.from_corpus(corpus_path()))
    assert len(found.expected) == 126
    assert found.agreement >= 0.8
