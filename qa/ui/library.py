"""The documents of the session: one index, asked with any caution, read document by document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from qa.analysis.words import fold
from qa.engine import Engine
from qa.models import DocumentInfo, Objective
from qa.settings import Caution
from qa.ui.examples import example_questions
from qa.ui.served import Served

_DOCUMENTS_KEPT: Final = 32


class Library:
    """An engine and what the pages need around it; shared by all sessions of the server."""

    def __init__(
        self, engine: Engine, *, built_in: bool = False, location: Path | None = None
    ) -> None:
        self.built_in = built_in
        self._location = location
        self._engines: dict[Caution, Engine] = {engine.settings.answering.caution: engine}
        self.caution: Caution = engine.settings.answering.caution
        self.document = lru_cache(maxsize=_DOCUMENTS_KEPT)(engine.document)

    def engine(self, caution: Caution | None = None) -> Engine:
        """The engine that abstains with this caution; all share one index."""
        caution = caution or self.caution
        if caution not in self._engines:
            first = self._engines[self.caution]
            settings = first.settings.changed({"caution": caution})
            self._engines[caution] = Engine(first.index, settings)
        return self._engines[caution]

    def served(self, caution: Caution | None = None) -> Served:
        """From what a worker process makes the engine with this caution."""
        engine = self.engine(caution)
        return Served(self._location, engine.settings, engine.fingerprint)

    @property
    def fingerprint(self) -> str:
        """Identifies the documents."""
        return self.engine().fingerprint

    @cached_property
    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""
        return self.engine().documents()

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions that the documents answer, to start with."""
        return example_questions(self.engine(), self.documents, built_in=self.built_in)

    @cached_property
    def objectives(self) -> tuple[str, ...]:
        """Codes of the objectives that the documents state or teach."""
        return tuple(sorted({code for document in self.documents for code in _codes(document)}))

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Items that these objectives belong to."""
        items = {Objective(code=code).item for code in self.objectives}
        return tuple(sorted(items - {""}))


def _codes(document: DocumentInfo) -> tuple[str, ...]:
    return (*((document.objective.code,) if document.objective else ()), *document.objectives)


def matching(documents: Sequence[DocumentInfo], wanted: str) -> tuple[DocumentInfo, ...]:
    """The documents whose title or objective has every word of `wanted`."""
    words = fold(wanted).split()
    return tuple(
        document
        for document in documents
        if all(word in fold(" ".join((document.title, *_codes(document)))) for word in words)
    )
