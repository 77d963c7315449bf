"""Documents to an index: passages, terms, weights, all views of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from scipy import sparse

from qa.analysis.ngrams import TermNgrams
from qa.analysis.words import Analyser
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.estimators import FieldTerms, SaturatedTf, TermCounter
from qa.index.index import Index
from qa.index.vocabulary import Vocabulary
from qa.models import Document, Language, Passage
from qa.passages import split_passages
from qa.settings import Settings

INDEX_SETTINGS = ("passage_words", "k1", "b", "title_weight", "heading_weight")


class PassageTerms:
    """The terms of passages by field, each analysed in its own language."""

    def __init__(self) -> None:
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}

    def of(self, document: Document, passage: Passage) -> FieldTerms:
        """Title and headings count as context of every passage beneath them."""
        return FieldTerms(
            title=self._analysers[document.language].terms(document.title),
            heading=self._analysers[passage.language].terms("\n".join(passage.heading)),
            body=self._analysers[passage.language].terms(passage.text),
        )


def build_in_memory(documents: Iterable[Document], settings: Settings) -> Index:
    """An index that lives as long as the process."""
    catalogue = Catalogue.create()
    arrays, fingerprint = build(documents, settings, catalogue)
    return Index.from_arrays(arrays, catalogue, fingerprint, index_settings(settings))


def build(
    documents: Iterable[Document], settings: Settings, catalogue: Catalogue
) -> tuple[store.Arrays, str]:
    """Fill `catalogue` and return the arrays of the index and its fingerprint."""
    digest = hashlib.sha256(json.dumps(index_settings(settings), sort_keys=True).encode())
    owners: list[int] = []
    terms = PassageTerms()

    def fields() -> Iterator[FieldTerms]:
        for number, document in enumerate(documents):
            digest.update(_identity(document))
            passages = split_passages(document, most_words=settings.passage_words)
            catalogue.add(document, passages)
            owners.extend([number] * len(passages))
            for passage in passages:
                yield terms.of(document, passage)

    counter = TermCounter(
        title_weight=settings.title_weight, heading_weight=settings.heading_weight
    )
    counts = counter.fit_transform(fields())
    arrays = index_arrays(list(counter.vocabulary_), counts, settings)
    arrays["owners"] = np.array(owners, np.int32)
    return arrays, digest.hexdigest()[:16]


def index_settings(settings: Settings) -> dict[str, Any]:
    """The settings that shape an index, as opposed to those that shape a question."""
    return {name: getattr(settings, name) for name in INDEX_SETTINGS}


def index_arrays(
    terms: list[str], counts: sparse.csr_array[Any, Any], settings: Settings
) -> dict[str, Any]:
    """All arrays that follow from the counts, named as they are stored."""
    weights = SaturatedTf(k1=settings.k1, b=settings.b).fit_transform(counts).tocsc()
    vocabulary = Vocabulary.from_terms(terms)
    ngrams = TermNgrams.build(terms)
    return {
        "term_text": vocabulary.text,
        "term_offsets": vocabulary.offsets,
        "posting_indptr": weights.indptr.astype(np.int64),
        "posting_passages": weights.indices.astype(np.int32),
        "posting_weights": weights.data,
        "gram_codes": ngrams.grams,
        "gram_idf": ngrams.idf,
        "gram_indptr": ngrams.indptr,
        "gram_terms": ngrams.terms,
        "gram_weights": ngrams.weights,
        "count_indptr": counts.indptr.astype(np.int64),
        "count_terms": counts.indices.astype(np.int32),
        "count_values": counts.data,
    }


def _identity(document: Document) -> bytes:
    parts = (document.id, document.title, document.language, document.text)
    return "\0".join(parts).encode("utf-8", "surrogatepass") + b"\0\0"
