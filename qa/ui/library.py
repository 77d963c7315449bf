"""The documents of the session: one index, asked with any caution, read document by document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from qa.analysis.words import fold
from qa.engine import Engine
from qa.errors import QuestionError
from qa.examples import example_questions
from qa.index.originals import Originals
from qa.locale.names import origin_line
from qa.locale.translator import Translator
from qa.models import DocumentInfo, Objective
from qa.settings import Caution
from qa.ui.served import Served

_DOCUMENTS_KEPT: Final = 32
_FOUND: Final = 100
"""Most documents that are found by their text."""


class Size(NamedTuple):
    """How much there is in a document."""

    characters: int
    passages: int


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

    def origin(self, document: DocumentInfo, tr: Translator) -> str:
        """Where a document comes from, in a line."""
        if self.built_in:
            return tr("Built-in documents")
        return origin_line(document, self.engine().collection, tr)

    @property
    def fingerprint(self) -> str:
        """Identifies the documents."""
        return self.engine().fingerprint

    @cached_property
    def originals(self) -> Originals:
        """The files that the documents were read from."""
        return Originals(self.engine().index)

    @cached_property
    def sizes(self) -> Mapping[str, Size]:
        """The size of every document, by its identifier."""
        sizes = self.engine().index.catalogue.sizes()
        return {
            document.id: Size(characters=characters, passages=passages)
            for document, (characters, passages) in zip(self.documents, sizes, strict=True)
        }

    def found(self, wanted: str) -> tuple[DocumentInfo, ...]:
        """The documents whose title or objective has every word, then those whose text answers."""
        titled = matching(self.documents, wanted)
        return titled if not wanted.strip() else (*titled, *self._answering(wanted, titled))

    def _answering(self, wanted: str, titled: Sequence[DocumentInfo]) -> tuple[DocumentInfo, ...]:
        try:
            ranked = self.engine().rank_documents(wanted, _FOUND)
        except QuestionError:
            return ()
        known = {document.id: document for document in self.documents}
        for document in titled:
            del known[document.id]
        return tuple(known[one.document_id] for one in ranked if one.document_id in known)

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
