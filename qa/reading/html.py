"""Reader of HTML: pages as they are saved from a browser, and what programs export.

What is left of a page without its navigation, trafilatura tells; the structure is that of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qa.errors import UnreadableDocumentError
from qa.models import Notice, Removal
from qa.reading.content import Content, TextBuilder
from qa.reading.decoding import decode, normalise
from qa.reading.html_blocks import PageBlock, Walk

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FORMAT: Final = "html"

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,30})", re.I
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD: Final = 4096
_SITE = re.compile(r" [|·•»–—-] ")
_WORD = re.compile(r"\w+")
_SHINGLE: Final = 4
_FOUND: Final = 0.6
"""Share of the shingles of a block that make it content."""
_ALL: Final = 0.95
"""Share of the words from which a page has no navigation worth a risk of losing text."""
_MIN_PROSE: Final = 8
_MOST_LINKED: Final = 0.3
_MIN_SIBLINGS: Final = 3


def read_html(data: bytes, _name: str) -> Content:
    """Read a page; the title is that of its head, without the name of the site."""
    text, notices = _decoded(data)
    tree = parsed(text)
    walk = walked(tree)
    places = content_places(walk.blocks, tree)
    kept = [block for place, block in enumerate(walk.blocks) if place in places]
    gone = [block for place, block in enumerate(walk.blocks) if place not in places]
    removed = (*walk.removed, *(Removal(reason="navigation", text=one.text) for one in gone))
    return content_of(
        kept,
        title=_title(tree, walk.blocks),
        language=(tree.get("lang") or tree.get("xml:lang") or "")[:2],
        removed=removed,
        notices=notices,
    )


def parsed(text: str) -> HtmlElement:
    """The tree of a page; raises UnreadableDocumentError, without file name, where it has none."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_DECLARATION.sub("", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableDocumentError(
            "no page of HTML ({error}); save it again", error=error
        ) from error


def walked(tree: HtmlElement) -> Walk:
    """The blocks of the body."""
    walk = Walk()
    body = tree.find("body")
    walk.read(tree if body is None else body)
    walk.flush()
    return walk


def content_of(
    blocks: Iterable[PageBlock],
    *,
    format_: str = FORMAT,
    title: str = "",
    language: str = "",
    removed: Sequence[Removal] = (),
    notices: Sequence[Notice] = (),
) -> Content:
    """What the blocks of a page come to."""
    builder = TextBuilder()
    table = 0
    for block in _defined(blocks):
        if block.table != table:
            builder.part()
        table = block.table
        builder.extend([block])
    return builder.content(
        format_,
        title=title,
        language=language,
        removed=tuple(removed),
        notices=tuple(notices),
    )


def _defined(blocks: Iterable[PageBlock]) -> Iterator[PageBlock]:
    """The blocks with each term before what defines it, as one line says both."""
    term: PageBlock | None = None
    for block in blocks:
        above, _, own = block.path.rpartition(">")
        if term is not None:
            is_sense = f"{block.path}>".startswith(f"{term.path.rpartition('>')[0]}>dd.")
            if is_sense and block.kind == "paragraph":
                lead = f"{term.text.rstrip()} : "
                moved = tuple((first + len(lead), last + len(lead)) for first, last in block.terms)
                text = lead + block.text.lstrip()
                block = replace(block, text=text, terms=(*term.terms, *moved))
            else:
                yield term
        term = block if own.startswith("dt.") and above else None
        if term is None:
            yield block
    if term is not None:
        yield term


def _decoded(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The characters of a page; what it declares counts where the bytes are no UTF-8."""
    declared = _DECLARED.search(data, 0, _HEAD)
    if declared is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return normalise(data.decode(declared[1].decode(), "replace")), ()
            except LookupError:
                pass  # It declares an encoding that there is not: the bytes tell.
    decoded = decode(data)
    return decoded.text, decoded.notices


def _title(tree: HtmlElement, blocks: Sequence[PageBlock]) -> str:
    """The title of the page; behind a bar or a dash stands that of its site."""
    stated = " ".join((tree.findtext(".//title") or "").split())
    heads = [" ".join(block.text.split()) for block in blocks if block.kind == "heading"]
    for head in heads:
        if head and stated.startswith(head):
            return head
    first = _SITE.split(stated)[0] if stated else ""
    tops = [
        " ".join(block.text.split())
        for block in blocks
        if block.kind == "heading" and block.level == 1
    ]
    return first or (tops[0] if tops else "")


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
