"""Small indexes of invented passages, one document a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

import pytest

from qa.analysis.language import detect_language
from qa.analysis.lexicon import Pair, glossary_entries
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.models import Block, Document, Objective
from qa.settings import Settings

EngineOf = Callable[..., Engine]


def document(
    number: int, text: str, objective: str | None = None, title: str = "", item: str = ""
) -> Document:
    """A document named by its number, whose lines are paragraphs."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", start=start, end=start + len(line)))
        start += len(line) + 1
    return Document(
        id=str(number),
        title=title,
        path=str(number),
        language=detect_language(text, default="en"),
        sha256="",
        text=text,
        blocks=tuple(blocks),
        objective=Objective(code=objective or "", item_title=item) if objective or item else None,
    )


@pytest.fixture(scope="session")
def engine_of() -> EngineOf:
    """Builds an engine over texts; `settings` change the defaults.

    `objectives` name pages, `titles` and `items` are theirs.
    """

    def build(
        *texts: str,
        pairs: Sequence[tuple[str, str]] = (),
        objectives: Sequence[str | None] = (),
        titles: Sequence[str] = (),
        items: Sequence[str] = (),
        **settings: object,
    ) -> Engine:
        rows = zip_longest(texts, objectives, titles, items)
        documents = [
            document(n, text, code, title or "", item or "")
            for n, (text, code, title, item) in enumerate(rows)
        ]
        chosen = Settings().changed(settings)
        entries = glossary_entries(Pair(*pair) for pair in pairs)
        return Engine(build_in_memory(documents, chosen, entries), chosen)

    return build
