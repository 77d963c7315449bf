"""The readers: one file each, behind one protocol over bytes.

A reader takes the bytes of a file and its name, and gives the text, its structure and what was left
out. Which one takes a file is told by its content first and its extension second. Packages add
readers of their own by an entry point of the group `qa.readers` that names a `Reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

from qa.errors import UnreadableDocumentError
from qa.locale.message import Message
from qa.reading.content import Content
from qa.reading.kinds import better_suffix, no_document, suffix_of

GROUP: Final = "qa.readers"
"""The group of entry points."""

Read = Callable[[bytes, str], Content]
"""From the bytes and the name of a file to its content.

Raises UnreadableDocumentError, without the file name, when they are not a readable document.
"""


def _never(_head: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one format is told and read."""

    format: str
    suffixes: frozenset[str]
    read: Read
    recognises: Callable[[bytes], bool] = field(default=_never)
    """Whether the bytes say by themselves that they are of this format, whatever their name."""


def reader_for(data: bytes, name: str) -> Reader:
    """The reader of a file.

    Raises UnreadableDocumentError, without the file name, where there is none.
    """
    readers = all_readers()
    suffix = suffix_of(name)
    for reader in readers:
        if reader.recognises(data):
            return reader
    for reader in readers:
        if suffix in reader.suffixes:
            return reader
    raise refusal(name)


def refusal(name: str) -> UnreadableDocumentError:
    """Why no reader takes a file of this name, and what to do."""
    suffix = suffix_of(name)
    if kind := no_document(name):
        return UnreadableDocumentError("{kind}, no document; take it away", kind=Message(kind))
    if better := better_suffix(suffix):
        return UnreadableDocumentError(
            "no reader for {suffix} files; save it as {better}", suffix=suffix, better=better
        )
    return UnreadableDocumentError(
        "no reader for {suffix} files; save it as one of {known}",
        suffix=suffix,
        known=", ".join(known_suffixes()),
    )


def known_suffixes() -> tuple[str, ...]:
    """The extensions that readers take, sorted."""
    return tuple(
        sorted({suffix for reader in all_readers() for suffix in reader.suffixes if suffix})
    )


@cache
def all_readers() -> tuple[Reader, ...]:
    """Those of other packages first, so that they may replace one of ours."""
    return (*_registered(), *_BUILT_IN)


def _registered() -> Iterable[Reader]:
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        reader = entry.load()
        if not isinstance(reader, Reader):
            raise TypeError(f"{GROUP}: {entry.name} names {reader!r}, not a Reader")
        yield reader


def _late(place: str) -> Read:
    """A reader that is imported when its first file comes: parsers are slow to import."""

    def read(data: bytes, name: str) -> Content:
        module, _, function = place.partition(":")
        found: Read = getattr(import_module(f"qa.reading.{module}"), function)
        return found(data, name)

    return read


def _reader(
    format_: str, suffixes: str, place: str, recognises: Callable[[bytes], bool] = _never
) -> Reader:
    return Reader(
        format=format_,
        suffixes=frozenset(suffixes.split()),
        read=_late(place),
        recognises=recognises,
    )


_HEAD: Final = 1024


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_HEAD]


def _is_office(part: bytes) -> Callable[[bytes], bool]:
    # The names of the parts stand in the directory at the end of an archive.
    return lambda data: data.startswith(b"PK\x03\x04") and part in data[-64 * _HEAD :]


def _is_old_office(data: bytes) -> bool:
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def _is_html(data: bytes) -> bool:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html"))


def _is_wiki_page(data: bytes) -> bool:
    return data[:_HEAD].lstrip().startswith(b"<page>") and b"<revision" in data


_BUILT_IN: Final = (
    _reader("pdf", ".pdf", "pdf:read_pdf", _is_pdf),
    _reader("docx", ".docx", "docx:read_docx", _is_office(b"word/document.xml")),
    _reader("pptx", ".pptx .ppsx", "pptx:read_pptx", _is_office(b"ppt/presentation.xml")),
    _reader("xlsx", ".xlsx .xlsm", "xlsx:read_xlsx", _is_office(b"xl/workbook.xml")),
    _reader("epub", ".epub", "epub:read_epub", _is_office(b"META-INF/container.xml")),
    _reader("old office", "", "damage:refuse", _is_old_office),
    _reader("html", ".html .htm .xhtml", "html:read_html", _is_html),
    _reader("wikitext", "", "wiki_export:read_page", _is_wiki_page),
    _reader("wikitext", ".wiki .wikitext .mediawiki .mw", "formats:read_wiki_file"),
    _reader("markdown", ".md .markdown .mdown .mkd", "formats:read_markdown_file"),
    _reader("markdown", ".qmd .rmd", "formats:read_literate_file"),
    _reader("notebook", ".ipynb", "notebook:read_notebook"),
    _reader("latex", ".tex .latex .ltx", "latex:read_latex"),
    _reader("restructuredtext", ".rst .rest", "rst:read_rst"),
    _reader("subtitles", ".srt .vtt", "subtitles:read_subtitles"),
    _reader("table", ".csv .tsv", "table_files:read_csv_table"),
    Reader(
        format="text", suffixes=frozenset((".txt", ".text", "")), read=_late("formats:read_text")
    ),
)
