"""Lines of flattened wikitext: headings, list items, captions and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.models import BlockKind, Span
from qa.reading.wiki_inline import BREAK, CAPTION_END, CAPTION_START, strip_quotes

_CAPTION = re.compile(f"{CAPTION_START}([^{CAPTION_START}{CAPTION_END}]*){CAPTION_END}")
_HEADING = re.compile(r"(={1,6})\s*([^=\s>].*?)={1,6}", re.DOTALL)
_HALF_HEADING = re.compile(r"(={2,6})\s*([^=\s>][^=]{0,100})")
_TERM = re.compile(r"^(;[^:;\n]{1,200})\n:[ ]{0,5}(?=[^\s:*#;|])", re.MULTILINE)
"""A term, with what defines it on the next line."""
_LIST = re.compile(r"([*#:;]+)(.*)", re.DOTALL)
# A dash before a digit may be a minus sign: it is a bullet only with a space.
_BULLET = re.compile(
    r"\s*(?:(?P<before>'{2,})\s*)?"
    r"(?:[–—•·▪▫◦‣●○■□◆➢➤✓]|-(?![->\d])|-(?=\s+\d)|(?P<second>o)(?=[\s']))"
    r"\s*(?P<after>'{2,})?(?P<text>.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(r"\s*(\d{1,2})\s*(?:°?\)|\.(?!\d)|°)\s*(?=\S)")
_TABLE_MARK = re.compile(r"\s*(?:\{\||\|\}|\|-|\|\+)")
_CELL_MARK = re.compile(
    r"\s*[|!]*"
    r"(?:(?:[^|\[\]=]*=(?!\s*[\"']))*+[^|\[\]=]*=\s*[\"'][^|]*\|(?!\|))?"  # Attributes of a cell.
    r"\s*"
)
_END_OF_SENTENCE = re.compile(r"[.!?:;…][\"'»”)]*\s*$")
_MAX_HEADING_WORDS = 14
_MAX_HEADING = 100
_FIRST_BOLD_LEVEL = 3
_LAST_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One block to be."""

    kind: BlockKind
    text: str
    terms: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""
    """`"-"`, or `"#"` for an item that is numbered by its place, or the number itself."""
    is_joined: bool = False
    """Whether no blank line stands between this line and the one before."""

    @property
    def is_emphasised(self) -> bool:
        """Whether bold or italics cover the whole line, but for its number and punctuation."""
        covered = sum(end - start for start, end in self.terms)
        number = _NUMBERED.match(self.text)
        plain = len(self.text.rstrip(" :.")) - (number.end() if number else 0)
        return bool(self.terms) and covered >= plain > 0


def read_lines(text: str) -> list[Line]:
    """Return the blocks of a stretch of flattened wikitext, without the blank ones."""
    lines: list[Line] = []
    joined = False
    text = _TERM.sub(r"\1 : ", text) if ";" in text else text
    for raw in text.split("\n"):
        captions = _CAPTION.findall(raw)
        for line in _read_line(_CAPTION.sub("", raw) if captions else raw):
            lines.append(replace(line, is_joined=joined))
            joined = True
        lines.extend(Line(kind="caption", text=caption) for caption in captions)
        joined = bool(raw.strip())
    return _number(_promote(_join(lines)))


def _read_line(raw: str) -> Iterator[Line]:
    line = raw.replace(BREAK, "\n").strip()
    listed = _LIST.fullmatch(line)
    if not line.strip("-*#:;|' \n") or _TABLE_MARK.match(line):
        return
    if heading := _HEADING.fullmatch(line) or _HALF_HEADING.fullmatch(line):
        text = " ".join(strip_quotes(heading[2])[0].split())
        yield Line(kind="heading", text=text, level=len(heading[1]))
    elif line.startswith(("|", "!")):
        # A table that is never closed is no table to the parser.
        cells = (strip_quotes(cell)[0] for cell in re.split(r"\|\||!!", line))
        row = " | ".join(" ".join(_CELL_MARK.sub("", cell, count=1).split()) for cell in cells)
        yield Line(kind="row", text=row)
    elif listed and listed[1][-1] != ":":
        marker = "#" if listed[1][-1] == "#" else "-"
        yield from _segments("item", listed[2], len(listed[1]), marker)
    elif listed:
        # A colon only indents; below a bullet it goes on with the item.
        yield from _segments("paragraph", listed[2], len(listed[1]))
    else:
        yield from _segments("paragraph", line, 1)


def _segments(kind: BlockKind, text: str, depth: int, marker: str = "") -> Iterator[Line]:
    """Split a line at its breaks, where a blank or a bullet follows them."""
    gathered: list[str] = []
    for segment in [*text.split("\n"), ""]:
        bullet = _BULLET.fullmatch(segment)
        if gathered and (bullet or not segment.strip()):
            yield _line(kind, "\n".join(gathered), depth, marker)
            gathered, kind, marker = [], "paragraph", ""
        if bullet and bullet["text"].strip():
            quotes = bullet["before"] if not bullet["after"] else ""
            gathered.append((quotes or "") + bullet["text"].strip())
            if kind == "paragraph":
                kind, marker = "item", "-"
                depth = max(depth, 2) if bullet["second"] else depth
        elif segment.strip():
            gathered.append(segment.strip())


def _line(kind: BlockKind, text: str, depth: int, marker: str) -> Line:
    clean, terms = strip_quotes(text)
    depth = min(depth, _LAST_LEVEL)
    lead = len(clean) - len(clean.lstrip())
    return Line(
        kind=kind,
        text=clean.strip(),
        terms=tuple((max(start - lead, 0), end - lead) for start, end in terms),
        level=depth if kind == "item" else 0,
        marker=marker,
    )


def _join(lines: list[Line]) -> list[Line]:
    """Join the lines of a paragraph where a sentence runs on from one to the next."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and line.is_joined
            and (last.kind, line.kind) == ("paragraph", "paragraph")
            and line.text[:1].islower()
            and not _END_OF_SENTENCE.search(last.text)
        ):
            groups[-1].append(line)
        elif line.text.strip():
            groups.append([line])
    return [_in_one(group) if len(group) > 1 else group[0] for group in groups]


def _in_one(group: list[Line]) -> Line:
    terms: list[Span] = []
    shift = 0
    for line in group:
        terms.extend((start + shift, end + shift) for start, end in line.terms)
        shift += len(line.text) + 1
    return replace(group[0], text=" ".join(line.text for line in group), terms=tuple(terms))


def _promote(lines: list[Line]) -> list[Line]:
    """Turn short lines in bold that stand above content into headings."""
    promoted: list[Line] = []
    level = _FIRST_BOLD_LEVEL
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        if line.kind == "heading":
            level = max(_FIRST_BOLD_LEVEL, min(line.level + 1, _LAST_LEVEL))
        # With a colon above a list it is the lead-in of the list.
        leads_in = line.text.endswith(":") and below is not None and below.kind == "item"
        if (
            line.kind == "paragraph"
            and below is not None
            and below.kind != "heading"
            and not leads_in
            and _is_heading(line)
        ):
            promoted.append(replace(line, kind="heading", level=level, terms=()))
        else:
            promoted.append(line)
    return promoted


def _is_heading(line: Line) -> bool:
    text = line.text
    return (
        line.is_emphasised
        and "\n" not in text
        and len(text) <= _MAX_HEADING
        and len(text.split()) <= _MAX_HEADING_WORDS
        and not text.endswith((".", ";", ","))
    )


def _number(lines: list[Line]) -> list[Line]:
    """Make items of paragraphs that count, and give `#` items their number."""
    numbers = [
        int(match[1])
        if line.kind == "paragraph" and (match := _NUMBERED.match(line.text))
        else None
        for line in lines
    ]
    counts: list[int] = []
    numbered: list[Line] = []
    for place, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        counts = counts[: line.level] if line.kind == "item" else []
        counts += [0] * (line.level - len(counts))
        if number is not None and _counts_on(numbers, place):
            match = _NUMBERED.match(line.text)
            cut = match.end() if match else 0
            line = replace(
                line,
                kind="item",
                level=1,
                marker=line.text[:cut].strip(),
                text=line.text[cut:],
                terms=tuple((max(start - cut, 0), end - cut) for start, end in line.terms),
            )
        elif line.marker == "#":
            counts[-1] += 1
            line = replace(line, marker=f"{counts[-1]}.")
        numbered.append(line)
    return numbered


def _counts_on(numbers: list[int | None], place: int) -> bool:
    number = numbers[place]
    before = numbers[place - 1] if place else None
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    return number is not None and (before == number - 1 or after == number + 1)
