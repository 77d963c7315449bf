"""The whole product in a screen: documents in, cited answers out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.analysis.lexicon import Entry, project_entries
from qa.answering import choose_extracts
from qa.collections import collection_of
from qa.errors import QuestionError
from qa.index.index import SearchIndex
from qa.index.places import open_index
from qa.meaning.encoder import Opening, open_encoder
from qa.models import (
    Answer,
    Document,
    DocumentInfo,
    Filters,
    Hit,
    Notice,
    RankedDocument,
    RankedPassage,
    Turn,
)
from qa.retrieval.abstention import near_enough, reason_to_abstain, reply_without_search
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.conversation import (
    carried_classes,
    with_earlier_facets,
    with_earlier_identifiers,
)
from qa.retrieval.copies import once_each
from qa.retrieval.disagreement import disagreements
from qa.retrieval.meaning import Meaning, with_question_before
from qa.retrieval.model import Model, fitted_model
from qa.retrieval.nearest import Nearest, nearest
from qa.retrieval.question import ParsedQuestion, parse_question
from qa.retrieval.reading import Reading, ReadPassage, read_units, surest
from qa.retrieval.search import Ranking, Searcher
from qa.settings import Settings

_PASSAGES_PER_DOCUMENT = 3


class Engine:
    """Answers questions from one index."""

    def __init__(
        self,
        index: SearchIndex,
        settings: Settings | None = None,
        model: Model | None = None,
        opening: Opening = open_encoder,
    ) -> None:
        self.index = index
        self.settings = settings or Settings()
        vectors = index.meaning if self.settings.ranking.by_meaning else None
        self.meaning = Meaning(vectors, opening) if vectors is not None else None
        self.model = model or fitted_model(meaning=self.meaning is not None)
        self._searcher = Searcher(index, self.settings.ranking)

    def with_model(self, model: Model) -> Engine:
        """The same engine, but for the numbers that answers rest on."""
        other = copy(self)
        other.model = model
        return other

    @classmethod
    def from_corpus(
        cls,
        path: Path | str,
        settings: Settings | None = None,
        *,
        on_unreadable: Callable[[Notice], None] | None = None,
    ) -> Engine:
        """An engine over a file or folder of documents, indexed in memory.

        `on_unreadable` is called with each file of a folder that is left out, and why; without it,
        an `UnreadableFileWarning` names each. Raises as `load_corpus`.
        """
        from qa.reading import load_corpus

        settings = settings or Settings()
        entries = project_entries(Path(path)) if Path(path).is_dir() else ()
        documents = load_corpus(path, on_unreadable=on_unreadable, settings=settings.reading)
        return cls.over(documents, settings, entries)

    @classmethod
    def over(
        cls, documents: Iterable[Document], settings: Settings, entries: Iterable[Entry] = ()
    ) -> Engine:
        """An engine over documents that were read, with further entries of a glossary."""
        # scikit-learn takes a second to import, and only building needs it.
        from qa.index.build import build_in_memory

        return cls(build_in_memory(documents, settings, entries), settings)

    @classmethod
    def open(cls, index_dir: Path | str, settings: Settings | None = None) -> Engine:
        """An engine over an index on disk, or in a cluster by its address."""
        settings = settings or Settings()
        return cls(open_index(index_dir, settings), settings)

    @property
    def fingerprint(self) -> str:
        """Identifies the documents and the settings they were indexed with."""
        return self.index.fingerprint

    @cached_property
    def collection(self) -> str:
        """The name of the collection that the documents are; empty where they are none."""
        generation = self.index.folder
        if generation is None:
            return ""
        return collection_of(generation.parent, self.settings.collections_dir)

    @property
    def class_builder(self) -> ClassBuilder:
        """Turns words into weighted terms; remembers those that it has met."""
        return self._searcher.class_builder

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        k: int = 5,
        filters: Filters | None = None,
        *,
        abstain: bool = True,
    ) -> Answer:
        """The answer to a question, in extracts of the documents, or an abstention.

        With `abstain` off, the best extracts are given however unsure they are. Raises
        `QuestionError` for a question that is empty or too long.
        """
        parsed, ranking, read = self._reply(question, history, k, filters)
        passages = read[:k]
        threshold = self.model.thresholds[self.settings.answering.caution]
        reason = reply_without_search(parsed, ranking)
        searched = reason is None
        if not searched:
            passages = ()
        elif abstain or not passages:
            reason = reason_to_abstain(parsed, ranking, passages, threshold)
            passages = near_enough(ranking, passages) if reason else passages
        near = nearest(ranking, read) if reason and searched else Nearest()
        hits = self._hits(ranking, passages)
        extracts = (
            ()
            if reason
            else choose_extracts(
                hits,
                # A page that is named, and nothing else, is cited from its beginning.
                passages if ranking.classes else passages[:1],
                parsed.asked.facet,
                self.settings.answering,
            )
        )
        return Answer(
            question=question,
            question_language=parsed.languages[0],
            confidence=best.confidence if (best := surest(passages)) else 0.0,
            extracts=extracts,
            sources=tuple(
                replace(
                    hit,
                    highlights=tuple(
                        (extract.start - hit.passage.start, extract.end - hit.passage.start)
                        for extract in extracts
                        if extract.source == hit.rank
                    ),
                )
                for hit in hits
            ),
            abstained_because=reason,
            index_fingerprint=self.fingerprint,
            collection=self.collection,
            carried=(
                *ranking.carried_identifiers,
                *(c.word for c in ranking.classes if c.carried),
            ),
            disagreements=disagreements(extracts, hits),
            searched=searched,
            known=near.known,
            nearest_headings=near.headings,
        )

    def search(
        self,
        question: str,
        k: int = 10,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        """The best `k` passages, without an answer."""
        _, ranking, passages = self._reply(question, history, k, filters)
        return self._hits(ranking, passages[:k])

    def rank_documents(
        self, question: str, k: int = 100, history: Sequence[Turn] = ()
    ) -> tuple[RankedDocument, ...]:
        """The best `k` documents, each by its best passage."""
        ordered = self._ordered(question, history, k * _PASSAGES_PER_DOCUMENT)
        _, first = np.unique(ordered.documents, return_index=True)
        best = np.sort(first)[:k]
        ids = self.index.catalogue.ids(ordered.documents[best].tolist())
        return tuple(
            RankedDocument(document_id=document_id, score=score)
            for document_id, score in zip(ids, ordered.scores[best].tolist(), strict=True)
        )

    def rank_passages(
        self, question: str, k: int = 100, history: Sequence[Turn] = ()
    ) -> tuple[RankedPassage, ...]:
        """The best `k` passages by place only: cheaper than `search`, which explains each."""
        ordered = self._ordered(question, history, k)
        spans = self.index.catalogue.spans(ordered.passages[:k].tolist())
        return tuple(
            RankedPassage(document_id=document_id, start=start, end=end, score=float(score))
            for (document_id, start, end), score in zip(spans, ordered.scores, strict=False)
        )

    def read(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> tuple[ParsedQuestion, tuple[ReadPassage, ...]]:
        """The question taken apart, and the best passages with what is known of their units."""
        reply = self._reply(question, history, self.settings.ranking.read_passages, filters)
        return reply.question, reply.passages

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""
        return self.index.catalogue.documents()

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""
        return self.index.catalogue.document(document_id)

    def _parse(
        self, question: str, history: Sequence[Turn], filters: Filters | None = None
    ) -> ParsedQuestion:
        english = self.index.lexicon.is_mostly("en")
        parsed = parse_question(question, filters, default="en" if english else "fr")
        return with_earlier_facets(self.class_builder, parsed, history)

    def _rank(self, parsed: ParsedQuestion, history: Sequence[Turn], *, most: int) -> Ranking:
        if most < 1:
            raise QuestionError("k is {most}; ask for at least 1 passage", most=most)
        carried = carried_classes(self.class_builder, parsed, history, self.settings.ranking)
        within = with_earlier_identifiers(self.class_builder, parsed, history)
        ranking = self._searcher.rank(within, most=most, carried=carried)
        if within.carried and not len(ranking):
            return self._searcher.rank(parsed, most=most, carried=carried)
        return ranking

    def _reply(
        self, question: str, history: Sequence[Turn], k: int, filters: Filters | None
    ) -> _Reply:
        """The question taken apart, and at least the best `k` passages, read; copies once."""
        parsed = self._parse(question, history, filters)
        ranking = self._rank(parsed, history, most=k)
        most = max(k, self.settings.ranking.read_passages)
        read = self._read(parsed, history, ranking, most).passages(parsed.asked, self.model)
        return _Reply(parsed, ranking, once_each(read))

    def _hits(self, ranking: Ranking, passages: Sequence[ReadPassage]) -> tuple[Hit, ...]:
        return tuple(
            Hit(
                rank=rank,
                score=one.score,
                confidence=one.confidence,
                passage=one.passage,
                document=one.document,
                copies=one.copies,
                terms=self._searcher.explain(
                    ranking, one.place, one.score, one.support, one.by_meaning
                ),
            )
            for rank, one in enumerate(passages, start=1)
        )

    def _read(
        self, parsed: ParsedQuestion, history: Sequence[Turn], ranking: Ranking, most: int
    ) -> Reading:
        said = with_question_before(parsed.text, ranking, history)
        return read_units(
            ranking,
            parsed.asked,
            parsed.languages[0],
            self.settings.ranking,
            self.model,
            self.index.lexicon,
            most=most,
            meaning=self.meaning.of(said) if self.meaning else None,
        )

    def _ordered(self, question: str, history: Sequence[Turn], most: int) -> _Ordered:
        """At least `most` passages in their final order, where there are so many."""
        parsed = self._parse(question, history)
        ranking = self._rank(parsed, history, most=most)
        read = self._read(parsed, history, ranking, self.settings.ranking.read_passages)
        order = read.order
        rest = slice(len(order), None)
        return _Ordered(
            passages=np.concatenate([ranking.passages[order], ranking.passages[rest]]),
            documents=np.concatenate([ranking.documents[order], ranking.documents[rest]]),
            scores=np.concatenate([read.scores[order], ranking.scores[rest]]),
        )


class _Reply(NamedTuple):
    question: ParsedQuestion
    ranking: Ranking
    passages: tuple[ReadPassage, ...]


class _Ordered(NamedTuple):
    """Passages and their documents by number, and their scores, best first."""

    passages: NDArray[np.int64]
    documents: NDArray[np.int64]
    scores: NDArray[np.float64]
