"""Reports as self-contained pages: figures are inline SVG, nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from evaluation.comparison import Difference, conclusion
from evaluation.question_report import QuestionReport
from evaluation.saved_runs import SavedRun
from qa import templates
from qa.locale.translator import ENGLISH, Translator

MOST_FAILURES: Final = 1000
"""On one page, so that a browser can still open it."""


def question_page(report: QuestionReport, tr: Translator = ENGLISH) -> str:
    """A report on a question set."""
    return templates.render(
        "evaluation", "question_page", tr, report=report, most_failures=MOST_FAILURES
    )


def comparison_page(
    first: SavedRun, second: SavedRun, differences: Sequence[Difference], tr: Translator = ENGLISH
) -> str:
    """A comparison of two runs."""
    values = {"first": first, "second": second, "differences": differences}
    came_to = conclusion(differences).said(tr)
    return templates.render("evaluation", "comparison_page", tr, **values, conclusion=came_to)


def macros(name: str, tr: Translator) -> Any:
    """The parts of these pages, as functions that give HTML."""
    return templates.macros("evaluation", name, tr)
