"""TREC judgements and BEIR folders of a question set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evaluation.beir import CORPUS, QRELS, QUERIES
from evaluation.exchange.squad import SquadSet
from evaluation.jsonlines import named_errors
from evaluation.question_set import QuestionSet
from evaluation.records import Judgement
from qa.models import Document


def qrels_text(judgements: Iterable[Judgement]) -> str:
    """Judgements in the format of TREC, `query 0 document grade`."""
    return "".join(f"{j.query_id} 0 {j.document_id} {j.grade}\n" for j in judgements)


def write_questions_as_beir(
    folder: Path, questions: QuestionSet, documents: Sequence[Document]
) -> None:
    """A question set and its documents in BEIR layout; quotes become answers."""
    _write(
        folder,
        ({"_id": d.id, "title": d.title, "text": d.text} for d in documents),
        (
            {
                "_id": question.id,
                "text": question.text,
                "answerable": question.answerable,
                "answers": [evidence.quote for evidence in question.evidence],
                "history": [{"speaker": t.speaker, "text": t.text} for t in question.history],
            }
            for question in questions.questions
        ),
        questions.judgements,
    )


def write_squad_as_beir(folder: Path, squad: SquadSet) -> None:
    """A SQuAD file in BEIR layout; paragraphs become documents."""
    _write(
        folder,
        ({"_id": name, "title": title, "text": text} for name, title, text in squad.paragraphs),
        (
            {
                "_id": draft.id,
                "text": draft.question,
                "answerable": draft.answerable,
                "answers": list(draft.answers),
            }
            for draft in squad.drafts
        ),
        (Judgement(d.id, d.evidence[0].document, 1) for d in squad.drafts if d.evidence),
    )


def _write(
    folder: Path,
    documents: Iterable[dict[str, Any]],
    queries: Iterable[dict[str, Any]],
    judgements: Iterable[Judgement],
) -> None:
    with named_errors(folder):
        (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
        for name, objects in ((CORPUS, documents), (QUERIES, queries)):
            lines = (json.dumps(value, ensure_ascii=False) + "\n" for value in objects)
            (folder / name).write_text("".join(lines), encoding="utf-8")
        lines = ("\t".join(map(str, judgement)) + "\n" for judgement in judgements)
        (folder / QRELS).write_text(
            "query-id\tcorpus-id\tscore\n" + "".join(lines), encoding="utf-8"
        )
