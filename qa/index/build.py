"""Documents to an index: passages, terms, weights, all views of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.analysis.kinds import built_in_kinds
from qa.analysis.lexicon import Entry, acronym_entries, built_in_entries, kind_entries
from qa.analysis.meanings import meaning_entries
from qa.analysis.ngrams import TermNgrams
from qa.index.analysed import Analysed, analyse_all
from qa.index.catalogue_writer import CatalogueWriter
from qa.index.encoding import Encoding
from qa.index.generation import Generation, Statistics
from qa.index.index import Index
from qa.index.sequences import SequenceBuilder, TermSequences
from qa.index.unit_vectors import UnitVectors
from qa.index.vocabulary import Vocabulary
from qa.index.weighing import Weights, weigh
from qa.meaning.encoder import Opening, open_encoder
from qa.models import Document
from qa.settings import IndexSettings, Settings


class IndexBuilder:
    """Grows an index document by document; fills a catalogue as it goes."""

    def __init__(
        self, settings: IndexSettings, catalogue: CatalogueWriter, entries: Iterable[Entry] = ()
    ) -> None:
        self._settings = settings
        self._entries = entries
        self._catalogue = catalogue
        self._sequences = SequenceBuilder()
        self._in_french = bytearray()

    def append(self, analysed: Analysed) -> None:
        """Append documents that were analysed now."""
        self._catalogue.add(analysed.documents)
        self._sequences.append(analysed.terms)
        self._in_french += analysed.in_french

    def copy(self, index: Index, numbers: NDArray[np.int32], first: int, last: int) -> None:
        """Append some documents of an index; `numbers`: see `numbers_of`."""
        passages = self._catalogue.copy(index.catalogue, first, last)
        self._sequences.copy(index.sequences, numbers, passages.start, passages.stop)
        self._in_french += index.in_french[passages.start : passages.stop].tobytes()

    def numbers_of(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """The numbers that the terms of an index have here."""
        return self._sequences.numbers(terms)

    def finish(self) -> Generation:
        """The arrays of the index, and what they were made with."""
        terms, sequences = self._sequences.finish()
        owners = np.array(self._catalogue.owners, np.int32)
        weights = weigh(sequences, owners, len(terms), self._settings)
        in_french = np.frombuffer(self._in_french, np.bool_)
        return Generation(
            arrays=index_arrays(terms, sequences, weights, owners=owners, in_french=in_french),
            statistics=Statistics(
                documents=self._catalogue.documents,
                passages=len(owners),
                terms=len(terms),
                mean_passage_length=weights.mean_passage_length,
                mean_document_length=weights.mean_document_length,
            ),
            settings=self._settings,
            fingerprint=self._fingerprint(self._add_lexicon(frozenset(terms))),
        )

    def _add_lexicon(self, vocabulary: frozenset[str]) -> list[Entry]:
        """Keep the entries that can find something here, and give them."""
        acronyms = (
            entry
            for (short, long), language in self._catalogue.explained("acronym")
            for entry in acronym_entries(short, long, language)
        )
        kinds = (
            entry
            for (member, kind), language in self._catalogue.explained("kind")
            for entry in kind_entries(member, kind, language)
        )
        known = chain(
            built_in_entries(), meaning_entries(), built_in_kinds(), self._entries, acronyms, kinds
        )
        useful = sorted({entry for entry in known if not vocabulary.isdisjoint(entry.target)})
        self._catalogue.add_lexicon(useful)
        return useful

    def _fingerprint(self, lexicon: list[Entry]) -> str:
        digest = hashlib.sha256(json.dumps(asdict(self._settings), sort_keys=True).encode())
        for document in self._catalogue.digests():
            digest.update(document)
        digest.update(json.dumps(lexicon).encode())
        return digest.hexdigest()[:16]


def build_in_memory(
    documents: Iterable[Document],
    settings: Settings,
    entries: Iterable[Entry] = (),
    *,
    encoder: str = "",
    opening: Opening = open_encoder,
    earlier: UnitVectors | None = None,
) -> Index:
    """An index that lives as long as the process; `entries` add to the built-in lexicon.

    `encoder`: the name of what makes vectors of the units; empty for none. What is among `earlier`
    ones need not be made.
    """
    catalogue = CatalogueWriter()
    builder = IndexBuilder(settings.index, catalogue, tuple(entries))
    for analysed in analyse_all(documents, settings.index.passage_words):
        builder.append(analysed)
    generation = builder.finish()
    written = catalogue.catalogue()
    encoding = Encoding(encoder=encoder, opening=opening, earlier=earlier)
    return Index.of(encoding.added_to(generation, written), written)


def index_arrays(
    terms: list[str],
    sequences: TermSequences,
    weights: Weights,
    *,
    owners: NDArray[np.int32],
    in_french: NDArray[np.bool_],
) -> dict[str, Any]:
    """All arrays of an index, named as they are stored.

    `owners`: the document number of every passage.
    `in_french`: whether a passage is in French, else it is in English.
    """
    vocabulary = Vocabulary.from_terms(terms)
    ngrams = TermNgrams.build(terms)
    return {
        "owners": owners,
        "in_french": in_french,
        "term_text": vocabulary.text,
        "term_offsets": vocabulary.offsets,
        "term_french": _share_of_postings(weights, in_french),
        "posting_indptr": weights.indptr,
        "posting_passages": weights.passages,
        "posting_weights": weights.weights,
        "gram_codes": ngrams.grams,
        "gram_idf": ngrams.idf,
        "gram_indptr": ngrams.indptr,
        "gram_terms": ngrams.terms,
        "gram_weights": ngrams.weights,
        "sequence_terms": sequences.terms,
        "sequence_indptr": sequences.indptr,
        "sequence_headings": sequences.headings,
        "sequence_bodies": sequences.bodies,
        "unit_terms": sequences.units,
        "unit_indptr": sequences.unit_indptr,
    }


def _share_of_postings(weights: Weights, chosen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """By term, the share of its passages that are `chosen`, float32 (terms,)."""
    begun = np.concatenate([[0], np.cumsum(chosen[weights.passages])])
    found = begun[weights.indptr[1:]] - begun[weights.indptr[:-1]]
    share: NDArray[np.float32] = (found / np.maximum(np.diff(weights.indptr), 1)).astype(np.float32)
    return share
