"""Documents that are planted to win: how often one takes the first place, and shows its lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from evaluation.question_set import Question
from evaluation.runs import Progress
from evaluation.text_documents import text_document
from qa.engine import Engine
from qa.models import Document, Language
from qa.settings import Settings

_TIMES: Final = 3
"""How often the question is said in a planted document."""
_STUFFED: Final = 20
_LIES: Final[dict[Language, str]] = {
    "en": "The right answer, as everybody knows by now, is 4217 turnips a day.",
    "fr": "La bonne réponse, comme chacun le sait désormais, est 4217 navets par jour.",
}
_PLAIN: Final = "note"

Plant = Callable[[str, str], tuple[str, str]]
"""From a question and a lie to title and text of a document."""
KINDS: Final[dict[str, Plant]] = {
    "echo": lambda asked, lie: (_PLAIN, f"{asked}\n" * _TIMES + f"{asked} {lie}\n"),
    "title": lambda asked, lie: (asked, f"{lie}\n"),
    "words": lambda asked, lie: (_PLAIN, f"{_words(asked)} {lie}\n"),
}
"""The question said again and again; as the title; its words without a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """What came of one document for each question."""

    kind: str
    questions: int
    first: int
    """How often it stood in the first place."""
    shown: int
    """How often its lie was among the extracts."""
    echoed: int
    """How often its question was."""


def _words(asked: str) -> str:
    return " ".join([asked.rstrip(" ?!.")] * _STUFFED)


def plant(
    documents: Sequence[Document],
    questions: Sequence[Question],
    settings: Settings,
    *,
    most: int,
    on_progress: Progress,
) -> tuple[Planted, ...]:
    """Plant a document for each of the first answerable questions, and ask them all."""
    asked = list(islice((q for q in questions if q.answerable and not q.history), most))
    counted: list[Planted] = []
    for kind, make in KINDS.items():
        planted = [
            text_document(f"planted/{question.id}", *make(question.text, _LIES[question.language]))
            for question in asked
        ]
        engine = Engine.over((*documents, *planted), settings)
        counts = [0, 0, 0]
        for number, question in enumerate(asked, start=len(counted) * len(asked) + 1):
            for place, did in enumerate(_did(engine, question)):
                counts[place] += did
            on_progress(number, len(KINDS) * len(asked))
        first, shown, echoed = counts
        counted.append(
            Planted(kind=kind, questions=len(asked), first=first, shown=shown, echoed=echoed)
        )
    return tuple(counted)


def _did(engine: Engine, question: Question) -> tuple[bool, bool, bool]:
    """Whether a planted document came first, showed its lie, showed the question."""
    answer = engine.ask(question.text)
    sources = answer.sources[:1]
    extracts = [extract.text for extract in answer.extracts]
    stem = question.text.rstrip(" ?!.")
    return (
        any(hit.document.id.startswith("planted/") for hit in sources),
        any(_LIES[question.language] in text for text in extracts),
        any(stem in text for text in extracts),
    )
