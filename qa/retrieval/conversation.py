"""Follow-up questions: which words of the conversation a question leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.models import Turn
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.question import (
    LONGEST_QUESTION,
    ParsedQuestion,
    parse_question,
)
from qa.retrieval.terms import TermClass
from qa.settings import RankingSettings

_OPENING = re.compile(
    r"^\s*(?:et|mais|and|but|or|what about|how about|also|so|alors|donc)\b", re.IGNORECASE
)
_IMPERSONAL = re.compile(
    r"\b(?:qu['’])?est[- ]ce\b|\b(?:il|elle)s? (?:y a|faut|existe|s['’]agit)\b"
    r"|-t?-?(?:il|elle|on)\b|\bce qu"
    r"|\b(?:is|does|was|can) it\b(?= (?:true|possible|safe|necessary|correct))",
    re.IGNORECASE,
)
"""Pronouns that stand for nothing said before."""
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|she|his|her|this|these|those|that one|the same"
    r"|ils?|elles?|lui|leurs?|son|sa|ses|celui|celle|ceux|celles|cela|ça|ceci|ce|cet|cette|ces)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 3
"""Up to so many words, a question may name too little to stand alone (0, .004)."""
_GENERAL_IDF = 4.0
"""A word below it stands in more than about two passages of a hundred (.004, 0)."""


def carried_classes(
    builder: ClassBuilder,
    question: ParsedQuestion,
    history: Sequence[Turn],
    settings: RankingSettings,
) -> tuple[TermClass, ...]:
    """Classes that the user's earlier questions lend, weaker the longer ago."""
    if not history or question.identifiers:
        return ()
    own = builder.build(question.asked.subject, question.languages)
    if not _leans(question, own):
        return ()
    met = {term for term_class in own for term in term_class.own_terms}
    carried: list[TermClass] = []
    # Without a subject of its own, it is asked of the one before, as if that were said again.
    weight = settings.history_decay if own else 1.0
    for turn in reversed([turn for turn in history if turn.speaker == "user"]):
        if not turn.text.strip():
            continue
        earlier = parse_question(turn.text[:LONGEST_QUESTION])
        for term_class in builder.build(earlier.asked.subject, earlier.languages):
            known = term_class.own_terms
            if known and not term_class.framing and not known & met:
                carried.append(replace(term_class, weight=weight * term_class.weight, carried=True))
                met |= known
        weight *= settings.history_decay
    return tuple(carried)


def with_earlier_identifiers(
    builder: ClassBuilder, question: ParsedQuestion, history: Sequence[Turn]
) -> ParsedQuestion:
    """The question within the page that the user's earlier questions named by code.

    They are gone back through as long as each leans on the one before.
    """
    leant_on = list(_leant_on(builder, question, history))
    return replace(question, carried=leant_on[-1].identifiers) if leant_on else question


def with_earlier_facets(
    builder: ClassBuilder, question: ParsedQuestion, history: Sequence[Turn]
) -> ParsedQuestion:
    """The question with what the user asked before, where it only names another subject."""
    asked = question.asked
    if asked.facets or asked.kind or question.identifiers or not _OPENING.search(question.words):
        return question
    if len(builder.build(asked.subject, question.languages)) > _FEW_WORDS:
        return question
    for earlier in _leant_on(builder, question, history):
        if earlier.asked.facets:
            return replace(question, asked=replace(asked, facets=earlier.asked.facets))
    return question


def _leant_on(
    builder: ClassBuilder, question: ParsedQuestion, history: Sequence[Turn]
) -> Iterator[ParsedQuestion]:
    """The user's earlier questions, the latest first, as long as each is leant on by the next."""
    latest = question
    for turn in reversed([t for t in history if t.speaker == "user" and t.text.strip()]):
        leans = _leans(latest, builder.build(latest.asked.subject, latest.languages))
        if latest.identifiers or not leans:
            return
        latest = parse_question(turn.text[:LONGEST_QUESTION])
        yield latest


def _leans(question: ParsedQuestion, own: Sequence[TermClass]) -> bool:
    """Whether a question cannot be understood alone.

    It opens as a reply, points back with a pronoun, or has but a few words, all of them general.
    """
    words = _IMPERSONAL.sub(" ", question.words)
    if question.asked.bare or _OPENING.search(words) or _POINTING.search(words):
        return True
    return len(own) <= _FEW_WORDS and all(c.exact and c.idf < _GENERAL_IDF for c in own)
