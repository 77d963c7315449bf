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

_SHOWN = 20


class EvaluationError(QAError):
    """Base of the errors of the evaluation."""


class DatasetError(EvaluationError):
    """A retrieval set, run or judgement file is malformed."""


class QuestionSetError(EvaluationError):
    """A question set is malformed; the message names every bad line."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = list(problems[:_SHOWN])
        if len(problems) > _SHOWN:
            shown.append(f"and {len(problems) - _SHOWN} more")
        super().__init__("\n".join(shown))


class GateError(EvaluationError):
    """The gate cannot be checked or pinned."""
