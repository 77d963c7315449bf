"""What tells of a person is taken out of a question before it is kept.

Only what can be recognised: addresses, dates, long numbers, and names behind a title or behind
words that introduce somebody. A name that stands alone looks like that of a drug or a syndrome.
"""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre"
    "|décembre|decembre|january|february|march|april|may|june|july|august|september|october"
    "|november|december"
)
_NAME: Final = r"[A-ZÀ-Þ][\w'’-]{0,40}(?:[ ][A-ZÀ-Þ][\w'’-]{0,40}){0,3}"
_MASKS: Final = (
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}"), "[address]"),
    (re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b"), "[date]"),
    (
        re.compile(
            rf"\b\d{{1,2}}(?:er|st|nd|rd|th)?\s(?:{_MONTHS})(?:\s\d{{2,4}})?\b", re.IGNORECASE
        ),
        "[date]",
    ),
    (re.compile(rf"\b(?:{_MONTHS})\s\d{{1,2}},?\s\d{{4}}\b", re.IGNORECASE), "[date]"),
    # Codes of objectives (`OIC-202-03-B`) and doses have fewer digits, or letters before them.
    (
        re.compile(r"(?<![\w-])\+?\d(?:[ .-]?\d){5,30}(?![\w-])|(?<![\w-])\d{5}(?![\w-])"),
        "[number]",
    ),
    (
        re.compile(
            r"(\b(?:MM?\.|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Prof|Monsieur|Madame|Mademoiselle|Docteur|Doctor"
            r"|Professeur|Professor|(?:m['’]appelle|my name is|nommée?|named|appelée?))\.?\s)"
            + _NAME
        ),
        r"\1[name]",
    ),
)


def masked(question: str) -> str:
    """A question without the names, dates, numbers and addresses that can be recognised in it."""
    for pattern, mask in _MASKS:
        question = pattern.sub(mask, question)
    return question
