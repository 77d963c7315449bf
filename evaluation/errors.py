"""Errors of the evaluation, all of them a `QAError`.

QAError
└── EvaluationError         base of what follows
    ├── DatasetError            a retrieval set, run or judgement file is malformed
    ├── QuestionSetError        a question set is malformed; names every bad line
    └── GateError               the gate cannot be checked or pinned
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.errors import QAError
from qa.locale.message import Message, lines
from qa.locale.translator import Translator

_SHOWN = 20


class EvaluationError(QAError):
    """Base of the errors of the evaluation."""


class DatasetError(EvaluationError):
    """A retrieval set, run or judgement file is malformed."""


class QuestionSetError(EvaluationError):
    """A question set is malformed; the message names every bad line."""

    def __init__(self, problems: Sequence[Message]) -> None:
        self.problems = tuple(problems)
        shown = list(self.problems[:_SHOWN])
        if len(problems) > _SHOWN:
            shown.append(Message("and {count} more", count=len(problems) - _SHOWN))
        super().__init__("{problems}", problems=lines(shown))
        self._shown = shown

    def lines(self, tr: Translator) -> tuple[str, ...]:
        """Every bad line that is shown."""
        return tuple(problem.said(tr) for problem in self._shown)


class GateError(EvaluationError):
    """The gate cannot be checked or pinned, or is not passed: then each reason is a line."""

    def lines(self, tr: Translator) -> tuple[str, ...]:
        """The message and the reasons."""
        return tuple(self.said(tr).splitlines())
