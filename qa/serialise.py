"""Records to JSON, in the shapes that the command line promises."""

from __future__ import annotations

from typing import Any

import msgspec

from qa.models import Answer, DocumentInfo, Hit

Json = dict[str, Any]


def plain(records: object) -> Any:
    """Records whose fields are what is promised, with all that they hold, as JSON has it."""
    return msgspec.to_builtins(records)


def answer_to_json(answer: Answer) -> Json:
    """An answer as `qa ask --json` prints it."""
    return {
        "question": answer.question,
        "question_language": answer.question_language,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "answer": plain(answer.extracts),
        "sources": [hit_to_json(hit, answer.collection) for hit in answer.sources],
        "abstained_because": answer.abstained_because,
        "carried": list(answer.carried),
        "disagreements": plain(answer.disagreements),
        "known": list(answer.known),
        "nearest_headings": [
            {
                "text": near.text,
                "document": near.document_id,
                "title": near.document_title,
                "start": near.start,
                "end": near.end,
            }
            for near in answer.nearest_headings
        ],
        "index_fingerprint": answer.index_fingerprint,
    }


def hit_to_json(hit: Hit, collection: str) -> Json:
    """A source of an answer; `start` and `end` count in the document, `highlights` in the text."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": hit.score,
        "confidence": hit.confidence,
        "passage_id": passage.id,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "language": passage.language,
        "heading": list(passage.heading),
        "page": passage.page,
        "highlights": [list(span) for span in hit.highlights],
        "document": document_to_json(hit.document, collection),
        "terms": plain(hit.terms),
        "copies": [
            {"document": copy.document_id, "start": copy.start, "end": copy.end}
            for copy in hit.copies
        ],
    }


def document_to_json(document: DocumentInfo, collection: str) -> Json:
    """What is known of a document besides its text, and the collection that it is in."""
    objective, history = document.objective, document.history
    return {
        "id": document.id,
        "title": document.title,
        "path": document.path,
        "language": document.language,
        "sha256": document.sha256,
        "format": document.format,
        "objective": objective.code if objective else None,
        "rank": (objective.rank or None) if objective else None,
        "item": (objective.item or None) if objective else None,
        "objectives": list(document.objectives),
        "licence": document.licence,
        "url": document.url,
        "origin": {
            "collection": collection or None,
            "added_at": history.added_at or None,
            "added_by": history.added_by or None,
            "formerly": list(history.formerly),
        },
    }
