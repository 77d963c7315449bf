"""The bytes of a file to its content: the reader is found, and text formats are decoded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qa.reading.content import Content
from qa.reading.decoding import decode
from qa.reading.readers import reader_for

# No line of a document is as long; a Markdown parser may need hours for one.
_MAX_MARKDOWN_LINE = 100_000


def read_content(data: bytes, name: str) -> Content:
    """Read the bytes of a file.

    Raises UnreadableDocumentError, without the file name, when they are not a readable document.
    """
    return reader_for(data, name).read(data, name)


def read_wiki_file(data: bytes, _name: str) -> Content:
    """Read a page of a wiki."""
    from qa.reading.wikitext import read_wikitext

    return read_decoded(data, read_wikitext)


def read_markdown_file(data: bytes, _name: str) -> Content:
    """Read Markdown, unless its lines are no lines of a text."""
    return read_decoded(data, _markdown)


def read_literate_file(data: bytes, _name: str) -> Content:
    """Read Quarto or R Markdown: Markdown without the code that is run."""
    from qa.reading.notebook import without_code

    return read_decoded(data, lambda text: without_code(text, _markdown))


def read_text(data: bytes, _name: str) -> Content:
    """Read plain text."""
    return read_decoded(data, _plaintext)


def read_decoded(data: bytes, read: Callable[[str], Content]) -> Content:
    """Read text, whose characters are decoded first; objective pages are told by their template."""
    from qa.reading.wikitext import is_objective_page, read_wikitext

    decoded = decode(data)
    content = read_wikitext(decoded.text) if is_objective_page(decoded.text) else read(decoded.text)
    return replace(content, notices=(*decoded.notices, *content.notices))


def _markdown(text: str) -> Content:
    if max(map(len, text.split("\n"))) > _MAX_MARKDOWN_LINE:
        return _plaintext(text)
    from qa.reading.markdown import read_markdown

    return read_markdown(text)


def _plaintext(text: str) -> Content:
    from qa.reading.plaintext import read_plaintext

    return read_plaintext(text)
