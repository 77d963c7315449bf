"""Reader of HTML: pages as they are saved from a browser, and what programs export.

What is left of a page without its navigation, trafilatura tells; the structure is that of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qa.errors import UnreadableDocumentError
from qa.models import Notice, Removal
from qa.reading.content import Content, TextBuilder
from qa.reading.decoding import decode, normalise
from qa.reading.html_blocks import PageBlock, Walk
from qa.reading.html_content import content_places

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FORMAT: Final = "html"

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,30})", re.I
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD: Final = 4096
_SITE = re.compile(r" [|·•»–—-] ")


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
        builder.add(
            block.kind, block.text, level=block.level, marker=block.marker, terms=block.terms
        )
    text, found, terms = builder.build()
    return Content(
        format=format_,
        text=text,
        blocks=found,
        key_terms=terms,
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
    heads = [" ".join(one.text.split()) for one in blocks if one.kind == "heading"]
    for head in heads:
        if head and stated.startswith(head):
            return head
    first = _SITE.split(stated)[0] if stated else ""
    tops = [
        " ".join(one.text.split()) for one in blocks if one.kind == "heading" and one.level == 1
    ]
    return first or (tops[0] if tops else "")
