"""Documents to an index: passages, terms, weights, all views of them."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from qa.analysis.acronyms import find_acronyms
from qa.analysis.lexicon import Entry, acronym_entries, built_in_entries
from qa.analysis.meanings import meaning_entries
from qa.analysis.ngrams import TermNgrams
from qa.analysis.words import Analyser
from qa.index.catalogue import Catalogue
from qa.index.estimators import Matrix, SaturatedTf, field_counts, weights_in_document
from qa.index.generation import Generation, Statistics
from qa.index.index import Index
from qa.index.sequences import FieldTerms, SequenceBuilder, TermSequences
from qa.index.vocabulary import Vocabulary
from qa.models import Document, Language, Passage
from qa.passages import LONGEST_HEADING, split_passages
from qa.settings import IndexSettings, Settings


class PassageTerms:
    """The terms of passages by field, each analysed in its own language."""

    def __init__(self) -> None:
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}

    def of(self, document: Document, passage: Passage) -> FieldTerms:
        """Title and headings count as context of every passage beneath them."""
        analyser = self._analysers[passage.language]
        body: list[str] = []
        places: list[int] = []
        for place, terms in analyser.placed_terms(passage.text):
            body.extend(terms)
            places.extend([place] * len(terms))
        return FieldTerms(
            title=self._analysers[document.language].terms(document.title),
            heading=[*self._item(document), *analyser.terms("\n".join(passage.heading))],
            body=body,
            units=[
                (bisect_left(places, unit.start), bisect_left(places, unit.end))
                for unit in passage.units
            ],
        )

    def _item(self, document: Document) -> list[str]:
        """What the page's item is about: titles such as `Know the prevalence` lean on it."""
        item = document.objective.item_title if document.objective else ""
        return self._analysers[document.language].terms(item[:LONGEST_HEADING])


class IndexBuilder:
    """Grows an index document by document; fills a catalogue as it goes."""

    def __init__(
        self, settings: IndexSettings, catalogue: Catalogue, entries: Iterable[Entry] = ()
    ) -> None:
        self._settings = settings
        self._entries = set(entries)
        self._catalogue = catalogue
        self._terms = PassageTerms()
        self._sequences = SequenceBuilder()
        self._owners: list[int] = []
        self._in_french: list[bool] = []
        self._documents = 0
        self._digest = hashlib.sha256(json.dumps(asdict(settings), sort_keys=True).encode())

    def add(self, document: Document) -> None:
        """Split a document, analyse its passages and append it."""
        passages = split_passages(document, most_words=self._settings.passage_words)
        fields = [self._terms.of(document, passage) for passage in passages]
        self.add_analysed(document, passages, fields)

    def add_analysed(
        self, document: Document, passages: Sequence[Passage], fields: Iterable[FieldTerms]
    ) -> None:
        """Append a document whose passages were split and analysed before."""
        self._digest.update(_identity(document, passages))
        for short, long in find_acronyms(document.text):
            self._entries.update(acronym_entries(short, long, document.language))
        self._catalogue.add(document, passages)
        for terms in fields:
            self._sequences.add(terms)
        self._owners.extend([self._documents] * len(passages))
        self._in_french.extend(passage.language == "fr" for passage in passages)
        self._documents += 1

    def _add_lexicon(self, vocabulary: frozenset[str]) -> None:
        """Keep the entries that can find something here."""
        known = chain(built_in_entries(), meaning_entries(), self._entries)
        useful = sorted({entry for entry in known if not vocabulary.isdisjoint(entry.target)})
        self._digest.update(json.dumps(useful).encode())
        self._catalogue.add_lexicon(useful)

    def finish(self) -> Generation:
        """The arrays of the index, and what they were made with."""
        terms, sequences = self._sequences.finish()
        self._add_lexicon(frozenset(terms))
        settings, owners = self._settings, np.array(self._owners, np.int32)
        counts = field_counts(
            sequences, len(terms), title=settings.title_weight, heading=settings.heading_weight
        )
        in_passages = SaturatedTf(k1=settings.k1, b=settings.b)
        in_documents = SaturatedTf(k1=settings.k1, b=settings.b)
        weights = in_passages.fit_transform(counts)
        weights.data += settings.document_weight * weights_in_document(counts, owners, in_documents)
        return Generation(
            arrays=index_arrays(
                terms, sequences, weights, owners=owners, in_french=np.array(self._in_french, bool)
            ),
            statistics=Statistics(
                documents=self._documents,
                passages=len(owners),
                terms=len(terms),
                mean_passage_length=in_passages.mean_length_,
                mean_document_length=in_documents.mean_length_,
            ),
            settings=settings,
            fingerprint=self._digest.hexdigest()[:16],
        )


def build_in_memory(
    documents: Iterable[Document], settings: Settings, entries: Iterable[Entry] = ()
) -> Index:
    """An index that lives as long as the process; `entries` add to the built-in lexicon."""
    catalogue = Catalogue.create()
    builder = IndexBuilder(settings.index, catalogue, entries)
    for document in documents:
        builder.add(document)
    return Index.of(builder.finish(), catalogue)


def index_arrays(
    terms: list[str],
    sequences: TermSequences,
    weights: Matrix,
    *,
    owners: NDArray[np.int32],
    in_french: NDArray[np.bool_],
) -> dict[str, Any]:
    """All arrays of an index, named as they are stored.

    `weights`: float32 (passages, terms). `owners`: the document number of every passage.
    `in_french`: whether a passage is in French, else it is in English.
    """
    by_term = weights.tocsc()
    vocabulary = Vocabulary.from_terms(terms)
    ngrams = TermNgrams.build(terms)
    return {
        "owners": owners,
        "in_french": in_french,
        "term_text": vocabulary.text,
        "term_offsets": vocabulary.offsets,
        "term_french": _share_of_postings(by_term, in_french),
        "posting_indptr": by_term.indptr.astype(np.int64),
        "posting_passages": by_term.indices.astype(np.int32),
        "posting_weights": by_term.data,
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


def _share_of_postings(
    weights: sparse.csc_array[Any], chosen: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """By term, the share of its passages that are `chosen`, float32 (terms,)."""
    begun = np.concatenate([[0], np.cumsum(chosen[weights.indices])])
    found = begun[weights.indptr[1:]] - begun[weights.indptr[:-1]]
    share: NDArray[np.float32] = (found / np.maximum(np.diff(weights.indptr), 1)).astype(np.float32)
    return share


def _identity(document: Document, passages: Sequence[Passage]) -> bytes:
    """All of a document that an answer can show or a ranking depends on."""
    spans = [
        (p.start, p.end, p.language, p.heading, p.page, [astuple(unit) for unit in p.units])
        for p in passages
    ]
    parts = [asdict(document.info), document.text, spans]
    return json.dumps(parts, separators=(",", ":")).encode() + b"\n"
