"""The lines of a PDF page as they stand on the paper, in the order in which they are read."""

from __future__ import annotations

import ctypes
import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from qa.reading.decoding import normalise

if TYPE_CHECKING:
    import pypdfium2

_GAP: Final = 2.2
"""Blanks wider than this many letters are high part cells or columns."""
_BOLD: Final = 600
_SAME_LINE: Final = 0.4
_MIN_COLUMN_LINES: Final = 5
_MIN_COLUMN_LETTERS: Final = 18
_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_HYPHENS: Final = str.maketrans({"\x02": "\u00ad", "\ufffe": "\u00ad"})
"""What PDFium puts where it takes a hyphen for one of a line's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """A stretch of text on one base line; points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_bold: bool = False
    page: int = 0

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2


class Edges(NamedTuple):
    """Of a character, in points from the lower left corner of the page."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    weight: int


def lines_of(page: pypdfium2.PdfPage, number: int) -> list[PdfLine]:
    """The lines of a page in reading order; cells of one row are parted by tabs."""
    segments = [replace(line, page=number) for line in _segments(page)]
    gutter = _gutter(segments, page.get_width())
    return _by_columns(segments, gutter) if gutter else _by_rows(segments)


def _segments(page: pypdfium2.PdfPage) -> Iterator[PdfLine]:
    letters: list[_Letter] = []
    for letter in _letters(page):
        if letters and _is_apart(letters, letter):
            yield from _line(letters)
            letters = []
        if letter.text not in "\r\n":
            letters.append(letter)
    yield from _line(letters)


def characters(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[int, Edges]]:
    """The code of each character of a page, in order, and its edges."""
    import pypdfium2.raw as raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for place in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, place)
        raw.FPDFText_GetCharBox(text_page, place, left, right, bottom, top)
        yield code, Edges(left.value, right.value, bottom.value, top.value)


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    import pypdfium2.raw as raw

    with closing(page.get_textpage()) as text_page:
        for place, (code, edges) in enumerate(characters(text_page)):
            if code:
                yield _Letter(
                    chr(code) if code <= 0x10FFFF else "\ufffd",
                    *edges,
                    raw.FPDFText_GetFontSize(text_page, place),
                    raw.FPDFText_GetFontWeight(text_page, place),
                )


def _is_apart(letters: Sequence[_Letter], letter: _Letter) -> bool:
    """Whether a letter begins another line, or another cell of this one."""
    if letter.text in "\r\n":
        return True
    before = next((one for one in reversed(letters) if not one.text.isspace()), None)
    if before is None or letter.text.isspace():
        return False
    height = max(before.top - before.bottom, letter.top - letter.bottom, 1.0)
    if letter.top < before.bottom - height or letter.bottom > before.top + height:
        return True
    return letter.left - before.right > _GAP * max(before.size, letter.size, 1.0) * 0.8


def _line(letters: Sequence[_Letter]) -> Iterator[PdfLine]:
    seen = [letter for letter in letters if not letter.text.isspace()]
    text = "".join(letter.text for letter in letters).translate(_HYPHENS).translate(_LIGATURES)
    if not any(map(str.isalnum, text)) and len(text.strip()) > 2:
        return  # A rule that is drawn with signs.
    ends_broken = text.rstrip().endswith("\u00ad")
    clean = " ".join(normalise(text).split())
    if seen and clean:
        yield PdfLine(
            text=f"{clean}\u00ad" if ends_broken else clean,
            left=min(one.left for one in seen),
            right=max(one.right for one in seen),
            bottom=min(one.bottom for one in seen),
            top=max(one.top for one in seen),
            size=_height(seen),
            is_bold=2 * sum(one.weight >= _BOLD for one in seen) > len(seen),
        )


def _height(letters: Sequence[_Letter]) -> float:
    """The size of the font; where a page is scaled it says 1, and the letters tell."""
    size = statistics.median(letter.size for letter in letters)
    tall = max(letter.top - letter.bottom for letter in letters)
    return round(size if size > 1.5 else tall * 1.4, 1)


def _gutter(lines: Sequence[PdfLine], width: float) -> float:
    """Where the blank between two columns is; 0 on a page without columns."""
    best, most = 0.0, 0
    for place in range(30, 71, 2):
        x = width * place / 100
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        crossing = len(lines) - len(left) - len(right)
        fewer = min(len(left), len(right))
        prose = all(
            len(side) >= _MIN_COLUMN_LINES
            and statistics.mean(len(one.text) for one in side) >= _MIN_COLUMN_LETTERS
            for side in (left, right)
        )
        if prose and crossing <= 0.2 * len(lines) and fewer > most:
            best, most = x, fewer
    return best


def _by_columns(lines: Sequence[PdfLine], gutter: float) -> list[PdfLine]:
    """Between lines over the whole width: the left column, then the right one."""
    ordered: list[PdfLine] = []
    band: list[PdfLine] = []
    for line in _by_rows(lines, joins=False):
        if line.left < gutter < line.right:
            ordered += _sides(band, gutter)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _sides(band, gutter)


def _sides(band: Sequence[PdfLine], gutter: float) -> list[PdfLine]:
    return [
        *_by_rows([one for one in band if one.left < gutter]),
        *_by_rows([one for one in band if one.left >= gutter]),
    ]


def _by_rows(lines: Sequence[PdfLine], *, joins: bool = True) -> list[PdfLine]:
    """From top to bottom; what stands on one base line is one line, parted by tabs."""
    rows: list[list[PdfLine]] = []
    for line in sorted(lines, key=lambda one: (-one.middle, one.left)):
        above = rows[-1][0] if rows and joins else None
        if above is not None and abs(above.middle - line.middle) <= _SAME_LINE * min(
            above.top - above.bottom, line.top - line.bottom
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda one: one.left)) for row in rows]


def _row(segments: Sequence[PdfLine]) -> PdfLine:
    text = segments[0].text
    for before, line in pairwise(segments):
        apart = line.left - before.right > max(before.size, line.size)
        text += f"{chr(9) if apart else ' '}{line.text}"
    first = segments[0]
    return replace(first, text=text, right=max(line.right for line in segments))
