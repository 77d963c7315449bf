"""Objectives to cover: collected from their pages, pages of one code in two languages together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from qa.analysis.words import fold
from qa.coverage.records import CourseObjective, Page, Point, Unjudged, Wording, own_objective
from qa.coverage.statements import statements
from qa.models import Document, Language, Objective
from qa.retrieval.asking import read

_NO_BODY = "objective-without-body"
_NUMBERS = str.maketrans("", "", " _")
_PICTURE: Final = re.compile(
    r"(?:une? |an? |the )?(?:typical |example of )?(?:photo(?:graph\w*|s)?|pictures?|images?"
    r"|imagerie|videos?|figures?|illustrations?|schemas?|diagrams?|drawings?|dessins?|radiograph\w*"
    r"|x-rays?|scanners?|ct scan|mri|irm|iconograph\w*)\b(?!.*[.!?]\s+\S)"
)
"""Opens the title of an objective that shows something, on folded text."""
_CODE: Final = re.compile(r"[\W\d_]*(?:[A-Z\d]{1,5}[-_.\s]+)*[A-Z\d]*\d[A-Z\d]*[\W\d_]*")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An objective as one source states it, in one language."""

    code: str
    title: str
    language: Language
    description: str = ""
    item: str = ""
    item_title: str = ""
    rank: str = ""


def course_objectives(
    stated: Iterable[Stated], pages: Mapping[str, Sequence[Document]] | None = None
) -> tuple[CourseObjective, ...]:
    """Objectives in order of their codes; `pages` are the pages of each code.

    What several sources state of one code in one language: the first one counts.
    """
    by_code: dict[str, dict[Language, Stated]] = {}
    for objective in stated:
        by_code.setdefault(objective.code, {}).setdefault(objective.language, objective)
    return tuple(
        _objective(code, by_code[code], (pages or {}).get(code, ())) for code in sorted(by_code)
    )


def from_pages(pages: Mapping[str, Sequence[Document]]) -> tuple[CourseObjective, ...]:
    """The objectives whose pages are among the documents."""
    stated = [_of_page(page) for documents in pages.values() for page in documents]
    return course_objectives(stated, pages)


def pages_by_code(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """The pages of each objective, in the order of the documents."""
    pages: dict[str, list[Document]] = {}
    for document in documents:
        objective = own_objective(document)
        if objective is not None:
            pages.setdefault(objective.code, []).append(document)
    return pages


def _of_page(page: Document) -> Stated:
    objective = page.objective
    assert objective is not None, "pages_by_code leaves out all others"  # noqa: S101 - for mypy
    return Stated(
        code=objective.code,
        title=objective.title or objective.description or page.title,
        language=page.language,
        description=objective.description,
        item=objective.item,
        item_title=objective.item_title,
        rank=objective.rank,
    )


def _objective(
    code: str, stated: Mapping[Language, Stated], pages: Sequence[Document]
) -> CourseObjective:
    versions = [stated[language] for language in sorted(stated, reverse=True)]  # French first
    parsed = Objective(code=code)
    points = [_point(code, "title", versions), _point(code, "description", versions)]
    return CourseObjective(
        code=code,
        title=versions[0].title,
        item=parsed.item or _first(version.item for version in versions),
        item_title=_first(version.item_title for version in versions),
        rank=parsed.rank or _first(version.rank for version in versions),
        languages=tuple(version.language for version in versions),
        points=(*(p for p in points if p is not None), *_statement_points(code, pages)),
        pages=tuple(
            Page(
                document_id=page.id,
                language=page.language,
                state="stub" if is_stub(page) else "present",
            )
            for page in pages
        ),
    )


def is_stub(page: Document) -> bool:
    """Whether a page has no text of its own."""
    return not page.blocks or any(notice.kind == _NO_BODY for notice in page.notices)


def _point(
    code: str, field: Literal["title", "description"], versions: Sequence[Stated]
) -> Point | None:
    """The title or description in every language; none where it only repeats the title."""
    wordings = tuple(
        Wording(text=text, language=version.language, asks=True, context=_context(field, version))
        for version in versions
        if (text := getattr(version, field))
        and (field == "title" or _folded(text) != _folded(version.title))
    )
    if not wordings:
        return None
    return Point(
        id=f"{code}#{field}",
        kind=field,
        wordings=wordings,
        unjudged=why_unjudged(wordings, shown=field == "title"),
    )


def _context(field: str, version: Stated) -> str:
    return version.item_title if field == "title" else f"{version.title} {version.item_title}"


def _statement_points(code: str, pages: Sequence[Document]) -> list[Point]:
    found = [
        (f"{code}#{page.id}:{statement.start}-{statement.end}", _about(statement.wording, page))
        for page in pages
        if not is_stub(page)
        for statement in statements(page)
    ]
    return [
        Point(id=one, kind="statement", wordings=(wording,), unjudged=why_unjudged([wording]))
        for one, wording in found
    ]


def _about(wording: Wording, page: Document) -> Wording:
    """A statement with the titles of objective and item as part of what is known already."""
    item = page.objective.item_title if page.objective else ""
    return replace(wording, context=f"{wording.context} {page.title} {item}".strip())


def _folded(text: str) -> str:
    return text.lower().translate(_NUMBERS)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def why_unjudged(wordings: Iterable[Wording], *, shown: bool = False) -> Unjudged:
    """Why no wording of a point can be judged, if so; `shown`: whether it may name a picture."""
    reasons = [_why(wording, shown=shown) for wording in wordings]
    return "" if not all(reasons) else reasons[0]


def _why(wording: Wording, *, shown: bool) -> Unjudged:
    text = " ".join(wording.text.split())
    if _CODE.fullmatch(text) or not _WORD.search(text):
        return "code"
    if shown and _PICTURE.match(fold(text)):
        return "picture"
    # `Definition`, of nothing that is named.
    if not wording.context.strip() and not read(text).subject.strip():
        return "bare"
    return ""
