"""The page on which question sets are run and runs compared."""

from __future__ import annotations

from evaluation.ui.evaluation_strings import EVALUATION, EvaluationStrings
from qa.models import Language


def strings(language: Language) -> EvaluationStrings:
    """The words of this page."""
    return EVALUATION[language]


def show() -> None:
    """Draw the page."""
    # What measures takes a second to import, and the other pages do not need it.
    from evaluation.ui import page

    page.show()
