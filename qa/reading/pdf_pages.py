"""Pages of a PDF as pictures, and where words stand on them."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from qa.errors import ReadingLimitError, UnreadableDocumentError
from qa.reading.pdf_lines import characters
from qa.settings import ReadingSettings
from qa.workers import Limits, Stopped, Workers

if TYPE_CHECKING:
    import pypdfium2

_WIDTH: Final = 1400
"""Pixels: twice the width of a pane, for fine screens."""
_MOST_PIXELS: Final = 6_000_000
_WHOLE: Final = 10_000
"""The sides of the page in which PDFium is asked for places, whatever its turn or crop."""
_FEW: Final = 3
"""Words in a row from which on they are told by, where a text does not stand there as a whole."""


class Box(NamedTuple):
    """A rectangle in shares of the page, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """One page as it looks."""

    number: int
    """From 1."""
    count: int
    """The pages of the document."""
    image: bytes
    """In WebP."""
    boxes: tuple[tuple[Box, ...], ...]
    """For each text that was looked for, where its lines stand; none where it does not."""


def draw_page(
    data: bytes, numbers: tuple[int, int], wanted: Sequence[str], settings: ReadingSettings
) -> DrawnPage:
    """A page, and where these texts stand on it, in a process of its own with its limits.

    `numbers`: of the first and the last page to look at; it is the first one that has any of them.
    Raises `UnreadableDocumentError`, `ReadingLimitError`.
    """
    limits = Limits(settings.document_seconds, settings.document_memory)
    with Workers(1, limits) as workers:
        (drawn,) = workers.map(drawn_here, [(data, *numbers, tuple(wanted))])
    if isinstance(drawn, Stopped):
        raise ReadingLimitError(
            "page {number} cannot be drawn within the limits", number=numbers[0]
        )
    if not isinstance(drawn, DrawnPage):
        raise drawn
    return drawn


def drawn_here(data: bytes, first: int, last: int, wanted: Sequence[str]) -> DrawnPage:
    """The same in this process."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocumentError("a damaged PDF ({error})", error=error) from error
    with document:
        count = len(document)
        first = min(max(first, 1), count)
        for number in range(first, min(last, count) + 1) if wanted else ():
            boxes = _places(document[number - 1], wanted)
            if any(boxes):
                break
        else:
            number, boxes = first, ((),) * len(wanted)
        image = _picture(document[number - 1])
        return DrawnPage(number=number, count=count, image=image, boxes=boxes)


def _places(page: pypdfium2.PdfPage, wanted: Sequence[str]) -> tuple[tuple[Box, ...], ...]:
    letters = list(_letters(page))
    return tuple(_boxes(letters, text) for text in wanted)


def _picture(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    scale = min(_WIDTH / max(width, 1), (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    image = page.render(scale=scale).to_pil()
    data = io.BytesIO()
    image.save(data, format="WEBP", quality=80)
    return data.getvalue()


class _Letter(NamedTuple):
    text: str
    """In lower case and without accents; empty for what parts words."""
    box: Box


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    with closing(page.get_textpage()) as text_page:
        for code, edges in characters(text_page):
            box = _box(page, (edges.left, edges.top), (edges.right, edges.bottom))
            # A hyphen at the end of a line does not part a word.
            if code in (0xAD, 0x02, 0xFFFE, 0x2D):
                continue
            folded = _folded(chr(code)) if 0 < code <= 0x10FFFF else ""
            yield from (_Letter(one, box) for one in folded) if folded else (_Letter("", box),)


def _box(page: pypdfium2.PdfPage, one: tuple[float, float], other: tuple[float, float]) -> Box:
    """The rectangle between two opposite corners, which a page that is turned has elsewhere."""
    (x, y), (far_x, far_y) = _place(page, *one), _place(page, *other)
    return Box(min(x, far_x), min(y, far_y), abs(far_x - x), abs(far_y - y))


def _place(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    import pypdfium2.raw as raw

    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _WHOLE, _WHOLE, 0, x, y, across, down)
    return across.value / _WHOLE, down.value / _WHOLE


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if one.isalnum())


def _boxes(letters: Sequence[_Letter], text: str) -> tuple[Box, ...]:
    """Where a text stands, a box a line: as a whole, or else its longer pieces."""
    shown = [letter for letter in letters if letter.text]
    page, wanted = "".join(letter.text for letter in shown), _folded(text)
    start = page.find(wanted) if wanted else -1
    if start >= 0:
        return tuple(_lines(shown[start : start + len(wanted)]))
    return tuple(_lines(_pieces(letters, text)))


def _pieces(letters: Sequence[_Letter], text: str) -> Iterator[_Letter]:
    words: list[list[_Letter]] = [[]]
    for letter in letters:
        if letter.text:
            words[-1].append(letter)
        elif words[-1]:
            words.append([])
    page = ["".join(letter.text for letter in word) for word in words]
    wanted = [word for word in map(_folded, text.replace("-", "").split()) if word]
    matcher = SequenceMatcher(None, page, wanted, autojunk=False)
    for match in matcher.get_matching_blocks():
        if match.size >= min(_FEW, len(wanted)):
            for word in words[match.a : match.a + match.size]:
                yield from word


def _lines(letters: Iterator[_Letter] | Sequence[_Letter]) -> Iterator[Box]:
    line: Box | None = None
    for letter in letters:
        box = letter.box
        if line is None:
            line = box
        elif _goes_on(line, box):
            line = _around(line, box)
        else:
            yield line
            line = box
    if line is not None:
        yield line


def _goes_on(line: Box, box: Box) -> bool:
    """Whether a letter stands in the same line, and not far behind it."""
    middle = box.top + box.height / 2
    level = line.top <= middle <= line.top + line.height or box.top <= (
        line.top + line.height / 2
    ) <= (box.top + box.height)
    near = 3 * max(line.height, box.height)
    return level and line.left - near <= box.left <= line.left + line.width + near


def _around(box: Box, other: Box) -> Box:
    left, top = min(box.left, other.left), min(box.top, other.top)
    right = max(box.left + box.width, other.left + other.width)
    bottom = max(box.top + box.height, other.top + other.height)
    return Box(left, top, right - left, bottom - top)
