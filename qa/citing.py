"""Answers as text to take away: with their references, plain or in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from qa.locale.translator import Translator
from qa.models import Answer, Hit

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>~$])|^(\s*)([#+-]|\d+(?=[.)]\s))", re.MULTILINE)
"""What Markdown would take for a mark, anywhere or at the beginning of a line."""


def reference(hit: Hit, tr: Translator) -> str:
    """Where a passage stands: title, section, page, address."""
    document, passage = hit.document, hit.passage
    section = [one for one in passage.heading if one != document.title]
    place = ""
    if passage.page is not None and document.format == "pptx":
        place = tr("Slide {page}", page=passage.page)
    elif passage.page is not None:
        place = tr("Page {page}", page=passage.page)
    address = document.url or document.path
    parts = (document.title, " › ".join(section), place, address)
    return ". ".join(part.rstrip(".") if part != address else part for part in parts if part)


def plain_answer(answer: Answer, tr: Translator, link: str = "") -> str:
    """The extracts, each with the number of its source, and the sources."""
    return "\n\n".join(_parts(answer, tr, link, said=str, extract=str))


def markdown_answer(answer: Answer, tr: Translator, link: str = "") -> str:
    """The same in Markdown, the extracts as quotations."""
    return "\n\n".join(_parts(answer, tr, link, said=literal, extract=_quotation))


def markdown_conversation(answers: Iterable[Answer], tr: Translator) -> str:
    """A conversation in Markdown, a heading a question."""
    written = [
        f"## {literal(' '.join(answer.question.split()))}\n\n{markdown_answer(answer, tr)}"
        for answer in answers
    ]
    return "\n\n".join((f"# {tr('Sourced answers')}", *written)) + "\n"


def literal(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", text)


def _parts(
    answer: Answer,
    tr: Translator,
    link: str,
    *,
    said: Callable[[str], str],
    extract: Callable[[str], str],
) -> Iterable[str]:
    if not answer.answered:
        if answer.searched:
            yield tr("No answer in the documents")
        yield said(answer.abstained_because or "")
        return
    hits = {hit.rank: hit for hit in answer.sources}
    for one in answer.extracts:
        yield f"{extract(one.text)} [{one.source}]"
    cited = sorted({one.source for one in answer.extracts})
    # Two spaces end a line in Markdown.
    yield "  \n".join(f"[{rank}] {said(reference(hits[rank], tr))}" for rank in cited)
    if link:
        yield link


def _quotation(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in literal(text).splitlines())
