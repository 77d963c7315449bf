"""When the documents do not answer, and why, in a sentence."""

from __future__ import annotations

from qa.models import Language
from qa.retrieval.confidence import THRESHOLDS
from qa.retrieval.question import ParsedQuestion, describe
from qa.retrieval.search import Ranking
from qa.settings import AnsweringSettings

_MOST_UNKNOWN = 0.6
"""Share of the question that the documents may not know; beyond it no match is an answer."""
_LONGEST_SHOWN = 60
"""Characters of an unknown word that the reason repeats."""

_SENTENCES: dict[Language, dict[str, str]] = {
    "fr": {
        "restricted": "Aucun passage pour : {what}.",
        "nothing": "La question n'a aucun mot à chercher dans les documents.",
        "unknown": "Les documents ne répondent pas : aucun ne contient {what}.",
        "unsure": "Les documents ne répondent pas : aucun passage ne traite assez précisément de la"
        " question.",
    },
    "en": {
        "restricted": "No passage for: {what}.",
        "nothing": "The question has no word to look for in the documents.",
        "unknown": "The documents do not answer this: none of them has {what}.",
        "unsure": "The documents do not answer this: no passage is close enough to the question.",
    },
}


def reason_to_abstain(
    question: ParsedQuestion, ranking: Ranking, confidence: float, settings: AnsweringSettings
) -> str | None:
    """A sentence in the language of the question, or `None` to answer."""
    language = question.languages[0]
    sentences = _SENTENCES[language]
    if not ranking.classes and not ranking.identifiers:
        return sentences["nothing"]
    if not len(ranking) and question.restrictions:
        named = describe(question.restrictions, language)
        return sentences["restricted"].format(what="; ".join(named))
    sure = len(ranking) > 0 and confidence >= THRESHOLDS[settings.caution]
    if sure and _unknown_share(ranking) <= _MOST_UNKNOWN:
        return None
    unknown = dict.fromkeys(
        f"« {_shown(c.word)} »" for c in ranking.classes if c.guessed or not c.members
    )
    if unknown:
        return sentences["unknown"].format(what=", ".join(unknown))
    return sentences["unsure"]


def _unknown_share(ranking: Ranking) -> float:
    """The share of the question's mass in words that no document has, 0 to 1."""
    total = ranking.identifier_mass + sum(c.mass for c in ranking.classes)
    unknown = sum(c.mass for c in ranking.classes if not c.members)
    return unknown / total if total > 0 else 0.0


def _shown(word: str) -> str:
    return word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
