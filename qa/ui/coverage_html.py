"""An objective and its evidence as HTML, point and passages side by side."""

from __future__ import annotations

from collections.abc import Mapping

from qa.coverage.records import Evidence, Level, ObjectiveCoverage, PointCoverage
from qa.models import DocumentInfo
from qa.ui.coverage_strings import CoverageStrings
from qa.ui.html import element, percent, text

_SHOWN = 3
"""Passages shown for one point."""


def objective_header(one: ObjectiveCoverage, words: CoverageStrings) -> str:
    """Title, level and what else there is to say of an objective."""
    objective = one.objective
    facts = [
        level_badge(one.level, words),
        text(
            "span",
            words.points.format(share=percent(one.overall.share), count=len(one.points)),
        ),
        text("span", words.states[objective.page_state]),
    ]
    if one.only_in is not None:
        facts.append(text("span", words.one_language[one.only_in]))
    return element(
        "header",
        text("h2", f"{objective.code} · {objective.title}", class_="qa-title")
        + element("p", " · ".join(facts), class_="qa-facts"),
        class_="qa-header",
    )


def level_badge(level: Level, words: CoverageStrings) -> str:
    """A level in its colour and in a word."""
    return text("span", words.levels[level], class_=f"qa-level qa-{level}")


def evidence_table(
    one: ObjectiveCoverage,
    documents: Mapping[str, DocumentInfo],
    only: str,
    words: CoverageStrings,
) -> str:
    """Every point with its passages; `only` is the document to show, or empty for the best."""
    rows = "".join(_row(point, documents, only, words) for point in one.points)
    return element("div", rows, class_="qa-points")


def _row(
    point: PointCoverage,
    documents: Mapping[str, DocumentInfo],
    only: str,
    words: CoverageStrings,
) -> str:
    here = point.in_document(only) if only else None
    found = (here,) if here else () if only else point.evidence[:_SHOWN]
    level = here.level if here else Level.missing if only else point.level
    passages = "".join(_passage(evidence, documents, words) for evidence in found)
    if level is Level.missing and found:
        passages = text("p", words.nearest, class_="qa-facts") + passages
    if not found:
        passages = text("p", words.not_here if only else words.no_passage, class_="qa-facts")
    if point.check is not None:
        french, english = point.check.french_numbers, point.check.english_numbers
        note = words.check.format(french=", ".join(french), english=", ".join(english))
        passages += text("p", note, class_="qa-problem")
    said = element(
        "p",
        level_badge(level, words) + " " + text("span", words.kinds[point.point.kind]),
        class_="qa-facts",
    ) + "".join(text("p", w.text, lang=w.language) for w in point.point.wordings)
    return element(
        "section",
        element("div", said) + element("div", passages),
        class_="qa-point",
    )


def _passage(
    evidence: Evidence, documents: Mapping[str, DocumentInfo], words: CoverageStrings
) -> str:
    document = documents[evidence.document_id]
    said = (document.title, words.languages[evidence.language], percent(evidence.confidence))
    button = text(
        "button",
        words.open,
        type="button",
        class_="qa-open",
        aria_label=words.open_one.format(title=document.title),
        data_qa_open=opens(evidence),
    )
    return text(
        "blockquote", evidence.quote, class_="qa-extract", lang=evidence.language
    ) + element("p", text("span", " · ".join(said)) + " " + button, class_="qa-facts")


def opens(evidence: Evidence) -> str:
    """What the button of a piece of evidence stands for."""
    return f"{evidence.start}-{evidence.end} {evidence.document_id}"
