"""When the documents do not answer, and why, in a sentence."""

from __future__ import annotations

from typing import Final

from qa.locale.translator import N_, translator
from qa.retrieval.facets import Kind
from qa.retrieval.question import ParsedQuestion, describe
from qa.retrieval.reading import ReadPassage, surest
from qa.retrieval.search import Ranking

_MOST_UNKNOWN: Final = 0.6
"""Share of the question that the documents may not know; beyond it no match is an answer
(0, .008)."""
_KNOWN: Final = 0.6
"""Share of the subject that a passage says, from which on the documents speak of it: no more than
the reason rests on it. From .5 on they would speak of a normal eye pressure that have `normal` and
`pressure`; up to .8 they would not speak of a kinase inhibitor that is named with another."""
_RELATED: Final = 0.2
"""The same from which on a passage is near to the question, and shown beside an abstention."""
_LONGEST_SHOWN: Final = 60
"""Characters of an unknown word that the reason repeats."""
_REPLIES: Final[dict[Kind, str]] = {
    "greeting": N_(
        "Hello! Ask what the documents say: a definition, a treatment, its effects, a dose …"
    ),
    "thanks": N_("You are welcome. Ask on, or follow up on the last question."),
    "about": N_(
        "I look for the sentences of the documents that answer a question, and show them beside"
        " their source; I write none of my own. Ask for a definition, a treatment, its effects …"
    ),
    "summary": N_(
        "I cannot summarise: I only show what the documents say, word for word. Ask one thing of"
        " the subject, such as its definition, its indications or its adverse effects."
    ),
    "quiz": N_(
        "I cannot make questions: I only show what the documents say, word for word. Ask one thing"
        " of the subject, and test yourself by the answer."
    ),
    "more": N_("Say what you want to know more of: I only show what the documents say of it."),
}


def reply_without_search(question: ParsedQuestion, ranking: Ranking) -> str | None:
    """What to say to what is no question on the documents; `None` for one that is."""
    tr = translator(question.languages[0])
    if question.asked.kind is not None:
        return tr(_REPLIES[question.asked.kind])
    subjectless = all(c.facet for c in ranking.classes)
    if question.asked.bare and subjectless and not ranking.of_pages:
        return tr("Of what? Name the disease, the drug or the examination that you ask about.")
    return None


def reason_to_abstain(
    question: ParsedQuestion,
    ranking: Ranking,
    passages: tuple[ReadPassage, ...],
    threshold: float,
) -> str | None:
    """A sentence in the language of the question, or `None` to answer."""
    tr = translator(question.languages[0])
    if not ranking.classes and not ranking.identifiers:
        return tr("The question has no word to look for in the documents.")
    if not len(ranking) and question.restrictions:
        return tr("No passage for: {what}.", what="; ".join(describe(question.restrictions, tr)))
    best = surest(passages)
    sure = best is not None and best.confidence >= threshold
    if sure and _unknown_share(ranking) <= _MOST_UNKNOWN:
        return None
    asked = [c for c in ranking.classes if not c.facet]
    # Of a compound that is written in several ways, one way or a part is enough.
    known = {c.word for c in asked if c.members and not c.guessed}
    unknown = dict.fromkeys(f"« {_shown(c.word)} »" for c in asked if c.word not in known)
    if unknown:
        return tr(
            "The documents do not answer this: none of them has {what}.", what=", ".join(unknown)
        )
    subject = question.asked.subject or _carried(ranking)
    is_known = any(one.features.subject >= _KNOWN for one in passages)
    if question.asked.facets and subject and is_known:
        return tr(
            "The documents speak of « {subject} », but do not say this of it.",
            subject=_shown(subject),
        )
    return tr("The documents do not answer this: no passage is close enough to the question.")


def near_enough(ranking: Ranking, passages: tuple[ReadPassage, ...]) -> tuple[ReadPassage, ...]:
    """Those that say something of the subject, to be shown where nothing answers."""
    if all(c.facet or c.guessed or not c.members for c in ranking.classes):
        return passages if ranking.of_pages else ()
    return tuple(one for one in passages if one.features.subject >= _RELATED)


def _carried(ranking: Ranking) -> str:
    words = dict.fromkeys(c.word for c in ranking.classes if c.carried)
    return " ".join(words) or ", ".join((*ranking.identifiers, *ranking.carried_identifiers))


def _unknown_share(ranking: Ranking) -> float:
    """The share of the question in words that no document has, 0 to 1.

    Their rarity in the language counts twice: in a few documents any word may be missing.
    """
    subject = [c for c in ranking.classes if not c.facet]
    total = ranking.identifier_mass + sum(c.mass * c.rarity for c in subject)
    unknown = sum(c.mass * c.rarity for c in subject if not c.members)
    return unknown / total if total > 0 else 0.0


def _shown(word: str) -> str:
    return word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
