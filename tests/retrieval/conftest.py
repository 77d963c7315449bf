"""Small indexes of invented passages, one document a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from qa.analysis.language import detect_language
from qa.analysis.lexicon import Pair, glossary_entries
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.models import Block, Document, Objective
from qa.settings import Settings

EngineOf = Callable[..., Engine]


def document(number: int, text: str, objective: str | None = None) -> Document:
    """A document named by its number, whose lines are paragraphs, without a title."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", start=start, end=start + len(line)))
        start += len(line) + 1
    return Document(
        id=str(number),
        title="",
        path=str(number),
        language=detect_language(text, default="en"),
        sha256="",
        text=text,
        blocks=tuple(blocks),
        objective=Objective(code=objective) if objective else None,
    )


@pytest.fixture(scope="session")
def engine_of() -> EngineOf:
    """Builds an engine over texts; `settings` change the defaults, `objectives` name pages."""

    def build(
        *texts: str,
        pairs: Sequence[tuple[str, str]] = (),
        objectives: Sequence[str | None] = (),
        **settings: object,
    ) -> Engine:
        codes = [*objectives, *[None] * (len(texts) - len(objectives))]
        documents = [
            document(n, text, code) for n, (text, code) in enumerate(zip(texts, codes, strict=True))
        ]
        chosen = Settings().changed(settings, source="test")
        entries = glossary_entries(Pair(*pair) for pair in pairs)
        return Engine(build_in_memory(documents, chosen, entries), chosen)

    return build
