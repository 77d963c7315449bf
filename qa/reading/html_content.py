"""What of a web page is its content, and what is navigation around it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from qa.reading.html_blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_SHINGLE: Final = 4
_FOUND: Final = 0.6
"""Share of the shingles of a block that make it content."""
_ALL: Final = 0.95
"""Share of the words from which a page has no navigation worth a risk of losing text."""
_MIN_PROSE: Final = 8
_MOST_LINKED: Final = 0.3
_MIN_SIBLINGS: Final = 3


def content_places(blocks: Sequence[PageBlock], tree: HtmlElement) -> set[int]:
    """The numbers of the blocks that are content; all of them where nothing is told apart."""
    everything = set(range(len(blocks)))
    said = _extracted(tree)
    words = [_words(block.text) for block in blocks]
    body = _words(said)
    total = sum(map(len, words))
    if not body or len(body) >= _ALL * total:
        return everything
    lines = {tuple(_words(line)) for line in said.splitlines()}
    shingles = {tuple(body[at : at + _SHINGLE]) for at in range(len(body))}
    found = {place for place, own in enumerate(words) if _is_content(own, lines, shingles)}
    if not found:
        return everything
    paths = Counter(blocks[place].path for place in found)
    siblings = {
        place
        for place, block in enumerate(blocks)
        if block.path and paths[block.path] >= _MIN_SIBLINGS and _is_prose(block, len(words[place]))
    }
    # A table is content as a whole: cells that span rows stand in each of them here only.
    tables = {blocks[place].table for place in found} - {0}
    siblings |= {place for place, block in enumerate(blocks) if block.table in tables}
    captions = {
        place
        for place, block in enumerate(blocks)
        if block.kind == "caption" and block.path and {place - 1, place + 1} <= found
    }
    return found | siblings | captions


def _words(text: str) -> list[str]:
    """The words of a text; raised digits are raised in the blocks only."""
    return _WORD.findall(unicodedata.normalize("NFKC", text.casefold()))


def _extracted(tree: HtmlElement) -> str:
    """The text that trafilatura takes for the article."""
    from trafilatura import extract

    return extract(tree, include_comments=False, include_tables=True) or ""


def _is_prose(block: PageBlock, words: int) -> bool:
    """Whether a block is a text with so few links that it is no navigation."""
    long_enough = block.kind in ("row", "item") or words >= _MIN_PROSE
    return long_enough and block.links <= _MOST_LINKED * len(block.text)


def _is_content(
    words: Sequence[str],
    lines: set[tuple[str, ...]],
    shingles: set[tuple[str, ...]],
) -> bool:
    if tuple(words) in lines:
        return True
    own = [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]
    return bool(own) and sum(one in shingles for one in own) >= _FOUND * len(own)
