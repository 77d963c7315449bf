"""Documents and passages as the bytes that a catalogue keeps, and back.

MessagePack of the records in `qa.models`, without what is as by default. The text of a passage is
not kept: it is a stretch of its document's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from itertools import compress
from operator import attrgetter, ne
from typing import Any, Final, NamedTuple

from msgspec import msgpack

from qa.analysis.acronyms import find_acronyms
from qa.analysis.kinds import find_kinds
from qa.analysis.lexicon import Pair
from qa.models import (
    Block,
    Document,
    DocumentInfo,
    Language,
    Notice,
    Passage,
    Removal,
    Span,
    Unit,
)

_encode: Final = msgpack.Encoder().encode


class _Structure(NamedTuple):
    """All of a document but its text and what `DocumentInfo` has."""

    blocks: tuple[Block, ...]
    key_terms: tuple[Span, ...]
    removed: tuple[Removal, ...]
    notices: tuple[Notice, ...]


class PassageRecord(NamedTuple):
    """All of a passage but its text: `first`, `last` are its bytes in the text of its document."""

    start: int
    end: int
    first: int
    last: int
    language: Language
    page: int | None
    heading: tuple[str, ...]
    units: tuple[Unit, ...]

    def passage(self, document_id: str, text: str) -> Passage:
        """The passage, with its text."""
        return Passage(
            document_id=document_id,
            start=self.start,
            end=self.end,
            text=text,
            language=self.language,
            heading=self.heading,
            page=self.page,
            units=self.units,
        )


class StoredDocument(NamedTuple):
    """A document in bytes, with what is looked up of it.

    A tuple, as a worker sends them by the thousand: one of a dataclass takes several times as long.
    """

    id: str
    language: Language
    objective: str | None
    item: str | None
    rank: str | None
    taught: tuple[str, ...]
    """Codes of the objectives that it is said to teach."""
    acronyms: tuple[Pair, ...]
    """Those that its text explains."""
    kinds: tuple[Pair, ...]
    """Medicines, and what its text says that they are."""
    info: bytes
    text: bytes
    structure: bytes
    passages: tuple[bytes, ...]
    digest: bytes
    """Of all that an answer can show or a ranking depends on, without its history; 32 bytes."""


read_info: Final = msgpack.Decoder(DocumentInfo).decode
read_passage: Final = msgpack.Decoder(PassageRecord).decode
_read_structure: Final = msgpack.Decoder(_Structure).decode


def store_document(document: Document, passages: Sequence[Passage]) -> StoredDocument:
    """Raises `UnicodeEncodeError` for what is no Unicode: lone surrogates."""
    objective = document.objective
    text, records = document.text.encode(), tuple(_passage_records(document.text, passages))
    info = _telling(document, DocumentInfo)
    lasting = _encode({name: value for name, value in info.items() if name != "history"})
    return StoredDocument(
        id=document.id,
        language=document.language,
        objective=objective.code if objective else None,
        item=objective.item if objective else None,
        rank=objective.rank if objective else None,
        taught=document.objectives,
        acronyms=tuple(dict.fromkeys(find_acronyms(document.text))),
        kinds=tuple(dict.fromkeys(find_kinds(document.text, document.language))),
        info=_encode(info),
        text=text,
        structure=_encode(
            (
                [_telling(block) for block in document.blocks],
                document.key_terms,
                [_telling(removal) for removal in document.removed],
                [_telling(notice) for notice in document.notices],
            )
        ),
        passages=records,
        digest=_digest(lasting, text, records),
    )


def read_document(info: bytes, text: bytes, structure: bytes) -> Document:
    """Raises `ValueError` for what is no document."""
    known, more = read_info(info), _read_structure(structure)
    return Document(
        **{name: getattr(known, name) for name in _defaults(DocumentInfo)},
        text=text.decode(),
        **more._asdict(),
    )


def _digest(info: bytes, text: bytes, passages: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256(msgpack.encode([len(info), len(text)]))
    for part in (info, text, *passages):
        digest.update(part)
    return digest.digest()


def _passage_records(text: str, passages: Iterable[Passage]) -> Iterator[bytes]:
    place = count = 0
    for passage in passages:
        if passage.start < place:
            place = count = 0
        first = count + len(text[place : passage.start].encode())
        place, count = passage.end, first + len(passage.text.encode())
        yield _encode(
            (
                *(passage.start, passage.end, first, count),
                *(passage.language, passage.page, passage.heading),
                [_telling(unit) for unit in passage.units],
            )
        )


@cache
def _defaults(kind: type) -> dict[str, object]:
    return {field.name: field.default for field in fields(kind)}


@cache
def _getter(kind: type) -> Callable[[Any], tuple[object, ...]]:
    return attrgetter(*_defaults(kind))


def _telling(record: Any, kind: type | None = None) -> dict[str, object]:
    """The fields of a record, or of what it is beside others, that are not as by default."""
    kind = kind or record.__class__
    defaults, values = _defaults(kind), _getter(kind)(record)
    # What has no default is not `MISSING` either.
    return dict(compress(zip(defaults, values, strict=True), map(ne, values, defaults.values())))
