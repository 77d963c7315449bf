"""Documents to passages, along the structure that the author gave them.

A passage never crosses a heading. A list stays with the sentence that leads into it, a table with
its caption. Short neighbours are joined up to the size limit; what is longer is cut between
sentences, or between words where a sentence is longer still. Words may be endless as well (encoded
data, scripts without blanks), so the limit also holds in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qa.analysis.language import detect_language
from qa.analysis.pieces import pieces_of
from qa.analysis.sentences import sentence_spans
from qa.models import Block, BlockKind, Document, Passage, Span, Unit, UnitKind

_WORD = re.compile(r"\S+")
_LEADS = (":", "：")
_STOPS = (".", "!", "?", "…")
_SHORTEST_FOR_LANGUAGE = 5
_FULL_ENOUGH = 0.5
LONGEST_HEADING = 500
"""Characters of what stands above many passages and is read with each; no heading has as many."""
_CHARACTERS_PER_WORD = 20
"""Far more than prose has: only what is not made of words meets the limit in characters."""


_KINDS: dict[BlockKind, UnitKind] = {
    "heading": "heading",
    "paragraph": "sentence",
    "item": "item",
    "row": "row",
    "caption": "caption",
}


class _Piece(NamedTuple):
    """A unit to be, as a span of the document's text: a tuple, as there are so many."""

    start: int
    end: int
    words: int
    kind: UnitKind
    tied: bool
    """Whether it belongs to the unit before: an item to its lead-in, a row to its caption."""
    leads: bool
    """Whether it belongs to the unit after: what ends in a colon says nothing alone."""


def split_passages(document: Document, *, most_words: int) -> tuple[Passage, ...]:
    """The passages of a document, in order; every block but headings is in exactly one or more."""
    return tuple(
        _passage(document, pieces, heading, page)
        for heading, page, blocks in _sections(document)
        for pieces in _pack(_pieces(document.text, blocks, most_words), most_words)
    )


def _sections(
    document: Document,
) -> Iterator[tuple[tuple[str, ...], int | None, list[Block]]]:
    """Runs of blocks under one heading path and on one page.

    A heading without text is a section only where the document has nothing else.
    """
    bare = all(block.kind == "heading" for block in document.blocks)
    path: list[tuple[int, str]] = []
    run: list[Block] = []
    pending: Block | None = None
    for block in document.blocks:
        if block.kind == "heading":
            if run:
                yield tuple(text for _, text in path), run[0].page, run
            elif bare and pending is not None and block.level <= pending.level:
                yield tuple(text for _, text in path[:-1]), pending.page, [pending]
            run = []
            path = [entry for entry in path if entry[0] < block.level]
            last = min(block.end, block.start + LONGEST_HEADING)
            path.append((block.level, document.text[block.start : last]))
            pending = block
            continue
        if run and block.page != run[0].page:
            yield tuple(text for _, text in path), run[0].page, run
            run = []
        run.append(block)
        pending = None
    if run:
        yield tuple(text for _, text in path), run[0].page, run
    elif bare and pending is not None:
        yield tuple(text for _, text in path[:-1]), pending.page, [pending]


def _pieces(text: str, blocks: Sequence[Block], most_words: int) -> Iterator[_Piece]:
    previous: Block | None = None
    header = ""
    for block in blocks:
        said = text[block.start : block.end] if block.kind == "row" else ""
        if not said or _is_apart(text, previous, block):
            header = ""
        repeats = bool(header) and said == header
        header = header or said
        tied = _is_tied(text, block, previous, repeats=repeats)
        spans: Iterable[Span]
        if block.kind == "paragraph":
            spans = sentence_spans(text[block.start : block.end])
        else:
            spans = ((0, block.end - block.start),)
        for start, end in spans:
            for first, last, words in _cut(
                text, block.start + start, block.start + end, most_words
            ):
                leads = text.endswith(_LEADS, first, last)
                yield _Piece(first, last, words, _KINDS[block.kind], tied, leads)
                tied = False
        previous = block


def _is_tied(text: str, block: Block, previous: Block | None, *, repeats: bool) -> bool:
    """Whether a block stays with the one before; `repeats`: it is the header of its table again."""
    if previous is None:
        return False
    if block.kind == "item":
        leads = text[previous.start : previous.end].rstrip().endswith(_LEADS)
        same_list = previous.kind == "item" and not _is_apart(text, previous, block)
        return same_list or (previous.kind == "paragraph" and leads)
    same_table = previous.kind in ("row", "caption") and not _is_apart(text, previous, block)
    return block.kind == "row" and same_table and not repeats


def _is_apart(text: str, previous: Block | None, block: Block) -> bool:
    """Whether a blank line stands between two blocks: of two lists, of two tables."""
    return previous is not None and "\n\n" in text[previous.end : block.start]


def _cut(text: str, start: int, end: int, most_words: int) -> Iterator[tuple[int, int, int]]:
    """Pieces within the size limit, with their number of words."""
    most_characters = most_words * _CHARACTERS_PER_WORD
    said = text[start:end]
    count = len(pieces_of(said))
    if count <= most_words and len(said) <= most_characters:
        if count:
            yield start + len(said) - len(said.lstrip()), start + len(said.rstrip()), count
        return
    first, last, words = start, start, 0
    for begin, stop in _short_words(text, start, end, most_characters):
        if words and (words == most_words or stop - first > most_characters):
            yield first, last, words
            words = 0
        first = first if words else begin
        last, words = stop, words + 1
    if words:
        yield first, last, words


def _short_words(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    """Words, in parts where one is longer than any passage may be."""
    for word in _WORD.finditer(text, start, end):
        for begin in range(word.start(), word.end(), longest):
            yield begin, min(begin + longest, word.end())


def _pack(pieces: Iterable[_Piece], most_words: int) -> Iterator[list[_Piece]]:
    """Groups of pieces within the size limit; tied ones stay together where they fit."""
    group: list[_Piece] = []
    for run in _tied_runs(pieces):
        worth_keeping = _fits(run, most_words) or _words(group) >= most_words * _FULL_ENOUGH
        if group and worth_keeping and not _fits([*group, *run], most_words):
            yield group
            group = []
        for piece in run:
            if group and not _fits([*group, piece], most_words):
                moved = group[-1:] if _moves(group, piece, most_words) else []
                yield group[: len(group) - len(moved)]
                group = moved
            group.append(piece)
    if group:
        yield group


def _moves(group: Sequence[_Piece], following: _Piece, most_words: int) -> bool:
    """Whether the last one of a full group leads into what follows, and fits there."""
    return len(group) > 1 and group[-1].leads and _fits([group[-1], following], most_words)


def _fits(pieces: Sequence[_Piece], most_words: int) -> bool:
    characters = pieces[-1].end - pieces[0].start
    return _words(pieces) <= most_words and characters <= most_words * _CHARACTERS_PER_WORD


def _words(pieces: Iterable[_Piece]) -> int:
    return sum(piece.words for piece in pieces)


def _tied_runs(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in pieces:
        if run and not piece.tied:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _passage(
    document: Document, pieces: Sequence[_Piece], heading: tuple[str, ...], page: int | None
) -> Passage:
    start, end = pieces[0].start, pieces[-1].end
    text = document.text[start:end]
    short = _words(pieces) < _SHORTEST_FOR_LANGUAGE
    return Passage(
        document_id=document.id,
        start=start,
        end=end,
        text=text,
        language=document.language if short else detect_language(text, default=document.language),
        heading=heading[1:] if heading[:1] == (document.title,) else heading,
        page=page,
        units=tuple(
            Unit(
                start=piece.start - start,
                end=piece.end - start,
                kind=piece.kind,
                leads=piece.leads,
                header=header,
            )
            for piece, header in zip(pieces, _headers(document.text, pieces), strict=True)
        ),
    )


def _said(text: str, piece: _Piece) -> str:
    return text[piece.start : piece.end]


def _headers(text: str, pieces: Sequence[_Piece]) -> Iterator[int | None]:
    """For each piece, the number of the row that names its columns, where there is one."""
    first: int | None = None
    for number, piece in enumerate(pieces):
        if number and "\n\n" in text[pieces[number - 1].end : piece.start]:
            first = None
        if piece.kind != "row":
            first = None
            yield None
        elif first is None or _said(text, piece) == _said(text, pieces[first]):
            first = number
            yield None
        else:
            named = _said(text, pieces[first])
            plain = not any(c.isdigit() for c in named) and not named.endswith(_STOPS)
            yield first if plain else None
