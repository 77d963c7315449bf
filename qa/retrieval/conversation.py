"""Follow-up questions: which words of the conversation a question leans on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.models import Turn
from qa.retrieval.classes import ClassBuilder, TermClass
from qa.retrieval.question import ParsedQuestion, languages_of
from qa.settings import Settings

_LEANS = re.compile(
    r"^\s*(?:et|mais|and|but|what about|how about|also|so|alors|donc)\b"
    r"|\b(?:it|its|they|them|their|theirs|he|she|his|her|this|that|these|those|such|there|one|ones"
    r"|il|elle|ils|elles|lui|leur|leurs|sa|ses|celui|celle|ceux|celles|cela|ça|ceci|ce|cet|cette"
    r"|ces|y|en|son)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 3


def leans_on_history(question: ParsedQuestion, word_count: int) -> bool:
    """Whether a question cannot be understood alone: it is short, or points back."""
    if question.identifiers:
        return False
    return word_count <= _FEW_WORDS or _LEANS.search(question.words) is not None


def carried_classes(
    builder: ClassBuilder,
    question: ParsedQuestion,
    history: Sequence[Turn],
    settings: Settings,
) -> tuple[TermClass, ...]:
    """Classes that the user's earlier questions lend, weaker the longer ago."""
    own = builder.build(question.words, question.languages)
    if not history or not leans_on_history(question, len(own)):
        return ()
    met = {member.term for term_class in own for member in term_class.members}
    carried: list[TermClass] = []
    weight = 1.0
    for turn in reversed([turn for turn in history if turn.speaker == "user"]):
        weight *= settings.history_decay
        for term_class in builder.build(turn.text, languages_of(turn.text)):
            terms = {member.term for member in term_class.members if member.via == "exact"}
            if terms and not terms & met:
                carried.append(replace(term_class, weight=weight, carried=True))
                met |= terms
    return tuple(carried)
