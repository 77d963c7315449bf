"""SQuAD 2.0 JSON (Rajpurkar, Jia, Liang: Know What You Don't Know, ACL 2018)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Draft, Quoted
from evaluation.jsonlines import named_errors, parse_json
from evaluation.question_set import Library, Question, QuestionSet


class SquadSet(NamedTuple):
    """Paragraphs, as identifier, title and text, and the questions asked of them."""

    paragraphs: tuple[tuple[str, str, str], ...]
    drafts: tuple[Draft, ...]


def read_squad(path: Path) -> SquadSet:
    """Read a file; evidence is the answer in its paragraph. Raises `DatasetError`."""
    with named_errors(path):
        text = path.read_text(encoding="utf-8-sig")
    try:
        articles = parse_json(text)["data"]
        paragraphs: list[tuple[str, str, str]] = []
        drafts: list[Draft] = []
        for article in articles:
            for paragraph in article["paragraphs"]:
                identifier = f"p{len(paragraphs)}"
                title = str(article.get("title", "")).replace("_", " ")
                paragraphs.append((identifier, title, str(paragraph["context"])))
                drafts.extend(_draft(identifier, question) for question in paragraph["qas"])
    except DatasetError as error:
        raise DatasetError("{path}: {error}", path=path, error=error) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DatasetError(
            "{path} is not in the format of SQuAD: no {error}", path=path, error=error
        ) from error
    return SquadSet(tuple(paragraphs), tuple(drafts))


def _draft(paragraph: str, stated: dict[str, Any]) -> Draft:
    answers = tuple(dict.fromkeys(str(answer["text"]) for answer in stated.get("answers", ())))
    answerable = bool(answers) and not stated.get("is_impossible", False)
    return Draft(
        id=str(stated["id"]),
        question=str(stated["question"]),
        answerable=answerable,
        answers=answers if answerable else (),
        evidence=tuple(Quoted(paragraph, a) for a in answers) if answerable else (),
    )


def squad_text(questions: QuestionSet, library: Library) -> str:
    """A question set as SQuAD 2.0; a whole document is a paragraph, a quote an answer.

    A question without answer is asked of the first document, as the format wants one.
    """
    documents = sorted({e.document for q in questions.questions for e in q.evidence})
    data = [
        {
            "title": library.document(document).title,
            "paragraphs": [
                {
                    "context": library.document(document).text,
                    "qas": list(_asked_of(document, questions, library, first=not place)),
                }
            ],
        }
        for place, document in enumerate(documents)
    ]
    return json.dumps({"version": "v2.0", "data": data}, ensure_ascii=False, indent=1) + "\n"


def _asked_of(
    document: str, questions: QuestionSet, library: Library, *, first: bool
) -> Iterator[dict[str, Any]]:
    text = library.document(document).text
    for question in questions.questions:
        answers = [
            {"text": text[start:end], "answer_start": start}
            for evidence in question.evidence
            if evidence.document == document
            for start, end in evidence.spans[:1]
        ]
        if answers or (first and not question.answerable):
            yield {
                "id": _name(question, document),
                "question": question.text,
                "is_impossible": not question.answerable,
                "answers": answers,
            }


def _name(question: Question, document: str) -> str:
    """The identifier, with the document where the question has evidence in several."""
    documents = {evidence.document for evidence in question.evidence}
    return f"{question.id}@{document}" if len(documents) > 1 else question.id
