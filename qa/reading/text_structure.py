"""Structure of plain text: wrapped lines, tables, headings and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.analysis.stopwords import STOPWORDS
from qa.analysis.words import fold
from qa.models import BlockKind
from qa.reading.hyphens import Hyphens
from qa.reading.text_lines import TextLine

_MIN_WIDTH, _MAX_WIDTH = 45, 130
_MIN_PAIRS = 2
_CELL_GAP = re.compile(r"[ \t]*\|[ \t]*|[ \xa0]*\t[ \t]*|[ \xa0]{3,}")
_CELL_RULE = re.compile(r"[\s|:+=-]+")
_GLOSS = re.compile(r"[^:.]{1,60}\s?:\s")
_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Za-z]\)|\d{1,3}°")
_FEWEST_CUT = 4
"""Words of a line, at least, that is no label."""
_MAX_BULLET_HEADING = 8
_MAX_COLON_HEADING = 4
_GAPPED = 0.3
_TITLE, _SECTION_LEVEL, _LAST_LEVEL = 1, 2, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A block to be."""

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""


def unwrap(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join the lines of paragraphs and items that were broken at a fixed width."""
    width = _wrap_width(lines)
    runs_on = (lambda above, below: _runs_on(above, below, width)) if width else _is_cut
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _is_pair(groups[-1][-1], line) and runs_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    hyphens = Hyphens(line.text for line in lines)
    return [_merge(group, hyphens) for group in groups]


def find_blocks(lines: Sequence[TextLine]) -> list[TextBlock]:
    """Return the blocks that the lines make."""
    headings = _headings(lines)
    rows = _rows(lines)
    indents: list[int] = []
    blocks: list[TextBlock] = []
    for place, line in enumerate(lines):
        is_item = bool(line.marker) and place not in headings
        indents = _nest(indents, line.indent) if is_item else []
        if place in headings:
            blocks.append(_heading(line, headings[place]))
        elif place in rows:
            cells = [cell for cell in _cells(line.text) if not _CELL_RULE.fullmatch(cell)]
            blocks.append(TextBlock(kind="row", text=" | ".join(cells)))
        elif is_item:
            blocks.append(
                TextBlock(kind="item", text=line.text, level=len(indents), marker=line.marker)
            )
        else:
            blocks.append(TextBlock(kind="paragraph", text=line.text))
    return blocks


def _wrap_width(lines: Sequence[TextLine]) -> int:
    """Return the width that the text was broken at, 0 when every line is a paragraph."""
    pairs = [pair for pair in pairwise(lines) if _is_pair(*pair)]
    if len(pairs) < _MIN_PAIRS:
        return 0
    widths = sorted(_width(above) for above, _ in pairs)
    width = widths[len(widths) * 95 // 100]
    lower = sum(not below.text[:1].isupper() for _, below in pairs)
    return width if _MIN_WIDTH <= width <= _MAX_WIDTH and 2 * lower >= len(pairs) else 0


def _is_pair(above: TextLine, below: TextLine) -> bool:
    return not below.after_gap and not below.marker and len(above.text) <= 2 * _MAX_WIDTH


def _width(line: TextLine) -> int:
    return line.indent + len(line.text) + (len(line.marker) + 1 if line.marker else 0)


def _runs_on(above: TextLine, below: TextLine, width: int) -> bool:
    """Whether the first word below would not have fitted above, or goes on with its sentence."""
    word = below.text[:width].split(maxsplit=1)[0]
    if above.text.endswith("-") and above.text[-2:-1].isalpha():
        return True
    is_open = above.last not in ".!?:;…" and below.text[:1].islower()
    return is_open or _width(above) + 1 + len(word) > width - 2


def _is_cut(above: TextLine, below: TextLine) -> bool:
    """Whether a sentence goes on below in a text whose lines have no common width."""
    if above.last in ".!?:;…" or not below.text[:1].islower() or _is_gloss(below):
        return False
    if above.text.endswith("-") and above.text[-2:-1].isalpha():
        return True
    if above.marker and below.indent > above.indent:
        return True
    ends, begins = above.text.split()[-1], below.text.split(maxsplit=1)[0]
    leans = any(fold(word) in words for words in STOPWORDS.values() for word in (ends, begins))
    return above.words >= _FEWEST_CUT and leans


def _merge(group: list[TextLine], hyphens: Hyphens) -> TextLine:
    if len(group) == 1:
        return group[0]
    text = group[0].text
    for line in group[1:]:
        text = hyphens.joined(text, line.text)
    words = sum(line.words for line in group)
    return replace(group[0], text=text, words=words, last=group[-1].last)


def _headings(lines: Sequence[TextLine]) -> dict[int, int]:
    """Return the places of headings and their levels."""
    gapped = sum(line.after_gap for line in lines) >= _GAPPED * len(lines)
    levels: dict[int, int] = {}
    # From the end: a heading may stand above a heading.
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        below = lines[place + 1] if place + 1 < len(lines) else None
        if hashes := _HASHES.fullmatch(line.text[:200]):
            levels[place] = len(hashes[1])
        elif below is None:
            continue
        elif place == 0 and _is_title(line, below, place + 1 in levels):
            levels[place] = _TITLE
        elif line.is_bullet:
            if _is_bullet_heading(lines, place):
                levels[place] = _SECTION_LEVEL
        elif (line.after_gap or not gapped) and _stands_above(line, below, place + 1 in levels):
            levels[place] = _level(line)
    return levels


def _is_title(line: TextLine, below: TextLine, is_above_heading: bool) -> bool:
    if not line.is_title_like or line.marker or below.text[:1].islower():
        return False
    if below.is_dateline:
        return True
    stands_off = below.after_gap or below.is_sentence or below.is_lead_in or is_above_heading
    return stands_off and not _is_gloss(line)


def _stands_above(line: TextLine, below: TextLine, is_above_heading: bool) -> bool:
    """Whether a line is a heading of what is below."""
    if below.text[:1].islower() and not below.marker:
        return False
    if line.marker and (not _SECTION.fullmatch(line.marker) or below.marker):
        return False
    if line.is_lead_in:
        short = line.words <= _MAX_COLON_HEADING
        return short and below.is_sentence and not below.marker
    if not line.is_title_like or line.is_dateline or (_is_gloss(line) and _is_gloss(below)):
        return False
    if _CELL_GAP.search(line.text):
        return False
    content = below.is_sentence or below.is_lead_in or below.is_bullet
    return content or (is_above_heading and below.after_gap)


def _is_bullet_heading(lines: Sequence[TextLine], place: int) -> bool:
    """Whether a bullet was left on a heading: the last of a list, above prose, unlike its siblings.

    Lists that are left open in a page swallow the heading below them, and the text as well, which
    is then indented as if it belonged to the item.
    """
    line, below = lines[place], lines[place + 1]
    if not line.is_title_like or line.words > _MAX_BULLET_HEADING or below.marker:
        return False
    if not below.after_gap or not below.is_sentence or not place or not lines[place - 1].is_bullet:
        return False
    above = lines[place - 1]
    return above.is_sentence or above.words > _MAX_BULLET_HEADING or below.indent > line.indent


def _level(line: TextLine) -> int:
    numbers = line.marker.strip(".)").count(".") if line.marker[:1].isdigit() else 0
    return min(_SECTION_LEVEL + numbers, _LAST_LEVEL)


def _heading(line: TextLine, level: int) -> TextBlock:
    hashes = _HASHES.fullmatch(line.text[:200])
    number = f"{line.marker} " if line.marker and not line.is_bullet else ""
    return TextBlock(kind="heading", text=hashes[2] if hashes else number + line.text, level=level)


def _is_gloss(line: TextLine) -> bool:
    return bool(_GLOSS.match(line.text[:80]))


def _rows(lines: Sequence[TextLine]) -> set[int]:
    """Return the places of neighbouring lines that have the same number of cells, two or more."""
    counts = [0 if line.marker else len(_cells(line.text[:2000])) for line in lines]
    rows: set[int] = set()
    for place in range(1, len(lines)):
        if counts[place] > 1 and counts[place] == counts[place - 1] and not lines[place].after_gap:
            rows |= {place - 1, place}
    return rows


def _cells(text: str) -> list[str]:
    return _CELL_GAP.split(text.strip("| \t"))


def _nest(indents: list[int], indent: int) -> list[int]:
    """Return the indents of the items around one, its own last: as many as its depth."""
    return [*(outer for outer in indents if outer < indent), indent]
