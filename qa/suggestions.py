"""Where to go on from an answer, or from an abstention: to what is known to be answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from qa.analysis.words import fold
from qa.engine import Engine
from qa.locale.translator import N_, Translator
from qa.models import Answer, Filters, NearHeading, Passage, Turn
from qa.retrieval.facet_evidence import said_by_heading
from qa.retrieval.facets import Facet, facets
from qa.retrieval.nearest import heading_of
from qa.retrieval.reading import ReadPassage, best_units

QUESTIONS: Final[dict[str, str]] = {
    "definition": N_("What is the definition?"),
    "mechanism": N_("What is the mechanism of action?"),
    "indications": N_("What are the indications?"),
    "contraindications": N_("What are the contraindications?"),
    "adverse_effects": N_("What are the adverse effects?"),
    "complications": N_("What are the complications?"),
    "cause": N_("What are the causes?"),
    "risk_factors": N_("What are the risk factors?"),
    "signs": N_("What are the signs?"),
    "diagnosis": N_("What is the diagnosis?"),
    "criteria": N_("What are the criteria?"),
    "treatment": N_("What is the treatment?"),
    "prevention": N_("What is the prevention?"),
    "monitoring": N_("What is the monitoring?"),
    "tests_before": N_("Which tests before?"),
    "dose": N_("What is the dose?"),
    "duration": N_("How long does it last?"),
    "types": N_("What are the types?"),
    "steps": N_("What are the steps?"),
    "interactions": N_("What are the interactions?"),
    "epidemiology": N_("What is the epidemiology?"),
}
"""By facet, what is asked next of the subject of the question before."""
_MOST: Final = 3
_TRIED: Final = 6
"""Questions that are put for that. Each takes as long as an answer, six some 30 ms: for twelve
questions on the built-in documents four find 17 that go on, six 22, eight 23."""
_OF_SUBJECT: Final = 0.8
"""Share of the subject that a passage must say: less is an answer about something near."""
_READ: Final = 5
"""Passages that an answer is chosen from."""


def follow_ups(
    engine: Engine,
    answer: Answer,
    history: Sequence[Turn],
    tr: Translator,
    filters: Filters | None = None,
) -> tuple[str, ...]:
    """Up to three questions that the documents of an answer go on to answer.

    `history`: the turns up to the answer, with it. First what headings say that these documents
    tell of the subject, then headings themselves, in the language of the question; what was cited
    is not asked for again.
    """
    documents = {hit.document.id for hit in answer.sources}
    parsed, passages = engine.read(answer.question, history[:-2], filters)
    shown = {_section(hit.passage) for hit in answer.sources if hit.highlights}
    near = [
        one
        for one in passages
        if one.document.id in documents
        and one.features.subject >= _OF_SUBJECT
        and _section(one.passage) not in shown
    ]
    told = [f for one in near for f in _announced(one) if f not in parsed.asked.facets]
    tried = list(dict.fromkeys(told))[:_TRIED]
    found: list[str] = []
    for facet in tried:
        question = tr(QUESTIONS[facet.name])
        section = _answering(engine, facet, engine.read(question, history, filters)[1][:_READ])
        if section is None or section.document not in documents or section in shown:
            continue
        found.append(question)
        shown.add(section)
        if len(found) == _MOST:
            return tuple(found)
    subject = parsed.asked.subject
    # What is left of a question between words that ask is no name.
    named = bool(subject) and subject in answer.question
    further = [
        heading_of(one)
        for one in near
        # A heading of another language makes no question of this one.
        if named
        and one.passage.language == parsed.languages[0]
        and _section(one.passage) not in shown
    ]
    for heading in further[: _TRIED - len(tried)]:
        asked = heading_question(engine, heading, (subject,), tr, filters)
        if asked and asked not in found:
            found.append(asked)
        if len(found) == _MOST:
            break
    return tuple(found)


def heading_question(
    engine: Engine,
    near: NearHeading,
    known: Sequence[str],
    tr: Translator,
    filters: Filters | None = None,
) -> str | None:
    """What to ask for what stands under a heading; `None` where the answer would be another."""
    question = near.text if near.text.endswith("?") else tr("{heading}?", heading=near.text)
    if not all(fold(word) in fold(near.text) for word in known):
        question = tr("{subject}: {question}", subject=" ".join(known), question=question)
    answer = engine.ask(question, filters=filters)
    found = any(
        hit.document.id == near.document_id
        and hit.passage.start < near.end
        and near.start < hit.passage.end
        for hit in answer.sources
        if hit.highlights
    )
    return question if found else None


class _Section(NamedTuple):
    """What stands under one heading of a document."""

    document: str
    heading: tuple[str, ...]


def _section(passage: Passage) -> _Section:
    return _Section(passage.document_id, passage.heading)


def _announced(passage: ReadPassage) -> Iterator[Facet]:
    """The facets that what stands above a passage names."""
    return (facets()[name] for name in QUESTIONS if _announces(facets()[name], passage))


def _announces(facet: Facet, one: ReadPassage) -> bool:
    objective = one.document.objective
    above = one.passage.heading[-1:] or (
        one.document.title,
        objective.rubric if objective else "",
    )
    return any(text and said_by_heading(facet, text, one.passage.language) == 1 for text in above)


def _answering(engine: Engine, facet: Facet, read: Sequence[ReadPassage]) -> _Section | None:
    """Where the best unit stands, if it is sure to be about the subject and the facet."""
    units = best_units(read)
    if not units:
        return None
    best = read[units[0][1]]
    threshold = engine.model.thresholds[engine.settings.answering.caution]
    sure = best.confidence >= threshold and best.features.subject >= _OF_SUBJECT
    return _section(best.passage) if sure and _announces(facet, best) else None
