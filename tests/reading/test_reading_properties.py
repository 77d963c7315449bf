"""What holds of every document, whatever the file."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.errors import UnreadableDocumentError
from qa.models import BlockKind, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.decoding import normalise
from qa.reading.formats import read_content
from qa.reading.markdown import read_markdown
from qa.reading.plaintext import read_plaintext
from qa.reading.wikitext import read_wikitext

READERS = (read_plaintext, read_markdown, read_wikitext)
MARKERS = re.compile(r"\s*(?:\S{1,7} )?")
FRAGMENTS = (
    "== A ==", "'''b'''", "''c", "* d", "** e", "# f", "1. g", "- h", "- ", "-", "{|", "|-", "|}",
    "| i", "! j || k", "|+ l", "{{knowledge objective", "|Title=m", "|n", "}}", "{{o|p}}",
    "[[q|r]]",
    "[[File:s.png|t]]", "<ref>u</ref>", "<br />", "<gallery>", "</gallery>", "<nowiki>'v",
    "</nowiki>",
    "<!--", "-->", "&lt;", "<table><tr><td>w", "</table>", "x:", "Y is a sentence of many words.",
    "Z", "menu_open", "  • aa", "\tbb\tcc", "    dd", "> ee", "```", "---", "title: ff", "+++",
    "![gg](hh)", "**ii**", "", " ", "\n", "\ufdd1", "é", "A > B > C",
)  # fmt: skip
PAGES = st.lists(st.sampled_from(FRAGMENTS), max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", " ", ""]).map(lambda joint: joint.join(lines))
)


def check(content: Content) -> None:
    """Assert what spans and blocks promise."""
    text, blocks = content.text, content.blocks
    last = 0
    for block in blocks:
        assert last <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert MARKERS.fullmatch(text[last : block.start])
        assert 0 <= block.level <= 6 or block.kind == "item"
        last = block.end
    assert last == len(text)
    assert not re.search("[\ufdd0-\ufdef]", text)
    for start, end in content.key_terms:
        assert 0 <= start < end <= len(text)
        assert any(one.start <= start and end <= one.end for one in blocks)
    assert list(content.key_terms) == sorted(content.key_terms)
    assert all(removal.text.strip() for removal in content.removed)


@pytest.mark.parametrize("read", READERS)
@given(text=st.text().map(normalise))
def test_any_text_is_read(read: Callable[[str], Content], text: str) -> None:
    check(read(text))


@pytest.mark.parametrize("read", READERS)
@given(text=PAGES.map(normalise))
@example(text="{|\n|+\n{|\n|a\n|}\n|}")
@example(text="<table><tr><td>w<table>")
def test_any_page_is_read(read: Callable[[str], Content], text: str) -> None:
    check(read(text))
    assert read(text) == read(text)


@given(st.binary(), st.sampled_from(["a.txt", "a.md", "a.wiki", "a", "a.bin"]))
def test_any_file_is_read_or_refused(data: bytes, name: str) -> None:
    try:
        content = read_content(data, name)
    except UnreadableDocumentError:
        return
    check(content)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "paragraph", "item", "row", "caption"]),
            st.text(alphabet="ab \n\t\u00a0", max_size=12),
            st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3),
        ),
        max_size=6,
    )
)
def test_terms_follow_their_words_when_blanks_are_collapsed(
    rows: list[tuple[BlockKind, str, list[Span]]],
) -> None:
    builder = TextBuilder()
    for kind, text, spans in rows:
        terms = [
            (start, min(end, len(text))) for start, end in spans if start < min(end, len(text))
        ]
        builder.add(kind, text, terms=terms)
        words = {" ".join(text[start:end].split()) for start, end in terms}
        content = builder.content("text")
        clean, blocks, found = content.text, content.blocks, content.key_terms
        if blocks and text.strip():
            inside = [span for span in found if span[0] >= blocks[-1].start]
            assert {" ".join(clean[a:b].split()) for a, b in inside} == words - {""}
    check(builder.content("test"))


def test_neighbouring_blocks_keep_their_distance() -> None:
    content = read_wikitext("== A ==\nb\n* c\n* d\ne")
    gaps = [content.text[one.end : two.start] for one, two in pairwise(content.blocks)]
    assert gaps == ["\n\n", "\n\n- ", "\n- ", "\n\n"]
