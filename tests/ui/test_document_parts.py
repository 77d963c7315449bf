"""A document on screen: its structure, the marked words, and the parts of long ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.locale.translator import ENGLISH
from qa.models import Block, BlockKind, Document, Passage, Span, Unit
from qa.ui import frame
from qa.ui.document_parts import (
    Mark,
    beginning,
    groups_of,
    joined_groups,
    part_at,
    parts_of,
    table_at,
)

MakeDocument = Callable[..., Document]


def document_of(text: str, *kinds: tuple[BlockKind, str, int]) -> Document:
    """A document whose blocks are these pieces of `text`, in order."""
    blocks, start = [], 0
    for kind, piece, level in kinds:
        start = text.index(piece, start)
        blocks.append(Block(kind=kind, start=start, end=start + len(piece), level=level))
        start += len(piece)
    return Document(
        id="d", title="T", path="d", language="en", sha256="0", text=text, blocks=tuple(blocks)
    )


def stretch(document: Document, span: Span, marks: Sequence[Mark] = ()) -> str:
    return str(frame.macros("document", ENGLISH).stretch(groups_of(document, span, marks)))


def panel(document: Document, marks: Sequence[Mark], *, key: str) -> str:
    groups = groups_of(document, whole(document), marks)
    return str(frame.macros("document", ENGLISH).panel(groups, document.language, key))


def whole(document: Document) -> tuple[int, int]:
    return (0, len(document.text))


def plain(source: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", source))


@pytest.mark.parametrize(
    ("text", "blocks", "expected"),
    [
        ("Use", [("heading", "Use", 1)], "<h3>Use</h3>"),
        ("Use", [("heading", "Use", 9)], "<h6>Use</h6>"),
        ("One.", [("paragraph", "One.", 0)], "<p>One.</p>"),
        ("Table 1", [("caption", "Table 1", 0)], '<p class="qa-caption">Table 1</p>'),
        (
            "- a\n- b",
            [("item", "a", 1), ("item", "b", 2)],
            '<ul><li class="qa-level-1">a</li><li class="qa-level-2">b</li></ul>',
        ),
        (
            "So:\n3. a\n4. b",
            [("paragraph", "So:", 0), ("item", "a", 1), ("item", "b", 1)],
            '<p>So:</p><ol><li value="3" class="qa-level-1">a</li>'
            '<li value="4" class="qa-level-1">b</li></ol>',
        ),
        (
            "Drug | Target\nrituximab | CD20",
            [("row", "Drug | Target", 0), ("row", "rituximab | CD20", 0)],
            '<div class="qa-table"><table><tr><th scope="col">Drug</th><th scope="col">Target</th>'
            "</tr><tr><td>rituximab</td><td>CD20</td></tr></table></div>",
        ),
    ],
)
def test_structure(text: str, blocks: list[tuple[BlockKind, str, int]], expected: str) -> None:
    document = document_of(text, *blocks)
    assert stretch(document, whole(document)) == expected


def test_a_first_heading_that_repeats_the_title_is_left_out() -> None:
    document = document_of("T\n\nOne.", ("heading", "T", 1), ("paragraph", "One.", 0))
    assert stretch(document, whole(document)) == "<p>One.</p>"


def test_text_without_blocks_is_one_paragraph() -> None:
    document = document_of("No structure.")
    assert stretch(document, whole(document)) == "<p>No structure.</p>"


def test_marks_follow_the_words_through_blocks_and_key_terms(make_document: MakeDocument) -> None:
    document = make_document("alpha beta", "gamma delta")
    start, end = document.text.index("beta"), document.text.index(" delta")
    marked = stretch(document, whole(document), [Mark(start=start, end=end, strength="selected")])
    assert marked == (
        '<p>alpha <mark class="qa-selected" data-qa-target="">beta</mark></p>'
        '<p><mark class="qa-selected" data-qa-target="">gamma</mark> delta</p>'
    )


def test_the_selected_words_win_over_others_and_are_the_target(make_document: MakeDocument) -> None:
    document = make_document("alpha beta gamma")
    marks = [
        Mark(start=0, end=16, strength="passage"),
        Mark(start=6, end=10, strength="selected"),
        Mark(start=0, end=5, strength="cited"),
    ]
    assert stretch(document, whole(document), marks) == (
        '<p><mark class="qa-cited">alpha</mark> '
        '<mark class="qa-selected" data-qa-target="">beta</mark>'
        '<mark class="qa-passage"> gamma</mark></p>'
    )


def test_key_terms_are_bold_inside_marks() -> None:
    document = Document(
        id="d", title="T", path="d", language="en", sha256="0", text="alpha beta",
        key_terms=((6, 10),),
    )  # fmt: skip
    marked = stretch(document, (0, 10), [Mark(start=0, end=10, strength="cited")])
    assert marked == (
        '<p><mark class="qa-cited" data-qa-target="">alpha </mark>'
        '<mark class="qa-cited" data-qa-target=""><b>beta</b></mark></p>'
    )


def test_hostile_text_stays_text(hostile: str, make_document: MakeDocument) -> None:
    document = make_document(hostile, hostile)
    mark = Mark(start=2, end=len(hostile), strength="selected")
    shown = panel(document, [mark], key=hostile)
    assert set(re.findall(r"<(\w+)", shown)) <= {"div", "article", "p", "mark"}
    assert plain(stretch(document, whole(document), [mark])) == hostile * 2


def test_the_panel_is_a_named_region_in_the_language_of_the_text(
    make_document: MakeDocument,
) -> None:
    document = make_document("alpha")
    shown = panel(document, [], key="k")
    for attribute in (
        'role="region"',
        'tabindex="0"',
        'aria-label="Text of the source document"',
        'lang="en"',
    ):
        assert attribute in shown


texts = st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=12)


@given(texts, st.integers(1, 80))
def test_parts_cover_every_character_once(pieces: list[str], most: int) -> None:
    document = paragraphs(pieces)
    parts = parts_of(document, most)
    assert parts[0][0] == 0
    assert parts[-1][1] == len(document.text)
    assert all(end == start for (_, end), (start, _) in pairwise(parts))
    assert all(0 < end - start <= most for start, end in parts)
    for offset in range(len(document.text)):
        start, end = parts[part_at(parts, offset)]
        assert start <= offset < end


@given(texts, st.integers(1, 80), st.data())
def test_every_character_of_the_blocks_is_shown(
    pieces: list[str], most: int, data: st.DataObject
) -> None:
    document = paragraphs(pieces)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    marks = [Mark(start=start, end=end, strength="selected")]
    parts = parts_of(document, most)
    shown = "".join(stretch(document, part, marks) for part in parts)
    assert escaped_text(shown) == "".join(pieces)


def escaped_text(source: str) -> str:
    return unescape_only_ours(re.sub(r"</?(?:p|mark)(?: [^<>]*)?>", "", source))


def unescape_only_ours(source: str) -> str:
    named = {"&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&amp;": "&"}
    return re.sub("|".join(named), lambda match: named[match[0]], source)


def paragraphs(pieces: list[str]) -> Document:
    blocks, start = [], 0
    for piece in pieces:
        blocks.append(Block(kind="paragraph", start=start, end=start + len(piece)))
        start += len(piece) + 2
    return Document(
        id="d", title="\0", path="d", language="en", sha256="0", text="\n\n".join(pieces),
        blocks=tuple(blocks),
    )  # fmt: skip


def test_parts_are_cut_between_blocks(make_document: MakeDocument) -> None:
    document = make_document("a" * 30, "b" * 30, "c" * 30)
    cuts = [document.text[start:end].strip() for start, end in parts_of(document, 70)]
    assert cuts == ["a" * 30 + "\n\n" + "b" * 30, "c" * 30]


def test_extracts_of_one_table_are_one_table_under_its_header() -> None:
    text = "Drug | Dose\nA | 1\nB | 2\nC | 3\nAfter."
    rows = (("row", row, 0) for row in text.splitlines()[:4])
    document = document_of(text, *rows, ("paragraph", "After.", 0))  # type: ignore[arg-type]
    dose = text.index("B | 2")
    assert table_at(document, dose) == (0, text.index("\nAfter."))
    assert table_at(document, text.index("After.")) is None
    groups = joined_groups(document, [(dose, dose + 5), (0, 11)])
    shown = str(frame.macros("document", ENGLISH).stretch(groups))
    assert shown.count("<table>") == 1
    assert shown.index('<th scope="col">Drug</th>') < shown.index("<td>B</td>")
    headless = joined_groups(document, [(dose, dose + 5), (dose + 6, dose + 11)])
    assert "<th" not in str(frame.macros("document", ENGLISH).stretch(headless))


@pytest.mark.parametrize(("longest", "end"), [(7, 5), (12, 11), (20, 14), (3, 3)])
def test_the_beginning_of_a_passage_ends_with_a_unit(longest: int, end: int) -> None:
    units = (Unit(start=0, end=5), Unit(start=6, end=11))
    passage = Passage(
        document_id="d", start=10, end=24, text="Once. Again. A", language="en", units=units
    )
    assert beginning(passage, longest) == (10, 10 + end)
