"""Reader of slides: titles, lists, tables and the notes of the speaker; a page is a slide."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from qa.locale.translator import N_
from qa.models import Notice
from qa.reading.content import Content, TextBuilder
from qa.reading.damage import refusing
from qa.reading.decoding import normalise
from qa.reading.zip_files import check_archive

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Slides

FORMAT: Final = "pptx"

_CELL_EDGE: Final = " | "
_BODIES: Final = frozenset({"BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"})
_FURNITURE: Final = frozenset({"DATE", "FOOTER", "SLIDE_NUMBER", "HEADER"})


@refusing(N_("damaged slides ({error}); save them as .pptx again"))
def read_pptx(data: bytes, _name: str) -> Content:
    """Read slides in their order; the title is that of the first slide that has one."""
    slides = _opened(data)
    builder = TextBuilder()
    title = ""
    empty: list[int] = []
    for number, slide in enumerate(slides.slides, start=1):
        before = builder.count
        heading = slide.shapes.title
        if heading is not None and heading.text_frame.text.strip():
            said = " ".join(normalise(heading.text_frame.text).split())
            builder.add("heading", said, level=1, page=number)
            title = title or said
        for shape in _shapes(slide.shapes):
            if heading is None or shape.shape_id != heading.shape_id:
                _add(builder, shape, number)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            for line in slide.notes_slide.notes_text_frame.text.splitlines():
                builder.add("paragraph", normalise(line), page=number)
        if builder.count == before:
            empty.append(number)
    text, blocks, terms = builder.build()
    stated = " ".join((slides.core_properties.title or "").split())
    return Content(
        format=FORMAT,
        text=text,
        blocks=blocks,
        key_terms=terms,
        title=title or stated,
        notices=_notices(empty),
    )


def _opened(data: bytes) -> Slides:
    import pptx

    check_archive(data)
    return pptx.Presentation(io.BytesIO(data))


def _notices(empty: list[int]) -> tuple[Notice, ...]:
    if not empty:
        return ()
    shown = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
    message = f"no text on {len(empty)} slides ({shown}): pictures are not read"
    return (Notice(kind="pages-without-text", message=message),)


def _shapes(shapes: Iterable[Any]) -> Iterator[Any]:
    """Shapes from top to bottom and from left to right, those of groups as well."""
    for shape in sorted(shapes, key=lambda one: ((one.top or 0) // 100_000, one.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _add(builder: TextBuilder, shape: Any, number: int) -> None:
    kind = shape.placeholder_format.type.name if shape.is_placeholder else ""
    if kind in _FURNITURE:
        return
    if getattr(shape, "has_table", False):
        builder.part()
        for row in shape.table.rows:
            # A cell that another one covers is empty.
            cells = [" ".join(normalise(cell.text).split()) for cell in row.cells]
            builder.add("row", _CELL_EDGE.join(cells).strip(" |"), page=number)
    elif shape.has_text_frame:
        paragraphs = [one for one in shape.text_frame.paragraphs if one.text.strip()]
        is_list = kind in _BODIES and len(paragraphs) > 1
        for paragraph in paragraphs:
            text = normalise(paragraph.text.replace("\v", "\n"))
            if is_list or paragraph.level:
                builder.add("item", text, level=paragraph.level + 1, marker="-", page=number)
            else:
                builder.add("paragraph", text, page=number)
