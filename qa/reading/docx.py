"""Reader of Word documents: headings, lists, tables, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from qa.locale.translator import N_
from qa.models import Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.damage import refusing
from qa.reading.decoding import normalise
from qa.reading.grids import is_label
from qa.reading.tex_math import raised
from qa.reading.zip_files import check_archive

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

FORMAT: Final = "docx"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS: Final = {
    f"{_W}tab": " ",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
}
_NOTES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list\b(?!.*continue)", re.IGNORECASE)
_CELL_EDGE: Final = " | "


@refusing(N_("a damaged Word document ({error}); save it as .docx again"))
def read_docx(data: bytes, _name: str) -> Content:
    """Read a document; its title is the paragraph in that style, else what its properties say."""
    document = _opened(data)
    reader = _Reader(notes=_notes(document), styles=_styles(document))
    reader.read(document.element.body)
    return reader.builder.content(
        FORMAT,
        title=reader.title or " ".join((document.core_properties.title or "").split()),
        removed=tuple(reader.removed),
    )


def _opened(data: bytes) -> WordDocument:
    import docx

    check_archive(data)
    return docx.Document(io.BytesIO(data))


def _styles(document: WordDocument) -> dict[str, str]:
    """The English name of each style by its identifier."""
    return {style.style_id: style.name or "" for style in document.styles}


def _notes(document: WordDocument) -> dict[str, str]:
    """The text of each note, by its kind and number."""
    from lxml import etree

    notes: dict[str, str] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in document.part.rels.values():
        kind = relation.reltype.removeprefix(_NOTES)
        if relation.is_external or kind not in ("footnotes", "endnotes"):
            continue
        root = etree.fromstring(relation.target_part.blob, parser)
        for note in root:
            text = " ".join("".join(one.text or "" for one in note.iter(f"{_W}t")).split())
            notes[f"{kind[:-1]}{note.get(f'{_W}id')}"] = text
    return notes


@dataclass(slots=True)
class _Words:
    """The words of a paragraph, and which of them are set apart."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    terms: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    columns: int


@dataclass(slots=True)
class _Reader:
    notes: dict[str, str]
    styles: dict[str, str]
    builder: TextBuilder = field(default_factory=TextBuilder)
    removed: list[Removal] = field(default_factory=list)
    title: str = ""
    _count: int = 0

    def read(self, element: _Element) -> None:
        """Add the paragraphs and tables below an element."""
        for child in element:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
                self.read(child)

    def _paragraph(self, paragraph: _Element) -> None:
        words = self._words(paragraph)
        style = self._style(paragraph)
        level = _heading_level(paragraph, style)
        depth = _list_depth(paragraph, style)
        if style.startswith("toc "):
            self._leave_out("table of contents", words.text)
        elif level:
            if style == "Title" and not self.title:
                self.title = " ".join(words.text.split())
            self.builder.add("heading", words.text, level=level)
        elif depth:
            self.builder.add("item", words.text, level=depth, marker="-", terms=words.terms)
        elif style == "Caption":
            self.builder.add("caption", words.text)
        else:
            self.builder.add("paragraph", words.text, terms=words.terms)
        for note in words.notes:
            self.builder.add("paragraph", note)
        for box in words.boxes:
            self.read(box)

    def _style(self, paragraph: _Element) -> str:
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.styles.get(named.get(f"{_W}val", ""), "") if named is not None else ""

    def _words(self, paragraph: _Element) -> _Words:
        words = _Words()
        self._gather(paragraph, words, is_raised=False)
        return words

    def _gather(self, element: _Element, words: _Words, *, is_raised: bool) -> None:
        for child in element:
            name = child.tag if isinstance(child.tag, str) else ""
            words.write(_SIGNS.get(name, ""))
            match name.rpartition("}")[2]:
                case "instrText" | "pPr" | "Fallback" | "":
                    pass
                case "t":
                    text = normalise(child.text or "").replace("\u2061", " ")
                    words.write(raised(text) if is_raised else text)
                case "f" if child.tag == f"{_M}f":
                    self._fraction(child, words, is_raised=is_raised)
                case "sup" if child.tag == f"{_M}sup":
                    self._gather(child, words, is_raised=True)
                case "footnoteReference" | "endnoteReference" as kind:
                    self._note(kind, child.get(f"{_W}id", ""), words)
                case "txbxContent":
                    words.boxes.append(child)
                case "del":
                    deleted = "".join(one.text or "" for one in child.iter(f"{_W}delText"))
                    self._leave_out("deleted text", deleted)
                case "r" if child.tag == f"{_W}r":
                    self._run(child, words)
                case _:
                    self._gather(child, words, is_raised=is_raised)

    def _run(self, run: _Element, words: _Words) -> None:
        if _is_on(run, "vanish"):
            hidden = "".join(one.text or "" for one in run.iter(f"{_W}t"))
            self._leave_out("hidden text", hidden)
            return
        start = words.length
        self._gather(run, words, is_raised=_is_raised(run))
        if _is_set_apart(run) and words.length > start:
            words.terms.append((start, words.length))

    def _fraction(self, fraction: _Element, words: _Words, *, is_raised: bool) -> None:
        for part, edge in ((f"{_M}num", "/"), (f"{_M}den", "")):
            for inner in fraction.iterchildren(part):
                self._gather(inner, words, is_raised=is_raised)
                words.write(edge)

    def _note(self, kind: str, number: str, words: _Words) -> None:
        text = self.notes.get(f"{kind.removesuffix('Reference')}{number}", "")
        if text:
            self._count += 1
            words.write(f"[{self._count}]")
            words.notes.append(f"[{self._count}] {text}")

    def _table(self, table: _Element) -> None:
        rows = [
            [self._cell(cell) for cell in row.iter(f"{_W}tc") if _owner(cell, table)]
            for row in _rows(table)
        ]
        self.builder.part()
        for row in _merged(rows):
            self.builder.add("row", _CELL_EDGE.join(cell.text for cell in row).strip(" |"))

    def _cell(self, cell: _Element) -> tuple[_Cell, bool]:
        """A cell, and whether it goes on with the one above."""
        paragraphs = (self._words(one) for one in cell.iter(f"{_W}p"))
        text = " ".join(" ".join([paragraph.text, *paragraph.notes]) for paragraph in paragraphs)
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        columns = int(span.get(f"{_W}val", "1")) if span is not None else 1
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        return _Cell(" ".join(text.split()), max(columns, 1)), goes_on

    def _leave_out(self, reason: str, text: str) -> None:
        if text.strip():
            self.removed.append(Removal(reason=reason, text=" ".join(text.split())))


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table.iter(f"{_W}tr"):
        if _owner(child, table):
            yield child


def _owner(part: _Element, table: _Element) -> bool:
    """Whether a row or a cell is of this table, not of one inside."""
    return next(part.iterancestors(f"{_W}tbl"), None) is table


def _merged(rows: list[list[tuple[_Cell, bool]]]) -> list[list[_Cell]]:
    """The rows where a cell that goes on with the one above says the same."""
    above: dict[int, _Cell] = {}
    result: list[list[_Cell]] = []
    for cells in rows:
        row: list[_Cell] = []
        below: dict[int, _Cell] = {}
        column = 0
        for cell, goes_on in cells:
            shown = above.get(column, cell) if goes_on else cell
            row.append(shown if not goes_on or is_label(shown.text) else cell)
            below[column] = shown
            column += cell.columns
        above = below
        result.append(row)
    return result


def _heading_level(paragraph: _Element, style: str) -> int:
    if style == "Title":
        return 1
    named = _HEADING.fullmatch(style)
    if named:
        return min(int(named[1]) or 1, 6)
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    level = int(outline.get(f"{_W}val", "9")) if outline is not None else 9
    return level + 1 if level < 6 else 0


def _list_depth(paragraph: _Element, style: str) -> int:
    number = paragraph.find(f"{_W}pPr/{_W}numPr")
    if number is None:
        # `List Bullet 2` stands below `List Bullet`.
        return (int(style[-1]) if style[-1:].isdecimal() else 1) if _LIST.match(style) else 0
    level, kind = number.find(f"{_W}ilvl"), number.find(f"{_W}numId")
    if kind is not None and kind.get(f"{_W}val") == "0":
        return 0
    return int(level.get(f"{_W}val", "0")) + 1 if level is not None else 1


def _is_on(run: _Element, name: str) -> bool:
    mark = run.find(f"{_W}rPr/{_W}{name}")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "none")


def _is_set_apart(run: _Element) -> bool:
    return _is_on(run, "b") or _is_on(run, "i")


def _is_raised(run: _Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vertAlign")
    return mark is not None and mark.get(f"{_W}val") == "superscript"
