"""The records that travel through the system: immutable, with spans wherever text is cited.

Spans are half-open `[start, end)` and count characters (Unicode code points) of `Document.text`,
unless a field says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""Of documents and questions."""
Span = tuple[int, int]
BlockKind = Literal["heading", "paragraph", "item", "row", "caption"]
UnitKind = Literal["sentence", "item", "row", "caption", "heading"]
Via = Literal[
    "exact",
    "similar",
    "glossary",
    "acronym",
    "kind",
    "identifier",
    "proximity",
    "title",
    "meaning",
    "facet",
    "unit",
    "semantic",
]

_CODE = re.compile(r"OIC-(\d{3})-(\d{2,3})-([A-C])")


def languages_from(first: Language) -> tuple[Language, ...]:
    """A language, then the others."""
    return (first, *(language for language in LANGUAGES if language != first))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One structural unit of a document: heading, paragraph, list item, table row or caption.

    Blocks follow reading order, do not overlap and are never blank; between two blocks stand only
    white space, list markers and cell rules. `level` is the heading level (1 is the highest) or the
    list depth (1 is the outermost); 0 elsewhere. `page` counts from 1 in paginated formats.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A learning objective of the French medical curriculum, as stated by its page."""

    code: str
    title: str = ""
    item_title: str = ""
    description: str = ""
    rubric: str = ""
    contributors: tuple[str, ...] = ()
    order: int | None = None

    @property
    def item(self) -> str:
        """The digits of the item, `"202"` in `OIC-202-03-B`; empty for another form of code."""
        match = _CODE.fullmatch(self.code)
        return match[1] if match else ""

    @property
    def rank(self) -> str:
        """The rank of knowledge, `"B"` in `OIC-202-03-B`; empty for another form of code."""
        match = _CODE.fullmatch(self.code)
        return match[3] if match else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Restrictions on the documents to search; an empty tuple does not restrict."""

    language: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    document: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.objective or self.by_column)

    @property
    def by_column(self) -> dict[str, tuple[str, ...]]:
        """Those that a document meets by itself, by the name that the catalogue has for each."""
        columns = {
            "language": self.language,
            "item": self.item,
            "rank": self.rank,
            "id": self.document,
        }
        return {column: values for column, values in columns.items() if values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Text of the source that a reader left out of `Document.text`, and why."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader wants the user to know about a file; `kind` groups equal notices."""

    kind: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What an index remembers of a document over all its updates; rankings do not see it."""

    added_at: str = ""
    """When it was first indexed, in UTC: `2026-01-31T09:00:00Z`; empty for one in memory."""
    added_by: str = ""
    """Who uploaded it, if they had signed in."""
    formerly: tuple[str, ...] = ()
    """Identifiers that it had before its file was renamed, the latest last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """What is known of a document besides its text."""

    id: str
    title: str
    path: str
    language: Language
    sha256: str
    """Of the bytes of the source file, in hexadecimal."""
    format: str = "text"
    objective: Objective | None = None
    """The objective whose page this document is."""
    objectives: tuple[str, ...] = ()
    """Codes of the objectives that the document is said to teach."""
    licence: str = ""
    url: str = ""
    based_on: tuple[str, ...] = ()
    history: History = field(default=History(), compare=False)

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the whole document is about: its title, and the item that its objective is of."""
        item = self.objective.item_title if self.objective else ""
        return (self.title, item) if item else (self.title,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(DocumentInfo):
    """A source document: its clean text, which all spans count in, and its structure."""

    text: str
    blocks: tuple[Block, ...] = ()
    key_terms: tuple[Span, ...] = ()
    """Runs that the source sets in bold or italics."""
    removed: tuple[Removal, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def info(self) -> DocumentInfo:
        """The same document without its text."""
        return DocumentInfo(
            id=self.id,
            title=self.title,
            path=self.path,
            language=self.language,
            sha256=self.sha256,
            format=self.format,
            objective=self.objective,
            objectives=self.objectives,
            licence=self.licence,
            url=self.url,
            based_on=self.based_on,
            history=self.history,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The smallest stretch of a passage that can be cited; a long one is cut into several.

    `start`, `end`: its span in the text of the passage.
    """

    start: int
    end: int
    kind: UnitKind = "sentence"
    leads: bool = False
    """Whether it leads into what follows: what ends in a colon says nothing alone."""
    header: int | None = None
    """The unit of the passage that names the columns, for a row below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A citable stretch of a document: `document.text[start:end] == text`."""

    document_id: str
    start: int
    end: int
    text: str
    language: Language
    heading: tuple[str, ...] = ()
    """Headings above the passage, outermost first, without the document's title."""
    page: int | None = None
    units: tuple[Unit, ...] = ()
    """Sentences, list items, rows and captions, in reading order."""

    def __hash__(self) -> int:
        # By its place alone: what is known of passages is looked up by them, many times a question.
        return hash((self.document_id, self.start, self.end))

    @property
    def id(self) -> str:
        """`{document_id}:{start}-{end}`, the same for equal input."""
        return f"{self.document_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """Why a passage was found: one word of the question and one term of the passage."""

    question_term: str
    matched: str
    via: Via
    contribution: float
    """Share of the passage's score; the contributions of a hit add up to its score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a question."""

    rank: int
    score: float
    confidence: float
    """Calibrated probability that the passage answers the question."""
    passage: Passage
    document: DocumentInfo
    terms: tuple[TermMatch, ...] = ()
    highlights: tuple[Span, ...] = ()
    """The extracts taken from this passage, as spans of its text."""
    copies: tuple[Passage, ...] = ()
    """Where the same text stands besides: what is found is shown once, with all its places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim extract of a document, `document.text[start:end] == text`."""

    text: str
    source: int
    """Rank of the hit it was taken from, counted from 1."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two sources that say one sentence differently."""

    sources: tuple[int, int]
    """Ranks of the hits, that of the extract first."""
    texts: tuple[str, str]
    """The sentences, verbatim."""
    about: Literal["figures", "negation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of a conversation, oldest first in a history."""

    speaker: Literal["user", "agent"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedDocument:
    """A document and the score of its best passage."""

    document_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassage:
    """The place of a passage, and its score."""

    document_id: str
    start: int
    end: int
    score: float

    @property
    def id(self) -> str:
        """The identifier of the passage, as `Passage.id` has it."""
        return f"{self.document_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearHeading:
    """A heading of the documents under which a part of an unanswered question is spoken of.

    `start`, `end`: the span, in the document, of the passage below it.
    """

    text: str
    document_id: str
    document_title: str
    start: int
    end: int
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to a question: extracts with their sources, or an abstention that says why."""

    question: str
    question_language: Language
    confidence: float
    extracts: tuple[Citation, ...]
    sources: tuple[Hit, ...]
    abstained_because: str | None
    index_fingerprint: str
    collection: str = ""
    """The name of the collection that was asked, if it is one."""
    carried: tuple[str, ...] = ()
    """Words of the conversation that were added to a follow-up question."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where a source contradicts an extract in nearly the same words."""
    searched: bool = True
    """Whether it asks something of the documents: a greeting or a task does not."""
    known: tuple[str, ...] = ()
    """Of a question that is not answered, the words that the documents speak of together."""
    nearest_headings: tuple[NearHeading, ...] = ()
    """Where they do, the nearest first."""

    @property
    def answered(self) -> bool:
        """Whether the documents answer the question."""
        return bool(self.extracts)
