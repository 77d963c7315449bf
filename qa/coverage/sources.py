"""Which objectives to cover: those of a file, or those whose pages are among the documents."""

from __future__ import annotations

from pathlib import Path

from qa.coverage.objective_files import read_objectives
from qa.coverage.objectives import course_objectives, from_pages, pages_by_code
from qa.coverage.records import CourseObjective
from qa.engine import Engine
from qa.errors import ObjectivesError


def objectives_for(engine: Engine, file: Path | None = None) -> tuple[CourseObjective, ...]:
    """The objectives of `file`, joined with their pages, or else those of all pages.

    Raises `ObjectivesError`.
    """
    pages = pages_by_code(
        engine.document(document.id)
        for document in engine.documents()
        if document.objective is not None
    )
    if file is not None:
        return course_objectives(read_objectives(file), pages)
    if not pages:
        raise ObjectivesError(
            "no document is the page of an objective; give a file with --objectives FILE"
        )
    return from_pages(pages)
