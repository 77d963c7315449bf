"""Documents that are planted to win."""

from __future__ import annotations

from pathlib import Path

from evaluation.planted import plant
from evaluation.question_set import Shelf, load_questions
from qa.reading import load_corpus
from qa.settings import Settings


def test_what_echoes_a_question_does_not_come_first(
    documents_folder: Path, questions_file: Path
) -> None:
    documents = load_corpus(documents_folder)
    questions = load_questions(questions_file, Shelf(documents)).questions
    told: list[tuple[int, int]] = []
    found = plant(
        documents,
        questions,
        Settings(),
        most=2,
        on_progress=lambda done, total: told.append((done, total)),
    )
    by_kind = {one.kind: one for one in found}
    assert {one.questions for one in found} == {2}
    assert [(by_kind[kind].first, by_kind[kind].shown) for kind in ("echo", "words")] == [
        (0, 0)
    ] * 2
    assert told[-1] == (6, 6)
