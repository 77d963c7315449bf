"""The records of a coverage report: objectives, their points, and the evidence for each point.

Spans are half-open and count characters of the text that they are said to be in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from qa.models import DocumentInfo, Language, Objective

PointKind = Literal["title", "description", "statement"]
PageState = Literal["present", "stub", "absent"]
Unjudged = Literal["", "picture", "bare", "code"]
"""Why a point cannot be judged by its words, if it cannot."""
Verdict = Literal["", "confirmed", "rejected", "elsewhere"]
"""What an instructor has decided of a piece of evidence, or of an objective."""


class Level(StrEnum):
    """How well something is covered, from nothing to well; before that, what is no gap either."""

    unjudged = "unjudged"
    elsewhere = "elsewhere"
    missing = "missing"
    partly = "partly"
    covered = "covered"


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A point in one language."""

    text: str
    language: Language
    asks: bool = False
    """Whether it tells what is to be known, as a title does, and not the thing itself."""
    context: str = ""
    """What a reader knows already: the title of the item, the lead-in of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that an objective asks for, in every language in which it is stated."""

    id: str
    """`OIC-202-03-B#title`, `…#description`, or `…#{document}:{start}-{end}` for a statement."""
    kind: PointKind
    wordings: tuple[Wording, ...]
    unjudged: Unjudged = ""

    @property
    def language(self) -> Language:
        """The first language that it is stated in."""
        return self.wordings[0].language

    @property
    def text(self) -> str:
        """The point as its first language has it."""
        return self.wordings[0].text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An objective's own page: it states the objective, so it does not cover it."""

    document_id: str
    language: Language
    state: PageState


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseObjective:
    """An objective in all its languages, with its points."""

    code: str
    title: str
    item: str = ""
    item_title: str = ""
    rank: str = ""
    languages: tuple[Language, ...] = ()
    points: tuple[Point, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def page_state(self) -> PageState:
        """The best of its pages: present, a stub without text of its own, or absent."""
        states = {page.state for page in self.pages}
        return "present" if "present" in states else "stub" if states else "absent"

    @property
    def item_name(self) -> str:
        """The number of its item, or else the title; empty without an item."""
        return self.item or self.item_title

    @property
    def group(self) -> str:
        """The objectives that share a subject with this one: its item, or else itself."""
        return self.item_name or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The passage of one document that supports a point best."""

    document_id: str
    passage_id: str
    confidence: float
    """How sure it is that the passage covers the point, 0 to 1."""
    level: Level
    start: int
    end: int
    """Of the quote in the document's text."""
    quote: str
    language: Language
    heading: str = ""
    """The nearest one above it in its document."""
    verdict: Verdict = ""
    """What an instructor has decided of it; then that is its level."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCheck:
    """The same point with other numbers in French than in English: somebody should look."""

    french: Evidence
    english: Evidence
    french_numbers: tuple[str, ...]
    english_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointCoverage:
    """A point and its evidence, at most one a document, the best first."""

    point: Point
    evidence: tuple[Evidence, ...] = ()
    check: FigureCheck | None = None

    @property
    def level(self) -> Level:
        """The level of the best evidence."""
        if self.point.unjudged:
            return Level.unjudged
        return self.evidence[0].level if self.evidence else Level.missing

    @property
    def confidence(self) -> float:
        """The confidence of the best evidence, 0 without any."""
        return self.evidence[0].confidence if self.evidence else 0.0

    def in_document(self, document_id: str) -> Evidence | None:
        """The evidence that one document gives."""
        return next((e for e in self.evidence if e.document_id == document_id), None)


class ItemFeatures(NamedTuple):
    """What tells whether the documents deal with an item; means are over its objectives."""

    support: float
    """Mean saturation of the passage that fits a title best."""
    prominence: float
    """Mean of how far the best document stands out from the next ones."""
    nearest: float
    """Documents nearer to it than to any other item, by objective, less one half: 0 is in doubt, as
    where there are no other items. At most one each: of 1, 1.5, 2 and any number the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Whether the documents deal with the subject of an item."""

    told: bool
    """Whether they do, as far as its objectives alone tell; a level may go by it."""
    lack: float
    """How much they lack it, also against what is nearest to other items; at most 0."""
    features: ItemFeatures
    """What both go by."""


UNKNOWN = Presence(told=False, lack=0.0, features=ItemFeatures(0.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An objective in one document, or in all documents of one language."""

    level: Level
    share: float
    """Of the points that can be judged, those that are covered."""
    confidence: float
    """One half that the documents deal with its item at all, the other the mean over its points;
    what comes first among gaps goes by it, and no level does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCell(Cell):
    """What one document gives to an objective."""

    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveCoverage:
    """An objective and all that the documents give to it."""

    objective: CourseObjective
    points: tuple[PointCoverage, ...]
    overall: Cell
    """Every point by its best document."""
    french: Cell
    """By the best French document; `english` likewise."""
    english: Cell
    documents: tuple[DocumentCell, ...]
    """Documents that cover any of it, at least partly, the best first."""
    presence: Presence = UNKNOWN
    """Whether the documents deal with its item as a whole."""
    elsewhere: str | None = None
    """The note of an instructor who teaches it elsewhere."""

    @property
    def level(self) -> Level:
        """How well all documents together cover the objective."""
        return Level.elsewhere if self.elsewhere is not None else self.overall.level

    @property
    def is_gap(self) -> bool:
        """Whether something is to be done about it."""
        return self.level in (Level.missing, Level.partly)

    @property
    def only_in(self) -> Language | None:
        """The one language in which it is covered at all, if the other one misses it."""
        french, english = (
            cell.level in (Level.partly, Level.covered) for cell in (self.french, self.english)
        )
        if french == english:
            return None
        return "fr" if french else "en"

    @property
    def checks(self) -> tuple[FigureCheck, ...]:
        """Points whose numbers differ between the languages."""
        return tuple(point.check for point in self.points if point.check is not None)

    @property
    def nearest(self) -> Evidence | None:
        """The surest evidence for any of its points, however weak."""
        found = (point.evidence[0] for point in self.points if point.evidence)
        return max(found, key=lambda one: one.confidence, default=None)

    def in_document(self, document_id: str) -> DocumentCell | None:
        """The cell of one document; `None` where it gives nothing."""
        return next((d for d in self.documents if d.document_id == document_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """Levels counted over a group of objectives."""

    name: str
    covered: int
    partly: int
    missing: int
    elsewhere: int = 0
    unjudged: int = 0
    title: str = ""
    """What the group is called in full, if it has a title."""

    @property
    def objectives(self) -> int:
        """How many objectives the group has."""
        return self.covered + self.partly + self.missing + self.elsewhere + self.unjudged

    def __getitem__(self, level: str) -> int:
        """How many are at a level."""
        return int(getattr(self, level))

    @property
    def share(self) -> float:
        """Share of the group that is covered, 0 to 1."""
        return self.covered / self.objectives if self.objectives else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentValue:
    """A document by what it brings: objectives that it reaches, and those that it alone reaches."""

    document: DocumentInfo
    covered: int
    partly: int
    only: tuple[str, ...]
    """Codes of objectives that no other document covers, even partly."""


def own_objective(document: DocumentInfo) -> Objective | None:
    """The objective whose page the document is, where it has a code."""
    objective = document.objective
    return objective if objective is not None and objective.code else None
