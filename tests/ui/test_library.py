"""The documents of a server: any caution, what can be filtered on, and questions to start with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from qa.engine import Engine
from qa.examples import WANTED
from qa.models import DocumentInfo, Objective
from qa.settings import Caution, Settings
from qa.ui.library import Library, matching


@pytest.fixture
def library(engine: Engine) -> Library:
    return Library(engine)


@pytest.mark.parametrize("caution", get_args(Caution))
def test_every_caution_asks_the_same_index(library: Library, caution: Caution) -> None:
    engine = library.engine(caution)
    assert engine.settings.answering.caution == caution
    assert engine.index is library.engine().index
    assert library.engine(caution) is engine


def test_the_examples_are_answered_in_both_languages(library: Library) -> None:
    answers = [library.engine().ask(question) for question in library.examples]
    assert 0 < len(answers) <= WANTED
    assert all(answer.answered for answer in answers)
    assert {answer.question_language for answer in answers} == {"fr", "en"}
    assert len(set(library.examples)) == len(library.examples)


def test_the_examples_are_first_about_the_documents_themselves(engine: Engine) -> None:
    own, course = (Library(engine, built_in=built_in).examples for built_in in (False, True))
    assert any("Monoclonal antibodies" in question for question in own[:2])
    assert own != course


def test_no_examples_where_nothing_is_answered(index: Path, settings: Settings) -> None:
    class Silent(Engine):
        def ask(self, question: str, *args: object, **kwargs: object) -> object:  # type: ignore[override]
            return replace(super().ask(question), extracts=())

    assert Library(Silent.open(index, settings)).examples == ()


def test_documents_are_kept_once_read(library: Library) -> None:
    document = library.documents[0]
    assert library.document(document.id) is library.document(document.id)


def shelf(make_info: Callable[..., DocumentInfo]) -> Sequence[DocumentInfo]:
    return (
        make_info("Immunothérapie : un guide", objectives=("OIC-202-01-A", "other")),
        make_info("Monoclonal antibodies", objective=Objective(code="OIC-203-02-B")),
        make_info("Vaccines"),
    )


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("", [0, 1, 2]),
        ("IMMUNOTHERAPIE guide", [0]),
        ("oic-203", [1]),
        ("202-01", [0]),
        ("nothing", []),
    ],
)
def test_documents_are_found_by_title_and_objective(
    wanted: str, titles: list[int], make_info: Callable[..., DocumentInfo]
) -> None:
    documents = shelf(make_info)
    assert matching(documents, wanted) == tuple(documents[n] for n in titles)


def test_objectives_and_items_are_those_of_the_documents(
    make_info: Callable[..., DocumentInfo], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(library.__dict__, "documents", shelf(make_info))
    assert library.objectives == ("OIC-202-01-A", "OIC-203-02-B", "other")
    assert library.items == ("202", "203")
