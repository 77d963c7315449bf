"""Which objectives to cover: those of a file, or those whose pages are among the documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qa.coverage.case_framework import OnRemark
from qa.coverage.objective_files import read_objectives
from qa.coverage.objectives import Stated, course_objectives, from_pages, pages_by_code
from qa.coverage.records import CourseObjective, own_objective
from qa.engine import Engine
from qa.errors import ObjectivesError
from qa.models import Document


def objectives_for(
    engine: Engine, file: Path | None = None, on_remark: OnRemark | None = None
) -> tuple[CourseObjective, ...]:
    """The objectives of `file`, joined with their pages, or else those of all pages.

    `on_remark` is called with what was read over in the file. Raises `ObjectivesError`.
    """
    if file is not None:
        return with_pages(engine, read_objectives(file, on_remark))
    pages = _pages(engine)
    if not pages:
        raise ObjectivesError(
            "no document is the page of an objective; give a file with --objectives FILE"
        )
    return from_pages(pages)


def with_pages(engine: Engine, stated: Iterable[Stated]) -> tuple[CourseObjective, ...]:
    """These objectives, joined with their pages among the documents."""
    return course_objectives(stated, _pages(engine))


def _pages(engine: Engine) -> dict[str, list[Document]]:
    return pages_by_code(
        engine.document(document.id)
        for document in engine.documents()
        if own_objective(document) is not None
    )
