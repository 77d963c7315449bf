"""Which reader a file goes to, by its content first and its extension second."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from qa.reading.content import Content
from qa.reading.decoding import decode

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
# No line of a document is as long; a Markdown parser may need hours for one.
_MAX_MARKDOWN_LINE = 100_000
_WIKI = frozenset({".wiki", ".wikitext", ".mediawiki", ".mw"})


def read_content(data: bytes, name: str) -> Content:
    """Read the bytes of a file; `name` only decides where the content does not.

    Raises UnreadableDocumentError, without the file name, when they are not a readable document.
    """
    decoded = decode(data)
    content = _read_text(decoded.text, PurePosixPath(name).suffix.lower())
    return replace(content, notices=(*decoded.notices, *content.notices))


def _read_text(text: str, suffix: str) -> Content:
    from qa.reading.wikitext import is_objective_page, read_wikitext

    if suffix in _WIKI or is_objective_page(text):
        return read_wikitext(text)
    if suffix in _MARKDOWN and max(map(len, text.split("\n"))) <= _MAX_MARKDOWN_LINE:
        from qa.reading.markdown import read_markdown

        return read_markdown(text)
    from qa.reading.plaintext import read_plaintext

    return read_plaintext(text)
