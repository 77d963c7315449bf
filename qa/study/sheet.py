"""All there is to learn from in one document."""

from __future__ import annotations

from dataclasses import dataclass

from qa.index.index import SearchIndex
from qa.models import Block, Document
from qa.study.cards import Card, cards_of
from qa.study.key_terms import KeyTerm, key_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class StudySheet:
    """What a document gives to learn from; nothing in it is written, all of it is cited."""

    document: Document
    outline: tuple[Block, ...]
    """Its headings, without one that repeats the title."""
    key_terms: tuple[KeyTerm, ...]
    cards: tuple[Card, ...]


def study_sheet(index: SearchIndex, document_id: str) -> StudySheet:
    """What to learn from a document; raises `UnknownDocumentError`."""
    document = index.catalogue.document(document_id)
    headings = [block for block in document.blocks if block.kind == "heading"]
    return StudySheet(
        document=document,
        outline=tuple(
            block
            for block in headings
            if document.text[block.start : block.end].strip() not in {"", document.title}
        ),
        key_terms=key_terms(document, index.lexicon),
        cards=cards_of(document, index.catalogue.passages_of(document_id)),
    )
