"""Questions to start with: only such as the documents answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from qa.engine import Engine
from qa.models import DocumentInfo, Language

WANTED: Final = 6
_TRIED: Final = 40

_COURSE: Final[dict[Language, tuple[str, ...]]] = {
    "fr": (
        "Comment traite-t-on un syndrome de relargage cytokinique ?",
        "Quels vaccins sont contre-indiqués sous biothérapie ?",
        "Par quels mécanismes agissent les anticorps monoclonaux ?",
        "Quelles sont les indications de l'autogreffe ?",
        "Quel bilan faire avant une biothérapie ?",
    ),
    "en": (
        "How are CAR-T cells made?",
        "What is graft-versus-host disease?",
        "When should a biologic be stopped before surgery?",
        "Which adverse effects do checkpoint inhibitors cause?",
        "How does interferon alpha act?",
    ),
}
"""Questions on the subject of the built-in documents; tried last on others."""

_ABOUT: Final[dict[Language, str]] = {
    "fr": "Que disent les documents de : {title} ?",
    "en": "What do the documents say about: {title}?",
}


def example_questions(
    engine: Engine, documents: Sequence[DocumentInfo], *, built_in: bool
) -> tuple[str, ...]:
    """Up to six questions that `engine` answers, the languages in turn."""
    found: list[list[str]] = []
    for language in _ABOUT:
        of_course, of_titles = _COURSE[language], tuple(questions_about(documents, language))
        tried = (*of_course, *of_titles) if built_in else (*of_titles, *of_course)
        found.append(_answered(engine, tried))
    pairs = zip_longest(*found)
    return tuple(question for pair in pairs for question in pair if question)[:WANTED]


def _answered(engine: Engine, questions: Iterable[str]) -> list[str]:
    found: list[str] = []
    for question in questions:
        if len(found) == WANTED:
            break
        if engine.ask(question, k=1).answered:
            found.append(question)
    return found


def questions_about(documents: Sequence[DocumentInfo], language: Language) -> Iterator[str]:
    """Questions about titles spread over the documents of a language."""
    titles = sorted({document.title for document in documents if document.language == language})
    step = max(len(titles) // _TRIED, 1)
    for title in titles[::step][:_TRIED]:
        yield _ABOUT[language].format(title=title.rstrip(" .?!"))
