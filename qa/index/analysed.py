"""Documents to passages, terms and bytes: all of indexing that takes long and needs no index.

It runs in worker processes as well, and therefore does without NumPy.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice
from typing import Final

from msgspec import msgpack

from qa.analysis.words import Analyser
from qa.errors import UnreadableDocumentError
from qa.index.packing import FieldTerms, PackedTerms, TermPacker
from qa.index.stored import StoredDocument, store_document
from qa.models import Document, History, Language, Passage, Span
from qa.passages import LONGEST_HEADING, split_passages
from qa.reading import Entry, SourceFile
from qa.reading.documents import read_document
from qa.workers import UNLIMITED, Workers, available_processors

_TOGETHER: Final = 100_000
"""Characters of the documents that go to a worker at once."""
_WORTH_IT: Final = 60
"""So many of these pay for starting workers, which takes as long as a few."""
_received: Final = msgpack.Decoder(list[Document]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """Some documents, ready to be appended to an index."""

    documents: tuple[StoredDocument, ...]
    terms: PackedTerms
    """Of the passages of all of them."""
    in_french: bytes
    """1 for a passage in French, 0 for one in English."""
    notices: tuple[str, ...]
    """The kind of every notice on them."""
    left_out: tuple[str, ...]
    """Why, for every piece of text that was left out of them."""


class DocumentAnalyser:
    """Cuts and analyses documents; remembers the words that it has met."""

    def __init__(self, passage_words: int) -> None:
        self._passage_words = passage_words
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}

    def analyse(self, documents: Sequence[Document]) -> Analysed:
        """Raises `UnicodeEncodeError` for lone surrogates, which cannot be stored."""
        packer = TermPacker()
        stored: list[StoredDocument] = []
        in_french = bytearray()
        for document in documents:
            passages = split_passages(document, most_words=self._passage_words)
            for terms in self._terms(document, passages):
                packer.add(terms)
            in_french.extend(passage.language == "fr" for passage in passages)
            stored.append(store_document(document, passages))
        return Analysed(
            documents=tuple(stored),
            terms=packer.pack(),
            in_french=bytes(in_french),
            notices=tuple(notice.kind for one in documents for notice in one.notices),
            left_out=tuple(removal.reason for one in documents for removal in one.removed),
        )

    def _terms(self, document: Document, passages: Iterable[Passage]) -> Iterator[FieldTerms]:
        """The terms of passages by field; title and headings are context of all beneath them."""
        own = self._analysers[document.language]
        title, item = own.terms(document.title), self._item(document)
        for passage in passages:
            analyser = self._analysers[passage.language]
            body, units = _body(analyser, passage)
            heading = [*item, *analyser.terms("\n".join(passage.heading))]
            yield FieldTerms(title=title, heading=heading, body=body, units=units)

    def _item(self, document: Document) -> list[str]:
        """What the page's item is about: titles such as `Know the prevalence` lean on it."""
        item = document.objective.item_title if document.objective else ""
        return self._analysers[document.language].terms(item[:LONGEST_HEADING])


def _body(analyser: Analyser, passage: Passage) -> tuple[list[str], list[Span]]:
    """The terms of a passage, and the range in them that each of its units has."""
    units = passage.units
    if len(units) == 1 and (units[0].start, units[0].end) == (0, len(passage.text)):
        body = analyser.terms(passage.text)
        return body, [(0, len(body))]
    places = list(chain.from_iterable((unit.start, unit.end) for unit in units))
    body, counts = analyser.terms_before(passage.text, places)
    return body, list(zip(counts[::2], counts[1::2], strict=True))


@cache
def _analyser(passage_words: int) -> DocumentAnalyser:
    return DocumentAnalyser(passage_words)


def _analyse_sent(documents: bytes, passage_words: int) -> Analysed:
    """What a worker does with documents that were read before."""
    return _analyser(passage_words).analyse(_received(documents))


def read_analysed(
    file: SourceFile,
    entry: Entry,
    megabytes: int,
    document_id: str,
    history: History,
    passage_words: int,
) -> Analysed:
    """What a worker does with a file: see `qa.reading.documents.read_document`."""
    document = read_document(file, entry, megabytes)
    try:
        f"{document.path}{document.title}{document.text}".encode()
    except UnicodeEncodeError as error:
        shown = file.path.as_posix().encode(errors="backslashreplace").decode()
        raise UnreadableDocumentError(
            "{shown}: its name or text has characters that are not Unicode; change them",
            shown=shown,
        ) from error
    known = replace(document, id=document_id, history=history)
    return _analyser(passage_words).analyse([known])


def analyse_all(documents: Iterable[Document], passage_words: int) -> Iterator[Analysed]:
    """All documents, in order; on all processors where they are many."""
    batches = _batches(documents)
    first = list(islice(batches, _WORTH_IT))
    processes = available_processors() if len(first) == _WORTH_IT else 1
    own = DocumentAnalyser(passage_words)
    if processes == 1:
        yield from map(own.analyse, chain(first, batches))
        return
    handed_out: deque[list[Document]] = deque()

    def tasks() -> Iterator[tuple[bytes, int]]:
        for batch in chain(first, batches):
            handed_out.append(batch)
            yield msgpack.encode(batch), passage_words

    with Workers(processes, UNLIMITED) as workers:
        for outcome in workers.map(_analyse_sent, tasks()):
            batch = handed_out.popleft()
            # Where a worker came to no end, what stopped it is met, and raised, here.
            yield outcome if isinstance(outcome, Analysed) else own.analyse(batch)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if characters >= _TOGETHER:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
