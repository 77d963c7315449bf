"""Reader of EPUB: the chapters of a book in their order.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from qa.errors import UnreadableDocumentError
from qa.models import Notice, Removal
from qa.reading.content import Content
from qa.reading.decoding import decode
from qa.reading.html import content_of, parsed, walked
from qa.reading.html_blocks import PageBlock
from qa.reading.zip_files import open_archive

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

FORMAT: Final = "epub"

_CONTAINER: Final = "META-INF/container.xml"
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    title: str
    language: str
    chapters: tuple[str, ...]


def read_epub(data: bytes, _name: str) -> Content:
    """Read a book; its title and language are those of its package."""
    blocks: list[PageBlock] = []
    removed: list[Removal] = []
    missing: list[str] = []
    with open_archive(data) as archive:
        if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in (
            archive.namelist()
        ):
            raise UnreadableDocumentError("locked by its seller (DRM); it cannot be read")
        book = _book(archive)
        for chapter in book.chapters:
            try:
                page = decode(archive.read(chapter)).text
                walk = walked(parsed(page))
            except (KeyError, UnreadableDocumentError):
                missing.append(chapter)
                continue
            blocks += walk.blocks
            removed += walk.removed
    notices = tuple(
        Notice(kind="chapter-unreadable", message=f"the chapter {one} cannot be read")
        for one in missing
    )
    return content_of(
        blocks,
        format_=FORMAT,
        title=book.title,
        language=book.language,
        removed=removed,
        notices=notices,
    )


def _book(archive: zipfile.ZipFile) -> _Book:
    container = _xml(archive, _CONTAINER)
    place = next((one.get("full-path", "") for one in _named(container, "rootfile")), "")
    package = _xml(archive, place)
    items = {
        one.get("id", ""): one
        for one in _named(package, "item")
        if one.get("media-type") in _PAGES and "nav" not in (one.get("properties") or "").split()
    }
    folder = posixpath.dirname(place)
    chapters = [
        posixpath.normpath(
            posixpath.join(folder, unquote(items[one.get("idref", "")].get("href", "")))
        )
        for one in _named(package, "itemref")
        if one.get("idref", "") in items
    ]
    return _Book(
        title=_first(package, "title"),
        language=_first(package, "language"),
        chapters=tuple(chapters),
    )


def _xml(archive: zipfile.ZipFile, name: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableDocumentError(
            "a damaged book ({name}: {error}); export it again", name=name, error=error
        ) from error
    if root is None:
        raise UnreadableDocumentError(
            "a damaged book ({name}: {error}); export it again", name=name, error="empty"
        )
    return root


def _named(root: _Element, name: str) -> Iterator[_Element]:
    return root.iter(f"{{*}}{name}")


def _first(root: _Element, name: str) -> str:
    return next((" ".join((one.text or "").split()) for one in _named(root, name)), "")
