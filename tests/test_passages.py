"""Documents to passages: structure is kept, every offset holds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.sentences import sentence_spans
from qa.models import Block, BlockKind, Document, Passage, Unit
from qa.passages import split_passages


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """NLTK takes a second to import, which no example of a property should be charged for."""
    sentence_spans("One. Two.")


KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(
    ["heading", "paragraph", "item", "row", "caption"]
)
# Surrogates apart, any character can stand in a document: NUL, marks, emoji, right-to-left.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(str.strip)
PROSE = st.lists(
    st.sampled_from(["Le", "vaccin", "protège.", "Doses", ":", "(V600E)", "3,5", "e.g.", "X?"]),
    min_size=1,
    max_size=80,
).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of any structure; what stands between blocks is white space and markers."""
    text, blocks, page = "", [], draw(st.sampled_from([None, 1]))
    for kind in draw(st.lists(KINDS, max_size=12)):
        text += draw(st.sampled_from(["\n\n", "\n- ", "\n", " | "]))
        content = draw(st.one_of(TEXT, PROSE)).strip()
        if page is not None:
            page += draw(st.integers(0, 1))
        level = draw(st.integers(1, 4)) if kind in ("heading", "item") else 0
        end = len(text) + len(content)
        blocks.append(Block(kind=kind, start=len(text), end=end, level=level, page=page))
        text += content
    return Document(
        id="d", title="D", path="d", language="fr", sha256="", text=text, blocks=tuple(blocks)
    )


@given(document=documents(), most_words=st.integers(20, 60))
def test_every_offset_holds(document: Document, most_words: int) -> None:
    for passage in split_passages(document, most_words=most_words):
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text.strip()
        assert passage.id == f"d:{passage.start}-{passage.end}"
        ends = [0]
        for unit in passage.units:
            assert ends[-1] <= unit.start < unit.end <= len(passage.text)
            text = passage.text[unit.start : unit.end]
            assert text.strip() == text
            ends.append(unit.end)
        assert passage.units[0].start == 0
        assert passage.units[-1].end == len(passage.text)


@given(document=documents(), most_words=st.integers(20, 60))
def test_no_character_of_a_block_is_lost(document: Document, most_words: int) -> None:
    covered = {
        place
        for passage in split_passages(document, most_words=most_words)
        for unit in passage.units
        for place in range(passage.start + unit.start, passage.start + unit.end)
    }
    for block in document.blocks:
        if block.kind != "heading":
            for place in range(block.start, block.end):
                assert place in covered or document.text[place].isspace()


@given(document=documents(), most_words=st.integers(20, 60))
def test_passages_stand_in_order_and_do_not_overlap(document: Document, most_words: int) -> None:
    passages = split_passages(document, most_words=most_words)
    for before, after in pairwise(passages):
        assert before.end <= after.start


@given(document=documents(), most_words=st.integers(20, 60))
def test_passages_are_no_longer_than_asked(document: Document, most_words: int) -> None:
    for passage in split_passages(document, most_words=most_words):
        words = sum(len(passage.text[u.start : u.end].split()) for u in passage.units)
        assert words <= most_words
        assert len(passage.text) <= most_words * 20


Part = tuple[BlockKind, str] | tuple[BlockKind, str, int]


def document_of(*parts: Part) -> Document:
    text, blocks = "", []
    for kind, content, *level in parts:
        start = len(text)
        depth = level[0] if level else 0
        blocks.append(Block(kind=kind, start=start, end=start + len(content), level=depth))
        text += f"{content}\n"
    return Document(
        id="d", title="D", path="d", language="en", sha256="", text=text, blocks=tuple(blocks)
    )


def split(*parts: Part, most_words: int = 20) -> list[Passage]:
    return list(split_passages(document_of(*parts), most_words=most_words))


def test_a_passage_knows_the_headings_above_it() -> None:
    passages = split(
        ("heading", "Drugs", 1),
        ("heading", "Antibodies", 2),
        ("paragraph", "They bind."),
        ("heading", "Kinases", 2),
        ("paragraph", "They add phosphate."),
        ("heading", "Cells", 1),
        ("paragraph", "They live."),
    )
    assert [passage.heading for passage in passages] == [
        ("Drugs", "Antibodies"),
        ("Drugs", "Kinases"),
        ("Cells",),
    ]


def test_a_heading_without_text_is_no_passage_unless_there_is_nothing_else() -> None:
    passages = split(("heading", "One", 1), ("heading", "Two", 1), ("paragraph", "Text."))
    assert [passage.text for passage in passages] == ["Text."]
    assert [passage.text for passage in split(("heading", "One", 1))] == ["One"]


@pytest.mark.parametrize(
    "parts",
    [
        [("paragraph", "It acts in two ways:"), ("item", "it blocks"), ("item", "it marks")],
        [("caption", "Table 1"), ("row", "a | b"), ("row", "c | d")],
    ],
)
def test_a_list_stays_with_its_lead_in_and_a_table_with_its_caption(parts: list[Part]) -> None:
    filler: Part = ("paragraph", " ".join(["word"] * 14))
    assert len(split(filler, *parts)[-1].units) == 3


def test_a_lead_in_does_not_end_a_passage_whose_list_is_in_the_next() -> None:
    items: list[Part] = [("item", " ".join(["word"] * 12)), ("item", "drugs to use are :")]
    passages = split(*items, ("item", "one of them, twice a day"), ("item", "another of them"))
    assert [passage.text.split()[0] for passage in passages] == ["word", "drugs"]
    assert passages[1].units[0] == Unit(
        start=0, end=len("drugs to use are :"), kind="item", leads=True
    )


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    passages = split(("paragraph", " ".join(["word"] * 50)))
    assert [len(passage.text.split()) for passage in passages] == [20, 20, 10]


@pytest.mark.parametrize("text", ["A" * 5_000, "潮" * 401 + " 汐", ("B" * 150 + " ") * 9])
def test_what_has_no_blanks_is_cut_between_characters(text: str) -> None:
    passages = split(("paragraph", text))
    assert all(len(passage.text) <= 400 for passage in passages)
    assert "".join(passage.text.replace(" ", "") for passage in passages) == text.replace(" ", "")


def test_a_huge_word_takes_no_longer_than_its_length() -> None:
    begin = process_time()
    assert len(split(("paragraph", "QUJD" * 500_000), most_words=100)) == 1_000
    assert process_time() - begin < 5


def test_each_passage_has_its_own_language() -> None:
    passages = split(
        (
            "paragraph",
            "The antibody binds to the antigen and blocks it in the blood of the patient.",
        ),
        (
            "paragraph",
            "L'anticorps se lie à l'antigène et le bloque dans le sang du patient malade.",
        ),
    )
    assert [passage.language for passage in passages] == ["en", "fr"]


def test_an_empty_document_has_no_passage(make_document: Callable[..., Document]) -> None:
    assert split_passages(make_document(), most_words=20) == ()


@pytest.mark.parametrize(
    ("parts", "units"),
    [
        ([("paragraph", "One. Two:")], [("sentence", False, None), ("sentence", True, None)]),
        (
            [("item", "it blocks :"), ("item", "it marks")],
            [("item", True, None), ("item", False, None)],
        ),
        (
            [("caption", "Table 1"), ("row", "a | b"), ("row", "c | d"), ("row", "e | f")],
            [("caption", False, None), ("row", False, None), ("row", False, 1), ("row", False, 1)],
        ),
        ([("row", "a | 1"), ("row", "c | 2")], [("row", False, None)] * 2),
        ([("row", "a | b."), ("row", "c | d")], [("row", False, None)] * 2),
        ([("heading", "Alone", 1)], [("heading", False, None)]),
    ],
)
def test_a_unit_keeps_what_the_structure_says_of_it(
    parts: list[Part], units: list[tuple[str, bool, int | None]]
) -> None:
    (passage,) = split(*parts)
    assert [(unit.kind, unit.leads, unit.header) for unit in passage.units] == units


def test_two_tables_have_each_their_own_header() -> None:
    (passage,) = split(
        ("row", "a | b"),
        ("row", "c | d"),
        ("paragraph", "And:"),
        ("row", "e | f"),
        ("row", "g | h"),
    )
    assert [unit.header for unit in passage.units] == [None, 0, None, None, 3]
