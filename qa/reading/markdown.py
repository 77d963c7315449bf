"""Reader of Markdown (CommonMark with tables), with optional front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from qa.models import Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.frontmatter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markdown_it.token import Token

FORMAT = "markdown"

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_CHECK_BOX = re.compile(r"\A\[[ xX]\](?=\s)")
_MIN_CAPTION_WORDS = 3
_CELL_EDGE = " | "


def read_markdown(text: str) -> Content:
    """Read Markdown; the title is that of the front matter, else the first heading of level 1."""
    front = split_front_matter(text)
    page = _Page()
    page.read(_parse(front.body))
    clean, blocks, terms = page.builder.build()
    first = next((one for one in blocks if one.kind == "heading" and one.level == 1), None)
    return Content(
        format=FORMAT,
        text=clean,
        blocks=blocks,
        key_terms=terms,
        title=front.title or (clean[first.start : first.end] if first else ""),
        language=front.language,
        licence=front.licence,
        url=front.url,
        objectives=front.objectives,
        based_on=front.based_on,
        removed=tuple(page.removed),
        notices=front.notices,
    )


def _parse(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


@dataclass(slots=True)
class _Page:
    """The blocks of a page as its tokens come in."""

    builder: TextBuilder = field(default_factory=TextBuilder)
    removed: list[Removal] = field(default_factory=list)
    _lists: int = 0
    _marker: str = ""
    _level: int = 0
    _row: list[Token] | None = None

    def read(self, tokens: Iterable[Token]) -> None:
        """Add the blocks of a sequence of block tokens."""
        for token in tokens:
            handler = _HANDLERS.get(token.type.removesuffix("_open").removesuffix("_close"))
            if handler is not None:
                handler(self, token)

    def on_list(self, token: Token) -> None:
        """Follow the depth of lists."""
        self._lists += token.nesting
        self._marker = ""

    def on_item(self, token: Token) -> None:
        """Keep the marker for the first block of the item."""
        number = f"{token.info}{token.markup}" if token.info else "-"
        self._marker = number if token.nesting > 0 else ""

    def on_heading(self, token: Token) -> None:
        """Keep the level for the text of the heading."""
        self._level = int(token.tag[1]) if token.nesting > 0 else 0

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
        """Add what a block of HTML says."""
        self._add(self._without_tags(token.content), ())

    def on_inline(self, token: Token) -> None:
        """Add a stretch of text, a cell of a row if one is open."""
        if self._row is not None:
            self._row.append(token)
            return
        text, terms, captions = self._inline(token)
        self._add(text, terms)
        for caption in captions:
            self.builder.add("caption", caption)

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

    def _inline(self, token: Token) -> tuple[str, list[Span], list[str]]:
        """Return the text of a token, its key terms and the captions of its pictures."""
        parts: list[str] = []
        terms: list[Span] = []
        captions: list[str] = []
        opened: list[int] = []
        length = 0
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
        """Leave out the marks of footnotes, and the box at the beginning of an item."""
        marks = [(_FOOTNOTE, "footnote mark")]
        if is_first and self._marker:
            marks.append((_CHECK_BOX, "check box"))
        for pattern, reason in marks:
            for found in pattern.finditer(text):
                self.removed.append(Removal(reason=reason, text=found[0]))
            text = pattern.sub("", text)
        return text

    def _without_tags(self, html: str) -> str:
        for pattern, reason in ((_COMMENT, "comment"), (_HIDDEN, "script")):
            for found in pattern.finditer(html):
                self.removed.append(Removal(reason=reason, text=found[0]))
            html = pattern.sub("", html)
        return unescape(_TAG.sub("", _BREAK.sub("\n", html)))


_HANDLERS: Mapping[str, Callable[[_Page, Token], None]] = {
    "bullet_list": _Page.on_list,
    "ordered_list": _Page.on_list,
    "list_item": _Page.on_item,
    "heading": _Page.on_heading,
    "tr": _Page.on_row,
    "inline": _Page.on_inline,
    "fence": _Page.on_code,
    "code_block": _Page.on_code,
    "html_block": _Page.on_html,
}
