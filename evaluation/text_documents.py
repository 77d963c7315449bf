"""Bare text to documents: lines are paragraphs, bulleted or numbered lines are list items."""

from __future__ import annotations

import hashlib
import re

from qa.analysis.language import detect_language
from qa.models import Block, Document

_LINE = re.compile(r"[^\n]+")
_MARKER = re.compile(r"\s*(?:(?:[-–—*•·▪▫◦‣●○§]\s+)+|\d{1,2}[.)]\s+)")
_NOT_BLANK = re.compile(r"\w")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text, one a line; lines without a letter or digit are left out."""
    blocks = []
    for line in _LINE.finditer(text):
        if not _NOT_BLANK.search(line[0]):
            continue
        marker = _MARKER.match(line[0])
        lead = marker.end() if marker else len(line[0]) - len(line[0].lstrip())
        blocks.append(
            Block(
                kind="item" if marker else "paragraph",
                start=line.start() + lead,
                end=line.start() + len(line[0].rstrip()),
                level=1 if marker else 0,
            )
        )
    return tuple(blocks)


def text_document(identifier: str, title: str, text: str) -> Document:
    """A document made of a bare text; of its title where that is all there is."""
    if not _NOT_BLANK.search(text):
        text = title
    return Document(
        id=identifier,
        title=title,
        path=identifier,
        language=detect_language(text),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        blocks=blocks_of(text),
    )
