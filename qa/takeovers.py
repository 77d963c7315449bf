"""New documents that would take over the answers of a collection's own questions.

Its own questions are those that its readers asked and had answered, where they are logged, or else
those that the pages offer: about its titles.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from qa.errors import QuestionError, QuestionLogError
from qa.examples import questions_about
from qa.index.update_report import IndexReport, Takeover
from qa.models import Language
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.engine import Engine

MOST_QUESTIONS: Final = 200
_MOST_SECONDS: Final = 20.0
_PASSAGES: Final = 10
"""How far down is looked for what would have answered without the new documents."""


def with_takeovers(report: IndexReport, place: Path, settings: Settings) -> IndexReport:
    """The report with what the documents that are new took over, where others were there before."""
    if not report.added_ids or report.documents == len(report.added_ids):
        return report
    # An index that is up to date is known to be so before all that answers is imported.
    from qa.engine import Engine

    engine = Engine.open(place, settings)
    questions = own_questions(engine, report.added_ids)
    return replace(report, takeovers=tuple(takeovers(engine, questions, report.added_ids)))


def own_questions(engine: Engine, added: Sequence[str]) -> tuple[str, ...]:
    """Up to so many questions that do not come from the documents that were added."""
    if logged := tuple(_logged(engine.settings)):
        return logged[:MOST_QUESTIONS]
    new = set(added)
    known = [document for document in engine.documents() if document.id not in new]
    return tuple(one for language in get_args(Language) for one in questions_about(known, language))


def takeovers(engine: Engine, questions: Iterable[str], added: Sequence[str]) -> Iterator[Takeover]:
    """The questions that a new document answers first, and an earlier one could as well."""
    threshold = engine.model.thresholds[engine.settings.answering.caution]
    new, until = set(added), time.monotonic() + _MOST_SECONDS
    for question in questions:
        if time.monotonic() > until:
            return
        with suppress(QuestionError):  # What was logged under other limits may be too long.
            answer = engine.ask(question, k=_PASSAGES)
            if not answer.answered:
                continue
            first = answer.sources[answer.extracts[0].source - 1].document
            before = (hit for hit in answer.sources if hit.document.id not in new)
            earlier = next((hit.document for hit in before if hit.confidence >= threshold), None)
            if first.id in new and earlier is not None:
                yield Takeover(question=question, document_id=first.id, earlier_id=earlier.id)


def _logged(settings: Settings) -> Iterator[str]:
    """Questions that were answered: those that were voted for first, then the latest."""
    if not settings.log.question_log:
        return
    # A database takes longer to import than an answer takes.
    from qa.question_log import QuestionLog

    try:
        with closing(QuestionLog.require(settings)) as log:
            kept = log.questions()
    except QuestionLogError:
        return  # The documents are indexed all the same, and their titles make questions too.
    answered = [one for one in reversed(kept) if one.answered and one.vote >= 0]
    ordered = sorted(answered, key=lambda one: -one.vote)
    yield from dict.fromkeys(one.text for one in ordered)
