"""When the documents do not answer, and why, in a sentence."""

from __future__ import annotations

from qa.locale.translator import translator
from qa.retrieval.confidence import THRESHOLDS
from qa.retrieval.question import ParsedQuestion, describe
from qa.retrieval.search import Ranking
from qa.settings import AnsweringSettings

_MOST_UNKNOWN = 0.6
"""Share of the question that the documents may not know; beyond it no match is an answer."""
_LONGEST_SHOWN = 60
"""Characters of an unknown word that the reason repeats."""


def reason_to_abstain(
    question: ParsedQuestion, ranking: Ranking, confidence: float, settings: AnsweringSettings
) -> str | None:
    """A sentence in the language of the question, or `None` to answer."""
    tr = translator(question.languages[0])
    if not ranking.classes and not ranking.identifiers:
        return tr("The question has no word to look for in the documents.")
    if not len(ranking) and question.restrictions:
        return tr("No passage for: {what}.", what="; ".join(describe(question.restrictions, tr)))
    sure = len(ranking) > 0 and confidence >= THRESHOLDS[settings.caution]
    if sure and _unknown_share(ranking) <= _MOST_UNKNOWN:
        return None
    unknown = dict.fromkeys(
        f"« {_shown(c.word)} »" for c in ranking.classes if c.guessed or not c.members
    )
    if unknown:
        return tr(
            "The documents do not answer this: none of them has {what}.", what=", ".join(unknown)
        )
    return tr("The documents do not answer this: no passage is close enough to the question.")


def _unknown_share(ranking: Ranking) -> float:
    """The share of the question's mass in words that no document has, 0 to 1."""
    total = ranking.identifier_mass + sum(c.mass for c in ranking.classes)
    unknown = sum(c.mass for c in ranking.classes if not c.members)
    return unknown / total if total > 0 else 0.0


def _shown(word: str) -> str:
    return word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
