"""Reader of wikitext: objective pages of a curriculum wiki, and wiki pages in general."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.errors import UnreadableDocumentError
from qa.models import Notice, Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.wiki_header import Header, find_header
from qa.reading.wiki_lines import Line, read_lines
from qa.reading.wiki_nodes import Flat, flatten, plain
from qa.reading.wiki_tables import Table, read_table, separate_row_marks
from qa.reading.wiki_templates import GAP

if TYPE_CHECKING:
    from mwparserfromhell.wikicode import Wikicode

FORMAT = "wikitext"

_CELL_EDGE = " | "
_REDIRECT = re.compile(
    r"\s*#redirect(?:ion)?[ \t]{0,5}:?[ \t]{0,5}\[\[([^\]|\n]{1,300})", re.IGNORECASE
)


def is_objective_page(text: str) -> bool:
    """Whether the template of an objective page stands near the top."""
    return find_header(text, lambda value: value) is not None


def read_wikitext(text: str) -> Content:
    """Read a wiki page; its objective comes from the template at the top, where it has one.

    Raises UnreadableDocumentError, without file name, for a page that only leads to another one.
    """
    if redirect := _REDIRECT.match(text):
        raise UnreadableDocumentError(
            "leads to the page {target} and has no text of its own", target=redirect[1].strip()
        )
    page = _Page()
    header = find_header(text, lambda value: plain(value, page.removed))
    before, after = (text[: header.start], text[header.end :]) if header else ("", text)
    page.add(flatten(separate_row_marks(before)))
    page.add(flatten(separate_row_marks(after)))
    notices = (*_damage(page, header), *_complete(page, header))
    clean, blocks, terms = page.builder.build()
    objective = header.objective if header else None
    return Content(
        format=FORMAT,
        text=clean,
        blocks=blocks,
        key_terms=terms,
        title=_title(header),
        objective=objective,
        removed=tuple(page.removed),
        notices=notices,
    )


def _title(header: Header | None) -> str:
    if header is None:
        return ""
    objective = header.objective
    return objective.title or objective.description or objective.item_title or objective.code


def _damage(page: _Page, header: Header | None) -> tuple[Notice, ...]:
    """Report markup that could not be read as it was meant."""
    notices: list[Notice] = []
    if header is not None and header.is_broken:
        message = "braces of the template are not closed; its fields were read line by line"
        notices.append(Notice(kind="broken-header", message=message))
    if page.is_broken:
        message = "too much markup is never closed; the page was read as plain lines"
        notices.append(Notice(kind="broken-markup", message=message))
    if page.unknown:
        names = ", ".join(dict.fromkeys(page.unknown))
        message = f"templates that are not known, {GAP} stands for what they show: {names[:200]}"
        notices.append(Notice(kind="unknown-template", message=message))
    return tuple(notices)


def _complete(page: _Page, header: Header | None) -> tuple[Notice, ...]:
    """Report what a page lacks; a page without body is read as its own description."""
    if header is None:
        return ()
    objective = header.objective
    stated = {"code": objective.code, "title": objective.title, "rubric": objective.rubric}
    notices = [
        Notice(kind=f"objective-without-{field}", message=f"the template states no {field}")
        for field, value in stated.items()
        if not value
    ]
    if page.builder.is_empty:
        page.builder.add("paragraph", objective.description or objective.title)
        notices.append(Notice(kind="objective-without-body", message="nothing below the template"))
    return tuple(notices)


class _Page:
    """The blocks of a page as they are found."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.removed: list[Removal] = []
        self.is_broken = False
        self.unknown: list[str] = []

    def add(self, flat: Flat) -> None:
        """Add text and tables; what was left out is collected."""
        self.removed.extend(flat.removed)
        self.is_broken |= flat.is_broken
        self.unknown.extend(flat.unknown)
        for piece in flat.pieces:
            if isinstance(piece, str):
                self._add_lines(read_lines(piece))
            else:
                self._add_table(read_table(piece))

    def _add_lines(self, lines: list[Line]) -> None:
        for line in lines:
            self.builder.add(
                line.kind, line.text, level=line.level, marker=line.marker, terms=line.terms
            )

    def _add_table(self, table: Table) -> None:
        self.builder.part()
        caption = flatten(table.caption)
        self.removed.extend(caption.removed)
        text, terms = _cell(read_lines(_text(caption).removeprefix("+")))
        self.builder.add("caption", text, terms=terms)
        for row in table.rows:
            if table.is_layout:
                for cell in row:
                    self.add(flatten(cell))
            else:
                self._add_row(row)
        self._add_tables(caption)

    def _add_tables(self, flat: Flat) -> None:
        for piece in flat.pieces:
            if not isinstance(piece, str):
                self._add_table(read_table(piece))

    def _add_row(self, row: tuple[Wikicode | str, ...]) -> None:
        """Add a row, then what cannot stand inside of it: captions of pictures, nested tables."""
        cells: list[str] = []
        terms: list[Span] = []
        below: list[Flat] = []
        captions: list[str] = []
        length = 0
        for cell in row:
            flat = flatten(cell)
            self.removed.extend(flat.removed)
            self.unknown.extend(flat.unknown)
            below.append(flat)
            lines = read_lines(_text(flat))
            text, inner = _cell([line for line in lines if line.kind != "caption"])
            captions.extend(line.text for line in lines if line.kind == "caption")
            terms.extend((start + length, end + length) for start, end in inner)
            cells.append(text)
            length += len(text) + len(_CELL_EDGE)
        if any(cells):
            self.builder.add("row", _CELL_EDGE.join(cells).strip(" |"), terms=terms)
        for caption in captions:
            self.builder.add("caption", caption)
        for flat in below:
            self._add_tables(flat)


def _text(flat: Flat) -> str:
    return "\n".join(piece for piece in flat.pieces if isinstance(piece, str))


def _cell(lines: list[Line]) -> tuple[str, list[Span]]:
    """Return the lines of a cell as one line, with its key terms."""
    parts: list[str] = []
    terms: list[Span] = []
    length = 0
    for line in lines:
        mark = f"{line.marker} " if line.marker else ""
        terms.extend(
            (start + length + len(mark), end + length + len(mark)) for start, end in line.terms
        )
        parts.append(mark + line.text.replace("\n", " "))
        length += len(parts[-1]) + 1
    return " ".join(parts), terms
