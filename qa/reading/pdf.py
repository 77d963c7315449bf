"""Reader of PDF: its text, page by page, as paragraphs, headings, lists and rows."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qa.errors import UnreadableDocumentError
from qa.locale.translator import N_
from qa.models import BlockKind, Removal
from qa.reading.content import Content, TextBuilder, without_text
from qa.reading.damage import refusing
from qa.reading.pdf_lines import PdfLine, lines_of
from qa.reading.running_heads import running_lines
from qa.reading.text_lines import Hyphens, make_line

if TYPE_CHECKING:
    import pypdfium2

FORMAT: Final = "pdf"
MOST_PAGES: Final = 5000

_LARGER: Final = 1.12
_MUCH_LARGER: Final = 1.3
_MAX_HEADING_WORDS: Final = 16
_SHORT: Final = 0.85
"""A line that ends before this share of the width ends its paragraph, if its sentence ends."""
_WIDE: Final = 1.45
"""Base lines further apart than this, in usual distances, part paragraphs."""
_SENTENCE_END = re.compile(r"[.!?:…][\"'»”)\]]*\Z")
_NO_TITLE = re.compile(
    r"(?:untitled|sans titre|microsoft \w+ - |document\d*|.*\.(?:docx?|pptx?|tex|dvi|indd|pdf)\Z)",
    re.I,
)


_SECTION = re.compile(
    r"\d+(?:\.\d+)*\.?\s|(?:table of )?contents\b|sommaire\b|table des mati"
    r"|introduction\b|abstract\b|r[ée]sum[ée]\b",
    re.IGNORECASE,
)


@refusing(N_("a damaged PDF ({error}); print it to PDF again"))
def read_pdf(data: bytes, _name: str) -> Content:
    """Read a PDF; the title is the largest line at its head, else what its properties say."""
    document = _opened(data)
    try:
        pages, blank = _pages(document)
        stated = " ".join(str(document.get_metadata_value("Title") or "").split())
    finally:
        document.close()
    if not any(pages):
        raise UnreadableDocumentError(
            "no text on its {count} pages, only pictures (a scan); recognise its text (OCR) first",
            count=len(pages),
        )
    running = running_lines(
        [[line.text for line in lines] for lines in pages],
        [[line.middle for line in lines] for lines in pages],
    )
    kept = [
        [line for place, line in enumerate(lines) if (number, place) not in running]
        for number, lines in enumerate(pages)
    ]
    if not any(kept):
        # Pages that all say the same have no other text.
        kept, running = pages, set()
    gone = dict.fromkeys(pages[number][place].text for number, place in sorted(running))
    paragraphs = list(_paragraphs(kept))
    builder = TextBuilder()
    for paragraph in paragraphs:
        builder.add(
            paragraph.kind,
            paragraph.text,
            level=paragraph.level,
            page=paragraph.page,
            marker=paragraph.marker,
        )
    return builder.content(
        FORMAT,
        title=_title(paragraphs, stated),
        removed=tuple(Removal(reason="running head or foot", text=line) for line in gone),
        notices=without_text(blank, "pages"),
    )


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocumentError("locked by a password; save it without one") from error
        raise
    if len(document) > MOST_PAGES:
        count = len(document)
        document.close()
        raise UnreadableDocumentError(
            "{count} pages; at most {most} are read, split it", count=count, most=MOST_PAGES
        )
    return document


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[PdfLine]], list[int]]:
    """The lines of each page, and the numbers of the pages without any."""
    import pypdfium2

    pages: list[list[PdfLine]] = []
    blank: list[int] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            lines = lines_of(page, number)
            page.close()
        except pypdfium2.PdfiumError:
            lines = []
        pages.append(lines)
        if not lines:
            blank.append(number)
    return pages, blank


@dataclass(slots=True)
class _Paragraph:
    kind: BlockKind
    text: str
    page: int
    level: int = 0
    marker: str = ""
    size: float = 0.0
    last: PdfLine | None = None
    right: float = 0.0


def _paragraphs(pages: Sequence[Sequence[PdfLine]]) -> Iterator[_Paragraph]:
    lines = [line for page in pages for line in page]
    body = _body_size(lines)
    levels = _levels(lines, body)
    hyphens = Hyphens(line.text for line in lines)
    pitch = _pitch(lines)
    rights = _rights(lines)
    open_: _Paragraph | None = None
    for line in lines:
        kind = _kind(line, body, levels)
        made = make_line(line.text)
        goes_on = (
            open_ is not None
            and open_.last is not None
            and not made.marker
            and _goes_on(open_, line, kind, pitch)
        )
        if goes_on and open_ is not None:
            open_.text = hyphens.joined(open_.text, line.text)
            open_.last = line
            continue
        if open_ is not None:
            yield _closed(open_)
        is_item = bool(made.marker) and kind == "paragraph"
        open_ = _Paragraph(
            kind="item" if is_item else kind,
            text=made.text if is_item else line.text,
            page=line.page,
            level=1 if is_item else levels.get(_style(line), 0) if kind == "heading" else 0,
            marker=made.marker if is_item else "",
            size=line.size,
            last=line,
            right=rights,
        )
    if open_ is not None:
        yield _closed(open_)


def _closed(paragraph: _Paragraph) -> _Paragraph:
    text = paragraph.text.replace("\u00ad", "-" if paragraph.text.endswith("\u00ad") else "")
    if paragraph.kind == "row":
        text = " | ".join(filter(None, (cell.strip() for cell in text.split("\t"))))
    paragraph.text = text
    return paragraph


def _goes_on(above: _Paragraph, line: PdfLine, kind: BlockKind, pitch: float) -> bool:
    last = above.last
    if last is None or above.kind == "row" or kind == "row":
        return False
    if (above.kind == "heading") != (kind == "heading") or abs(above.size - line.size) > 0.6:
        return False
    ended = bool(_SENTENCE_END.search(above.text))
    if last.page != line.page or line.middle > last.middle:
        # The foot of a page or a column: the sentence tells.
        return kind == "paragraph" and not ended and not line.text[:1].isupper()
    distance = last.middle - line.middle
    if distance > _WIDE * max(pitch, line.size):
        return False
    if kind == "heading":
        return last.is_bold == line.is_bold
    return not (ended and last.right < above.right * _SHORT) and not (
        ended and line.left - last.left > line.size * 0.8
    )


def _kind(line: PdfLine, body: float, levels: dict[tuple[float, bool], int]) -> BlockKind:
    if "\t" in line.text:
        return "row"
    words = line.text.split()
    is_short = len(words) <= _MAX_HEADING_WORDS and any(c.isalpha() for c in line.text)
    return (
        "heading"
        if is_short and _style(line) in levels and line.text[-1] not in ".,;"
        else "paragraph"
    )


def _style(line: PdfLine) -> tuple[float, bool]:
    return round(line.size), line.is_bold


def _levels(lines: Sequence[PdfLine], body: float) -> dict[tuple[float, bool], int]:
    """The level of each style that headings are set in: larger, or bold in a text that is not."""
    letters = sum(len(line.text) for line in lines)
    bold = sum(len(line.text) for line in lines if line.is_bold)
    bold_tells = bold < 0.3 * letters
    styles = {
        _style(line)
        for line in lines
        if line.size >= _LARGER * body or (bold_tells and line.is_bold and line.size >= 0.98 * body)
    }
    ordered = sorted(styles, reverse=True)
    return {style: min(level, 6) for level, style in enumerate(ordered, start=1)}


def _body_size(lines: Sequence[PdfLine]) -> float:
    """The size that most letters have."""
    counts: dict[float, int] = {}
    for line in lines:
        counts[line.size] = counts.get(line.size, 0) + len(line.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _pitch(lines: Sequence[PdfLine]) -> float:
    """The usual distance of two lines below one another."""
    steps = [
        above.middle - below.middle
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < above.middle - below.middle < 4 * above.size
    ]
    return statistics.median(steps) if steps else 0.0


def _rights(lines: Sequence[PdfLine]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[len(rights) * 9 // 10] if rights else 0.0


def _title(paragraphs: Sequence[_Paragraph], stated: str) -> str:
    first = [paragraph for paragraph in paragraphs if paragraph.page == paragraphs[0].page]
    heads = [one for one in first if one.kind == "heading" and not _SECTION.match(one.text)]
    usual = statistics.median(paragraph.size for paragraph in paragraphs)
    if heads:
        largest = max(heads, key=lambda head: head.size)
        if largest.size >= _MUCH_LARGER * usual or largest is first[0]:
            return largest.text
    return "" if _NO_TITLE.match(stated) else stated
