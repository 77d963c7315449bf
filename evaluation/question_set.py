"""Question sets of our own: gold is a verbatim quote, so that it survives any new way of cutting.

One JSON object a line: `id`, `question`, `language`, `evidence` (`[{"document", "quote"}]`),
`objective`, `kind`, `facet`, `split`, `answerable`, `history`. Quotes of one document answer
together, those of different documents answer each by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, get_args

from evaluation.errors import DatasetError, QuestionSetError
from evaluation.jsonlines import Line, flag_of, history_of, new_identifier, parse_objects, text_of
from evaluation.quotes import Searchable
from evaluation.records import Judgement
from qa.errors import UnknownDocumentError
from qa.locale.message import Message
from qa.models import Document, Language, Objective, Span, Turn

BUILT_IN: Final = Path(__file__).parent / "questions"
"""The folder of the questions on the built-in corpus."""
CHECK: Final = "check"
"""The split of the questions that nothing may be fitted to."""
_LONGEST: Final = 10_000
_UNSPECIFIED: Final = "unspecified"


class Library(Protocol):
    """Where the documents of a question set are; an `Engine` is one."""

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""


class Shelf:
    """Documents in memory, as a `Library`."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.id: document for document in documents}

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""
        try:
            return self._documents[document_id]
        except KeyError:
            raise UnknownDocumentError(
                "no document has the id {document_id!r}", document_id=document_id
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote that answers, and where it stands in the text of its document."""

    document: str
    quote: str
    language: Language
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its gold answer."""

    id: str
    text: str
    language: Language
    answerable: bool
    evidence: tuple[Evidence, ...] = ()
    kind: str = _UNSPECIFIED
    objective: str = ""
    facet: str = ""
    """What is asked of the subject: `dose`, `adverse_effects`, …."""
    split: str = ""
    """`fit` or `CHECK`, empty in a set that is not split."""
    history: tuple[Turn, ...] = ()

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every document with evidence is relevant."""
        documents = dict.fromkeys(evidence.document for evidence in self.evidence)
        return tuple(Judgement(self.id, document, 1) for document in documents)

    @property
    def rank(self) -> str:
        """The rank of knowledge of the objective, empty without one."""
        return Objective(code=self.objective).rank

    @property
    def language_pair(self) -> str:
        """From the language of the question to those of the evidence, as `fr→en`."""
        languages = sorted({evidence.language for evidence in self.evidence})
        return f"{self.language}→{'+'.join(languages)}" if languages else f"{self.language}→none"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """Questions in the order of their identifiers, and a digest of what they were read from."""

    name: str
    questions: tuple[Question, ...]
    sha256: str

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Those of all questions."""
        return tuple(judgement for question in self.questions for judgement in question.judgements)


def load_questions(path: Path, library: Library) -> QuestionSet:
    """The questions of a file, or of all `.jsonl` files of a folder.

    Raises `QuestionSetError` that names every malformed line, `DatasetError` for unreadable files.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise QuestionSetError([Message("{path}: no .jsonl file in this folder", path=path)])
    return checked_questions(
        path, (line for file in files for line in parse_objects(file)), library
    )


def checked_questions(
    path: Path, lines: Iterable[Line | DatasetError], library: Library
) -> QuestionSet:
    """The questions of lines that were read from a file; raises as `load_questions` does."""
    reader = _Reader(library)
    found = list(reader.read(lines))
    if reader.problems:
        raise QuestionSetError(reader.problems)
    if not found:
        raise QuestionSetError(
            [Message("{path}: no questions; write one JSON object a line", path=path)]
        )
    questions = tuple(sorted(found, key=lambda question: question.id))
    return QuestionSet(
        name=path.resolve().stem,
        questions=questions,
        sha256=hashlib.sha256(repr(questions).encode("utf-8", "surrogatepass")).hexdigest(),
    )


class _Reader:
    """Reads lines to questions and collects what is wrong with them."""

    def __init__(self, library: Library) -> None:
        self.problems: list[DatasetError] = []
        self._library = library
        self._known: dict[str, tuple[Searchable, Language] | None] = {}
        self._places: dict[str, str] = {}

    def read(self, lines: Iterable[Line | DatasetError]) -> Iterator[Question]:
        for line in lines:
            if isinstance(line, DatasetError):
                self.problems.append(line)
                continue
            try:
                yield self._question(line)
            except DatasetError as error:
                self.problems.append(error)

    def _question(self, line: Line) -> Question:
        answerable = flag_of(line, "answerable")
        question = Question(
            id=new_identifier(line, "id", self._places),
            text=_short_enough(line),
            language=_language(line),
            answerable=bool(line.values.get("evidence")) if answerable is None else answerable,
            evidence=self._all_evidence(line),
            kind=text_of(line, "kind", default=_UNSPECIFIED),
            objective=text_of(line, "objective", default=""),
            facet=text_of(line, "facet", default=""),
            split=text_of(line, "split", default=""),
            history=history_of(line),
        )
        if question.answerable and not question.evidence:
            raise DatasetError("{place}: an answerable question needs 'evidence'", place=line.place)
        if question.evidence and not question.answerable:
            raise DatasetError(
                "{place}: 'answerable' is false, but there is 'evidence'", place=line.place
            )
        return question

    def _all_evidence(self, line: Line) -> tuple[Evidence, ...]:
        stated = line.values.get("evidence") or []
        if not isinstance(stated, list):
            raise DatasetError("{place}: 'evidence' must be a list", place=line.place)
        return tuple(self._evidence(line, one) for one in stated)

    def _evidence(self, line: Line, stated: Any) -> Evidence:
        match stated:
            case {"document": str(document), "quote": str(quote)} if quote.strip():
                pass
            case _:
                raise DatasetError(
                    "{place}: evidence needs a 'document' and a 'quote', found {stated}",
                    place=line.place,
                    stated=str(stated)[:60],
                )
        known = self._document(document)
        if known is None:
            raise DatasetError(
                "{place}: no document has the id {document!r}", place=line.place, document=document
            )
        text, language = known
        spans = text.find(quote)
        if not spans:
            raise DatasetError(
                "{place}: the quote {quote!r} is not in {document}",
                place=line.place,
                quote=quote[:60],
                document=document,
            )
        return Evidence(document=document, quote=quote, language=language, spans=spans)

    def _document(self, identifier: str) -> tuple[Searchable, Language] | None:
        if identifier not in self._known:
            try:
                document = self._library.document(identifier)
            except UnknownDocumentError:
                self._known[identifier] = None
            else:
                self._known[identifier] = Searchable(document.text), document.language
        return self._known[identifier]


def _short_enough(line: Line) -> str:
    text = text_of(line, "question")
    if not text.strip():
        raise DatasetError("{place}: 'question' is empty", place=line.place)
    if len(text) > _LONGEST:
        raise DatasetError(
            "{place}: the question has {count} characters; at most {longest} are asked",
            place=line.place,
            count=len(text),
            longest=_LONGEST,
        )
    return text


def _language(line: Line) -> Language:
    stated = text_of(line, "language")
    for language in get_args(Language):
        if stated == language:
            return language  # type: ignore[no-any-return]  # get_args forgets what they are
    raise DatasetError(
        "{place}: 'language' is {stated!r}; expected 'fr' or 'en'", place=line.place, stated=stated
    )
