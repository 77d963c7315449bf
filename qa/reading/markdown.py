"""Reader of Markdown: CommonMark with tables, notes and the boxes of its dialects, front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from qa.errors import UnreadableDocumentError
from qa.models import Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.frontmatter import split_front_matter
from qa.reading.html_tags import tags, without_tags
from qa.reading.markdown_dialects import Dialect, common_markdown
from qa.reading.tex_math import raised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FORMAT = "markdown"

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/summary|/dt|/dd|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_HTML_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.DOTALL | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_CHECK_BOX = re.compile(r"\A\[[ xX]\](?=\s)")
_MIN_CAPTION_WORDS = 3
_CELL_EDGE = " | "
_STRUCTURE = frozenset("table tr ul ol li dl h1 h2 h3 h4 h5 h6".split())


def read_markdown(text: str) -> Content:
    """Read Markdown; the title is that of the front matter, else the first heading of level 1."""
    front = split_front_matter(text)
    # A blank line inside a table would end the block of HTML that it is.
    body = _HTML_TABLE.sub(lambda table: _BLANK_LINES.sub("\n", table[0]), front.body)
    dialect = common_markdown(body)
    page = _Page(dialect=dialect, removed=dialect.removed)
    page.read(_parse(dialect.text))
    page.read_notes(dialect.notes)
    return page.builder.content(
        FORMAT,
        title=front.title or page.builder.heading(level=1),
        language=front.language,
        licence=front.licence,
        url=front.url,
        objectives=front.objectives,
        based_on=front.based_on,
        removed=tuple(page.removed),
        notices=front.notices,
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _parse(text: str) -> list[Token]:
    return _parser().parse(text)


@dataclass(slots=True)
class _Page:
    """The blocks of a page as its tokens come in."""

    dialect: Dialect
    removed: list[Removal]
    builder: TextBuilder = field(default_factory=TextBuilder)
    _lists: int = 0
    _marker: str = ""
    _level: int = 0
    _row: list[Token] | None = None
    _asked: list[str] = field(default_factory=list)
    """Names of the notes whose marks were met since the last block."""
    _told: set[str] = field(default_factory=set)

    def read(self, tokens: Iterable[Token]) -> None:
        """Add the blocks of a sequence of block tokens."""
        for token in tokens:
            handler = _HANDLERS.get(token.type.removesuffix("_open").removesuffix("_close"))
            if handler is not None:
                handler(self, token)

    def read_notes(self, names: Iterable[str]) -> None:
        """Add notes below the block that has their marks, each once."""
        self._asked = []
        for name in names:
            if name in self.dialect.notes and name not in self._told:
                self._told.add(name)
                self.read(_parse(f"\\[{name}\\] {self.dialect.notes[name].strip()}"))

    def on_list(self, token: Token) -> None:
        """Follow the depth of lists; one that begins beside another is its own."""
        if not self._lists:
            self.builder.part()
        self._lists += token.nesting
        self._marker = ""

    def on_item(self, token: Token) -> None:
        """Keep the marker for the first block of the item."""
        number = f"{token.info}{token.markup}" if token.info else "-"
        self._marker = number if token.nesting > 0 else ""

    def on_heading(self, token: Token) -> None:
        """Keep the level for the text of the heading."""
        self._level = int(token.tag[1]) if token.nesting > 0 else 0

    def on_table(self, token: Token) -> None:
        """Keep a table apart from one above."""
        self.builder.part()

    def on_row(self, token: Token) -> None:
        """Gather the cells of a row, and add it at its end."""
        if token.nesting > 0:
            self._row = []
        else:
            self._add_row()

    def on_code(self, token: Token) -> None:
        """Add a block of code."""
        self._add(token.content, ())

    def on_html(self, token: Token) -> None:
        """Add what a block of HTML says, with its tables and lists."""
        said = self._without_hidden(token.content)
        if not any(tag["name"].lower() in _STRUCTURE for tag in tags(said)):
            self._add(self._without_tags(said), ())
            return
        from qa.reading.html import parsed, walked

        try:
            walk = walked(parsed(said))
        except UnreadableDocumentError:
            self._add(self._without_tags(said), ())
            return
        self.removed.extend(walk.removed)
        table = 0
        for block in walk.blocks:
            if block.table != table:
                self.builder.part()
            table = block.table
            level = block.level + (self._lists if block.kind == "item" else 0)
            self.builder.add(
                block.kind, block.text, level=level, marker=block.marker, terms=block.terms
            )

    def on_inline(self, token: Token) -> None:
        """Add a stretch of text, a cell of a row if one is open."""
        if self._row is not None:
            self._row.append(token)
            return
        text, terms, captions = self._inline(token)
        self._add(text, terms)
        for caption in captions:
            self.builder.add("caption", caption)
        self.read_notes(self._asked)

    def _add(self, text: str, terms: Iterable[Span]) -> None:
        if self._level:
            self.builder.add("heading", text, level=self._level)
        elif self._marker:
            self.builder.add("item", text, level=self._lists, marker=self._marker, terms=terms)
            # What follows in the item is a paragraph below it, not a second item.
            self._marker = "" if text.strip() else self._marker
        else:
            self.builder.add("paragraph", text, terms=terms)

    def _add_row(self) -> None:
        cells: list[str] = []
        terms: list[Span] = []
        length = 0
        for token in self._row or ():
            text, inner, captions = self._inline(token)
            text = text.replace("\n", " ")
            cells.append(text if text.strip() else " ".join(captions))
            terms.extend((start + length, end + length) for start, end in inner)
            length += len(cells[-1]) + len(_CELL_EDGE)
        self._row = None
        if any(cell.strip() for cell in cells):
            self.builder.add("row", _CELL_EDGE.join(cells).rstrip(" |"), terms=terms)
        self.read_notes(self._asked)

    def _inline(self, token: Token) -> tuple[str, list[Span], list[str]]:
        """Return the text of a token, its key terms and the captions of its pictures."""
        parts: list[str] = []
        terms: list[Span] = []
        captions: list[str] = []
        opened: list[int] = []
        length = 0
        raises: list[int] = []
        for child in token.children or ():
            text = ""
            match child.type:
                case "text":
                    text = self._without_marks(child.content, is_first=not length)
                case "code_inline":
                    text = child.content
                case "softbreak":
                    text = " "
                case "hardbreak":
                    text = "\n"
                case "html_inline":
                    text = self._without_tags(child.content)
                    length += _raise_last(child.content, parts, raises)
                case "image":
                    captions.extend(self._caption(child))
                case "strong_open" | "em_open":
                    opened.append(length)
                case "strong_close" | "em_close":
                    start = opened.pop()
                    # Only the outermost of nested emphases is a term.
                    terms.extend([(start, length)] if not opened and start < length else [])
            parts.append(text)
            length += len(text)
        return "".join(parts), terms, captions

    def _caption(self, picture: Token) -> list[str]:
        """Return what a picture is said to show; one or two words are its name, and go with it."""
        source, said = str(picture.attrs["src"]), picture.content.strip()
        in_cell = self._row is not None
        is_kept = bool(said) and (in_cell or len(said.split()) >= _MIN_CAPTION_WORDS)
        gone = source if is_kept else f"{source} {said}".strip()
        self.removed.extend([Removal(reason="picture", text=gone)] if gone else [])
        return [picture.content] if is_kept else []

    def _without_marks(self, text: str, *, is_first: bool) -> str:
        """Leave out the box at the beginning of an item; marks of notes stay, as `[1]`."""
        box = _CHECK_BOX.match(text) if is_first and self._marker else None
        if box:
            self.removed.append(Removal(reason="check box", text=box[0]))
            text = text[box.end() :]
        return _NOTE_MARK.sub(self._note_mark, text)

    def _note_mark(self, mark: re.Match[str]) -> str:
        if mark[1] in self.dialect.notes:
            self._asked.append(mark[1])
            return f"[{mark[1]}]"
        self.removed.append(Removal(reason="footnote mark", text=mark[0]))
        return ""

    def _without_tags(self, html: str) -> str:
        return unescape(without_tags(_BREAK.sub("\n", self._without_hidden(html))))

    def _without_hidden(self, html: str) -> str:
        for pattern, reason in ((_COMMENT, "comment"), (_HIDDEN, "script")):
            for found in pattern.finditer(html):
                self.removed.append(Removal(reason=reason, text=found[0]))
            html = pattern.sub("", html)
        return html


def _raise_last(tag: str, parts: list[str], opened: list[int]) -> int:
    """Raise what stands between `<sup>` and `</sup>`; returns the change in length."""
    name = tag.lower().replace(" ", "")
    if name.startswith("<sup>"):
        opened.append(len(parts) + 1)
    elif name.startswith("</sup>") and opened:
        start = opened.pop()
        inner = "".join(parts[start:])
        parts[start:] = [raised(inner)]
        return len(raised(inner)) - len(inner)
    return 0


_HANDLERS: Mapping[str, Callable[[_Page, Token], None]] = {
    "bullet_list": _Page.on_list,
    "ordered_list": _Page.on_list,
    "list_item": _Page.on_item,
    "heading": _Page.on_heading,
    "table": _Page.on_table,
    "tr": _Page.on_row,
    "inline": _Page.on_inline,
    "fence": _Page.on_code,
    "code_block": _Page.on_code,
    "html_block": _Page.on_html,
}
