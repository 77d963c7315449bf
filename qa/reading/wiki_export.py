"""Exports of MediaWiki in XML: one document a page, and never the whole file in memory.

https://www.mediawiki.org/wiki/Help:Export
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from xml.parsers import expat

from qa.errors import UnreadableDocumentError
from qa.models import Span
from qa.reading.content import Content

_ARTICLES: Final = "0"
_HEAD: Final = 4096
_CHUNK: Final = 1 << 16
_READ: Final = frozenset({"title", "ns", "text"})


def is_export(path: Path) -> bool:
    """Whether an XML file is the export of a wiki."""
    try:
        with path.open("rb") as stream:
            return b"<mediawiki" in stream.read(_HEAD)
    except OSError:
        return False


@dataclass(slots=True)
class Pages:
    """Where the articles of an export stand among its bytes, by their names."""

    pages: dict[str, Span] = field(default_factory=dict)
    others: int = 0
    """Pages that are no articles, and redirections."""


def pages_of(path: Path) -> Pages:
    """The pages of an export; raises UnreadableDocumentError where it is no XML to its end."""
    walk = _Walk()
    found = Pages()
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            walk.feed(chunk)
            for page in walk.taken():
                name = page.name
                if page.namespace != _ARTICLES or page.is_redirect or not name:
                    found.others += 1
                else:
                    found.pages[name] = page.span
            if not chunk:
                return found


def read_page(data: bytes, name: str) -> Content:
    """Read one page, from its `<page>` to its `</page>`: the last revision in it."""
    from qa.reading.decoding import normalise
    from qa.reading.wikitext import read_wikitext

    walk = _Walk()
    walk.feed(data)
    walk.feed(b"")
    page = next(iter(walk.taken()), None)
    if page is None:
        raise UnreadableDocumentError("{name}: no page of a wiki; export it again", name=name)
    content = read_wikitext(normalise(page.text))
    return replace(content, title=content.title or " ".join(page.title.split()))


@dataclass(slots=True)
class _Found:
    start: int
    title: str = ""
    namespace: str = _ARTICLES
    text: str = ""
    is_redirect: bool = False
    span: Span = (0, 0)

    @property
    def name(self) -> str:
        """The title, as a part of a path."""
        title = " ".join(self.title.split())
        return title.replace("/", "%2F") if title not in (".", "..") else ""


class _Walk:
    """The pages of a stream of XML; entities of its own making are refused, not expanded."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._refuse
        self._page: _Found | None = None
        self._open = ""
        self._parts: list[str] = []
        self._done: list[_Found] = []

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; none at all are the end."""
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise UnreadableDocumentError(
                "no sound XML ({error}); export it again", error=error
            ) from error

    def taken(self) -> list[_Found]:
        """The pages that were met since the last time."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "page":
            self._page = _Found(start=self._parser.CurrentByteIndex)
        elif self._page is not None and name == "redirect":
            self._page.is_redirect = True
        elif self._page is not None and name in _READ:
            self._open, self._parts = name, []

    def _characters(self, text: str) -> None:
        if self._open:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        page = self._page
        if page is None:
            return
        if name == self._open:
            said = "".join(self._parts)
            match name:
                case "title":
                    page.title = said
                case "ns":
                    page.namespace = said.strip()
                case _:
                    page.text = said
            self._open = ""
        elif name == "page":
            page.span = (page.start, self._parser.CurrentByteIndex + len("</page>"))
            self._done.append(page)
            self._page = None

    def _refuse(self, name: str, *_declared: object) -> None:
        raise UnreadableDocumentError(
            "it declares an entity ({name}), which no export does; export it again", name=name
        )
