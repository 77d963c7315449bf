"""Measures of what was cited, against the quotes of the question set."""

from __future__ import annotations

from typing import Final

from evaluation.question_set import Question
from evaluation.quotes import covered
from evaluation.runs import Outcome

ANSWER_MEASURES: Final = (
    "answer_hit",
    "answer_hit_shown",
    "citation_precision",
    "citation_recall",
    "right_decision",
    "extract_words",
)
_HALF: Final = 0.5


def answer_values(outcome: Outcome[Question]) -> tuple[float | None, ...]:
    """The values of `ANSWER_MEASURES` for one question.

    `answer_hit`: the extracts have at least half of the characters of a quote. Precision is the
    share of their characters that stand in a quote; recall the share of the quotes of a document
    that they have, for the document that gives most, and 0 after an abstention.
    """
    decision = float(outcome.answered is outcome.question.answerable)
    if not outcome.question.answerable:
        return None, None, None, None, decision, None
    hit = float(_best_quote(outcome) >= _HALF)
    return (
        hit,
        hit if outcome.answered else 0.0,
        _precision(outcome) if outcome.answered else None,
        _recall(outcome) if outcome.answered else 0.0,
        decision,
        float(outcome.words),
    )


def _spans_in(outcome: Outcome[Question], document: str) -> tuple[tuple[int, int], ...]:
    return tuple((e.start, e.end) for e in outcome.extracts if e.document == document)


def _best_quote(outcome: Outcome[Question]) -> float:
    return max(
        (
            covered(span, _spans_in(outcome, evidence.document)) / (span[1] - span[0])
            for evidence in outcome.question.evidence
            for span in evidence.spans
        ),
        default=0.0,
    )


def _precision(outcome: Outcome[Question]) -> float:
    total = sum(extract.end - extract.start for extract in outcome.extracts)
    quoted = sum(
        covered(
            (extract.start, extract.end),
            tuple(
                span
                for evidence in outcome.question.evidence
                if evidence.document == extract.document
                for span in evidence.spans
            ),
        )
        for extract in outcome.extracts
    )
    return quoted / total if total else 0.0


def _recall(outcome: Outcome[Question]) -> float:
    shares: dict[str, list[int]] = {}
    for evidence in outcome.question.evidence:
        extracts = _spans_in(outcome, evidence.document)
        found = max(covered(span, extracts) for span in evidence.spans)
        size = evidence.spans[0][1] - evidence.spans[0][0]
        share = shares.setdefault(evidence.document, [0, 0])
        share[0] += min(found, size)
        share[1] += size
    return max((found / size for found, size in shares.values()), default=0.0)
