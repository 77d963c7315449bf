"""Reader of reStructuredText: prose, lists, tables and boxes, without roles and directives."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from qa.models import Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.formats import read_decoded
from qa.reading.grids import GRID_RULE, grid_rows
from qa.reading.tex_math import math_text

FORMAT: Final = "restructuredtext"

_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|\n]{1,99}\|[ \t]+)?([\w:.+-]{1,60}?)::(?=[ \t]|\Z)")
_SUBSTITUTION = re.compile(
    r"^\.\.[ \t]+\|([^|\n]{1,99})\|[ \t]+replace::[ \t]*([^\n]{0,300})", re.MULTILINE
)
_SUBSTITUTED = re.compile(r"(?<!\.\. )\|([^|\n\s][^|\n]{0,98})\|")
_NOTE = re.compile(r"\.\.[ \t]+\[([#*\w.-]{1,40})\]")
_ITEM = re.compile(
    r"(?P<mark>[-*+•]|(?:\d{1,3}|#|[a-zA-Z])[.)]|\((?:\d{1,3}|[a-z#])\))[ \t]+(?=\S)"
)
_OPTION = re.compile(r":[\w -]{1,40}:(?:[ \t]|\Z).*")
_SIMPLE_RULE = re.compile(r"=+(?:[ \t]+=+)+[ \t]*")
_LIST_CELL = re.compile(r"[ ]{0,20}(\*[ ]{1,5})?-(?:[ ]+|\Z)")
_ROLE = re.compile(r":([\w:.+-]{1,40}):`([^`\n]{1,300})`")
_LINK = re.compile(r"`([^`<\n]{1,300}?)\s*(?:<[^<>\n]{0,300}>)?`__?")
_WITH_TARGET = re.compile(r"\A(.*?)\s*<[^<>]*>\Z")
_LITERAL = re.compile(r"``([^`\n]{1,300})``")
_STRONG = re.compile(r"\*\*([^*\n]{1,300})\*\*|(?<![\w*])\*([^*\s][^*\n]{0,300}?)\*(?![\w*])")
_REFERENCE = re.compile(r"\b(\w+)__?(?![\w`])|\[([#*\w.-]+)\]_")
_INTERPRETED = re.compile(r"`([^`\n]{1,300})`")
_BOXES: Final = frozenset(
    "admonition attention caution danger error hint important note tip warning seealso topic"
    " sidebar container rubric epigraph highlights pull-quote compound versionadded versionchanged"
    " deprecated glossary definition list-table csv-table table only tab-item card".split()
)
_TITLED: Final = frozenset("admonition topic sidebar table rubric card tab-item only".split())
"""Of these, what stands beside the name is a title."""
_DEEPEST: Final = 20


def read_rst(data: bytes, _name: str) -> Content:
    """Read a page; the title is its first heading."""
    return read_decoded(data, _read)


def _read(text: str) -> Content:
    page = _Page()
    shown = dict(_SUBSTITUTION.findall(text))
    text = _SUBSTITUTED.sub(lambda one: shown.get(one[1], one[0]), text) if shown else text
    page.read(text.expandtabs(8).split("\n"), 0)
    return page.builder.content(FORMAT, title=page.builder.heading(), removed=tuple(page.removed))


@dataclass(slots=True)
class _Page:
    """The blocks of a page as its lines come in."""

    builder: TextBuilder = field(default_factory=TextBuilder)
    removed: list[Removal] = field(default_factory=list)
    _styles: list[str] = field(default_factory=list)
    """The marks of headings, outermost first."""

    def read(self, lines: Sequence[str], depth: int, *, lists: int = 0) -> None:
        """Add the blocks of lines that stand at the left edge, and of what is indented below."""
        at = 0
        while at < len(lines):
            if not lines[at].strip():
                at += 1
            else:
                at = self._block(lines, at, depth, lists)

    def _block(self, lines: Sequence[str], at: int, depth: int, lists: int) -> int:
        line = lines[at]
        if depth > _DEEPEST:
            self._add(" ".join(one.strip() for one in lines[at:]))
            return len(lines)
        if after := self._heading(lines, at):
            return after
        if line.startswith(".."):
            return self._explicit(lines, at, depth, lists)
        if GRID_RULE.fullmatch(line) or _SIMPLE_RULE.fullmatch(line):
            return self._table(lines, at)
        if item := _ITEM.match(line):
            return self._item(lines, at, item, depth, lists)
        end = _end_of_paragraph(lines, at)
        if line[:1] == " ":
            body, end = _indented(lines, at)
            self.read(body, depth + 1, lists=lists)
            return end
        if end > at + 1 and lines[at + 1][:1] == " " and not line.endswith("::"):
            return self._defined(lines, at, depth, lists)
        text = " ".join(one.strip() for one in lines[at:end])
        if all(_OPTION.fullmatch(one) for one in lines[at:end]):
            self.removed.append(Removal(reason="field", text=text))
        elif text.endswith("::"):
            self._add(text[:-1] if len(text) > 2 else "")
            body, end = _indented(lines, end)
            self.builder.add("paragraph", "\n".join(body))
        else:
            self._add(text)
        return end

    def _defined(self, lines: Sequence[str], at: int, depth: int, lists: int) -> int:
        """A term, and what is indented below it."""
        body, end = _indented(lines, at + 1)
        rest = _end_of_paragraph(body, 0)
        self._add(f"{lines[at].strip()} : {' '.join(one.strip() for one in body[:rest])}")
        self.read(body[rest:], depth + 1, lists=lists)
        return end

    def _heading(self, lines: Sequence[str], at: int) -> int:
        """Add a heading and return the place behind it, 0 where there is none."""
        over = bool(_RULE.fullmatch(lines[at])) and at + 2 < len(lines)
        text = at + over
        if text + 1 >= len(lines) or not lines[text].strip():
            return 0
        rule = _RULE.fullmatch(lines[text + 1])
        title = lines[text].strip()
        if rule is None or len(lines[text + 1].strip()) < min(len(title), 4):
            return 0
        if (over and lines[at].strip() != lines[text + 1].strip()) or _RULE.fullmatch(title):
            return 0
        style = rule[1] * (2 if over else 1)
        if style not in self._styles:
            self._styles.append(style)
        plain, _ = _plain(title)
        self.builder.add("heading", plain, level=min(self._styles.index(style) + 1, 6))
        return text + 2

    def _explicit(self, lines: Sequence[str], at: int, depth: int, lists: int) -> int:
        """A directive, a note, a target or a comment, with what is indented below it."""
        body, end = _indented(lines, at + 1)
        if note := _NOTE.match(lines[at].strip()):
            said = " ".join(
                [lines[at].strip()[note.end() :].strip(), *(one.strip() for one in body)]
            )
            self._add(f"[{note[1]}] {said}")
            return end
        directive = _DIRECTIVE.match(lines[at].strip())
        if directive is None:
            comment = "\n".join([lines[at][2:].strip(), *body]).strip()
            if comment and not comment.startswith("_"):
                self.removed.append(Removal(reason="comment", text=comment))
            return end
        name, argument = directive[1], lines[at].strip()[directive.end() :].strip()
        options = 0
        while options < len(body) and _OPTION.fullmatch(body[options].strip()):
            options += 1
        own = body[options:]
        while own and not own[0].strip():
            own = own[1:]
        if name == "math":
            self.builder.add("paragraph", math_text("\n".join([argument, *own])))
        elif name in ("figure",):
            caption = " ".join(one.strip() for one in own[: _end_of_paragraph(own, 0)])
            self.builder.add("caption", _plain(caption)[0])
            self.read(own[_end_of_paragraph(own, 0) :], depth + 1, lists=lists)
        elif name in ("list-table", "csv-table"):
            self.builder.add("caption", _plain(argument)[0])
            self._rows(_list_rows(own) if name == "list-table" else _csv_rows(body[:options], own))
        elif name in _BOXES or name.endswith(("note", "warning")):
            first = 0 if name in _TITLED else _end_of_paragraph(body, 0)
            self._add(" ".join([argument, *(one.strip() for one in body[:first])]))
            self.read(body[first:] if first else own, depth + 1, lists=lists)
        else:
            text = "\n".join([lines[at].strip(), *own]).strip()
            self.removed.append(Removal(reason="directive", text=text[:200]))
        return end

    def _item(
        self, lines: Sequence[str], at: int, item: re.Match[str], depth: int, lists: int
    ) -> int:
        body, end = _indented(lines, at + 1)
        first = lines[at][item.end() :]
        rest = _end_of_paragraph(body, 0)
        own = [first, *(one.strip() for one in body[:rest])]
        mark = item["mark"]
        marker = "-" if mark in "-*+•" else mark
        text, terms = _plain(" ".join(own))
        self.builder.add("item", text, level=lists + 1, marker=marker, terms=terms)
        self.read(body[rest:], depth + 1, lists=lists + 1)
        return end

    def _table(self, lines: Sequence[str], at: int) -> int:
        end = at
        is_grid = lines[at].startswith("+")
        while end < len(lines) and (lines[end].strip() if is_grid else True):
            end += 1
            closes = not is_grid and end > at + 1 and _SIMPLE_RULE.fullmatch(lines[end - 1])
            if closes and (end >= len(lines) or not lines[end].strip()):
                break
        self._rows(grid_rows(lines[at:end]) if is_grid else _simple_rows(lines[at:end]))
        return end

    def _rows(self, rows: Iterable[Sequence[str]]) -> None:
        self.builder.part()
        for row in rows:
            cells = [_plain(" ".join(cell.split()))[0] for cell in row]
            self.builder.add("row", " | ".join(cells).strip(" |"))

    def _add(self, text: str) -> None:
        said, terms = _plain(text)
        self.builder.add("paragraph", said, terms=terms)


def _end_of_paragraph(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].strip() and not (at and _ITEM.match(lines[at].strip())):
        at += 1
    return at


def _indented(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The indented lines from a place on, without their indent, and the place behind them."""
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end][0] == " "):
        end += 1
    body = list(lines[at:end])
    indents = [len(one) - len(one.lstrip(" ")) for one in body if one.strip()]
    cut = min(indents, default=0)
    return [one[cut:] for one in body], end


def _list_rows(lines: Sequence[str]) -> list[list[str]]:
    """A list of lists: `* - a` begins a row, `- b` another cell of it."""
    rows: list[list[str]] = []
    for line in lines:
        cell = _LIST_CELL.match(line)
        if cell is not None and (cell[1] or not rows):
            rows.append([])
        if cell is not None:
            rows[-1].append(line[cell.end() :].strip())
        elif rows and line.strip():
            rows[-1][-1] = f"{rows[-1][-1]} {line.strip()}".strip()
    return rows


def _csv_rows(options: Iterable[str], lines: Sequence[str]) -> Iterator[list[str]]:
    header = [
        option.strip().partition(":header:")[2].strip()
        for option in options
        if ":header:" in option
    ]
    yield from csv.reader([*header, *(line.strip() for line in lines if line.strip())])


def _simple_rows(lines: Sequence[str]) -> list[list[str]]:
    edges = [match.start() for match in re.finditer(r"=+", lines[0])]
    rows: list[list[str]] = []
    for line in lines[1:]:
        if not line.strip() or _SIMPLE_RULE.fullmatch(line):
            continue
        row = [
            line[start:end].strip() for start, end in zip(edges, [*edges[1:], None], strict=True)
        ]
        if rows and not row[0]:
            rows[-1] = [f"{a} {b}" for a, b in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
    return rows


def _plain(text: str) -> tuple[str, list[Span]]:
    """A line without its roles, links and marks, and the terms that it sets apart."""
    if "`" in text:
        text = _LITERAL.sub(r"\1", text)
        text = _ROLE.sub(_role, text)
        text = _INTERPRETED.sub(r"\1", _LINK.sub(r"\1", text))
    text = _REFERENCE.sub(lambda one: one[1] or f"[{one[2]}]", text) if "_" in text else text
    parts: list[str] = []
    terms: list[Span] = []
    length = last = 0
    for strong in _STRONG.finditer(text):
        inner = strong[1] or strong[2]
        before = text[last : strong.start()]
        start = length + len(before)
        parts += [before, inner]
        terms.append((start, start + len(inner)))
        length, last = start + len(inner), strong.end()
    return "".join([*parts, text[last:]]).replace("\\ ", "").replace("\\", ""), terms


def _role(role: re.Match[str]) -> str:
    if role[1] == "math":
        return math_text(role[2])
    target = _WITH_TARGET.match(role[2])
    return (target[1] if target and target[1] else role[2]).lstrip("~!")
