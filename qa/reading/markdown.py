"""Reader of Markdown (CommonMark with tables), with optional front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from qa.models import BlockKind, Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.frontmatter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

FORMAT = "markdown"

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
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
    _kind: BlockKind = "paragraph"
    _level: int = 0
    _row: list[Token] | None = None

    def read(self, tokens: Iterable[Token]) -> None:
        """Add the blocks of a sequence of block tokens."""
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._lists += 1
                case "bullet_list_close" | "ordered_list_close":
                    self._lists -= 1
                    self._marker = ""
                case "list_item_open":
                    self._marker = f"{token.info}{token.markup}" if token.info else "-"
                case "list_item_close":
                    self._marker = ""
                case "heading_open":
                    self._kind, self._level = "heading", int(token.tag[1])
                case "heading_close":
                    self._kind, self._level = "paragraph", 0
                case "tr_open":
                    self._row = []
                case "tr_close":
                    self._add_row()
                case "inline":
                    self._add_inline(token)
                case "fence" | "code_block":
                    self._add("paragraph", token.content, ())
                case "html_block":
                    self._add("paragraph", self._without_tags(token.content), ())

    def _add_inline(self, token: Token) -> None:
        if self._row is not None:
            self._row.append(token)
            return
        text, terms, captions = self._inline(token)
        self._add(self._kind, text, terms)
        for caption in captions:
            self.builder.add("caption", caption)

    def _add(self, kind: BlockKind, text: str, terms: Iterable[Span]) -> None:
        if kind == "heading":
            self.builder.add(kind, text, level=self._level)
        elif self._marker:
            self.builder.add("item", text, level=self._lists, marker=self._marker, terms=terms)
            # What follows in the item is a paragraph below it, not a second item.
            self._marker = "" if text.strip() else self._marker
        else:
            self.builder.add(kind, text, terms=terms)

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
                case "text" | "code_inline":
                    text = child.content
                case "softbreak":
                    text = " "
                case "hardbreak":
                    text = "\n"
                case "html_inline":
                    text = self._without_tags(child.content)
                case "image":
                    self.removed.append(Removal(reason="picture", text=str(child.attrs["src"])))
                    captions.extend([child.content] if child.content.strip() else [])
                case "strong_open" | "em_open":
                    opened.append(length)
                case "strong_close" | "em_close":
                    start = opened.pop()
                    # Only the outermost of nested emphases is a term.
                    terms.extend([(start, length)] if not opened and start < length else [])
            parts.append(text)
            length += len(text)
        return "".join(parts), terms, captions

    def _without_tags(self, html: str) -> str:
        for pattern, reason in ((_COMMENT, "comment"), (_HIDDEN, "script")):
            for found in pattern.finditer(html):
                self.removed.append(Removal(reason=reason, text=found[0]))
            html = pattern.sub("", html)
        return unescape(_TAG.sub("", _BREAK.sub("\n", html)))
