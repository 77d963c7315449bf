"""The statements of an objective's page: list items, labelled or emphasised text, definitions.

The first sentence below a heading counts as well: it says what the heading is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.analysis.sentences import sentence_spans
from qa.coverage.records import Wording
from qa.models import Block, Document, Span

_LABEL = re.compile(r"[^:.;!?]{2,80}?\s?:(?=\s)")
_MOST_LABEL_WORDS = 9
_FEWEST_WORDS = 3
"""A shorter item is a statement only together with what it stands under."""
_DEFINES = re.compile(
    r"\b(?:is|are) (?:an?|the|defined|called|characteri[sz]ed)\b"
    r"|\b(?:refers? to|means|consists? of)\b"
    r"|\best (?:une?|le|la|l['’]|définie?|caractérisée?)\b|\bsont (?:des|les|définie?s)\b"
    r"|\b(?:désigne|correspond à|consiste à|se définit|se définissent)\b"
    r"|\b[Oo]n (?:appelle|entend)\b",
)
_LEAD_IN = re.compile(r"[:：]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of a page and where it stands in the text of the page."""

    start: int
    end: int
    wording: Wording


def statements(document: Document) -> tuple[Statement, ...]:
    """What the page states, in reading order, each once."""
    seen: set[str] = set()
    found = []
    for statement in _statements(document):
        key = " ".join(statement.wording.text.lower().split())
        if key not in seen:
            seen.add(key)
            found.append(statement)
    return tuple(found)


def _statements(document: Document) -> Iterator[Statement]:
    headings: list[tuple[int, str]] = []
    lead_in, opening = "", False
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind == "heading":
            headings = [(level, name) for level, name in headings if level < block.level]
            headings.append((block.level, text))
            lead_in, opening = "", True
            continue
        above = " ".join(name for _, name in headings)
        if block.kind == "item":
            yield from _item(document, block, f"{above} {lead_in}".strip())
        elif block.kind == "paragraph":
            lead_in = text if _LEAD_IN.search(text) else ""
            yield from _sentences(document, block, above, opening)
        opening = False


def _item(document: Document, block: Block, context: str) -> Iterator[Statement]:
    span = (block.start, block.end)
    label = _label(document.text, span, _terms(document, span))
    if label or context or len(document.text[slice(*span)].split()) >= _FEWEST_WORDS:
        yield _statement(document, span, context)


def _sentences(document: Document, block: Block, above: str, opening: bool) -> Iterator[Statement]:
    """The sentences of a paragraph that a label, emphasis or a definition makes statements.

    A label at the start of a paragraph holds for all of its sentences.
    """
    label_text = ""
    whole = document.text[block.start : block.end]
    for number, (first, last) in enumerate(sentence_spans(whole)):
        span = (block.start + first, block.start + last)
        terms = _terms(document, span)
        label = _label(document.text, span, terms) if number == 0 else None
        context = f"{above} {label_text}".strip()
        if label is None and not terms and _LEAD_IN.search(document.text, *span):
            # It only announces the list below, whose items are the statements.
            continue
        if label is not None:
            label_text = document.text[slice(*label)]
        opens = opening and number == 0
        if opens or label_text or terms or _DEFINES.search(document.text, *span):
            yield _statement(document, span, context)


def _label(text: str, span: Span, terms: tuple[Span, ...]) -> Span | None:
    """A short run that opens the text: in bold, or before a colon."""
    start, end = span
    if terms and terms[0][0] == start and len(text[slice(*terms[0])].split()) <= _MOST_LABEL_WORDS:
        return terms[0]
    match = _LABEL.match(text, start, end)
    if match is None or len(match[0].split()) > _MOST_LABEL_WORDS:
        return None
    return (start, match.end())


def _terms(document: Document, span: Span) -> tuple[Span, ...]:
    return tuple((a, b) for a, b in document.key_terms if span[0] <= a and b <= span[1])


def _statement(document: Document, span: Span, context: str) -> Statement:
    text = document.text[slice(*span)]
    wording = Wording(text=text, language=document.language, context=context)
    return Statement(start=span[0], end=span[1], wording=wording)
