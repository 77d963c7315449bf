"""The documents of the session: one index, asked with any caution, read document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final, NamedTuple

from qa.analysis.words import fold
from qa.engine import Engine
from qa.errors import QuestionError
from qa.index.originals import Originals
from qa.models import DocumentInfo, Language, Objective
from qa.settings import Caution
from qa.ui.served import Served

_DOCUMENTS_KEPT: Final = 32
_FOUND: Final = 100
"""Most documents that are found by their text."""
WANTED: Final = 6
_TRIED: Final = 40

_COURSE: Final[dict[Language, tuple[str, ...]]] = {
    "fr": (
        "Comment traite-t-on un syndrome de relargage cytokinique ?",
        "Quels vaccins sont contre-indiqués sous biothérapie ?",
        "Par quels mécanismes agissent les anticorps monoclonaux ?",
        "Quelles sont les indications de l'autogreffe ?",
        "Quel bilan faire avant une biothérapie ?",
    ),
    "en": (
        "How are CAR-T cells made?",
        "What is graft-versus-host disease?",
        "When should a biologic be stopped before surgery?",
        "Which adverse effects do checkpoint inhibitors cause?",
        "How does interferon alpha act?",
    ),
}
"""Questions on the subject of the built-in documents; tried last on others."""

_ABOUT: Final[dict[Language, str]] = {
    "fr": "Que disent les documents de : {title} ?",
    "en": "What do the documents say about: {title}?",
}


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


def example_questions(
    engine: Engine, documents: Sequence[DocumentInfo], *, built_in: bool
) -> tuple[str, ...]:
    """Up to six questions that `engine` answers, the languages in turn."""
    found: list[list[str]] = []
    for language in _ABOUT:
        of_course, of_titles = _COURSE[language], tuple(_from_titles(documents, language))
        tried = (*of_course, *of_titles) if built_in else (*of_titles, *of_course)
        found.append(_answered(engine, tried))
    pairs = zip_longest(*found)
    return tuple(question for pair in pairs for question in pair if question)[:WANTED]


def _answered(engine: Engine, questions: Iterable[str]) -> list[str]:
    found: list[str] = []
    for question in questions:
        if len(found) == WANTED:
            break
        if engine.ask(question, k=1).answered:
            found.append(question)
    return found


def _from_titles(documents: Sequence[DocumentInfo], language: Language) -> Iterator[str]:
    """Questions about titles spread over the documents of a language."""
    titles = sorted({document.title for document in documents if document.language == language})
    step = max(len(titles) // _TRIED, 1)
    for title in titles[::step][:_TRIED]:
        yield _ABOUT[language].format(title=title.rstrip(" .?!"))
