"""Repeated text is shown once, with all its places; what says something else stays apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.engine import Engine
from qa.retrieval.copies import told_apart_by
from qa.settings import Settings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L'allopurinol abaisse l'uricémie.", "L’allopurinol abaisse l’uricémie"),
        ("The kidney filters plasma.", "Kidney filters  plasma"),
        ("anti-TNF, chaque semaine", "Anti‑TNF chaque semaine."),
        ("**Dose**: 3 g", "dose : 3 g"),
    ],
)
def test_wording_that_differs_in_dress_only_is_the_same(one: str, other: str) -> None:
    assert told_apart_by(one) == told_apart_by(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("INR > 2", "INR < 2"),
        ("It is safe.", "It is not safe."),
        ("kept at -5 degrees", "kept at 5 degrees"),
        ("1.5 g a day", "15 g a day"),
        ("Is it safe?", "It is safe"),
        ("augmente la pression", "diminue la pression"),
    ],
)
def test_wording_that_says_something_else_is_not(one: str, other: str) -> None:
    assert told_apart_by(one) != told_apart_by(other)


def test_copies_are_one_source_and_leave_room_for_others(
    tmp_path: Path, settings: Settings
) -> None:
    for number in range(7):
        comma = "," if number % 2 else ""
        (tmp_path / f"copy{number}.md").write_text(
            f"# Gout\n\nAllopurinol lowers the uric acid{comma} day after day.\n", encoding="utf-8"
        )
    (tmp_path / "other.md").write_text(
        "# Febuxostat\n\nFebuxostat lowers the uric acid as well.\n", encoding="utf-8"
    )
    answer = Engine.from_corpus(tmp_path, settings).ask("What lowers the uric acid?")
    assert sorted(len(hit.copies) for hit in answer.sources) == [0, 6]
    assert len({extract.text for extract in answer.extracts}) == len(answer.extracts)
    places = {hit.document.id for hit in answer.sources} | {
        copy.document_id for hit in answer.sources for copy in hit.copies
    }
    assert len(places) == 8
