"""Reader of plain text."""

from __future__ import annotations

from qa.reading.content import Content, TextBuilder

FORMAT = "text"


def read_plaintext(text: str) -> Content:
    """Read plain text."""
    builder = TextBuilder()
    for para in text.split("\n\n"):
        builder.add("paragraph", " ".join(para.split()))
    clean, blocks, terms = builder.build()
    return Content(format=FORMAT, text=clean, blocks=blocks, key_terms=terms)
