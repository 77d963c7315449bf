"""The whole product in a screen: documents in, cited answers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa.analysis.lexicon import project_entries
from qa.answering import choose_extracts
from qa.errors import QuestionError
from qa.index.index import Index
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
from qa.retrieval.abstention import reason_to_abstain
from qa.retrieval.classes import ClassBuilder
from qa.retrieval.confidence import MODEL, Features, features
from qa.retrieval.conversation import carried_classes, with_earlier_identifiers
from qa.retrieval.evidence import UnitEvidence, unit_evidence
from qa.retrieval.question import ParsedQuestion, parse_question
from qa.retrieval.search import Ranking, Searcher
from qa.settings import Settings

_PASSAGES_PER_DOCUMENT = 3


class Engine:
    """Answers questions from one index."""

    def __init__(self, index: Index, settings: Settings | None = None) -> None:
        self.index = index
        self.settings = settings or Settings()
        self._searcher = Searcher(index, self.settings.ranking)
        self._document_ids = index.catalogue.document_ids()

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
        # scikit-learn takes a second to import, and only building needs it.
        from qa.index.build import build_in_memory
        from qa.reading import load_corpus

        settings = settings or Settings()
        entries = project_entries(Path(path)) if Path(path).is_dir() else ()
        documents = load_corpus(path, on_unreadable=on_unreadable)
        return cls(build_in_memory(documents, settings, entries), settings)

    @classmethod
    def open(cls, index_dir: Path | str, settings: Settings | None = None) -> Engine:
        """An engine over an index on disk."""
        return cls(Index.open(Path(index_dir)), settings)

    @property
    def fingerprint(self) -> str:
        """Identifies the documents and the settings they were indexed with."""
        return self.index.fingerprint

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
        parsed = self._parse(question, filters)
        ranking = self._rank(parsed, history, most=k)
        hits, evidence, _ = self._hits(parsed, ranking, k)
        confidence = hits[0].confidence if hits else 0.0
        reason = (
            reason_to_abstain(parsed, ranking, confidence, self.settings.answering)
            if abstain or not hits
            else None
        )
        extracts = () if reason else choose_extracts(hits, evidence, self.settings.answering)
        return Answer(
            question=question,
            question_language=parsed.languages[0],
            confidence=confidence,
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
            carried=(
                *ranking.carried_identifiers,
                *(c.word for c in ranking.classes if c.carried),
            ),
        )

    def search(
        self,
        question: str,
        k: int = 10,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        """The best `k` passages, without an answer."""
        parsed = self._parse(question, filters)
        ranking = self._rank(parsed, history, most=k)
        return self._hits(parsed, ranking, k)[0]

    def rank_documents(
        self, question: str, k: int = 100, history: Sequence[Turn] = ()
    ) -> tuple[RankedDocument, ...]:
        """The best `k` documents, each by its best passage."""
        most = k * _PASSAGES_PER_DOCUMENT
        ranking = self._rank(self._parse(question), history, most=most)
        documents = ranking.documents
        _, first = np.unique(documents, return_index=True)
        places = np.sort(first)[:k]
        ids = self._document_ids
        return tuple(
            RankedDocument(document_id=ids[documents[place]], score=float(ranking.scores[place]))
            for place in places
        )

    def rank_passages(
        self, question: str, k: int = 100, history: Sequence[Turn] = ()
    ) -> tuple[RankedPassage, ...]:
        """The best `k` passages by place only: cheaper than `search`, which explains each."""
        ranking = self._rank(self._parse(question), history, most=k)
        spans = self.index.catalogue.spans(ranking.passages[:k].tolist())
        return tuple(
            RankedPassage(document_id=document_id, start=start, end=end, score=float(score))
            for (document_id, start, end), score in zip(spans, ranking.scores, strict=False)
        )

    def features(
        self, question: str, history: Sequence[Turn] = ()
    ) -> tuple[RankedPassage, Features] | None:
        """The best passage and what its confidence is made of; `None` where nothing matches."""
        parsed = self._parse(question)
        ranking = self._rank(parsed, history, most=1)
        for hit, values in zip(*self._hits(parsed, ranking, 1)[::2], strict=True):
            passage = hit.passage
            ranked = RankedPassage(
                document_id=passage.document_id,
                start=passage.start,
                end=passage.end,
                score=hit.score,
            )
            return ranked, values
        return None

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""
        return self.index.catalogue.documents()

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""
        return self.index.catalogue.document(document_id)

    def _parse(self, question: str, filters: Filters | None = None) -> ParsedQuestion:
        english = self.index.lexicon.is_mostly("en")
        return parse_question(question, filters, default="en" if english else "fr")

    def _rank(self, parsed: ParsedQuestion, history: Sequence[Turn], *, most: int) -> Ranking:
        if most < 1:
            raise QuestionError("k is {most}; ask for at least 1 passage", most=most)
        carried = carried_classes(self.class_builder, parsed, history, self.settings.ranking)
        within = with_earlier_identifiers(self.class_builder, parsed, history)
        ranking = self._searcher.rank(within, most=most, carried=carried)
        if within.carried and not len(ranking):
            return self._searcher.rank(parsed, most=most, carried=carried)
        return ranking

    def _hits(
        self, parsed: ParsedQuestion, ranking: Ranking, k: int
    ) -> tuple[tuple[Hit, ...], UnitEvidence, tuple[Features, ...]]:
        """The first `k` hits, how their units match, and what their confidence is made of."""
        language = parsed.languages[0]
        candidates = ranking.first(k)
        evidence = unit_evidence(candidates, ranking.classes, language)
        # Where little is in the language of the question, the other one is to be expected.
        expected = min(2 * self.index.lexicon.share_of(language), 1.0)
        hits, values = [], []
        for place, ((passage, document), terms) in enumerate(
            zip(
                candidates.texts(range(len(candidates))),
                self._searcher.explain(ranking, k),
                strict=True,
            )
        ):
            foreign = expected if passage.language != language else 0.0
            values.append(features(ranking, place, evidence.of(place), other_language=foreign))
            hits.append(
                Hit(
                    rank=place + 1,
                    score=float(ranking.scores[place]),
                    confidence=MODEL.probability(values[-1]),
                    passage=passage,
                    document=document,
                    terms=terms,
                )
            )
        return tuple(hits), evidence, tuple(values)
