"""Pages as pictures, and where words stand on them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from qa.errors import UnreadableDocumentError
from qa.reading.pdf_pages import Box, draw_page, drawn_here
from qa.settings import ReadingSettings
from tests.made_files import pdf

TWO = pdf(
    [
        (12, 60, 700, "The kidney filters plas-"),
        (12, 60, 680, "ma all day, and all night."),
        (12, 60, 400, "The spleen stores blood."),
    ],
    [(12, 60, 700, "The liver makes bile.")],
)


def only(wanted: str, first: int = 1, last: int = 1) -> tuple[int, tuple[Box, ...]]:
    drawn = drawn_here(TWO, first, last, [wanted])
    return drawn.number, drawn.boxes[0]


def test_words_are_marked_line_by_line_where_they_stand() -> None:
    _, (first, second) = only("kidney filters plasma all day")
    assert 60 / 600 < first.left < first.left + first.width < 250 / 600
    assert (800 - 712) / 800 <= first.top < (800 - 700) / 800
    assert second.left == pytest.approx(60 / 600, abs=0.01)
    assert second.top > first.top


def test_a_page_in_pieces_is_marked_where_words_follow_one_another() -> None:
    _, boxes = only("Note: the spleen stores blood, or so they say")
    assert len(boxes) == 1
    assert boxes[0].top == pytest.approx(0.49, abs=0.01)
    assert not only("nothing of this is on it")[1]


def test_words_are_looked_for_on_the_pages_that_follow() -> None:
    number, boxes = only("The liver makes bile.", 1, 2)
    assert (number, len(boxes)) == (2, 1)
    assert only("nowhere at all", 1, 2) == (1, ())


def test_a_page_is_a_picture_of_its_shape_drawn_apart() -> None:
    drawn = draw_page(TWO, (9, 9), [], ReadingSettings())
    assert (drawn.number, drawn.count) == (2, 2)
    with Image.open(io.BytesIO(drawn.image)) as image:
        assert image.width / image.height == pytest.approx(600 / 800, abs=0.01)


def test_what_is_no_pdf_is_refused_and_not_drawn() -> None:
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        draw_page(b"%PDF-1.4 broken", (1, 1), [], ReadingSettings())
